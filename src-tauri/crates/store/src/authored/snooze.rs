//! Table `snooze`: items that somebody put off until an instant.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "snooze";

pub(super) const TABLE: &str = "
CREATE TABLE snooze (
  item   TEXT PRIMARY KEY,
  until  INTEGER NOT NULL,
  reason TEXT,
  rev    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// An item that was put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnoozeRow {
    /// The item's id.
    pub item: String,
    /// Until when, to the second.
    pub until: Timestamp,
    /// Why.
    pub reason: Option<String>,
}

impl Reader<'_> {
    /// The snoozes that were in force at an instant, by item.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn snoozes(&self, at: Timestamp) -> Result<Vec<SnoozeRow>, StoreError> {
        let rows = self.rows_at::<SnoozeRow>(NAME, at)?;
        Ok(rows.into_iter().map(|(_, _, row)| row).filter(|row| row.until > at).collect())
    }
}

impl Writer<'_> {
    /// Puts an item off.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn snooze(&mut self, snooze: &SnoozeRow, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: &snooze.item, verb: "snooze.set", expected: None };
        self.record(entry, Some(snooze), by, |c, rev| {
            c.prepare_cached(
                "INSERT INTO snooze (item, until, reason, rev) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (item) DO UPDATE SET until = excluded.until, reason = excluded.reason, rev = excluded.rev",
            )?
            .execute(params![snooze.item, snooze.until.as_millis(), snooze.reason, rev])
        })
    }

    /// Takes a snooze back.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn wake(&mut self, item: &str, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: item, verb: "snooze.remove", expected: None };
        self.record(entry, None::<&SnoozeRow>, by, |c, _| {
            c.prepare_cached("DELETE FROM snooze WHERE item = ?1")?.execute([item])
        })
    }
}
