//! The file format of a scenario: what `assets/demo/README.md` describes.

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{Timestamp, Window};
use serde::Deserialize;

use super::offset::Offset;
pub use super::plot_slo::{Slo, Traffic};
pub use super::plot_work::{Action, Change, Holiday, Leave, Postmortem, Release};

/// A whole scenario. Every list may be empty.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Where the demo clock starts; offsets count from its day.
    pub anchor: Timestamp,
    /// What chance draws from.
    pub seed: u64,
    /// Days before the anchor's day that have history.
    pub history_days: u32,
    /// When a new demo workspace reads its sources, in order; the last is where its clock then stands.
    pub syncs: Vec<Offset>,
    /// Addresses that records point to.
    #[serde(default)]
    pub addresses: Addresses,
    /// Teams.
    #[serde(default)]
    pub team: Vec<Team>,
    /// People.
    #[serde(default)]
    pub person: Vec<Person>,
    /// Services.
    #[serde(default)]
    pub service: Vec<Service>,
    /// Schedules with their rotation.
    #[serde(default)]
    pub schedule: Vec<Schedule>,
    /// Escalation policies.
    #[serde(default)]
    pub policy: Vec<Policy>,
    /// Replacements within a schedule.
    #[serde(default, rename = "override")]
    pub overrides: Vec<Override>,
    /// Shifts made by hand, beside any rotation.
    #[serde(default)]
    pub shift: Vec<HandShift>,
    /// Incidents.
    #[serde(default)]
    pub incident: Vec<Incident>,
    /// Alerts that page now and then without an incident.
    #[serde(default)]
    pub noise: Vec<Noise>,
    /// Alerts placed by hand.
    #[serde(default)]
    pub alert: Vec<Alert>,
    /// Silences.
    #[serde(default)]
    pub silence: Vec<Silence>,
    /// SLOs with their traffic.
    #[serde(default)]
    pub slo: Vec<Slo>,
    /// Regular deploys, drawn by chance.
    #[serde(default)]
    pub release: Vec<Release>,
    /// Changes placed by hand.
    #[serde(default)]
    pub change: Vec<Change>,
    /// Action items.
    #[serde(default)]
    pub action: Vec<Action>,
    /// Postmortems.
    #[serde(default)]
    pub postmortem: Vec<Postmortem>,
    /// Leave.
    #[serde(default)]
    pub leave: Vec<Leave>,
    /// Public holidays.
    #[serde(default)]
    pub holiday: Vec<Holiday>,
}

impl Scenario {
    /// The instant of an offset.
    #[must_use]
    pub fn at(&self, offset: Offset) -> Timestamp {
        offset.after(self.anchor.floor_day())
    }

    /// The first instant that has history.
    #[must_use]
    pub fn begins(&self) -> Timestamp {
        self.anchor.floor_day().plus_days(-i64::from(self.history_days))
    }

    /// The window between two offsets.
    #[must_use]
    pub fn span(&self, start: Offset, end: Offset) -> Window {
        Window::new(self.at(start), self.at(end))
    }

    /// A person by id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.person.iter().find(|person| person.id == id)
    }

    /// A service by id.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.service.iter().find(|service| service.id == id)
    }
}

/// Beginnings of addresses, without a slash at the end.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addresses {
    /// The pager.
    pub pager: Option<String>,
    /// The tracker.
    pub tracker: Option<String>,
}

/// A team.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Id in the pager.
    pub id: String,
    /// Display name.
    pub name: String,
}

/// A person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Id in the pager.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// IANA zone.
    pub timezone: String,
    /// Id of the team.
    pub team: String,
    /// Part in the team, for example `lead`.
    pub role: String,
}

/// A service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Id in the pager.
    pub id: String,
    /// Name, also the `service` label of alerts and SLOs.
    pub name: String,
    /// Id of the team.
    pub team: String,
    /// Id of the escalation policy.
    pub policy: String,
}

/// A schedule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Id in the pager.
    pub id: String,
    /// Display name.
    pub name: String,
    /// What its people are there for.
    pub role: ShiftRole,
    /// Escalation level, the first is 1.
    pub level: Option<u32>,
    /// IANA zone whose wall clock its turns follow.
    pub timezone: String,
    /// Id of the team.
    pub team: String,
    /// Whose turn it is; none for schedules made by hand.
    pub rotation: Option<Rotation>,
}

/// Turns of equal length by the wall clock.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Id in the pager.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Day of the first turn, counted from the anchor's day; nobody is on call before.
    pub first_day: i32,
    /// Wall-clock time of each handover, `HH:MM`.
    pub at: String,
    /// Calendar days of one turn, at least 1.
    pub days: u32,
    /// Ids of the people in the order of their turns.
    pub people: Vec<String>,
}

/// Somebody, or nobody, in place of whoever's turn it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Id of the schedule.
    pub schedule: String,
    /// Id of the person; none leaves a gap.
    pub person: Option<String>,
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
}

/// A shift made by hand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandShift {
    /// Id of the schedule.
    pub schedule: String,
    /// Id of the person.
    pub person: String,
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
}

/// An escalation policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Id in the pager.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Levels in order.
    pub levels: Vec<Level>,
}

/// One level of a policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Minutes without acknowledgement before the next level is asked.
    pub timeout_mins: u32,
    /// Ids of the schedules asked.
    pub schedules: Vec<String>,
}

/// An incident. What follows its start is counted in minutes after it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Id in the pager.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// Title.
    pub title: String,
    /// 1 to 5.
    pub severity: u8,
    /// Id of the service.
    pub service: String,
    /// When it began.
    pub start: Offset,
    /// Whether it pages; else it is only listed.
    #[serde(default = "yes")]
    pub pages: bool,
    /// Acknowledged after so many minutes.
    pub acked: Option<u32>,
    /// Mitigated after so many minutes.
    pub mitigated: Option<u32>,
    /// Resolved after so many minutes.
    pub resolved: Option<u32>,
    /// Further people who took part.
    #[serde(default)]
    pub responders: Vec<Responder>,
    /// What people wrote.
    #[serde(default)]
    pub notes: Vec<Note>,
}

const fn yes() -> bool {
    true
}

/// Somebody who joined an incident.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responder {
    /// Id of the person.
    pub person: String,
    /// Part, for example `commander`.
    pub role: String,
    /// Minutes after the start.
    pub after: u32,
}

/// A line in an incident's timeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Id of the person.
    pub person: String,
    /// Minutes after the start.
    pub after: u32,
    /// The line.
    pub text: String,
}

/// An alert that pages now and then, drawn by chance, and passes by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// Name of the alert rule.
    pub alert: String,
    /// Id of the service.
    pub service: String,
    /// Start of the noisy time.
    pub start: Offset,
    /// End of the noisy time.
    pub end: Offset,
    /// Chance of one occurrence on a day, 0 to 1.
    pub per_day: f64,
    /// Minutes that an occurrence lasts.
    pub lasts_mins: u32,
}

/// An alert placed by hand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// Name of the alert rule.
    pub name: String,
    /// Which of several alert sources shows it.
    pub site: String,
    /// The `severity` label.
    pub severity: String,
    /// Id of the service.
    pub service: String,
    /// When it began to fire.
    pub start: Offset,
    /// When it ceased to.
    pub end: Option<Offset>,
    /// Further labels.
    #[serde(default)]
    pub labels: std::collections::BTreeMap<String, String>,
}

/// A silence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Id in the alert source.
    pub id: String,
    /// Which of several alert sources holds it.
    pub site: String,
    /// Id of the person who made it.
    pub creator: String,
    /// Why.
    #[serde(default)]
    pub comment: String,
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
    /// Labels that must be equal.
    pub matchers: std::collections::BTreeMap<String, String>,
}
