//! Table `suppression`: keyed hashes of people who were erased, so that a later sync does not bring them back.

use std::collections::HashSet;

use fairlead_domain::Timestamp;
use rusqlite::params;

use super::{Reader, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE suppression (
  hash     BLOB PRIMARY KEY,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

impl Reader<'_> {
    /// Every suppressed hash.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn suppressions(&self) -> Result<HashSet<[u8; 32]>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT hash FROM suppression")?;
        Ok(statement.query_map([], |row| row.get("hash"))?.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Suppresses whoever has this hash.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn suppress(&mut self, hash: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO suppression (hash, added_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.connection.prepare_cached(sql)?.execute(params![hash, now.as_millis()])?;
        Ok(())
    }
}
