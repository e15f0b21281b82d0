//! Which facts the configured teams let be stored. Applied to every record before the store sees it.

mod admit;
#[cfg(test)]
mod incident_tests;
mod learned;
mod party;
mod reach;
#[cfg(test)]
mod tests;
mod unmatched;

use std::collections::{BTreeMap, BTreeSet};

use fairlead_connectors::severity::{Severity, SeverityMap};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::{Item, Record};

use super::Config;
use super::model::{Member, People, ServiceConfig, SourceConfig, TeamConfig};
use learned::{Learned, folded};

pub use reach::Reach;
pub use unmatched::UNMATCHED_NAME;

/// The scope of the configured teams.
///
/// Members narrow persons, schedules narrow schedules, services narrow services, `slo` narrows SLOs. What no team
/// narrows is open, and a team that names no members, schedules or services takes all of the three.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    teams: Vec<TeamConfig>,
    services: BTreeMap<String, ServiceConfig>,
    /// By source: what its words for a severity mean.
    severities: BTreeMap<String, SeverityMap>,
    learned: Learned,
    /// Names that were withheld because nobody of them is known.
    unmatched: BTreeSet<String>,
}

/// What is known of a person's place in the teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// In a team that lets so much be stored.
    Inside(People),
    /// In no team.
    Outside,
    /// Only a name is given, and no member or anybody who was seen is called so.
    Unknown,
}

impl Scope {
    /// The scope of a configuration.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let severity = |source: &SourceConfig| (source.name.clone(), SeverityMap::of(&source.settings));
        Self {
            teams: config.teams.clone(),
            services: (*config.services).clone(),
            severities: config.sources.iter().map(severity).collect(),
            learned: Learned::default(),
            unmatched: BTreeSet::new(),
        }
    }

    /// Remembers what a record tells about names and e-mails, so that later records that give an id alone can be
    /// judged. To be given also what is stored, before a sync begins.
    pub fn learn(&mut self, source: &str, record: &Record) {
        match record {
            Record::Person(person) => self.learned.person(source, person),
            Record::Leave(leave) => leave.person.iter().for_each(|person| self.learned.named(person)),
            Record::Schedule(schedule) => self.learned.schedule(source, &schedule.ext_id, &schedule.name),
            Record::Service(service) => self.learned.service(source, &service.ext_id, &service.name),
            Record::Incident(incident) if admit::is_ours(self, source, incident) => {
                self.learned.follow(source, &incident.ext_id);
            }
            Record::Incident(incident) => self.learned.leave_out(source, &incident.ext_id),
            Record::Slo(slo) if !self.slo_inside(source, slo) => self.learned.drop_slo(source, &slo.ext_id),
            Record::Slo(slo) => self.learned.keep_slo(source, &slo.ext_id),
            _ => {}
        }
    }

    /// Notes that an incident is stored as open. It is followed to its end: upstreams forget who answered as soon as it is
    /// over, and what then looks like somebody else's would stay open for ever.
    pub fn follow(&mut self, source: &str, incident: &str) {
        self.learned.follow(source, incident);
    }

    /// The record as it may be stored; `None` when it may not be.
    #[must_use]
    pub fn admit(&self, source: &str, record: Record) -> Option<Record> {
        admit::record(self, source, record)
    }

    /// The item as it may be stored. Of a record that was changed the upstream's document is dropped: it would still
    /// hold what the record no longer does.
    #[must_use]
    pub fn admit_item(&self, source: &str, item: Item) -> Option<Item> {
        let Item { mut record, raw } = item;
        if !self.judge_severity(source, &mut record) {
            return None;
        }
        let before = raw.is_some().then(|| record.clone());
        let record = self.admit(source, record)?;
        let raw = raw.filter(|_| before.as_ref() == Some(&record));
        Some(Item { record, raw })
    }

    /// Gives an incident the severity that the source's map says; whether it is to be stored. What the connector knew
    /// better than by the word alone stays, unless the map speaks of the word.
    fn judge_severity(&self, source: &str, record: &mut Record) -> bool {
        let Record::Incident(incident) = record else { return true };
        let (Some(map), Some(word)) = (self.severities.get(source), incident.severity_raw.as_deref()) else {
            return true;
        };
        match map.said(word) {
            Some(Severity::Ignored) => return false,
            Some(Severity::Level(level)) => incident.severity = Some(level),
            _ => {
                if let (None, Severity::Level(level)) = (incident.severity, map.judge(word)) {
                    incident.severity = Some(level);
                }
            }
        }
        true
    }

    /// Learns from all items of a batch, then keeps what may be stored.
    #[must_use]
    pub fn admit_all(&mut self, source: &str, items: Vec<Item>) -> Vec<Item> {
        for item in &items {
            self.learn(source, &item.record);
        }
        for item in &items {
            self.note_unmatched(source, &item.record);
        }
        items.into_iter().filter_map(|item| self.admit_item(source, item)).collect()
    }

    /// Whether somebody may be named on pages: their team's people are `individual`.
    #[must_use]
    pub fn names_on_pages(&self, email: Option<&str>) -> bool {
        self.standing_of(email) == Standing::Inside(People::Individual)
    }

    /// How much may be stored of whoever is in the team: without teams, `team`.
    fn standing_of(&self, email: Option<&str>) -> Standing {
        let memberships = self
            .teams
            .iter()
            .filter(|team| email.is_some_and(|email| team.members.iter().any(|member| member.email == email)));
        // Of two settings the one that protects more.
        if let Some(people) = memberships.map(|team| team.people).min() {
            return Standing::Inside(people);
        }
        let open: Vec<&TeamConfig> = self.teams.iter().filter(|team| team.members.is_empty()).collect();
        let takes_all = open.iter().any(|team| takes_all(team));
        let narrowed = self.teams.iter().any(|team| !team.members.is_empty());
        if takes_all || !narrowed {
            return Standing::Inside(open.iter().map(|team| team.people).min().unwrap_or(People::Team));
        }
        Standing::Outside
    }

    /// The e-mail of somebody, given or learned.
    fn email_of(&self, source: &str, person: &PersonRef) -> Option<String> {
        let learned = || person.ext_id.as_deref().and_then(|id| self.learned.email(source, id)).map(str::to_owned);
        person.normal_email().or_else(learned)
    }

    /// What is the same for the same person, however a record names them.
    fn identity_of(&self, source: &str, person: &PersonRef) -> Option<String> {
        self.email_of(source, person).or_else(|| person.identity())
    }

    fn standing(&self, source: &str, person: &PersonRef) -> Standing {
        let email = self.email_of(source, person);
        match self.standing_of(email.as_deref()) {
            Standing::Outside if email.is_none() && is_name_only(person.ext_id.as_deref(), person.name.as_deref()) => {
                person.name.as_deref().map_or(Standing::Unknown, |name| self.standing_by_name(name))
            }
            standing => standing,
        }
    }

    fn standing_of_person(&self, source: &str, person: &Person) -> Standing {
        self.standing(source, &reference_to(person))
    }

    /// Of members of the name, and persons seen under it: inside when one of them is.
    fn standing_by_name(&self, name: &str) -> Standing {
        let wanted = folded(name);
        let called = |member: &&Member| member.names.iter().any(|name| folded(name) == wanted);
        let members = self.teams.iter().flat_map(|team| &team.members).filter(called);
        let emails = self.learned.emails_of(name).chain(members.map(|member| member.email.as_str()));
        let standings: Vec<Standing> = emails.map(|email| self.standing_of(Some(email))).collect();
        let inside = standings.iter().find(|standing| matches!(standing, Standing::Inside(_)));
        match inside {
            Some(standing) => *standing,
            None if standings.is_empty() => Standing::Unknown,
            None => Standing::Outside,
        }
    }

    fn schedule_inside(&self, source: &str, id: &str) -> bool {
        let name = self.learned.schedule_name(source, id);
        self.open(|team| &team.schedules)
            || self
                .teams
                .iter()
                .flat_map(|team| &team.schedules)
                .any(|key| key == source || names(key, source, id, name))
    }

    fn service_inside(&self, source: &str, id_or_name: &str) -> bool {
        if self.open(|team| &team.services) {
            return true;
        }
        let name = self.learned.service_name(source, id_or_name);
        let ours: BTreeSet<&str> = self.teams.iter().flat_map(|team| &team.services).map(String::as_str).collect();
        if ours.iter().any(|key| names(key, source, id_or_name, name)) {
            return true;
        }
        let team_names: BTreeSet<&str> = self.teams.iter().map(|team| team.name.as_str()).collect();
        self.services.iter().any(|(key, service)| {
            let owned = service.team.as_deref().is_some_and(|team| team_names.contains(team));
            (owned || ours.contains(key.as_str()))
                && std::iter::once(key).chain(&service.also).any(|key| names(key, source, id_or_name, name))
        })
    }

    fn slo_inside(&self, source: &str, slo: &fairlead_domain::slo::Slo) -> bool {
        let selects = |team: &TeamConfig| {
            !team.slo.is_empty()
                && team.slo.iter().all(|(key, values)| {
                    let label = slo.labels.get(key).or_else(|| slo.group.get(key)).map(String::as_str);
                    let value = match key.as_str() {
                        "source" => Some(source),
                        "service" | "sloth_service" => label.or(slo.service.as_deref()),
                        _ => label,
                    };
                    value.is_some_and(|value| values.iter().any(|wanted| wanted == value))
                })
        };
        let narrowed = self.teams.iter().any(|team| !team.slo.is_empty());
        !narrowed || self.teams.iter().any(|team| selects(team) || (team.slo.is_empty() && takes_all(team)))
    }

    /// Whether no team narrows what `named` gives, or one takes all.
    fn open(&self, named: impl Fn(&TeamConfig) -> &Vec<String>) -> bool {
        self.teams.iter().all(|team| named(team).is_empty()) || self.teams.iter().any(takes_all)
    }
}

fn reference_to(person: &Person) -> PersonRef {
    PersonRef { ext_id: Some(person.ext_id.clone()), email: person.email.clone(), name: Some(person.name.clone()) }
}

/// Whether the team names no members, schedules or services.
const fn takes_all(team: &TeamConfig) -> bool {
    team.members.is_empty() && team.schedules.is_empty() && team.services.is_empty()
}

/// Whether `key` is `source:id`, `source:name`, the id or the name.
fn names(key: &str, source: &str, id: &str, name: Option<&str>) -> bool {
    let is = |text: &str| text == id || name == Some(text);
    is(key) || key.strip_prefix(source).and_then(|rest| rest.strip_prefix(':')).is_some_and(is)
}

/// Whether a name is all that is known: calendars make the id of it.
fn is_name_only(id: Option<&str>, name: Option<&str>) -> bool {
    let same = |id: &str| name.is_some_and(|name| name.trim() == id.trim());
    id.is_none_or(same)
}
