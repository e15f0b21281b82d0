//! Incidents that are not over.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::TimelineKind;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

use super::super::facts::IncidentFact;
use super::place::Place;
use crate::config::Config;
use crate::views::hidden::hidden_by;

/// Of the incidents that were open at `now`, those that are not left out everywhere.
pub(super) fn open_incidents(
    reader: &Reader<'_>,
    config: &Config,
    open: &[IncidentRow],
    now: Timestamp,
) -> Result<Vec<IncidentFact>, StoreError> {
    let rows = open.iter().filter(|row| hidden_by(config, row).is_none());
    rows.map(|row| Ok(incident_fact(config, last_update(reader, row, now)?, row.clone()))).collect()
}

/// When somebody last did something about an incident. That the pager called, or asked the next, is no news of it.
fn last_update(reader: &Reader<'_>, row: &IncidentRow, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let stated = [row.acked_at, row.mitigated_at].into_iter().flatten().filter(|at| *at <= now).max();
    let timeline = reader.timeline(reader.source(&row.source)?.id, &row.ext_id, now)?;
    let written = timeline.iter().filter(|entry| is_update(entry.kind)).map(|entry| entry.at).max();
    Ok(stated.max(written))
}

const fn is_update(kind: TimelineKind) -> bool {
    match kind {
        TimelineKind::Ack
        | TimelineKind::Severity
        | TimelineKind::Status
        | TimelineKind::Note
        | TimelineKind::Resolve
        | TimelineKind::Reopen
        | TimelineKind::Snooze
        | TimelineKind::Merge
        | TimelineKind::Field => true,
        TimelineKind::Trigger
        | TimelineKind::Notify
        | TimelineKind::Unack
        | TimelineKind::Assign
        | TimelineKind::Escalate => false,
    }
}

fn incident_fact(config: &Config, updated_at: Option<Timestamp>, row: IncidentRow) -> IncidentFact {
    let place = Place::of_incident(config, &row);
    IncidentFact {
        id: format!("{}/{}", row.source, row.ext_id),
        tier: place.tier,
        team: place.team,
        service: place.service,
        number: row.number.unwrap_or(row.ext_id),
        source: row.source,
        title: row.title,
        kind: row.kind,
        status: row.status,
        severity: row.severity,
        severity_said: row.severity_raw,
        created_at: row.created_at,
        acked_at: row.acked_at,
        updated_at,
        url: row.url,
    }
}

/// Whether any incident is stored, also of a file.
pub(super) fn has_incidents(reader: &Reader<'_>, now: Timestamp) -> Result<bool, StoreError> {
    Ok(!reader.incidents(&IncidentFilter { limit: 1, ..IncidentFilter::at(now) })?.incidents.is_empty())
}
