//! The hours of a UTC day in one value of `sli_day`, for pages that judge every SLO hour by hour: two hundred SLOs of a month
//! are six thousand rows instead of a hundred and fifty thousand. `sli_hour` stays what is true; this is written with the
//! day's sums, in the same transaction.
//!
//! An hour is its number in the day, a byte that says which figures it has, and those, as little-endian `f64`.

use fairlead_domain::slo::SliFigures;
use fairlead_domain::time::{DAY_MS, HOUR_MS};
use fairlead_domain::{Timestamp, Window};
use rusqlite::types::ValueRef;

use super::{Reader, Writer};
use crate::error::StoreError;

/// Days that were rolled up before there was this column are read hour by hour, until an hour of them changes.
pub(super) const PACKED: &str = "ALTER TABLE sli_day ADD COLUMN packed BLOB;";

/// The start of a UTC hour and what was measured in it.
type Hour = (Timestamp, SliFigures);

pub(crate) const PACKED_DAYS: &str =
    "SELECT d.slo_id, d.day, d.packed FROM slo o CROSS JOIN sli_day d ON d.slo_id = o.id
    WHERE d.day >= ?1 AND d.day < ?2 ORDER BY o.id, d.day";

impl Reader<'_> {
    /// The measured hours that begin inside a window, of every SLO that has some: its row id, and the hours, oldest first.
    /// SLOs come by row id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_slo_hours(&self, window: Window, each: &mut dyn FnMut(i64, &[Hour])) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(PACKED_DAYS)?;
        let mut days = statement.query([window.start.floor_day().as_millis(), window.end.as_millis()])?;
        let (mut slo, mut hours) = (None, Vec::new());
        while let Some(row) = days.next()? {
            let id: i64 = row.get(0)?;
            if slo != Some(id) {
                if let Some(before) = slo.filter(|_| !hours.is_empty()) {
                    each(before, &hours);
                }
                (slo, hours) = (Some(id), cleared(hours));
            }
            let day = Timestamp::from_millis(row.get(1)?);
            match row.get_ref(2)? {
                ValueRef::Blob(packed) => unpack(day, packed, window, &mut hours)?,
                _ => {
                    let part = Window::new(day, day.plus_millis(DAY_MS)).intersect(window);
                    hours.extend(self.slo_hours(id, part)?.into_iter().map(|row| (row.hour, row.figures)));
                }
            }
        }
        if let Some(last) = slo.filter(|_| !hours.is_empty()) {
            each(last, &hours);
        }
        Ok(())
    }
}

fn cleared(mut hours: Vec<Hour>) -> Vec<Hour> {
    hours.clear();
    hours
}

impl Writer<'_> {
    /// The stored hours of a day of an SLO, as the roll-up keeps them.
    pub(super) fn packed_day(&self, slo: i64, day: Timestamp) -> Result<Vec<u8>, StoreError> {
        let hours = self.slo_hours(slo, Window::new(day, day.plus_millis(DAY_MS)))?;
        let mut packed = Vec::with_capacity(hours.len() * 18);
        for row in hours {
            let figures = fields(&row.figures);
            let mask = (0_u8..).zip(&figures).filter(|(_, figure)| figure.is_some()).map(|(n, _)| 1_u8 << n).sum();
            packed.extend([u8::try_from(row.hour.since(day) / HOUR_MS).unwrap_or(u8::MAX), mask]);
            figures.iter().flatten().for_each(|figure| packed.extend(figure.to_le_bytes()));
        }
        Ok(packed)
    }
}

const fn fields(f: &SliFigures) -> [Option<f64>; 6] {
    [f.good, f.total, f.ratio_sum, f.ratio_count, f.slices_good, f.slices]
}

/// Adds the hours of a packed day that begin inside `window`.
fn unpack(day: Timestamp, packed: &[u8], window: Window, hours: &mut Vec<Hour>) -> Result<(), StoreError> {
    let mut rest = packed;
    while !rest.is_empty() {
        let (hour, after) = unpack_hour(day, rest).ok_or(StoreError::Value { table: "sli_day", column: "packed" })?;
        rest = after;
        if window.contains(hour.0) {
            hours.push(hour);
        }
    }
    Ok(())
}

/// The first hour, and what follows it; `None` where the bytes are not what [`Writer::packed_day`] writes.
fn unpack_hour(day: Timestamp, packed: &[u8]) -> Option<(Hour, &[u8])> {
    let ([number, mask], mut rest) = packed.split_first_chunk::<2>()?;
    let mut figure = |bit: u8| -> Option<Option<f64>> {
        if mask & (1 << bit) == 0 {
            return Some(None);
        }
        let (bytes, after) = rest.split_first_chunk::<8>()?;
        rest = after;
        Some(Some(f64::from_le_bytes(*bytes)))
    };
    let figures = SliFigures {
        good: figure(0)?,
        total: figure(1)?,
        ratio_sum: figure(2)?,
        ratio_count: figure(3)?,
        slices_good: figure(4)?,
        slices: figure(5)?,
    };
    Some(((day.plus_millis(i64::from(*number) * HOUR_MS), figures), rest))
}
