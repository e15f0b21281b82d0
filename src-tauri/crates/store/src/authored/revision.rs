//! Table `revision`: everything that an authored row has ever said.

use fairlead_domain::Timestamp;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::{NoContext, Uuid};

use super::{EventRow, Reader, Writer};
use crate::column::{Columns, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE revision (
  subject_table TEXT NOT NULL,
  subject_key   TEXT NOT NULL,
  rev           INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  author        TEXT NOT NULL,
  event_id      TEXT NOT NULL REFERENCES event (id),
  content       TEXT NOT NULL,
  PRIMARY KEY (subject_table, subject_key, rev)
) STRICT, WITHOUT ROWID;
";

/// Tables of which an export takes the rows. One that is sealed is never among them.
const EXPORTED: [&str; 7] =
    ["page_rules", "person_alias", "person_hours", "person_mark", "service_alias", "service_owner", "snooze"];

/// Who writes, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The author's name or address.
    pub author: String,
    /// The instant.
    pub at: Timestamp,
}

/// What a row said from an instant on.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// The row's key.
    pub key: String,
    /// 1 is the first.
    pub rev: i64,
    /// Since when.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: String,
    /// What it said; `null` when it was taken away.
    pub content: serde_json::Value,
}

/// A row that is about to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) table: &'static str,
    pub(super) key: &'a str,
    pub(super) verb: &'static str,
    /// The revision that the author saw; `None` writes over whatever is there.
    pub(super) expected: Option<i64>,
}

impl Reader<'_> {
    /// Everything that one row has said, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn revisions(&self, table: &str, key: &str) -> Result<Vec<RevisionRow>, StoreError> {
        let sql = "SELECT subject_key, rev, at, author, content FROM revision
            WHERE subject_table = ?1 AND subject_key = ?2 ORDER BY rev";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([table, key], revision)?.collect::<Result<_, _>>()?)
    }

    /// Calls `each` with everything that the rows of [`Self::each_row`], and rows taken away since, had said by an
    /// instant: the table's name, and what was said; of each row the oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_revision(
        &self,
        at: Timestamp,
        each: &mut dyn FnMut(&'static str, RevisionRow),
    ) -> Result<(), StoreError> {
        let sql = "SELECT subject_key, rev, at, author, content FROM revision
            WHERE subject_table = ?1 AND at <= ?2 ORDER BY subject_key, rev";
        let mut statement = self.connection.prepare_cached(sql)?;
        for table in EXPORTED {
            for row in statement.query_map(params![table, at.as_millis()], revision)? {
                each(table, row?);
            }
        }
        Ok(())
    }

    /// Calls `each` with what people had written by an instant: the table's name, the row's key, what it said. Settings
    /// of the app are left out.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_row(
        &self,
        at: Timestamp,
        each: &mut dyn FnMut(&'static str, &str, serde_json::Value),
    ) -> Result<(), StoreError> {
        for table in EXPORTED {
            for (key, _, content) in self.rows_at::<serde_json::Value>(table, at)? {
                each(table, &key, content);
            }
        }
        Ok(())
    }

    /// What the rows of a table said at an instant, by key; rows taken away by then are left out.
    pub(super) fn rows_at<T: DeserializeOwned>(
        &self,
        table: &'static str,
        at: Timestamp,
    ) -> Result<Vec<(String, i64, T)>, StoreError> {
        let sql = "SELECT r.subject_key, r.rev, r.content FROM revision r WHERE r.subject_table = ?1
              AND r.rev = (SELECT max(l.rev) FROM revision l WHERE l.subject_table = r.subject_table
                AND l.subject_key = r.subject_key AND l.at <= ?2)
              AND r.content <> 'null' ORDER BY r.subject_key";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![table, at.as_millis()], |row| {
            Ok((row.get("subject_key")?, row.get("rev")?, row.json("content")?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn revision(row: &Row<'_>) -> rusqlite::Result<RevisionRow> {
    Ok(RevisionRow {
        key: row.get("subject_key")?,
        rev: row.get("rev")?,
        at: row.at("at")?,
        author: row.get("author")?,
        content: row.json("content")?,
    })
}

impl Writer<'_> {
    /// Writes a row with its revision and its event; `None` takes the row away. `row` writes the row itself. Saying
    /// again what the row says already writes nothing. Returns the row's revision.
    pub(super) fn record<T: Serialize>(
        &mut self,
        entry: Entry<'_>,
        content: Option<&T>,
        by: &By,
        row: impl FnOnce(&Connection, i64) -> rusqlite::Result<usize>,
    ) -> Result<i64, StoreError> {
        let text = to_json(entry.table, &content)?;
        let (last, said) = self.last_revision(entry)?;
        if entry.expected.is_some_and(|expected| expected != last) {
            return Err(StoreError::Conflict { subject: format!("{} {}", entry.table, entry.key) });
        }
        if said.as_deref().unwrap_or("null") == text {
            return Ok(last);
        }
        let payload =
            serde_json::from_str(&text).map_err(|e| StoreError::Encode { what: entry.table, reason: e.to_string() })?;
        let event = EventRow {
            id: event_id(by.at),
            author: by.author.clone(),
            at: by.at,
            verb: entry.verb.to_owned(),
            subject: format!("{}/{}", entry.table, entry.key),
            payload,
        };
        self.add_event(&event)?;
        let sql = "INSERT INTO revision (subject_table, subject_key, rev, at, author, event_id, content)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values =
            params![entry.table, entry.key, last + 1, by.at.as_millis(), by.author, event.id.to_string(), text];
        self.connection.prepare_cached(sql)?.execute(values)?;
        row(self.connection, last + 1)?;
        Ok(last + 1)
    }

    fn last_revision(&self, entry: Entry<'_>) -> Result<(i64, Option<String>), StoreError> {
        use rusqlite::OptionalExtension;
        let sql =
            "SELECT rev, content FROM revision WHERE subject_table = ?1 AND subject_key = ?2 ORDER BY rev DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([entry.table, entry.key], |row| Ok((row.get("rev")?, row.get("content")?)));
        Ok(row.optional()?.unwrap_or((0, None)))
    }
}

/// A UUIDv7 of the author's clock, not of the machine's: the demo's events lie in the demo's time.
fn event_id(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.as_millis()).unwrap_or(0);
    let nanos = u32::try_from(millis % 1_000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, millis / 1_000, nanos))
}
