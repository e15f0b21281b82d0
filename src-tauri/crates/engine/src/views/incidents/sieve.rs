//! Which incidents the page shows, and what each facet counts, while outlines go by.

use std::collections::HashMap;

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use fairlead_domain::incident::{IncidentKind, IncidentStatus};
use fairlead_metrics::oncall::DropRule;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentOutline, Reader, SourceId};

use super::facets::{IncidentFacets, Values};
use super::filters::{IncidentFilters, NOT_GIVEN, NOT_MAPPED};
use super::months::Months;
use crate::config::Config;
use crate::lookup;
use crate::views::hidden::{Hidden, HiddenCounts};

/// Places of the facets.
const STATUS: usize = 0;
const SEVERITY: usize = 1;
const SERVICE: usize = 2;
const SOURCE: usize = 3;
const KIND: usize = 4;
const MONTH: usize = 5;

/// What is known of a service, however often it is met.
struct Service<'c> {
    place: usize,
    in_team: bool,
    rules: Vec<&'c DropRule>,
}

/// A source and what it calls its services.
struct Source<'c> {
    name: String,
    place: usize,
    services: HashMap<String, Service<'c>>,
    without: Service<'c>,
}

/// Takes in one outline after the other.
pub(super) struct Sieve<'c> {
    config: &'c Config,
    team: Option<String>,
    tests: bool,
    facets: [Values; 6],
    sources: HashMap<SourceId, Source<'c>>,
    names: HashMap<(String, String), String>,
    months: Months,
    hidden: HiddenCounts,
}

impl<'c> Sieve<'c> {
    pub(super) fn new(
        reader: &Reader<'_>,
        config: &'c Config,
        filters: &IncidentFilters,
        as_of: Timestamp,
    ) -> Result<Self, StoreError> {
        let [statuses, severities, services, sources, kinds, months] = filters.chosen();
        let words = ["1", "2", "3", "4", "5", NOT_MAPPED, NOT_GIVEN].map(str::to_owned);
        let mut facets = [
            Values::of(&statuses, IncidentStatus::ALL.iter().map(|status| status.word().to_owned())),
            Values::of(&severities, words),
            Values::of(&services, []),
            Values::of(&sources, []),
            Values::of(&kinds, IncidentKind::ALL.iter().map(|kind| kind.word().to_owned())),
            Values::of(&months, []),
        ];
        let team = filters.team.clone();
        let mut known = HashMap::new();
        for row in reader.sources()? {
            let place = facets[SOURCE].place(&row.name);
            let without = service(config, team.as_deref(), &mut facets[SERVICE], (&row.name, None, None));
            known.insert(row.id, Source { place, services: HashMap::new(), without, name: row.name });
        }
        let names = reader.services(as_of)?.into_iter().map(|row| ((row.source, row.ext_id), row.name)).collect();
        let zone: Tz = config.workspace.timezone;
        Ok(Self {
            config,
            team,
            tests: filters.tests,
            facets,
            sources: known,
            names,
            months: Months::of(zone),
            hidden: HiddenCounts::default(),
        })
    }

    /// Whether titles decide what is shown.
    pub(super) fn needs_titles(config: &Config) -> bool {
        config.page.drop.iter().any(|rule| rule.title.is_some())
    }

    /// Counts an incident; whether it is shown.
    pub(super) fn take(&mut self, outline: &IncidentOutline<'_>) -> bool {
        let Some(source) = self.sources.get_mut(&outline.source) else { return false };
        let service = match outline.service {
            None => &source.without,
            Some(id) if source.services.contains_key(id) => &source.services[id],
            Some(id) => {
                let name = self.names.get(&(source.name.clone(), id.to_owned())).map(String::as_str);
                let told = (source.name.as_str(), Some(id), name);
                let new = service(self.config, self.team.as_deref(), &mut self.facets[SERVICE], told);
                source.services.entry(id.to_owned()).or_insert(new)
            }
        };
        if !service.in_team {
            return false;
        }
        let mut places = [0; 6];
        places[STATUS] = position(IncidentStatus::ALL, &outline.status);
        places[SEVERITY] = match (outline.severity, outline.severity_said) {
            (Some(level), _) => usize::from(level.clamp(1, 5)) - 1,
            (None, true) => 5,
            (None, false) => 6,
        };
        places[SERVICE] = service.place;
        places[SOURCE] = source.place;
        places[KIND] = position(IncidentKind::ALL, &outline.kind);
        places[MONTH] = self.months.place(outline.created_at, &mut self.facets[MONTH]);
        let refused = |facet: &usize| self.facets[*facet].refuses(places[*facet]);
        let mut refusals = (0..places.len()).filter(refused);
        let (first, more) = (refusals.next(), refusals.next());
        if more.is_some() {
            return false;
        }
        if let Some(reason) = reason(service, outline) {
            if first.is_none() {
                self.hidden.count(reason);
            }
            if !self.tests {
                return false;
            }
        }
        match first {
            Some(facet) => self.facets[facet].count(places[facet]),
            None => (0..places.len()).for_each(|facet| self.facets[facet].count(places[facet])),
        }
        first.is_none()
    }

    /// What was counted.
    pub(super) fn told(self) -> (IncidentFacets, HiddenCounts) {
        let [statuses, severities, services, sources, kinds, months] = self.facets.map(Values::told);
        let mut facets = IncidentFacets { statuses, severities, services, sources, kinds, months };
        facets.services.sort_by(|a, b| (b.count, &a.key).cmp(&(a.count, &b.key)));
        facets.months.sort_by(|a, b| b.key.cmp(&a.key));
        (facets, self.hidden)
    }
}

/// What is known of a service that `source` calls by an id, a name or neither.
fn service<'c>(
    config: &'c Config,
    team: Option<&str>,
    values: &mut Values,
    (source, id, name): (&str, Option<&str>, Option<&str>),
) -> Service<'c> {
    let ours = lookup::service_of(config, source, id, name);
    let key = ours.map(|(key, _)| key).or(name).or(id).unwrap_or_default();
    let in_team = team.is_none_or(|team| ours.and_then(|(_, service)| service.team.as_deref()) == Some(team));
    let names = lookup::service_names(config, source, id, name);
    Service { place: values.place(key), in_team, rules: config.page.rules_for(&names) }
}

fn reason(service: &Service<'_>, outline: &IncidentOutline<'_>) -> Option<Hidden> {
    if outline.is_test {
        return Some(Hidden::Test);
    }
    service.rules.iter().any(|rule| rule.takes(outline.title)).then_some(Hidden::Dropped)
}

/// Facets hold the words of a list in its order.
fn position<T: PartialEq>(all: &[T], word: &T) -> usize {
    all.iter().position(|known| known == word).unwrap_or_default()
}
