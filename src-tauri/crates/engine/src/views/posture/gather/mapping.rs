//! What sources name and nothing says what it is.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::super::facts::UnmappedFact;
use super::Settings;
use crate::views::people::entries as people;
use crate::views::services::entries as services;

/// Everything without a mapping; severities of the incidents made at `since` or later.
pub(super) fn unmapped(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    since: Timestamp,
    now: Timestamp,
) -> Result<UnmappedFact, StoreError> {
    let Settings { config, aliases, .. } = settings;
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
    for (source, word) in reader.unmapped_words(since, now)? {
        fact.severities.push(format!("{source}: {word}"));
        sources.insert(source);
    }
    fact.severities.sort();
    fact.sources = sources.into_iter().collect();
    Ok(fact)
}
