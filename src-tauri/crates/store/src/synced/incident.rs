//! Table `incident` and its parts.
//!
//! A row's id begins with its time of creation (milliseconds × 2¹⁶ + a digest of its key), so that ids, and the rowids of
//! the full-text index, follow creation time: newest first needs neither an index nor a sort.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{Incident, IncidentStatus, LinkRelation};
use rusqlite::{OptionalExtension, ToSql, params};

use super::upsert::{Stored, upsert, upsert_sql};
use super::{SourceId, Writer};
use crate::column::{Columns, digest, digest_bytes, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE incident (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id       TEXT NOT NULL,
  kind         TEXT NOT NULL,
  number       TEXT,
  title        TEXT NOT NULL,
  status       TEXT NOT NULL,
  status_raw   TEXT,
  severity     INTEGER,
  severity_raw TEXT,
  urgency      TEXT,
  service      TEXT,
  created_at   INTEGER NOT NULL,
  acked_at     INTEGER,
  ack_source   TEXT,
  mitigated_at INTEGER,
  resolved_at  INTEGER,
  closed_at    INTEGER,
  updated_at   INTEGER,
  impact_start INTEGER,
  impact_end   INTEGER,
  merged_into  TEXT,
  is_test      INTEGER NOT NULL,
  url          TEXT,
  parts        BLOB NOT NULL,
  rev          INTEGER NOT NULL DEFAULT 0,
  deleted_at   INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX incident_open ON incident (source_id, ext_id) WHERE status IN ('open', 'acked', 'mitigated');
CREATE TABLE incident_team (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal     INTEGER NOT NULL,
  team        TEXT NOT NULL,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE responder (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal     INTEGER NOT NULL,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  role        TEXT,
  assigned_at INTEGER,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX responder_by_identity ON responder (identity_id);
CREATE TABLE incident_link (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal     INTEGER NOT NULL,
  system      TEXT NOT NULL,
  ext_id      TEXT NOT NULL,
  relation    TEXT NOT NULL,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE incident_custom_field (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal     INTEGER NOT NULL,
  field       TEXT NOT NULL,
  value       TEXT NOT NULL,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE incident_revision (
  id           INTEGER PRIMARY KEY,
  incident_id  INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE ON UPDATE CASCADE,
  seen_at      INTEGER NOT NULL,
  old_status   TEXT NOT NULL,
  old_severity INTEGER
) STRICT;
CREATE INDEX incident_revision_by_incident ON incident_revision (incident_id, seen_at);
";

/// Bits of an id that tell incidents of one millisecond apart.
const ORDER_BITS: u32 = 16;

/// The least id of an incident that was created at `at` or later.
pub(super) const fn first_id(at: Timestamp) -> i64 {
    at.as_millis().saturating_mul(1 << ORDER_BITS)
}

/// An upsert, and an insert of the same columns with the id at the end.
macro_rules! incident_sql {
    ($column:ident $(, $columns:ident)+) => {
        const UPSERT: &str = upsert_sql!("incident", keys: source_id, ext_id; columns: $column $(, $columns)+);
        const INSERT: &str = concat!(
            "INSERT INTO incident (source_id, ext_id, ", stringify!($column), $(", ", stringify!($columns),)+
            ", id) VALUES (?, ?, ?", $(upsert_sql!(@mark $columns),)+ ", ?) RETURNING id, rev"
        );
    };
}
incident_sql!(
    kind,
    number,
    title,
    status,
    status_raw,
    severity,
    severity_raw,
    urgency,
    service,
    created_at,
    acked_at,
    ack_source,
    mitigated_at,
    resolved_at,
    closed_at,
    updated_at,
    impact_start,
    impact_end,
    merged_into,
    is_test,
    url,
    parts
);

/// What must be known of the stored row before it is overwritten.
struct Before {
    id: i64,
    created_at: Timestamp,
    title: String,
    number: Option<String>,
    status: IncidentStatus,
    severity: Option<u8>,
}

impl Writer<'_> {
    pub(super) fn put_incident(
        &mut self,
        source: SourceId,
        incident: &Incident,
        now: Timestamp,
    ) -> Result<Stored, StoreError> {
        let incident = self.with_acknowledgements(source, incident)?;
        let incident = incident.as_ref();
        let Some(mut old) = self.incident_before(source, &incident.ext_id)? else {
            let id = self.free_id(source, incident)?;
            self.save_incident(Some(id), source, incident)?;
            self.save_parts(id, source, incident)?;
            self.index_incident(id, &incident.title, incident.number.as_deref());
            return Ok(Stored::Inserted);
        };
        if old.created_at != incident.created_at {
            let id = self.free_id(source, incident)?;
            let sql = "UPDATE incident SET id = ?2 WHERE id = ?1";
            self.connection.prepare_cached(sql)?.execute([old.id, id])?;
            self.unindex_incident(old.id)?;
            self.index_incident(id, &incident.title, incident.number.as_deref());
            old.id = id;
        } else if old.title != incident.title || old.number != incident.number {
            self.unindex_incident(old.id)?;
            self.index_incident(old.id, &incident.title, incident.number.as_deref());
        }
        if self.save_incident(None, source, incident)? == Stored::Unchanged {
            return Ok(Stored::Unchanged);
        }
        self.remove_parts(old.id)?;
        self.save_parts(old.id, source, incident)?;
        if (old.status, old.severity) != (incident.status, incident.severity) {
            let sql = "INSERT INTO incident_revision (incident_id, seen_at, old_status, old_severity) VALUES (?1, ?2, ?3, ?4)";
            let values = params![old.id, now.as_millis(), old.status.word(), old.severity];
            self.connection.prepare_cached(sql)?.execute(values)?;
        }
        Ok(Stored::Updated)
    }

    fn incident_before(&self, source: SourceId, ext_id: &str) -> Result<Option<Before>, StoreError> {
        let sql =
            "SELECT id, created_at, title, number, status, severity FROM incident WHERE source_id = ?1 AND ext_id = ?2";
        let row = self.connection.prepare_cached(sql)?.query_row(params![source.0, ext_id], |row| {
            Ok(Before {
                id: row.get("id")?,
                created_at: row.at("created_at")?,
                title: row.get("title")?,
                number: row.get("number")?,
                status: row.word("status", IncidentStatus::from_word)?,
                severity: row.get("severity")?,
            })
        });
        Ok(row.optional()?)
    }

    /// An id that follows the time of creation and depends on the key alone, unless two keys collide.
    fn free_id(&self, source: SourceId, incident: &Incident) -> Result<i64, StoreError> {
        let key = digest_bytes(format!("{}/{}", source.0, incident.ext_id).as_bytes());
        let mut id = first_id(incident.created_at) + i64::from(u16::from_be_bytes([key[0], key[1]]));
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM incident WHERE id = ?1")?;
        while statement.query_row([id], |_| Ok(())).optional()?.is_some() {
            id += 1;
        }
        Ok(id)
    }

    /// Stores the row itself: a new one under `id`, or over the one that is there.
    fn save_incident(&self, id: Option<i64>, source: SourceId, incident: &Incident) -> Result<Stored, StoreError> {
        let i = incident;
        let times =
            [i.acked_at, i.mitigated_at, i.resolved_at, i.closed_at, i.updated_at, i.impact_start, i.impact_end];
        let [acked, mitigated, resolved, closed, updated, impact_start, impact_end] = times.map(millis);
        let parts = digest("parts of an incident", &(&i.teams, &i.responders, &i.links, &i.custom_fields))?;
        let (kind, status, created) = (i.kind.word(), i.status.word(), i.created_at.as_millis());
        let ack_source = i.ack_source.map(fairlead_domain::incident::AckSource::word);
        let mut values: Vec<&dyn ToSql> = vec![
            &source.0,
            &i.ext_id,
            &kind,
            &i.number,
            &i.title,
            &status,
            &i.status_raw,
            &i.severity,
            &i.severity_raw,
            &i.urgency,
            &i.service,
            &created,
            &acked,
            &ack_source,
            &mitigated,
            &resolved,
            &closed,
            &updated,
            &impact_start,
            &impact_end,
            &i.merged_into,
            &i.is_test,
            &i.url,
            &parts,
        ];
        let sql = match &id {
            Some(id) => {
                values.push(id);
                INSERT
            }
            None => UPSERT,
        };
        Ok(upsert(self.connection, sql, values.as_slice())?.0)
    }

    fn remove_parts(&self, id: i64) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM incident_team WHERE incident_id = ?1",
            "DELETE FROM responder WHERE incident_id = ?1",
            "DELETE FROM incident_link WHERE incident_id = ?1",
            "DELETE FROM incident_custom_field WHERE incident_id = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([id])?;
        }
        Ok(())
    }

    fn save_parts(&self, id: i64, source: SourceId, incident: &Incident) -> Result<(), StoreError> {
        let c = self.connection;
        for (team, ordinal) in incident.teams.iter().zip(0_i64..) {
            let sql = "INSERT INTO incident_team (incident_id, ordinal, team) VALUES (?1, ?2, ?3)";
            c.prepare_cached(sql)?.execute(params![id, ordinal, team])?;
        }
        for (part, ordinal) in incident.responders.iter().zip(0_i64..) {
            let sql = "INSERT INTO responder (incident_id, ordinal, identity_id, role, assigned_at) VALUES (?1, ?2, ?3, ?4, ?5)";
            let person = self.person(source, Some(&part.person))?;
            c.prepare_cached(sql)?.execute(params![id, ordinal, person, part.role, millis(part.assigned_at)])?;
        }
        for (link, ordinal) in incident.links.iter().zip(0_i64..) {
            let sql = "INSERT INTO incident_link (incident_id, ordinal, system, ext_id, relation) VALUES (?1, ?2, ?3, ?4, ?5)";
            c.prepare_cached(sql)?.execute(params![id, ordinal, link.system, link.ext_id, link.relation.word()])?;
        }
        for (field, ordinal) in incident.custom_fields.iter().zip(0_i64..) {
            let sql = "INSERT INTO incident_custom_field (incident_id, ordinal, field, value) VALUES (?1, ?2, ?3, ?4)";
            c.prepare_cached(sql)?.execute(params![id, ordinal, field.field, field.value])?;
        }
        Ok(())
    }
}

/// A change of status or severity as it was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRevision {
    /// When the change was read.
    pub seen_at: Timestamp,
    /// Status until then.
    pub old_status: IncidentStatus,
    /// Severity until then.
    pub old_severity: Option<u8>,
}

/// A pointer to a record elsewhere.
pub(super) fn relation(row: &rusqlite::Row<'_>) -> rusqlite::Result<LinkRelation> {
    row.word("relation", LinkRelation::from_word)
}
