//! Reads of incidents as they stood at an instant.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{AckSource, CustomField, IncidentKind, IncidentLink, IncidentStatus};
use rusqlite::{OptionalExtension, Row, named_params};

use super::incident::{IncidentRevision, first_id, relation};
use super::incident_search::match_text;
use super::person_identity::{PersonName, person_name, who_columns};
use super::{Reader, SourceId};
use crate::column::{Columns, InOrder, to_json};
use crate::error::StoreError;

/// An incident as it stood at the instant asked for: what happened later is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    /// Row id; ids follow creation time, so it is also the place in a list ([`IncidentFilter::before`]).
    pub id: i64,
    /// The source's name.
    pub source: String,
    /// The source's row id.
    pub source_id: SourceId,
    /// The id in the source.
    pub ext_id: String,
    /// What the source means by it.
    pub kind: IncidentKind,
    /// The number people say.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Status at the instant asked for.
    pub status: IncidentStatus,
    /// The source's word for the status it has now.
    pub status_raw: Option<String>,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source's word.
    pub severity_raw: Option<String>,
    /// The source's urgency.
    pub urgency: Option<String>,
    /// The service's id or name in the source.
    pub service: Option<String>,
    /// The service's name, where the source lists it.
    pub service_name: Option<String>,
    /// When the source made it.
    pub created_at: Timestamp,
    /// First acknowledgement.
    pub acked_at: Option<Timestamp>,
    /// Where `acked_at` comes from.
    pub ack_source: Option<AckSource>,
    /// When the harm stopped.
    pub mitigated_at: Option<Timestamp>,
    /// Last resolution.
    pub resolved_at: Option<Timestamp>,
    /// When its follow-up was done.
    pub closed_at: Option<Timestamp>,
    /// When users began to be harmed.
    pub impact_start: Option<Timestamp>,
    /// When users ceased to be harmed.
    pub impact_end: Option<Timestamp>,
    /// The incident that continues this one.
    pub merged_into: Option<String>,
    /// A test or a drill.
    pub is_test: bool,
    /// Address in the source.
    pub url: Option<String>,
}

/// A person who took part in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponderRow {
    /// [`IncidentRow::id`].
    pub incident: i64,
    /// Who; `None` where the source's reference says nothing, or the person was erased.
    pub person: Option<PersonName>,
    /// The source's word for the part.
    pub role: Option<String>,
    /// When it was given.
    pub assigned_at: Option<Timestamp>,
}

/// Which incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentFilter {
    /// The instant at which they stood so.
    pub as_of: Timestamp,
    /// Created at or after.
    pub since: Option<Timestamp>,
    /// Created before.
    pub until: Option<Timestamp>,
    /// Statuses at the instant; empty: any.
    pub statuses: Vec<IncidentStatus>,
    /// Words of the title or number; blank: any.
    pub text: Option<String>,
    /// One source only.
    pub source: Option<SourceId>,
    /// Older than this incident: [`IncidentPage::next`] of the page before.
    pub before: Option<i64>,
    /// At most so many; at least 1.
    pub limit: u32,
}

impl IncidentFilter {
    /// Every incident at an instant, in pages of 50.
    #[must_use]
    pub const fn at(as_of: Timestamp) -> Self {
        Self {
            as_of,
            since: None,
            until: None,
            statuses: Vec::new(),
            text: None,
            source: None,
            before: None,
            limit: 50,
        }
    }
}

/// A page of incidents, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentPage {
    /// The incidents.
    pub incidents: Vec<IncidentRow>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<i64>,
}

/// The status that follows from what had happened by `:at`. Where a source gives no time for its status, its last
/// change stands for it.
macro_rules! status_at {
    () => {
        "CASE
             WHEN i.status IN ('closed', 'cancelled', 'merged')
               AND coalesce(i.closed_at, i.resolved_at, i.updated_at, i.created_at) <= :at THEN i.status
             WHEN i.status IN ('resolved', 'closed')
               AND coalesce(i.resolved_at, i.closed_at, i.updated_at, i.created_at) <= :at THEN 'resolved'
             WHEN i.status NOT IN ('open', 'acked') AND i.mitigated_at <= :at THEN 'mitigated'
             WHEN i.status = 'mitigated' AND i.mitigated_at IS NULL AND coalesce(i.updated_at, i.created_at) <= :at
               THEN 'mitigated'
             WHEN i.status <> 'open' AND i.acked_at <= :at THEN 'acked'
             WHEN i.status = 'acked' AND i.acked_at IS NULL AND coalesce(i.updated_at, i.created_at) <= :at THEN 'acked'
             ELSE 'open' END AS status_at"
    };
}
pub(super) use status_at;

/// What is read of the incidents `i`.
macro_rules! incident_columns {
    () => {
        concat!(
            "SELECT i.id, s.name AS source, i.source_id, i.ext_id, i.kind, i.number, i.title, i.status_raw, i.severity,
           i.severity_raw, i.urgency, i.service, v.name AS service_name, i.created_at, i.acked_at, i.ack_source,
           i.mitigated_at, i.resolved_at, i.closed_at, i.impact_start, i.impact_end, i.merged_into, i.is_test, i.url, ",
            $crate::synced::incident_list::status_at!()
        )
    };
}
pub(super) use incident_columns;

/// Sources and services of the incidents `i`.
macro_rules! incident_joins {
    () => {
        " JOIN source s ON s.id = i.source_id
         LEFT JOIN service v ON v.source_id = i.source_id AND v.ext_id = i.service "
    };
}
pub(super) use incident_joins;

/// What every list asks for beside the status and the text.
macro_rules! incident_where {
    () => {
        " (i.deleted_at IS NULL OR i.deleted_at > :at) AND (:source IS NULL OR i.source_id = :source) "
    };
}

pub(super) use incident_where;

pub(crate) const LIST: &str = concat!(
    incident_columns!(),
    " FROM incident i",
    incident_joins!(),
    "WHERE i.id >= :first AND i.id < :last AND",
    incident_where!(),
    "ORDER BY i.id DESC LIMIT :limit"
);

pub(crate) const SEARCH: &str = concat!(
    incident_columns!(),
    " FROM incident_search f CROSS JOIN incident i ON i.id = f.rowid",
    incident_joins!(),
    "WHERE incident_search MATCH :text AND f.rowid >= :first AND f.rowid < :last
       AND (:statuses IS NULL OR status_at IN (SELECT value FROM json_each(:statuses))) AND",
    incident_where!(),
    "ORDER BY f.rowid DESC LIMIT :limit"
);

impl Reader<'_> {
    /// A page of incidents, newest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incidents(&self, filter: &IncidentFilter) -> Result<IncidentPage, StoreError> {
        let limit = filter.limit.clamp(1, 100_000);
        let until = filter.until.map_or(i64::MAX, first_id).min(first_id(filter.as_of.plus_millis(1)));
        let typed = filter.text.as_deref().filter(|text| !text.trim().is_empty());
        let text = typed.map(match_text);
        if text == Some(None) {
            return Ok(IncidentPage { incidents: Vec::new(), next: None });
        }
        let range = (filter.since.map_or(i64::MIN, first_id), until.min(filter.before.unwrap_or(i64::MAX)));
        let asked = i64::from(limit) + 1;
        let (at, source) = (filter.as_of.as_millis(), filter.source.map(|s| s.0));
        let collect = |rows: rusqlite::MappedRows<'_, _>| rows.collect::<Result<Vec<IncidentRow>, _>>();
        let read = |row: &Row<'_>| incident_row(row, filter.as_of);
        let mut incidents = match text.flatten() {
            Some(text) => {
                let wanted = Some(&filter.statuses).filter(|statuses| !statuses.is_empty());
                let statuses = wanted.map(|statuses| to_json("statuses", statuses)).transpose()?;
                collect(self.connection.prepare_cached(SEARCH)?.query_map(
                    named_params! { ":text": text, ":at": at, ":source": source, ":statuses": statuses,
                    ":first": range.0, ":last": range.1, ":limit": asked },
                    read,
                )?)?
            }
            None if !filter.statuses.is_empty() => self.incidents_by_status(filter, range, asked)?,
            None => collect(self.connection.prepare_cached(LIST)?.query_map(
                named_params! { ":at": at, ":source": source, ":first": range.0, ":last": range.1, ":limit": asked },
                read,
            )?)?,
        };
        let more = incidents.len() > limit as usize;
        incidents.truncate(limit as usize);
        let next = if more { incidents.last().map(|incident| incident.id) } else { None };
        Ok(IncidentPage { incidents, next })
    }

    /// One incident as it stood at `as_of`; `None` when there is none, or it was made later.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incident(&self, source: &str, ext_id: &str, as_of: Timestamp) -> Result<Option<IncidentRow>, StoreError> {
        let sql = concat!(
            incident_columns!(),
            " FROM incident i",
            incident_joins!(),
            "WHERE s.name = :source AND i.ext_id = :ext_id AND i.created_at <= :at
               AND (i.deleted_at IS NULL OR i.deleted_at > :at)"
        );
        let values = named_params! { ":source": source, ":ext_id": ext_id, ":at": as_of.as_millis() };
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(values, |row| incident_row(row, as_of)).optional()?)
    }

    /// Who took part in these incidents, in the order of the incidents' ids and of the source.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn responders(&self, incidents: &[i64]) -> Result<Vec<ResponderRow>, StoreError> {
        let sql = concat!(
            "SELECT r.incident_id, r.role, r.assigned_at, ",
            who_columns!(),
            " FROM json_each(?1) wanted JOIN responder r ON r.incident_id = wanted.value
             LEFT JOIN person_identity who ON who.id = r.identity_id ORDER BY r.incident_id, r.ordinal"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([to_json("ids", incidents)?], |row| {
            Ok(ResponderRow {
                incident: row.get("incident_id")?,
                person: person_name(row)?,
                role: row.get("role")?,
                assigned_at: row.at_opt("assigned_at")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Other records of the same event.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incident_links(&self, incident: i64) -> Result<Vec<IncidentLink>, StoreError> {
        let sql = "SELECT system, ext_id, relation FROM incident_link WHERE incident_id = ?1 ORDER BY ordinal";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([incident], |row| {
            Ok(IncidentLink { system: row.get("system")?, ext_id: row.get("ext_id")?, relation: relation(row)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every link of every incident: the incident's id, and the record elsewhere.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn all_incident_links(&self) -> Result<Vec<(i64, IncidentLink)>, StoreError> {
        let sql = "SELECT incident_id, system, ext_id, relation FROM incident_link ORDER BY incident_id, ordinal";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let link =
                IncidentLink { system: row.get("system")?, ext_id: row.get("ext_id")?, relation: relation(row)? };
            Ok((row.get("incident_id")?, link))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The fields that the source's owner added.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incident_custom_fields(&self, incident: i64) -> Result<Vec<CustomField>, StoreError> {
        let sql = "SELECT field, value FROM incident_custom_field WHERE incident_id = ?1 ORDER BY ordinal";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement
            .query_map([incident], |row| Ok(CustomField { field: row.get("field")?, value: row.get("value")? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The teams of an incident, by id or name in the source.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incident_teams(&self, incident: i64) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT team FROM incident_team WHERE incident_id = ?1 ORDER BY ordinal";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([incident], |row| row.get("team"))?.collect::<Result<_, _>>()?)
    }

    /// The changes of an incident's status and severity, as they were noticed, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn incident_revisions(&self, incident: i64) -> Result<Vec<IncidentRevision>, StoreError> {
        let sql = "SELECT seen_at, old_status, old_severity FROM incident_revision WHERE incident_id = ?1 ORDER BY seen_at, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([incident], |row| {
            Ok(IncidentRevision {
                seen_at: row.at("seen_at")?,
                old_status: row.word("old_status", IncidentStatus::from_word)?,
                old_severity: row.get("old_severity")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ids of a source's incidents that are stored as open, for the connector to read again.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn open_incident_ids(&self, source: SourceId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT ext_id FROM incident WHERE source_id = ?1 AND status IN ('open', 'acked', 'mitigated')
            AND deleted_at IS NULL ORDER BY ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([source.0], |row| row.get("ext_id"))?.collect::<Result<_, _>>()?)
    }
}

/// In the order of [`incident_columns!`].
pub(super) fn incident_row(row: &Row<'_>, as_of: Timestamp) -> rusqlite::Result<IncidentRow> {
    let mut next = InOrder::of(row);
    let by_then = |at: Option<Timestamp>| at.filter(|at| *at <= as_of);
    let mut incident = IncidentRow {
        id: next.value()?,
        source: next.value()?,
        source_id: SourceId(next.value()?),
        ext_id: next.value()?,
        kind: next.word(IncidentKind::from_word)?,
        number: next.value()?,
        title: next.value()?,
        status_raw: next.value()?,
        severity: next.value()?,
        severity_raw: next.value()?,
        urgency: next.value()?,
        service: next.value()?,
        service_name: next.value()?,
        created_at: next.at()?,
        acked_at: by_then(next.at_opt()?),
        ack_source: next.value::<Option<String>>()?.as_deref().and_then(AckSource::from_word),
        mitigated_at: by_then(next.at_opt()?),
        resolved_at: by_then(next.at_opt()?),
        closed_at: by_then(next.at_opt()?),
        impact_start: by_then(next.at_opt()?),
        impact_end: by_then(next.at_opt()?),
        merged_into: next.value()?,
        is_test: next.value()?,
        url: next.value()?,
        status: next.word(IncidentStatus::from_word)?,
    };
    incident.ack_source = incident.ack_source.filter(|_| incident.acked_at.is_some());
    Ok(incident)
}
