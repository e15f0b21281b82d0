//! Table `meta`: facts about the database itself, and the key of the pseudonyms.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Reader, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

impl Reader<'_> {
    /// The secret by which people become pseudonyms in exports; `None` before the first. It never leaves the workspace,
    /// but for its backups.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn pseudonym_key(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = 'pseudonym_key'";
        let text: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([], |row| row.get("value")).optional()?;
        let Some(text) = text else { return Ok(None) };
        let damaged = StoreError::Value { table: "meta", column: "value" };
        let halves = text.split_once('.').and_then(|(a, b)| Some((Uuid::parse_str(a).ok()?, Uuid::parse_str(b).ok()?)));
        let Some((a, b)) = halves else { return Err(damaged) };
        let mut key = [0; 32];
        key[..16].copy_from_slice(a.as_bytes());
        key[16..].copy_from_slice(b.as_bytes());
        Ok(Some(key))
    }
}

impl Writer<'_> {
    /// The secret of the pseudonyms, made on first use.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn pseudonym_key_or_new(&mut self) -> Result<[u8; 32], StoreError> {
        if let Some(key) = self.pseudonym_key()? {
            return Ok(key);
        }
        let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
        let sql = "INSERT INTO meta (key, value) VALUES ('pseudonym_key', ?1)";
        self.connection.prepare_cached(sql)?.execute([format!("{a}.{b}")])?;
        self.pseudonym_key()?.ok_or(StoreError::Value { table: "meta", column: "value" })
    }
}
