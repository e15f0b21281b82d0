//! What rows name and nobody has mapped: a number that rests on them says how many.

use std::collections::BTreeSet;

use fairlead_store::authored::{PersonAliases, PersonSubject};
use fairlead_store::synced::{IncidentRow, PersonName};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use crate::config::Config;
use crate::lookup;

/// How many of the names behind an answer are not mapped. Each is counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
pub struct Unmapped {
    /// People known by no e-mail: each may be the same as somebody else.
    pub people: u32,
    /// Services without a `[service]` or a mapping: their team and tier are unknown.
    pub services: u32,
    /// Words for a severity that mean none.
    pub severities: u32,
}

/// Counts what is not mapped while rows go by.
pub(crate) struct Tally<'a> {
    config: &'a Config,
    aliases: &'a PersonAliases,
    people: BTreeSet<Uuid>,
    services: BTreeSet<(String, String)>,
    severities: BTreeSet<(String, String)>,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(config: &'a Config, aliases: &'a PersonAliases) -> Self {
        Self { config, aliases, people: BTreeSet::new(), services: BTreeSet::new(), severities: BTreeSet::new() }
    }

    /// Somebody whom a row of `source` names.
    pub(crate) fn person(&mut self, source: &str, person: Option<&PersonName>) {
        if let Some(person) = person.filter(|person| is_unmapped(self.aliases, source, person)) {
            self.people.insert(person.key);
        }
    }

    /// A service that a row of `source` names, by id, name or both.
    pub(crate) fn service(&mut self, source: &str, id: Option<&str>, name: Option<&str>) {
        if let Some(called) = id.or(name).filter(|_| lookup::service_of(self.config, source, id, name).is_none()) {
            self.services.insert((source.to_owned(), called.to_owned()));
        }
    }

    /// The service and the severity of an incident.
    pub(crate) fn incident(&mut self, row: &IncidentRow) {
        self.service(&row.source, row.service.as_deref(), row.service_name.as_deref());
        if let Some(word) = row.severity_raw.as_ref().filter(|_| row.severity.is_none()) {
            self.severities.insert((row.source.clone(), word.clone()));
        }
    }

    pub(crate) fn counts(&self) -> Unmapped {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Unmapped {
            people: count(self.people.len()),
            services: count(self.services.len()),
            severities: count(self.severities.len()),
        }
    }
}

/// Whether a person is known by no e-mail and was not mapped by hand.
pub(crate) fn is_unmapped(aliases: &PersonAliases, source: &str, person: &PersonName) -> bool {
    let identity = PersonSubject::Identity { source: source.to_owned(), ext_id: person.identity.clone() };
    person.email.is_none()
        && !aliases.points(&identity)
        && aliases.resolve_key(person.key) == person.key
        && aliases.mark(person.key).is_none()
}
