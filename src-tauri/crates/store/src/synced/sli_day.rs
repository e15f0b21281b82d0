//! Table `sli_day`: hours added up per UTC day, so that a page reads days and only the edges by hour. Kept current in
//! the transaction that writes the hours.

use fairlead_domain::slo::SliFigures;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use rusqlite::{Row, params};

use super::{Reader, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE sli_day (
  slo_id      INTEGER NOT NULL REFERENCES slo (id) ON DELETE CASCADE,
  day         INTEGER NOT NULL,
  hours       INTEGER NOT NULL,
  good        REAL,
  total       REAL,
  ratio_sum   REAL,
  ratio_count REAL,
  slices_good REAL,
  slices      REAL,
  event_hours INTEGER NOT NULL,
  event_quiet INTEGER NOT NULL,
  ratio_hours INTEGER NOT NULL,
  ratio_quiet INTEGER NOT NULL,
  slice_hours INTEGER NOT NULL,
  slice_quiet INTEGER NOT NULL,
  PRIMARY KEY (slo_id, day)
) STRICT, WITHOUT ROWID;
";

/// The hours of one UTC day added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SliDayRow {
    /// [`super::SloRow::id`].
    pub slo: i64,
    /// Start of the UTC day.
    pub day: Timestamp,
    /// Hours with a row, 0 to 24.
    pub hours: u32,
    /// Sums; `None` where no hour had the figure.
    pub figures: SliFigures,
    /// Hours with a count of events, and those of them without any.
    pub event_hours: (u32, u32),
    /// Hours with a count of ratios, and those of them without any.
    pub ratio_hours: (u32, u32),
    /// Hours with a count of slices, and those of them without any.
    pub slice_hours: (u32, u32),
}

pub(crate) const DAYS: &str =
    "SELECT d.slo_id, d.day, d.hours, d.good, d.total, d.ratio_sum, d.ratio_count, d.slices_good,
      d.slices, d.event_hours, d.event_quiet, d.ratio_hours, d.ratio_quiet, d.slice_hours, d.slice_quiet
    FROM slo o CROSS JOIN sli_day d ON d.slo_id = o.id WHERE d.day >= ?1 AND d.day < ?2 ORDER BY o.id, d.day";

pub(crate) const DAYS_OF_ONE: &str = "SELECT slo_id, day, hours, good, total, ratio_sum, ratio_count, slices_good,
      slices, event_hours, event_quiet, ratio_hours, ratio_quiet, slice_hours, slice_quiet
    FROM sli_day WHERE slo_id = ?1 AND day >= ?2 AND day < ?3 ORDER BY day";

impl Reader<'_> {
    /// The days of one SLO that begin inside a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo_days(&self, slo: i64, window: Window) -> Result<Vec<SliDayRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(DAYS_OF_ONE)?;
        let rows = statement.query_map([slo, window.start.as_millis(), window.end.as_millis()], day_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The days of every SLO that begin inside a window, by SLO and day.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn sli_days(&self, window: Window) -> Result<Vec<SliDayRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(DAYS)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], day_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// By position: pages read thousands of these, and a name costs more than its value.
fn day_row(row: &Row<'_>) -> rusqlite::Result<SliDayRow> {
    let figures = SliFigures {
        good: row.get(3)?,
        total: row.get(4)?,
        ratio_sum: row.get(5)?,
        ratio_count: row.get(6)?,
        slices_good: row.get(7)?,
        slices: row.get(8)?,
    };
    Ok(SliDayRow {
        slo: row.get(0)?,
        day: Timestamp::from_millis(row.get(1)?),
        hours: row.get(2)?,
        figures,
        event_hours: (row.get(9)?, row.get(10)?),
        ratio_hours: (row.get(11)?, row.get(12)?),
        slice_hours: (row.get(13)?, row.get(14)?),
    })
}

impl Writer<'_> {
    /// Adds up the days whose hours changed, and no others.
    pub(super) fn roll_up_days(&mut self) -> Result<(), StoreError> {
        let sql =
            "INSERT OR REPLACE INTO sli_day (slo_id, day, hours, good, total, ratio_sum, ratio_count, slices_good,
              slices, event_hours, event_quiet, ratio_hours, ratio_quiet, slice_hours, slice_quiet, packed)
            SELECT slo_id, ?2, count(*), sum(good), sum(total), sum(ratio_sum), sum(ratio_count), sum(slices_good),
              sum(slices), count(total), count(*) FILTER (WHERE total = 0), count(ratio_count),
              count(*) FILTER (WHERE ratio_count = 0), count(slices), count(*) FILTER (WHERE slices = 0), ?4
            FROM sli_hour WHERE slo_id = ?1 AND hour >= ?2 AND hour < ?3 GROUP BY slo_id";
        for (slo, day) in std::mem::take(&mut self.dirty_days) {
            let packed = self.packed_day(slo, Timestamp::from_millis(day))?;
            self.connection.prepare_cached(sql)?.execute(params![slo, day, day.saturating_add(DAY_MS), packed])?;
        }
        Ok(())
    }
}
