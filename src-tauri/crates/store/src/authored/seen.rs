//! Table `seen`: up to when somebody has looked at a place, for "since you last looked".

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "seen";

pub(super) const TABLE: &str = "
CREATE TABLE seen (
  place TEXT PRIMARY KEY,
  at    INTEGER NOT NULL,
  rev   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    at: Timestamp,
}

impl Reader<'_> {
    /// Up to when a place had been looked at, as known at an instant; to the second.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn seen(&self, place: &str, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let rows = self.rows_at::<Content>(NAME, at)?;
        Ok(rows.into_iter().find(|(key, _, _)| key == place).map(|(_, _, content)| content.at))
    }
}

impl Writer<'_> {
    /// Notes that a place was looked at up to `at`.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn mark_seen(&mut self, place: &str, at: Timestamp, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: place, verb: "seen.set", expected: None };
        self.record(entry, Some(&Content { at }), by, |c, rev| {
            c.prepare_cached(
                "INSERT INTO seen (place, at, rev) VALUES (?1, ?2, ?3)
                 ON CONFLICT (place) DO UPDATE SET at = excluded.at, rev = excluded.rev",
            )?
            .execute(params![place, at.as_millis(), rev])
        })
    }

    /// Takes back that a place was ever looked at.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn forget_seen(&mut self, place: &str, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: place, verb: "seen.remove", expected: None };
        self.record(entry, None::<&Content>, by, |c, _| {
            c.prepare_cached("DELETE FROM seen WHERE place = ?1")?.execute([place])
        })
    }
}
