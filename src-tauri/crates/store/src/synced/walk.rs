//! Walks: one complete reading of a stream, page by page, at whose end it is known what has vanished upstream.
//!
//! The keys seen lie in a temporary table of the one writing connection. A process that ends in the middle of a walk
//! forgets them; the walk then begins again and deletes nothing before its end.

use fairlead_domain::record::ReplaceSet;
use fairlead_domain::{RecordKind, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{SourceId, Writer};
use crate::error::StoreError;

/// Made on the writing connection when it is opened.
pub(crate) const TEMPORARY: &str = "
CREATE TEMP TABLE walk (
  source_id INTEGER NOT NULL,
  stream    TEXT NOT NULL,
  PRIMARY KEY (source_id, stream)
) WITHOUT ROWID;
CREATE TEMP TABLE walk_key (
  source_id INTEGER NOT NULL,
  stream    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  key       TEXT NOT NULL,
  PRIMARY KEY (source_id, stream, kind, key)
) WITHOUT ROWID;
";

/// What may be removed at the end of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// A person has seen that many rows would vanish, and agrees.
    pub accept_deletes: bool,
}

/// A removal that was held back because it is suspiciously large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MassDelete {
    /// What kind of rows.
    pub kind: RecordKind,
    /// So many would vanish without anything in their place.
    pub would_delete: u64,
    /// Out of so many that are stored there.
    pub of: u64,
}

/// What the end of a walk did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WalkEnd {
    /// Rows that are no longer shown.
    pub tombstoned: u64,
    /// Rows whose end was moved to now, or that were set inactive.
    pub updated: u64,
    /// What was held back, one entry for each kind. `None` in ordinary times.
    pub held: Vec<MassDelete>,
}

impl Writer<'_> {
    /// Begins a walk of a stream: from here on [`Writer::apply`] notes what it sees. A walk that was begun before and
    /// never ended is forgotten.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn begin_walk(&mut self, source: SourceId, stream: &str) -> Result<(), StoreError> {
        self.forget_walk(source, stream)?;
        let sql = "INSERT INTO temp.walk (source_id, stream) VALUES (?1, ?2)";
        self.temporarily(sql, params![source.0, stream])
    }

    /// Whether a walk of the stream was begun on this connection and not ended.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn is_walking(&self, source: SourceId, stream: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM temp.walk WHERE source_id = ?1 AND stream = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![source.0, stream], |_| Ok(())).optional()?.is_some())
    }

    /// Ends a walk. `complete` says for what the walk is whole: what is stored there and was not seen has vanished. An
    /// incomplete walk passes nothing and removes nothing.
    ///
    /// # Errors
    /// Returns [`StoreError::WalkLost`] when the walk was not begun since the database was opened.
    pub fn finish_walk(
        &mut self,
        source: SourceId,
        stream: &str,
        complete: &[ReplaceSet],
        now: Timestamp,
        guard: Guard,
    ) -> Result<WalkEnd, StoreError> {
        if !self.is_walking(source, stream)? {
            return Err(StoreError::WalkLost { stream: stream.to_owned() });
        }
        self.forget_misses(source, stream)?;
        let end = self.remove_vanished(source, stream, complete, now, guard)?;
        self.forget_walk(source, stream)?;
        Ok(end)
    }

    pub(super) fn saw(
        &mut self,
        source: SourceId,
        stream: &str,
        kind: RecordKind,
        key: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO temp.walk_key (source_id, stream, kind, key) VALUES (?1, ?2, ?3, ?4)";
        self.temporarily(sql, params![source.0, stream, kind.word(), key])
    }

    fn forget_walk(&mut self, source: SourceId, stream: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM temp.walk_key WHERE source_id = ?1 AND stream = ?2";
        self.temporarily(sql, params![source.0, stream])?;
        let sql = "DELETE FROM temp.walk WHERE source_id = ?1 AND stream = ?2";
        self.temporarily(sql, params![source.0, stream])
    }

    /// Writes to a temporary table; the rows do not count as written.
    fn temporarily(&mut self, sql: &'static str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        let rows = self.connection.prepare_cached(sql)?.execute(values)?;
        self.temporary_changes = self.temporary_changes.saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        Ok(())
    }
}
