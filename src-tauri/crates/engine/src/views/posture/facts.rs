//! What the kinds judge by: everything known at one instant, already within the scope of the teams.

use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};

use crate::views::oncall::OnCallEntry;
use crate::views::slos::SloEntry;

/// Everything known at one instant.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The instant.
    pub now: Timestamp,
    /// The workspace's zone, for wording.
    pub timezone: Tz,
    /// When the lead last looked.
    pub last_seen: Timestamp,
    /// Every source.
    pub sources: Vec<SourceFact>,
    /// Every schedule; `None` while no source of shifts is configured.
    pub schedules: Option<Vec<ScheduleFact>>,
    /// Who is on call now.
    pub on_call: Vec<OnCallEntry>,
    /// Leave that reaches into the next 7 days; `None` while no source of leave is configured.
    pub leaves: Option<Vec<LeaveFact>>,
    /// Every SLO; `None` while no source of SLOs is configured.
    pub slos: Option<Vec<SloFact>>,
    /// Incidents that are not over; `None` while no source of incidents is configured and none was imported.
    pub incidents: Option<Vec<IncidentFact>>,
    /// Alerts that fire; `None` while no source of alerts is configured.
    pub alerts: Option<Vec<AlertFact>>,
    /// Changes of the last day inside a freeze; `None` while no source of changes or no freeze is known.
    pub freeze_breaches: Option<Vec<ChangeFact>>,
}

/// A source.
#[derive(Debug, Clone)]
pub struct SourceFact {
    /// Its name.
    pub name: String,
    /// When all of it was last read.
    pub last_ok_at: Option<Timestamp>,
    /// The last run failed, or is older than two intervals.
    pub stale: bool,
    /// Why the last run failed.
    pub error: Option<(String, String)>,
    /// Kinds of posture that rest on it.
    pub feeds: Vec<&'static str>,
}

/// A schedule with its shifts from now on.
#[derive(Debug, Clone)]
pub struct ScheduleFact {
    /// Its configured or upstream name.
    pub name: String,
    /// The source.
    pub source: String,
    /// The team.
    pub team: Option<String>,
    /// Whether somebody must be on call now by the declared coverage; `None`: not declared.
    pub due_now: Option<bool>,
    /// Somebody covers now.
    pub held_now: bool,
    /// Gaps in declared coverage within the next 14 days.
    pub gaps: Vec<Window>,
    /// The schedule that steps in.
    pub backup: Option<String>,
    /// Shifts that begin or run within the next 14 days.
    pub shifts: Vec<ShiftFact>,
}

/// A shift.
#[derive(Debug, Clone)]
pub struct ShiftFact {
    /// Key of the person.
    pub person_key: Option<String>,
    /// Name of the person.
    pub person: Option<String>,
    /// When.
    pub window: Window,
}

/// Leave of a person.
#[derive(Debug, Clone)]
pub struct LeaveFact {
    /// Key of the person.
    pub person_key: Option<String>,
    /// When.
    pub window: Window,
}

/// An SLO.
#[derive(Debug, Clone)]
pub struct SloFact {
    /// Where it stands.
    pub entry: SloEntry,
    /// The configured service, else what the source calls it.
    pub service: Option<String>,
    /// Tier of its service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// Hours of its window (D).
    pub window_hours: f64,
    /// The newest hour that is known.
    pub newest_hour: Option<Timestamp>,
    /// Its source failed at the last run.
    pub source_failed: bool,
}

/// An incident that is not over.
#[derive(Debug, Clone)]
pub struct IncidentFact {
    /// `source/external_id`.
    pub id: String,
    /// The source.
    pub source: String,
    /// Number, else the id.
    pub number: String,
    /// Title.
    pub title: String,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When anything of it last changed.
    pub updated_at: Option<Timestamp>,
    /// Address in the source.
    pub url: Option<String>,
}

/// An alert that fires.
#[derive(Debug, Clone)]
pub struct AlertFact {
    /// Stable id.
    pub id: String,
    /// The source.
    pub source: String,
    /// The rule's name.
    pub name: String,
    /// The `severity` label.
    pub severity: Option<String>,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// Since when.
    pub start: Timestamp,
}

/// A change inside a freeze.
#[derive(Debug, Clone)]
pub struct ChangeFact {
    /// Title.
    pub title: String,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// When.
    pub at: Timestamp,
    /// The source.
    pub source: String,
    /// The freeze's title.
    pub freeze: String,
}
