//! Table `timeline_event`: what happened in incidents, in order.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{TimelineEvent, TimelineKind};
use rusqlite::{Row, params};

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE timeline_event (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id      TEXT NOT NULL,
  incident    TEXT,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  raw_type    TEXT,
  text        TEXT,
  rev         INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX timeline_event_by_incident ON timeline_event (source_id, incident, at);
CREATE INDEX timeline_event_by_time ON timeline_event (at);
CREATE INDEX timeline_event_by_identity ON timeline_event (identity_id);
";

/// An entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRow {
    /// The source's name.
    pub source: String,
    /// The entry's id in the source.
    pub ext_id: String,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: TimelineKind,
    /// Who did it; `None` for systems.
    pub actor: Option<PersonName>,
    /// The source's word for the kind.
    pub raw_type: Option<String>,
    /// One line of text.
    pub text: Option<String>,
}

const UPSERT: &str = upsert_sql!("timeline_event", keys: source_id, ext_id;
    columns: incident, at, kind, identity_id, raw_type, text);

impl Reader<'_> {
    /// The timeline of one incident up to `until`, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn timeline(&self, source: SourceId, incident: &str, until: Timestamp) -> Result<Vec<TimelineRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, t.ext_id, t.incident, t.at, t.kind, t.raw_type, t.text, ",
            who_columns!(),
            " FROM timeline_event t JOIN source s ON s.id = t.source_id
             LEFT JOIN person_identity who ON who.id = t.identity_id
             WHERE t.source_id = ?1 AND t.incident = ?2 AND t.at <= ?3 AND t.deleted_at IS NULL ORDER BY t.at, t.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![source.0, incident, until.as_millis()], timeline_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every timeline entry in `[from, to)`, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn timeline_events(&self, from: Timestamp, to: Timestamp) -> Result<Vec<TimelineRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, t.ext_id, t.incident, t.at, t.kind, t.raw_type, t.text, ",
            who_columns!(),
            " FROM timeline_event t JOIN source s ON s.id = t.source_id
             LEFT JOIN person_identity who ON who.id = t.identity_id
             WHERE t.at >= ?1 AND t.at < ?2 AND t.deleted_at IS NULL ORDER BY t.at"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([from.as_millis(), to.as_millis()], timeline_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn timeline_row(row: &Row<'_>) -> rusqlite::Result<TimelineRow> {
    Ok(TimelineRow {
        source: row.get("source")?,
        ext_id: row.get("ext_id")?,
        incident: row.get("incident")?,
        at: row.at("at")?,
        kind: row.word("kind", TimelineKind::from_word)?,
        actor: person_name(row)?,
        raw_type: row.get("raw_type")?,
        text: row.get("text")?,
    })
}

impl Writer<'_> {
    pub(super) fn put_timeline_event(&mut self, source: SourceId, event: &TimelineEvent) -> Result<Stored, StoreError> {
        let actor = self.person(source, event.actor.as_ref())?;
        let values = params![
            source.0,
            event.ext_id,
            event.incident,
            event.at.as_millis(),
            event.kind.word(),
            actor,
            event.raw_type,
            event.text
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
