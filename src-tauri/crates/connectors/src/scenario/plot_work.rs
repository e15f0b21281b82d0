//! Changes, follow-through and absence in the file format of a scenario.

use fairlead_domain::action_item::ActionStatus;
use fairlead_domain::change::ChangeKind;
use serde::Deserialize;

use super::offset::Offset;

/// Regular deploys of a service on working days, drawn by chance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Id of the service.
    pub service: String,
    /// Chance of one deploy on a working day, 0 to 1.
    pub per_day: f64,
    /// First UTC hour of deploys.
    pub from_hour: u32,
    /// UTC hour in which none begins any more.
    pub to_hour: u32,
    /// Ids of the people who deploy.
    pub people: Vec<String>,
}

/// A change placed by hand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Id in the tracker.
    pub id: String,
    /// What kind.
    pub kind: ChangeKind,
    /// Id of the service.
    pub service: String,
    /// Title.
    pub title: String,
    /// When.
    pub at: Offset,
    /// Minutes that it took.
    pub took_mins: u32,
    /// Id of the person.
    pub person: String,
}

/// An action item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Id in the tracker.
    pub id: String,
    /// Title.
    pub title: String,
    /// Id of the incident.
    pub incident: Option<String>,
    /// Id of the person.
    pub owner: String,
    /// When it was made.
    pub created: Offset,
    /// When it is due.
    pub due: Option<Offset>,
    /// When it ended.
    pub ended: Option<Offset>,
    /// How it ended.
    #[serde(default = "done")]
    pub outcome: ActionStatus,
    /// The tracker's word.
    pub priority: Option<String>,
}

const fn done() -> ActionStatus {
    ActionStatus::Done
}

/// A postmortem.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postmortem {
    /// Id in the tracker.
    pub id: String,
    /// Id of the incident.
    pub incident: String,
    /// Title.
    pub title: String,
    /// When it was begun.
    pub created: Offset,
    /// When it was published.
    pub published: Option<Offset>,
}

/// Leave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Id of the person.
    pub person: String,
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
}

/// A public holiday: a calendar day of a zone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Name of the day.
    pub name: String,
    /// The date, `YYYY-MM-DD`.
    pub date: String,
    /// IANA zone whose midnights bound it.
    pub timezone: String,
}
