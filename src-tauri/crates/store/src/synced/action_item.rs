//! Table `action_item`: follow-ups as a tracker lists them.

use fairlead_domain::Timestamp;
use fairlead_domain::action_item::{ActionItem, ActionStatus};
use rusqlite::params;

use super::person_identity::{PersonName, person_name, who_columns};
use super::source::still_read;
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE action_item (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id       TEXT NOT NULL,
  incident     TEXT,
  title        TEXT NOT NULL,
  status       TEXT NOT NULL,
  identity_id  INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  created_at   INTEGER NOT NULL,
  due_at       INTEGER,
  completed_at INTEGER,
  priority     TEXT,
  url          TEXT,
  rev          INTEGER NOT NULL DEFAULT 0,
  deleted_at   INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX action_item_by_identity ON action_item (identity_id);
";

/// A follow-up in a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionItemRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// Title.
    pub title: String,
    /// Normalised status, as last read.
    pub status: ActionStatus,
    /// Who does it.
    pub owner: Option<PersonName>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When it was done.
    pub completed_at: Option<Timestamp>,
    /// The source's word for the priority.
    pub priority: Option<String>,
    /// Address in the source.
    pub url: Option<String>,
}

const UPSERT: &str = upsert_sql!("action_item", keys: source_id, ext_id;
    columns: incident, title, status, identity_id, created_at, due_at, completed_at, priority, url);

/// Items that are late or were: the rest of history is not looked at.
pub(super) const INDEXES: &str = "
CREATE INDEX action_item_open ON action_item (due_at) WHERE completed_at IS NULL AND status = 'open';
CREATE INDEX action_item_by_completion ON action_item (completed_at) WHERE completed_at IS NOT NULL;";

pub(crate) const OVERDUE: &str = concat!(
    "SELECT s.name AS source, a.ext_id, a.incident, a.title, a.status, a.created_at, a.due_at, a.completed_at,
       a.priority, a.url, ",
    who_columns!(),
    " FROM (SELECT id FROM action_item INDEXED BY action_item_open
          WHERE completed_at IS NULL AND status = 'open' AND due_at < ?1
        UNION ALL SELECT id FROM action_item INDEXED BY action_item_by_completion
          WHERE completed_at IS NOT NULL AND completed_at > ?1 AND due_at < ?1) late
     CROSS JOIN action_item a ON a.id = late.id JOIN source s ON s.id = a.source_id
     LEFT JOIN person_identity who ON who.id = a.identity_id
     WHERE a.created_at <= ?1 AND (a.deleted_at IS NULL OR a.deleted_at > ?1) AND ",
    still_read!("?1"),
    " ORDER BY s.name, a.ext_id"
);

impl Reader<'_> {
    /// The action items that were due before `at` and open then, by source and id: an end tells when, else the status is
    /// the one last read.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn overdue_action_items(&self, at: Timestamp) -> Result<Vec<ActionItemRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(OVERDUE)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(ActionItemRow {
                source: row.get("source")?,
                ext_id: row.get("ext_id")?,
                incident: row.get("incident")?,
                title: row.get("title")?,
                status: row.word("status", ActionStatus::from_word)?,
                owner: person_name(row)?,
                created_at: row.at("created_at")?,
                due_at: row.at_opt("due_at")?,
                completed_at: row.at_opt("completed_at")?,
                priority: row.get("priority")?,
                url: row.get("url")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_action_item(&mut self, source: SourceId, item: &ActionItem) -> Result<Stored, StoreError> {
        let owner = self.person(source, item.owner.as_ref())?;
        let values = params![
            source.0,
            item.ext_id,
            item.incident,
            item.title,
            item.status.word(),
            owner,
            item.created_at.as_millis(),
            millis(item.due_at),
            millis(item.completed_at),
            item.priority,
            item.url
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
