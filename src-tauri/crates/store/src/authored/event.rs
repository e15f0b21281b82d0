//! Table `event`: who did what when. Rows are only ever added.

use fairlead_domain::Timestamp;
use rusqlite::params;
use uuid::Uuid;

use super::{Reader, Writer};
use crate::column::{Columns, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE event (
  id      TEXT PRIMARY KEY,
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  verb    TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_by_subject ON event (subject, at);
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
CREATE TRIGGER event_is_final BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are final'); END;
";

/// Something a person did.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// UUIDv7: sorts by the time it was made.
    pub id: Uuid,
    /// Who did it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What, for example `snooze.set`.
    pub verb: String,
    /// To what: table and key.
    pub subject: String,
    /// What it says now; `null` when it was taken away.
    pub payload: serde_json::Value,
}

impl Reader<'_> {
    /// The events in `[from, to)`, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn events(&self, from: Timestamp, to: Timestamp) -> Result<Vec<EventRow>, StoreError> {
        let sql = "SELECT id, author, at, verb, subject, payload FROM event WHERE at >= ?1 AND at < ?2 ORDER BY at, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([from.as_millis(), to.as_millis()], |row| {
            let id: String = row.get("id")?;
            Ok(EventRow {
                id: Uuid::parse_str(&id).map_err(|_| rusqlite::Error::InvalidQuery)?,
                author: row.get("author")?,
                at: row.at("at")?,
                verb: row.get("verb")?,
                subject: row.get("subject")?,
                payload: row.json("payload")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn add_event(&self, event: &EventRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO event (id, author, at, verb, subject, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let payload = to_json("event", &event.payload)?;
        let e = event;
        let values = params![e.id.to_string(), e.author, e.at.as_millis(), e.verb, e.subject, payload];
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
