//! Table `setting`: choices that people make in the app, beside the configuration file.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde_json::Value;

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "setting";

pub(super) const TABLE: &str = "
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  rev   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

impl Reader<'_> {
    /// The settings as they were at an instant: key, revision, value.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn settings(&self, at: Timestamp) -> Result<Vec<(String, i64, Value)>, StoreError> {
        self.rows_at(NAME, at)
    }
}

impl Writer<'_> {
    /// Sets a setting; `None` takes it back to its default. `seen`: the revision that the author saw (0: none).
    ///
    /// # Errors
    /// Returns [`StoreError::Conflict`] when it was changed since.
    pub fn set_setting(
        &mut self,
        key: &str,
        value: Option<&Value>,
        seen: Option<i64>,
        by: &By,
    ) -> Result<i64, StoreError> {
        let verb = if value.is_some() { "setting.set" } else { "setting.remove" };
        let entry = Entry { table: NAME, key, verb, expected: seen };
        self.record(entry, value, by, |c, rev| match value {
            Some(value) => c
                .prepare_cached(
                    "INSERT INTO setting (key, value, rev) VALUES (?1, ?2, ?3)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value, rev = excluded.rev",
                )?
                .execute(params![key, value.to_string(), rev]),
            None => c.prepare_cached("DELETE FROM setting WHERE key = ?1")?.execute([key]),
        })
    }
}
