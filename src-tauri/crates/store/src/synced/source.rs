//! Table `source`: the upstreams that have ever been read. A source's name is its identity; renaming keeps its history.

use fairlead_domain::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Reader, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE source (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;
";

/// That the source `s` was still read at an instant: what one that is in the archive said last says nothing of the present.
macro_rules! still_read {
    ($at:literal) => {
        concat!("(s.archived_at IS NULL OR s.archived_at > ", $at, ")")
    };
}
pub(super) use still_read;

/// A source's row id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(super) i64);

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Row id.
    pub id: SourceId,
    /// Its name, unique.
    pub name: String,
    /// The connector's kind.
    pub kind: String,
    /// When it was first configured.
    pub created_at: Timestamp,
    /// When it left the configuration; its rows stay.
    pub archived_at: Option<Timestamp>,
}

impl Reader<'_> {
    /// Every source, by name.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn sources(&self) -> Result<Vec<SourceRow>, StoreError> {
        let sql = "SELECT id, name, kind, created_at, archived_at FROM source ORDER BY name";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], source_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The source with this name.
    ///
    /// # Errors
    /// Returns [`StoreError::UnknownSource`] when there is none.
    pub fn source(&self, name: &str) -> Result<SourceRow, StoreError> {
        let sql = "SELECT id, name, kind, created_at, archived_at FROM source WHERE name = ?1";
        let row = self.connection.prepare_cached(sql)?.query_row([name], source_row).optional()?;
        row.ok_or_else(|| StoreError::UnknownSource { name: name.to_owned() })
    }

    /// A source's name.
    pub(super) fn source_name(&self, id: SourceId) -> Result<String, StoreError> {
        let sql = "SELECT name FROM source WHERE id = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([id.0], |row| row.get("name"))?)
    }
}

fn source_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SourceRow> {
    Ok(SourceRow {
        id: SourceId(row.get("id")?),
        name: row.get("name")?,
        kind: row.get("kind")?,
        created_at: row.at("created_at")?,
        archived_at: row.at_opt("archived_at")?,
    })
}

impl Writer<'_> {
    /// The id of a configured source; makes its row on first use and takes it out of the archive.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn ensure_source(&mut self, name: &str, kind: &str, now: Timestamp) -> Result<SourceId, StoreError> {
        match self.source(name) {
            Ok(row) if row.kind == kind && row.archived_at.is_none() => return Ok(row.id),
            Ok(_) | Err(StoreError::UnknownSource { .. }) => {}
            Err(error) => return Err(error),
        }
        let sql = "INSERT INTO source (name, kind, created_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, archived_at = NULL RETURNING id";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(SourceId(statement.query_row(params![name, kind, now.as_millis()], |row| row.get("id"))?))
    }

    /// Marks a source as one that is not read any more. Its rows stay. A source that was never read has none.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn archive_source(&mut self, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE source SET archived_at = ?2 WHERE name = ?1 AND archived_at IS NULL";
        self.connection.prepare_cached(sql)?.execute(params![name, now.as_millis()])?;
        Ok(())
    }

    /// Gives a source another name and keeps all its rows. The keys of people known there without an e-mail follow the
    /// name.
    ///
    /// # Errors
    /// Returns [`StoreError::UnknownSource`] or [`StoreError::NameTaken`].
    pub fn rename_source(&mut self, old: &str, new: &str) -> Result<(), StoreError> {
        let source = self.source(old)?;
        if old != new && self.source(new).is_ok() {
            return Err(StoreError::NameTaken { name: new.to_owned() });
        }
        let sql = "UPDATE source SET name = ?2 WHERE id = ?1";
        self.connection.prepare_cached(sql)?.execute(params![source.id.0, new])?;
        self.rekey_people(source.id)
    }

    /// Removes a source and every row that came from it, without trace.
    ///
    /// # Errors
    /// Returns [`StoreError::UnknownSource`], or why the database could not be written.
    pub fn delete_source(&mut self, name: &str) -> Result<(), StoreError> {
        let source = self.source(name)?;
        self.forget_search(source.id)?;
        // Every table with a source's rows points to it, or to a row that does, with ON DELETE CASCADE.
        self.connection.prepare_cached("DELETE FROM source WHERE id = ?1")?.execute([source.id.0])?;
        self.people.borrow_mut().clear();
        self.slos.borrow_mut().clear();
        Ok(())
    }
}
