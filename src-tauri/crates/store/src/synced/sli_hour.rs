//! Table `sli_hour`: what was measured for an SLO in one UTC hour. A missing row is a missing hour; figures of 0 are a
//! quiet one.

use fairlead_domain::slo::{SliFigures, SliHour};
use fairlead_domain::{Timestamp, Window};
use rusqlite::{OptionalExtension, Row, params};

use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE sli_hour (
  slo_id      INTEGER NOT NULL REFERENCES slo (id) ON DELETE CASCADE,
  hour        INTEGER NOT NULL,
  good        REAL,
  total       REAL,
  ratio_sum   REAL,
  ratio_count REAL,
  slices_good REAL,
  slices      REAL,
  PRIMARY KEY (slo_id, hour)
) STRICT, WITHOUT ROWID;
";

/// A measured hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SliHourRow {
    /// [`super::SloRow::id`].
    pub slo: i64,
    /// Start of the UTC hour.
    pub hour: Timestamp,
    /// The figures.
    pub figures: SliFigures,
}

pub(crate) const HOURS: &str =
    "SELECT h.slo_id, h.hour, h.good, h.total, h.ratio_sum, h.ratio_count, h.slices_good, h.slices
    FROM slo o CROSS JOIN sli_hour h ON h.slo_id = o.id WHERE h.hour >= ?1 AND h.hour < ?2 ORDER BY o.id, h.hour";

pub(crate) const HOURS_OF_ONE: &str = "SELECT slo_id, hour, good, total, ratio_sum, ratio_count, slices_good, slices
    FROM sli_hour WHERE slo_id = ?1 AND hour >= ?2 AND hour < ?3 ORDER BY hour";

impl Reader<'_> {
    /// The measured hours of every SLO that begin inside a window, by SLO and hour.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn sli_hours(&self, window: Window) -> Result<Vec<SliHourRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(HOURS)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], hour_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The measured hours of one SLO that begin inside a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo_hours(&self, slo: i64, window: Window) -> Result<Vec<SliHourRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(HOURS_OF_ONE)?;
        let rows = statement.query_map([slo, window.start.as_millis(), window.end.as_millis()], hour_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Of every SLO with hours, the first and the last measured one.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn sli_bounds(&self) -> Result<Vec<(i64, Timestamp, Timestamp)>, StoreError> {
        let sql = "SELECT o.id, (SELECT min(hour) FROM sli_hour WHERE slo_id = o.id) AS first,
              (SELECT max(hour) FROM sli_hour WHERE slo_id = o.id) AS last FROM slo o
            WHERE EXISTS (SELECT 1 FROM sli_hour WHERE slo_id = o.id) ORDER BY o.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get("id")?, row.at("first")?, row.at("last")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// By place, not by name: a page reads a hundred thousand of them.
fn hour_row(row: &Row<'_>) -> rusqlite::Result<SliHourRow> {
    let figures = SliFigures {
        good: row.get(2)?,
        total: row.get(3)?,
        ratio_sum: row.get(4)?,
        ratio_count: row.get(5)?,
        slices_good: row.get(6)?,
        slices: row.get(7)?,
    };
    Ok(SliHourRow { slo: row.get(0)?, hour: Timestamp::from_millis(row.get(1)?), figures })
}

impl Writer<'_> {
    /// Stores an hour; figures that are `None` leave what an earlier read stored.
    pub(super) fn put_hour(&mut self, source: SourceId, measured: &SliHour) -> Result<Stored, StoreError> {
        let slo = self.slo_id(source, &measured.slo)?;
        let hour = measured.hour.floor_hour();
        let sql = "SELECT 1 FROM sli_hour WHERE slo_id = ?1 AND hour = ?2";
        let values = [slo, hour.as_millis()];
        let known = self.connection.prepare_cached(sql)?.query_row(values, |_| Ok(())).optional()?.is_some();
        let sql = "INSERT INTO sli_hour (slo_id, hour, good, total, ratio_sum, ratio_count, slices_good, slices)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (slo_id, hour) DO UPDATE SET good = coalesce(excluded.good, good),
              total = coalesce(excluded.total, total), ratio_sum = coalesce(excluded.ratio_sum, ratio_sum),
              ratio_count = coalesce(excluded.ratio_count, ratio_count),
              slices_good = coalesce(excluded.slices_good, slices_good), slices = coalesce(excluded.slices, slices)
            WHERE (coalesce(excluded.good, good), coalesce(excluded.total, total),
                coalesce(excluded.ratio_sum, ratio_sum), coalesce(excluded.ratio_count, ratio_count),
                coalesce(excluded.slices_good, slices_good), coalesce(excluded.slices, slices))
              IS NOT (good, total, ratio_sum, ratio_count, slices_good, slices)";
        let f = &measured.figures;
        let values =
            params![slo, hour.as_millis(), f.good, f.total, f.ratio_sum, f.ratio_count, f.slices_good, f.slices];
        if self.connection.prepare_cached(sql)?.execute(values)? == 0 {
            return Ok(Stored::Unchanged);
        }
        self.dirty_days.insert((slo, hour.floor_day().as_millis()));
        Ok(if known { Stored::Updated } else { Stored::Inserted })
    }
}
