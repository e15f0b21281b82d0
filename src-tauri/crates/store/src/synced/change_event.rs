//! Table `change_event`: deploys, rollbacks, configuration changes.

use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::{Timestamp, Window};
use rusqlite::params;

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE change_event (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  service     TEXT,
  title       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  finished_at INTEGER,
  outcome     TEXT,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  url         TEXT,
  rev         INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX change_event_by_time ON change_event (at);
CREATE INDEX change_event_by_identity ON change_event (identity_id);
";

/// A change to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// What kind.
    pub kind: ChangeKind,
    /// The service's id or name in the source.
    pub service: Option<String>,
    /// One line.
    pub title: String,
    /// When it began.
    pub at: Timestamp,
    /// When it was done.
    pub finished_at: Option<Timestamp>,
    /// The source's word for the outcome.
    pub outcome: Option<String>,
    /// Who made it.
    pub author: Option<PersonName>,
    /// Address in the source.
    pub url: Option<String>,
}

const UPSERT: &str = upsert_sql!("change_event", keys: source_id, ext_id;
    columns: kind, service, title, at, finished_at, outcome, identity_id, url);

impl Reader<'_> {
    /// The changes that began inside a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn changes(&self, window: Window) -> Result<Vec<ChangeRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, c.ext_id, c.kind, c.service, c.title, c.at, c.finished_at, c.outcome, c.url, ",
            who_columns!(),
            " FROM change_event c JOIN source s ON s.id = c.source_id
             LEFT JOIN person_identity who ON who.id = c.identity_id
             WHERE c.at >= ?1 AND c.at < ?2 AND c.deleted_at IS NULL ORDER BY c.at"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            Ok(ChangeRow {
                source: row.get("source")?,
                ext_id: row.get("ext_id")?,
                kind: row.word("kind", ChangeKind::from_word)?,
                service: row.get("service")?,
                title: row.get("title")?,
                at: row.at("at")?,
                finished_at: row.at_opt("finished_at")?,
                outcome: row.get("outcome")?,
                author: person_name(row)?,
                url: row.get("url")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_change(&mut self, source: SourceId, change: &Change) -> Result<Stored, StoreError> {
        let c = change;
        let author = self.person(source, c.author.as_ref())?;
        let values = params![
            source.0,
            c.ext_id,
            c.kind.word(),
            c.service,
            c.title,
            c.at.as_millis(),
            millis(c.finished_at),
            c.outcome,
            author,
            c.url
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
