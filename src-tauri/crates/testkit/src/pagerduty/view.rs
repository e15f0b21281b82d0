//! The story as the vendor shows it: references and times that every resource shares.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use serde_json::{Value, json};

use super::asked::shown;
use super::ids::PagerDuty;
use super::quirks::Quirks;
use crate::scenario::Scenario;
use crate::scenario::case::{Case, Moment, PRIORITIES};
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::person::Member;
use fairlead_domain::schedule::ScheduleSystem;

/// What an answer is made from.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) story: &'a Scenario,
    pub(super) quirks: &'a Quirks,
    /// Every moment, newest first, as incident and place in it.
    pub(super) timeline: &'a [(Timestamp, u32, u32)],
}

/// `id`, `type`, `summary`, `self`, `html_url`.
pub(super) fn reference(noun: Noun, number: u32, word: &str, summary: &str) -> Value {
    let id = PagerDuty.id(noun, number);
    json!({
        "id": id,
        "type": word,
        "summary": summary,
        "self": format!("https://api.pagerduty.example/{}/{id}", folder(noun)),
        "html_url": PagerDuty::page(noun, &id),
    })
}

const fn folder(noun: Noun) -> &'static str {
    match noun {
        Noun::Person => "users",
        Noun::Team => "teams",
        Noun::Service => "services",
        Noun::Schedule => "schedules",
        Noun::Rotation => "rotations",
        Noun::Policy | Noun::Rule => "escalation_policies",
        Noun::Incident => "incidents",
        Noun::Entry => "log_entries",
        Noun::Notification => "notifications",
        Noun::Override => "overrides",
        Noun::CustomShift => "custom_shifts",
        Noun::Maintenance => "maintenance_windows",
        Noun::Priority => "priorities",
    }
}

/// Joins the fields of `more` to an object.
pub(super) fn with(mut object: Value, more: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (object.as_object_mut(), more) {
        fields.extend(more);
    }
    object
}

impl<'a> View<'a> {
    pub(super) fn person(&self, number: u32) -> Option<&'a Member> {
        self.story.people.get(number as usize)
    }

    /// Everyone whose account is not deleted.
    pub(super) fn people(&self) -> Vec<&'a Member> {
        self.story.people.iter().filter(|member| member.deleted_at.is_none()).collect()
    }

    pub(super) fn user_ref(&self, number: u32) -> Value {
        let member = self.person(number);
        let mut user = reference(Noun::Person, number, "user_reference", member.map_or("", |member| &member.name));
        if let Some(at) = member.and_then(|member| member.deleted_at) {
            user["deleted_at"] = json!(shown(at, Tz::UTC));
            user["html_url"] = Value::Null;
        }
        user
    }

    pub(super) fn team_ref(&self, number: u32) -> Value {
        let name = self.story.teams.get(number as usize).map_or("", |squad| &squad.name);
        reference(Noun::Team, number, "team_reference", name)
    }

    pub(super) fn service_ref(&self, number: u32) -> Value {
        let name = self.story.services.get(number as usize).map_or("", |component| &component.name);
        reference(Noun::Service, number, "service_reference", name)
    }

    pub(super) fn policy_ref(&self, number: u32) -> Value {
        let name = self.story.ladders.get(number as usize).map_or("", |ladder| &ladder.name);
        reference(Noun::Policy, number, "escalation_policy_reference", name)
    }

    /// A schedule of either kind, each with its own word.
    pub(super) fn schedule_ref(&self, number: u32) -> Value {
        let rota = self.story.rotas.get(number as usize);
        let name = rota.map_or("", |rota| &rota.name);
        if rota.is_some_and(|rota| rota.system == ScheduleSystem::Shift) {
            let id = PagerDuty.id(Noun::Schedule, number);
            let place = json!({ "self": format!("https://api.pagerduty.example/v3/schedules/{id}") });
            return with(reference(Noun::Schedule, number, "schedule_v3_reference", name), place);
        }
        reference(Noun::Schedule, number, "schedule_reference", name)
    }

    pub(super) fn incident_ref(&self, case: &Case) -> Value {
        let summary = format!("[#{}] {}", case.number + 1, case.title);
        reference(Noun::Incident, case.number, "incident_reference", &summary)
    }

    pub(super) fn entry_ref(&self, moment: &Moment, summary: &str) -> Value {
        let (_, word) = PagerDuty.entry(&moment.what);
        reference(Noun::Entry, moment.number, &format!("{word}_reference"), summary)
    }

    pub(super) fn priority(&self, number: u32, word: &str) -> Value {
        let name = PRIORITIES.get(number as usize).map_or("", |(name, _)| *name);
        let fields = json!({ "name": name, "description": format!("Incidents of priority {name}") });
        with(reference(Noun::Priority, number, word, name), fields)
    }

    /// Who did it: a user, or the incident's service.
    pub(super) fn agent(&self, case: &Case, by: Option<u32>) -> Value {
        by.map_or_else(|| self.service_ref(case.service), |person| self.user_ref(person))
    }
}
