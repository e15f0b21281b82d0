//! Incidents that are not over.

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

use super::super::facts::IncidentFact;
use super::place::Place;
use crate::config::Config;
use crate::views::hidden::hidden_by;

/// Of the incidents that were open, those that are not left out everywhere.
pub(super) fn open_incidents(config: &Config, open: &[IncidentRow]) -> Vec<IncidentFact> {
    let counts = open.iter().filter(|row| hidden_by(config, row).is_none());
    counts.map(|row| incident_fact(config, row.clone())).collect()
}

fn incident_fact(config: &Config, row: IncidentRow) -> IncidentFact {
    let place = Place::of_incident(config, &row);
    IncidentFact {
        id: format!("{}/{}", row.source, row.ext_id),
        tier: place.tier,
        team: place.team,
        service: place.service,
        number: row.number.unwrap_or(row.ext_id),
        source: row.source,
        title: row.title,
        severity: row.severity,
        created_at: row.created_at,
        updated_at: [row.acked_at, row.mitigated_at].into_iter().flatten().max(),
        url: row.url,
    }
}

/// Whether any incident is stored, also of a file.
pub(super) fn has_incidents(reader: &Reader<'_>, now: Timestamp) -> Result<bool, StoreError> {
    Ok(!reader.incidents(&IncidentFilter { limit: 1, ..IncidentFilter::at(now) })?.incidents.is_empty())
}
