//! The rule for each kind of record.

use fairlead_domain::Record;
use fairlead_domain::escalation::EscalationPolicy;
use fairlead_domain::incident::{Incident, TimelineEvent, TimelineKind};
use fairlead_domain::leave::Leave;
use fairlead_domain::page::Page;
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::Shift;
use fairlead_domain::silence::Silence;
use fairlead_domain::team::Team;
use fairlead_domain::text::normalise_email;

use super::super::model::People;
use super::party::party;
use super::{Scope, Standing};

pub(super) fn record(scope: &Scope, source: &str, record: Record) -> Option<Record> {
    let rule = Rule { scope, source };
    let service_inside = |service: &Option<String>| rule.service(service.as_deref());
    match record {
        Record::Person(person) => {
            let standing = scope.standing_of_person(source, &person);
            Rule::stands(standing, People::Rota).then_some(Record::Person(person))
        }
        Record::Team(team) => Some(Record::Team(rule.team(team))),
        Record::Service(service) => scope.service_inside(source, &service.ext_id).then_some(Record::Service(service)),
        Record::Schedule(schedule) => {
            scope.schedule_inside(source, &schedule.ext_id).then_some(Record::Schedule(schedule))
        }
        Record::Rotation(rotation) => {
            scope.schedule_inside(source, &rotation.schedule).then_some(Record::Rotation(rotation))
        }
        Record::EscalationPolicy(policy) => rule.policy(policy).map(Record::EscalationPolicy),
        Record::Shift(shift) => rule.shift(shift).map(Record::Shift),
        Record::Incident(incident) => rule.incident(incident).map(Record::Incident),
        Record::TimelineEvent(event) => rule.event(event).map(Record::TimelineEvent),
        Record::Page(page) => rule.page(page).map(Record::Page),
        Record::Alert(alert) => service_inside(&alert.service).then_some(Record::Alert(alert)),
        Record::Silence(silence) => Some(Record::Silence(rule.silence(silence))),
        Record::Change(mut change) => service_inside(&change.service).then(|| {
            rule.keep(&mut change.author, People::Team);
            Record::Change(change)
        }),
        Record::Leave(leave) => rule.leave(leave).map(Record::Leave),
        Record::Maintenance(maintenance) => {
            let services = &maintenance.services;
            let inside = services.is_empty() || services.iter().any(|service| scope.service_inside(source, service));
            inside.then_some(Record::Maintenance(maintenance))
        }
        Record::ActionItem(mut item) => {
            rule.keep(&mut item.owner, People::Team);
            Some(Record::ActionItem(item))
        }
        Record::Slo(slo) => scope.slo_inside(source, &slo).then_some(Record::Slo(slo)),
        Record::SliHour(hour) => (!scope.learned.is_dropped_slo(source, &hour.slo)).then_some(Record::SliHour(hour)),
        Record::SloUpstream(said) => {
            (!scope.learned.is_dropped_slo(source, &said.slo)).then_some(Record::SloUpstream(said))
        }
        Record::Holiday(_) | Record::Postmortem(_) | Record::Terms(_) => Some(record),
    }
}

/// Whether an incident belongs to a team by its service or by who answers it.
pub(super) fn is_ours(scope: &Scope, source: &str, incident: &Incident) -> bool {
    Rule { scope, source }.is_ours(incident)
}

struct Rule<'s> {
    scope: &'s Scope,
    source: &'s str,
}

impl Rule<'_> {
    /// Whether a person of this standing may be named where at least `least` is needed.
    fn stands(standing: Standing, least: People) -> bool {
        matches!(standing, Standing::Inside(people) if people >= least)
    }

    fn named(&self, person: &PersonRef, least: People) -> bool {
        Self::stands(self.scope.standing(self.source, person), least)
    }

    fn keep(&self, person: &mut Option<PersonRef>, least: People) {
        if person.as_ref().is_some_and(|person| !self.named(person, least)) {
            *person = None;
        }
    }

    /// A record without a service belongs to whoever configured the source.
    fn service(&self, service: Option<&str>) -> bool {
        service.is_none_or(|service| self.scope.service_inside(self.source, service))
    }

    /// Whether a team names the person as its member; what they do counts whichever service it is for.
    fn is_member(&self, person: &PersonRef) -> bool {
        let narrowed = self.scope.teams.iter().any(|team| !team.members.is_empty());
        narrowed && matches!(self.scope.standing(self.source, person), Standing::Inside(_))
    }

    fn team(&self, mut team: Team) -> Team {
        team.members.retain(|member| self.named(&member.person, People::Rota));
        team
    }

    fn policy(&self, mut policy: EscalationPolicy) -> Option<EscalationPolicy> {
        let mut concerns = policy.levels.iter().all(|level| level.schedules.is_empty() && level.people.is_empty());
        for level in &mut policy.levels {
            level.people.retain(|person| self.named(person, People::Rota));
            concerns |= !level.people.is_empty()
                || level.schedules.iter().any(|schedule| self.scope.schedule_inside(self.source, schedule));
        }
        concerns.then_some(policy)
    }

    fn shift(&self, mut shift: Shift) -> Option<Shift> {
        if !self.scope.schedule_inside(self.source, &shift.schedule) {
            return None;
        }
        if shift.person.as_ref().is_some_and(|person| !self.named(person, People::Rota)) {
            shift.person = None;
            shift.withheld = true;
        }
        if shift.replaced.as_ref().is_some_and(|person| !self.named(person, People::Rota)) {
            shift.replaced = None;
        }
        Some(shift)
    }

    fn incident(&self, mut incident: Incident) -> Option<Incident> {
        let ours = self.is_ours(&incident) || self.scope.learned.is_followed(self.source, &incident.ext_id);
        incident.responders.retain(|responder| self.named(&responder.person, People::Team));
        ours.then_some(incident)
    }

    fn is_ours(&self, incident: &Incident) -> bool {
        self.service(incident.service.as_deref())
            || incident.responders.iter().any(|responder| self.is_member(&responder.person))
    }

    /// What happened in an incident that was left out is left out with it.
    fn event(&self, mut event: TimelineEvent) -> Option<TimelineEvent> {
        if event.incident.as_deref().is_some_and(|id| self.scope.learned.is_left_out(self.source, id)) {
            return None;
        }
        // A notification names who was paged, as a page does.
        let least = if event.kind == TimelineKind::Notify { People::Individual } else { People::Team };
        self.keep(&mut event.actor, least);
        Some(event)
    }

    fn page(&self, mut page: Page) -> Option<Page> {
        let ours = match &page.person {
            Some(person) if self.is_member(person) => true,
            _ => self.service(page.service.as_deref()),
        };
        let who = page.person.as_ref().and_then(|person| self.scope.identity_of(self.source, person));
        self.keep(&mut page.person, People::Individual);
        if page.person.is_none() {
            page.party = who.map(|who| party(self.source, &who, page.sent_at));
        }
        ours.then_some(page)
    }

    fn leave(&self, leave: Leave) -> Option<Leave> {
        let named = leave.person.as_ref().is_none_or(|person| self.named(person, People::Rota));
        named.then_some(leave)
    }

    fn silence(&self, mut silence: Silence) -> Silence {
        let named = |creator: &str| {
            let by_id = self.scope.learned.email(self.source, creator).map(str::to_owned);
            let standing = match normalise_email(creator).or(by_id) {
                Some(email) => self.scope.standing_of(Some(&email)),
                None => self.scope.standing_by_name(creator),
            };
            // Systems make silences too; a word that names nobody who was seen is kept.
            standing == Standing::Unknown || Self::stands(standing, People::Team)
        };
        silence.creator = silence.creator.filter(|creator| named(creator));
        silence
    }
}
