//! What sources name and nothing says what it is.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentRow, Reader};

use super::super::facts::UnmappedFact;
use super::Settings;
use crate::views::people::entries as people;
use crate::views::services::entries as services;

/// Everything without a mapping; severities of `incidents`.
pub(super) fn unmapped(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    incidents: &[IncidentRow],
    now: Timestamp,
) -> Result<UnmappedFact, StoreError> {
    let Settings { config, aliases } = settings;
    let mut sources = BTreeSet::new();
    let mut fact = UnmappedFact::default();
    for person in people(config, aliases, reader.identities()?, now).into_iter().filter(|person| !person.mapped) {
        let active: Vec<&str> =
            person.identities.iter().filter(|i| i.active).map(|identity| identity.source.as_str()).collect();
        if !active.is_empty() {
            sources.extend(active.into_iter().map(str::to_owned));
            fact.people.push(person.name);
        }
    }
    for service in services(reader, config, config, now)?.into_iter().filter(|service| !service.mapped) {
        sources.insert(service.source.clone());
        fact.services.push(format!("{}: {}", service.source, service.name));
    }
    let mut severities = BTreeSet::new();
    for incident in incidents.iter().filter(|incident| incident.severity.is_none()) {
        if let Some(word) = &incident.severity_raw {
            sources.insert(incident.source.clone());
            severities.insert(format!("{}: {word}", incident.source));
        }
    }
    fact.severities = severities.into_iter().collect();
    fact.sources = sources.into_iter().collect();
    Ok(fact)
}
