//! Tables `mapping_step` and `mapping_change`: what one command mapped, so that it can be taken back as a whole. Taking
//! back writes what the rows said before as new revisions; nothing is removed.

use fairlead_domain::{Timestamp, words};
use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::revision::By;
use super::{Reader, Writer, person_alias, person_hours, person_mark, service_alias, service_owner};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE mapping_step (
  id     INTEGER PRIMARY KEY,
  area   TEXT NOT NULL,
  author TEXT NOT NULL,
  at     INTEGER NOT NULL,
  title  TEXT NOT NULL,
  undoes INTEGER REFERENCES mapping_step (id)
) STRICT;
CREATE INDEX mapping_step_by_author ON mapping_step (area, author);
CREATE INDEX mapping_step_by_undone ON mapping_step (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE mapping_change (
  step_id       INTEGER NOT NULL REFERENCES mapping_step (id),
  ordinal       INTEGER NOT NULL,
  subject_table TEXT NOT NULL,
  subject_key   TEXT NOT NULL,
  rev           INTEGER NOT NULL,
  PRIMARY KEY (step_id, ordinal)
) STRICT, WITHOUT ROWID;
";

words! {
    /// What is mapped.
    MappingArea {
        /// Who is who.
        People = "people",
        /// What is which service.
        Services = "services",
    }
}

/// Something that was mapped by one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingStep {
    /// What was done, in words.
    pub title: String,
    /// When.
    pub at: Timestamp,
}

/// A row that a step wrote.
struct Change {
    table: String,
    key: String,
    rev: i64,
}

impl Reader<'_> {
    fn last_event(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(rowid), 0) AS last FROM event";
        Ok(self.connection.query_row(sql, [], |row| row.get("last"))?)
    }

    /// What a row said at a revision; `null` before the first.
    fn said(&self, table: &str, key: &str, rev: i64) -> Result<serde_json::Value, StoreError> {
        let sql = "SELECT content FROM revision WHERE subject_table = ?1 AND subject_key = ?2 AND rev = ?3";
        let said = self
            .connection
            .prepare_cached(sql)?
            .query_row(params![table, key, rev], |row| row.json("content"))
            .optional()?;
        Ok(said.unwrap_or_default())
    }

    /// What a row says now, and its revision.
    fn says(&self, table: &str, key: &str) -> Result<serde_json::Value, StoreError> {
        let sql = "SELECT max(rev) AS rev FROM revision WHERE subject_table = ?1 AND subject_key = ?2";
        let rev: Option<i64> = self.connection.prepare_cached(sql)?.query_row([table, key], |row| row.get("rev"))?;
        self.said(table, key, rev.unwrap_or_default())
    }

    /// The last step of an author that was not taken back.
    fn last_step(&self, area: MappingArea, author: &str) -> Result<Option<(i64, MappingStep)>, StoreError> {
        let sql = "SELECT id, title, at FROM mapping_step s WHERE area = ?1 AND author = ?2 AND undoes IS NULL
              AND NOT EXISTS (SELECT 1 FROM mapping_step u WHERE u.undoes = s.id) ORDER BY id DESC LIMIT 1";
        let row = self.connection.prepare_cached(sql)?.query_row([area.word(), author], |row| {
            Ok((row.get("id")?, MappingStep { title: row.get("title")?, at: row.at("at")? }))
        });
        Ok(row.optional()?)
    }

    fn changes(&self, step: i64) -> Result<Vec<Change>, StoreError> {
        let sql = "SELECT subject_table, subject_key, rev FROM mapping_change WHERE step_id = ?1 ORDER BY ordinal DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([step], |row| {
            Ok(Change { table: row.get("subject_table")?, key: row.get("subject_key")?, rev: row.get("rev")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Does `work` as one step that can be taken back. Work that changes nothing leaves no step. Returns how many rows
    /// it changed.
    ///
    /// # Errors
    /// Returns what `work` returned, or why the database could not be written.
    pub fn map(
        &mut self,
        area: MappingArea,
        title: &str,
        by: &By,
        work: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<usize, StoreError> {
        self.step(area, title, None, by, work)
    }

    /// Takes back the author's last step that was not taken back yet; `None` when there is none.
    ///
    /// # Errors
    /// Returns [`StoreError::Conflict`] when a row was changed since by another step, and why the database could not be
    /// written.
    pub fn undo_mapping(&mut self, area: MappingArea, by: &By) -> Result<Option<MappingStep>, StoreError> {
        let Some((id, step)) = self.last_step(area, &by.author)? else { return Ok(None) };
        let changes = self.changes(id)?;
        let title = format!("undo: {}", step.title);
        self.step(area, &title, Some(id), by, |w| {
            for Change { table, key, rev } in &changes {
                if w.says(table, key)? != w.said(table, key, *rev)? {
                    return Err(StoreError::Conflict { subject: format!("{table} {key}") });
                }
                let before = w.said(table, key, rev - 1)?;
                w.put_back(table, key, before, by)?;
            }
            Ok(())
        })?;
        Ok(Some(step))
    }

    fn step(
        &mut self,
        area: MappingArea,
        title: &str,
        undoes: Option<i64>,
        by: &By,
        work: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<usize, StoreError> {
        let before = self.last_event()?;
        work(self)?;
        let sql = "SELECT r.subject_table, r.subject_key, r.rev FROM event e JOIN revision r ON r.event_id = e.id
            WHERE e.rowid > ?1 AND e.subject = r.subject_table || '/' || r.subject_key ORDER BY e.rowid";
        let changes: Vec<Change> = self
            .connection
            .prepare_cached(sql)?
            .query_map([before], |row| {
                Ok(Change { table: row.get("subject_table")?, key: row.get("subject_key")?, rev: row.get("rev")? })
            })?
            .collect::<Result<_, _>>()?;
        if changes.is_empty() && undoes.is_none() {
            return Ok(0);
        }
        let sql = "INSERT INTO mapping_step (area, author, at, title, undoes) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
        let values = params![area.word(), by.author, by.at.as_millis(), title, undoes];
        let id: i64 = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get("id"))?;
        for (change, ordinal) in changes.iter().zip(0_i64..) {
            let sql = "INSERT INTO mapping_change (step_id, ordinal, subject_table, subject_key, rev)
                VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = params![id, ordinal, change.table, change.key, change.rev];
            self.connection.prepare_cached(sql)?.execute(values)?;
        }
        Ok(changes.len())
    }

    /// Makes a row say again what it said.
    fn put_back(&mut self, table: &str, key: &str, said: serde_json::Value, by: &By) -> Result<(), StoreError> {
        match table {
            person_alias::NAME => self.save_person_alias(key, content(said)?, "person_alias.undo", by)?,
            person_mark::NAME => self.save_mark(key, content(said)?, "person_mark.undo", by)?,
            person_hours::NAME => self.save_hours(key, content(said)?.as_ref(), "person_hours.undo", by)?,
            service_alias::NAME => self.save_service_alias(key, content(said)?.as_ref(), "service_alias.undo", by)?,
            service_owner::NAME => self.save_owner(key, content(said)?.as_ref(), "service_owner.undo", by)?,
            // Steps hold mapping tables alone.
            _ => return Err(StoreError::Conflict { subject: format!("{table} {key}") }),
        };
        Ok(())
    }
}

/// What a revision said; `null`: that the row is not there.
fn content<T: DeserializeOwned>(said: serde_json::Value) -> Result<Option<T>, StoreError> {
    serde_json::from_value(said).map_err(|e| StoreError::Encode { what: "a revision", reason: e.to_string() })
}
