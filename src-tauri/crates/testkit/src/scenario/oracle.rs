//! What a right connector must yield.
//!
//! Where a field comes from, in the words of a pager with log entries:
//!
//! | record | field | from |
//! |---|---|---|
//! | person | name, e-mail, zone | the listed user; deleted users are in no list, so a record of them is allowed, not asked for |
//! | team | members, role | the team's member list |
//! | service | team | its first team today |
//! | schedule | system | which of the two lists it stands in |
//! | rotation | schedule, name (layers) | the schedule's layers, or its rotations; order is not compared |
//! | policy | levels | the rules in order; delay in minutes → seconds |
//! | shift | person, start, end | the final schedule, whole (not cut at the window); an empty member is a shift without a person |
//! | shift | origin | the overrides of a layered schedule, the assignment's source of a shift schedule; a swap is two overrides |
//! | shift | level, role | the level at which the policies ask the schedule: 1 primary, 2 secondary, otherwise unknown |
//! | incident | severity | the priority's name: P1–P5, SEV1–SEV5 by their digit; other names have none |
//! | incident | urgency | the word, apart from severity |
//! | incident | acked_at | the first acknowledge entry, kept for good; source `timeline` |
//! | incident | resolved_at | the last resolve, unless it was triggered again after |
//! | incident | merged_into | the incident of the resolve reason |
//! | timeline event | at, kind | the entry's time and type |
//! | timeline event | actor | the entry's agent where that is a user; of a notification whom it reached for |
//! | page | all | each notify entry: its user, time, the type and status of its notification |
//! | maintenance | all | each maintenance window |

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Window;
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::incident::{AckSource, Incident, IncidentKind, Responder, TimelineEvent};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::Page;
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::record::{Record, RecordKind};
use fairlead_domain::schedule::{Rotation, Schedule, Shift, ShiftRole};
use fairlead_domain::service::Service;
use fairlead_domain::team::{Team, TeamMember};

use super::Scenario;
use super::case::{Case, Moment, PRIORITIES, What};
use super::noun::{Noun, Vendor};
use super::rota::Rota;
use super::turn::Turn;

/// Records by kind and key. A shift's key is of our own making: vendors give none.
pub type Records = BTreeMap<(RecordKind, String), Record>;

/// What must come out, and what may.
#[derive(Debug, Clone)]
pub struct Oracle {
    /// What must come out. Of shifts, those that reach into the window that was asked for.
    pub records: Records,
    /// Keys of records that may come out though nothing lists them.
    pub allowed: BTreeSet<(RecordKind, String)>,
    /// For which time shifts are told.
    pub window: Window,
}

impl Scenario {
    /// Everything but shifts has no window; shifts are those of the story and 60 days ahead.
    #[must_use]
    pub fn records(&self, vendor: &dyn Vendor) -> Oracle {
        self.records_of(vendor, Window::new(self.window.start, self.now().plus_days(60)))
    }

    /// The same with the shifts of another window.
    #[must_use]
    pub fn records_of(&self, vendor: &dyn Vendor, window: Window) -> Oracle {
        let telling = Telling { story: self, vendor };
        let mut records: Vec<Record> = Vec::new();
        let gone = |number: &u32| self.people.get(*number as usize).is_some_and(|who| who.deleted_at.is_some());
        let listed = self.people.iter().filter(|who| !gone(&who.number));
        records.extend(listed.map(|who| Record::from(telling.person(who.number))));
        records.extend(self.teams.iter().map(|squad| {
            let member =
                |(who, role): &(u32, &str)| TeamMember { person: telling.who(*who), role: Some((*role).to_owned()) };
            let members = squad.members.iter().filter(|(who, _)| !gone(who)).map(member).collect();
            Record::from(Team { ext_id: vendor.id(Noun::Team, squad.number), name: squad.name.clone(), members })
        }));
        records.extend(self.services.iter().map(|component| {
            let team = Some(vendor.id(Noun::Team, component.team));
            let ext_id = vendor.id(Noun::Service, component.number);
            Record::from(Service { ext_id, name: component.name.clone(), team })
        }));
        records.extend(self.ladders.iter().map(|ladder| Record::from(telling.policy(ladder))));
        for rota in &self.rotas {
            records.push(telling.schedule(rota).into());
            records.extend(telling.rotations(rota));
            records.extend(rota.turns(window).iter().map(|turn| Record::from(telling.shift(rota, turn))));
        }
        for case in &self.cases {
            records.push(telling.incident(case).into());
            records.extend(case.moments.iter().map(|moment| Record::from(telling.event(case, moment))));
            records.extend(case.moments.iter().filter_map(|moment| telling.page(case, moment)).map(Record::from));
        }
        records.extend(self.works.iter().map(|work| {
            Record::from(Maintenance {
                ext_key: vendor.id(Noun::Maintenance, work.number),
                kind: MaintenanceKind::Maintenance,
                title: work.title.clone(),
                start: work.window.start,
                end: work.window.end,
                services: work.services.iter().map(|service| vendor.id(Noun::Service, *service)).collect(),
            })
        }));
        let deleted = self.people.iter().filter(|who| gone(&who.number));
        Oracle {
            records: records.into_iter().map(|record| ((record.kind(), record.key()), record)).collect(),
            allowed: deleted.map(|who| (RecordKind::Person, vendor.id(Noun::Person, who.number))).collect(),
            window,
        }
    }
}

impl Oracle {
    /// Of these kinds alone.
    #[must_use]
    pub fn of(mut self, kinds: &[RecordKind]) -> Self {
        self.records.retain(|(kind, _), _| kinds.contains(kind));
        self.allowed.retain(|(kind, _)| kinds.contains(kind));
        self
    }

    /// Without the records that `drop` names, for example those out of scope.
    #[must_use]
    pub fn without(mut self, drop: impl Fn(&Record) -> bool) -> Self {
        self.records.retain(|_, record| !drop(record));
        self
    }

    /// How many of a kind.
    #[must_use]
    pub fn count(&self, kind: RecordKind) -> usize {
        self.records.keys().filter(|(of, _)| *of == kind).count()
    }
}

/// The story in a vendor's words.
struct Telling<'a> {
    story: &'a Scenario,
    vendor: &'a dyn Vendor,
}

impl Telling<'_> {
    fn person(&self, number: u32) -> Person {
        let member = self.story.people.get(number as usize);
        Person {
            ext_id: self.vendor.id(Noun::Person, number),
            name: member.map_or_else(String::new, |member| member.name.clone()),
            email: member.map(|member| member.email.clone()),
            timezone: member.map(|member| member.zone.name().to_owned()),
            active: true,
        }
    }

    /// Id and name: references hold no e-mail.
    fn who(&self, number: u32) -> PersonRef {
        let name = self.story.people.get(number as usize).map(|member| member.name.clone());
        PersonRef { ext_id: Some(self.vendor.id(Noun::Person, number)), email: None, name }
    }

    fn policy(&self, ladder: &super::policy::Ladder) -> EscalationPolicy {
        let levels = (1..).zip(&ladder.steps).map(|(level, step)| PolicyLevel {
            level,
            timeout_secs: Some(step.minutes * 60),
            schedules: step.rotas.iter().map(|rota| self.vendor.id(Noun::Schedule, *rota)).collect(),
            people: step.people.iter().map(|person| self.who(*person)).collect(),
        });
        EscalationPolicy {
            ext_id: self.vendor.id(Noun::Policy, ladder.number),
            name: ladder.name.clone(),
            levels: levels.collect(),
        }
    }

    fn schedule(&self, rota: &Rota) -> Schedule {
        Schedule {
            ext_id: self.vendor.id(Noun::Schedule, rota.number),
            name: rota.name.clone(),
            system: rota.system,
            timezone: Some(rota.zone.name().to_owned()),
            team: Some(self.vendor.id(Noun::Team, rota.team)),
            url: self.vendor.url(Noun::Schedule, rota.number),
        }
    }

    fn rotations(&self, rota: &Rota) -> Vec<Record> {
        let strands = (0..).zip(&rota.strands);
        let rotation = |(ordinal, strand): (u32, &super::strand::Strand)| Rotation {
            ext_id: self.vendor.id(Noun::Rotation, strand.number),
            schedule: self.vendor.id(Noun::Schedule, rota.number),
            name: strand.name.clone(),
            ordinal,
        };
        strands.map(rotation).map(Record::from).collect()
    }

    fn shift(&self, rota: &Rota, turn: &Turn) -> Shift {
        let level = self.story.level(rota.number);
        let schedule = self.vendor.id(Noun::Schedule, rota.number);
        let person = turn.person.map(|person| self.who(person));
        let holder = person.as_ref().and_then(PersonRef::identity).unwrap_or_default();
        let lane = turn.strand.map_or_else(String::new, |strand| strand.to_string());
        Shift {
            ext_key: format!("{schedule}:{holder}:{}:{lane}", turn.window.start),
            schedule,
            person,
            withheld: false,
            start: turn.window.start,
            end: turn.window.end,
            end_open: false,
            level,
            role: match level {
                Some(1) => ShiftRole::Primary,
                Some(2) => ShiftRole::Secondary,
                _ => ShiftRole::Unknown,
            },
            origin: self.vendor.origin(turn.why),
            replaced: turn.replaced.map(|person| self.who(person)),
            rotation: turn.strand.map(|strand| self.vendor.id(Noun::Rotation, strand)),
        }
    }

    fn incident(&self, case: &Case) -> Incident {
        let priority = case.priority.and_then(|priority| PRIORITIES.get(priority as usize));
        let status = case.status();
        let acked_at = case.acked();
        let responders = case.assignees().into_iter().map(|(person, at)| Responder {
            person: self.who(person),
            role: None,
            assigned_at: Some(at),
        });
        Incident {
            ext_id: self.vendor.id(Noun::Incident, case.number),
            kind: IncidentKind::Paged,
            number: Some((case.number + 1).to_string()),
            title: case.title.clone(),
            status,
            status_raw: Some(self.vendor.status(status).to_owned()),
            severity: priority.and_then(|(_, severity)| *severity),
            severity_raw: priority.map(|(name, _)| (*name).to_owned()),
            urgency: Some(if case.is_urgent() { "high" } else { "low" }.to_owned()),
            service: Some(self.vendor.id(Noun::Service, case.service)),
            teams: vec![self.vendor.id(Noun::Team, case.team)],
            created_at: case.created(),
            acked_at,
            ack_source: acked_at.map(|_| AckSource::Timeline),
            mitigated_at: None,
            resolved_at: case.resolved(),
            closed_at: None,
            updated_at: Some(case.updated()),
            impact_start: None,
            impact_end: None,
            merged_into: case.merged_into.map(|into| self.vendor.id(Noun::Incident, into)),
            is_test: false,
            url: self.vendor.url(Noun::Incident, case.number),
            responders: responders.collect(),
            links: Vec::new(),
            custom_fields: Vec::new(),
        }
    }

    fn event(&self, case: &Case, moment: &Moment) -> TimelineEvent {
        let (kind, word) = self.vendor.entry(&moment.what);
        let actor = match moment.what {
            What::Notify { person, .. } => Some(person),
            _ => moment.by,
        };
        TimelineEvent {
            ext_id: self.vendor.id(Noun::Entry, moment.number),
            incident: Some(self.vendor.id(Noun::Incident, case.number)),
            at: moment.at,
            kind,
            actor: actor.map(|person| self.who(person)),
            raw_type: Some(word.to_owned()),
            text: match &moment.what {
                What::Note(text) => Some(text.clone()),
                _ => None,
            },
        }
    }

    fn page(&self, case: &Case, moment: &Moment) -> Option<Page> {
        let What::Notify { person, channel, status } = &moment.what else {
            return None;
        };
        let answer = |other: &&Moment| other.what == What::Ack && other.by == Some(*person) && other.at >= moment.at;
        Some(Page {
            ext_id: self.vendor.id(Noun::Entry, moment.number),
            person: Some(self.who(*person)),
            party: None,
            incident: Some(self.vendor.id(Noun::Incident, case.number)),
            sent_at: moment.at,
            channel: *channel,
            status: Some((*status).to_owned()),
            answered_at: case.moments.iter().find(answer).map(|answer| answer.at),
            service: Some(self.vendor.id(Noun::Service, case.service)),
        })
    }
}
