//! Table `raw_doc`: upstream documents after their field allow-list, compressed, so that a better mapper can be replayed.

use std::cell::RefCell;
use std::fmt;
use std::io;

use fairlead_domain::RecordKind;
use rusqlite::{OptionalExtension, params};
use zstd::bulk::Compressor;

use super::{Reader, SourceId, Writer};
use crate::column::digest_bytes;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE raw_doc (
  id        INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  ext_id    TEXT NOT NULL,
  hash      BLOB NOT NULL,
  body      BLOB NOT NULL,
  UNIQUE (source_id, kind, ext_id)
) STRICT;
";

/// Zstandard level: fast, and documents are small.
const LEVEL: i32 = 3;

/// Compresses one document after the other; its tables are made once for all of a transaction.
#[derive(Default)]
pub(super) struct Press(RefCell<Option<Compressor<'static>>>);

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Press")
    }
}

impl Press {
    fn press(&self, text: &[u8]) -> io::Result<Vec<u8>> {
        let mut press = self.0.borrow_mut();
        let press = match &mut *press {
            Some(press) => press,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        press.compress(text)
    }
}

impl Reader<'_> {
    /// The document from which a record was made.
    ///
    /// # Errors
    /// Returns why it could not be read.
    pub fn raw_doc(
        &self,
        source: SourceId,
        kind: RecordKind,
        key: &str,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let sql = "SELECT body FROM raw_doc WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let body: Option<Vec<u8>> =
            statement.query_row(params![source.0, kind.word(), key], |row| row.get("body")).optional()?;
        let Some(body) = body else { return Ok(None) };
        let unreadable = StoreError::Value { table: "raw_doc", column: "body" };
        match zstd::stream::decode_all(body.as_slice()).map(|text| serde_json::from_slice(&text)) {
            Ok(Ok(document)) => Ok(Some(document)),
            _ => Err(unreadable),
        }
    }
}

impl Writer<'_> {
    /// Stores a document unless the same is there. Compression is paid only for what is written.
    pub(super) fn put_raw(
        &self,
        source: SourceId,
        kind: RecordKind,
        key: &str,
        document: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let encode = |reason: String| StoreError::Encode { what: "upstream document", reason };
        let text = serde_json::to_vec(document).map_err(|e| encode(e.to_string()))?;
        let hash = digest_bytes(&text);
        let sql = "SELECT hash = ?4 FROM raw_doc WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3";
        let values = params![source.0, kind.word(), key, hash];
        let same: Option<bool> = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
        if same == Some(true) {
            return Ok(());
        }
        let body = self.press.press(&text).map_err(|e| encode(e.to_string()))?;
        let sql = "INSERT INTO raw_doc (source_id, kind, ext_id, hash, body) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (source_id, kind, ext_id) DO UPDATE SET hash = excluded.hash, body = excluded.body";
        self.connection.prepare_cached(sql)?.execute(params![source.0, kind.word(), key, hash, body])?;
        Ok(())
    }
}
