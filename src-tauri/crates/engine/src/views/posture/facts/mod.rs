//! What the kinds judge by: everything known at one instant, already within the scope of the teams.

mod changes;
mod follow_up;
mod mapping;
mod paging;
mod rota;
mod silences;
mod terms;

use chrono_tz::Tz;
use fairlead_domain::incident::{IncidentKind, IncidentStatus};
use fairlead_domain::{RecordKind, Timestamp};

use crate::views::oncall::OnCallEntry;
use crate::views::slos::SloEntry;

pub use changes::{ChangeFact, DeployFact};
pub use follow_up::{OverdueFact, ReviewFact};
pub use mapping::UnmappedFact;
pub use paging::{NightFact, PageFact};
pub use rota::{LOOK_BACK_DAYS, LeaveFact, RotaChange, ScheduleFact, ShiftFact, ThinFact};
pub use silences::{SilenceFact, Silenced};
pub use terms::{KeptFact, TermsFact};

/// What is known, or in words why nothing is.
pub type Watched<T> = Result<T, String>;

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
    /// What a configured source brings but was not read for yet, with the source.
    pub awaited: Vec<(RecordKind, String)>,
    /// Pages that nobody has acknowledged.
    pub pages: Watched<Vec<PageFact>>,
    /// Of each person who was paged of late, their last nights.
    pub nights: Watched<Vec<NightFact>>,
    /// Silences in force.
    pub silences: Watched<Vec<SilenceFact>>,
    /// When the shift after the running one ends, the latest of all schedules.
    pub next_shift_ends: Watched<Timestamp>,
    /// Changes of the last day inside a freeze.
    pub freeze_breaches: Watched<Vec<ChangeFact>>,
    /// Deploys of tier 1 within the last two hours.
    pub deploys: Watched<Vec<DeployFact>>,
    /// Follow-ups that are late, of whatever severity.
    pub overdue: Watched<Vec<OverdueFact>>,
    /// Severe incidents that are over and have no postmortem.
    pub unreviewed: Watched<Vec<ReviewFact>>,
    /// How the rota of the next 14 days differs from what it was at the last look.
    pub rota_changes: Watched<Vec<RotaChange>>,
    /// How thin each team's rota is in the next 28 days.
    pub rota_shares: Watched<Vec<ThinFact>>,
    /// What is excluded because nothing says what it is.
    pub unmapped: Watched<UnmappedFact>,
    /// How long sources remember, and until when their keys hold.
    pub terms: Watched<Vec<TermsFact>>,
}

impl Facts {
    /// Nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        let unknown = || "nothing is known yet".to_owned();
        Self {
            now: Timestamp::default(),
            timezone: Tz::UTC,
            last_seen: Timestamp::default(),
            sources: Vec::new(),
            schedules: None,
            on_call: Vec::new(),
            leaves: None,
            slos: None,
            incidents: None,
            alerts: None,
            awaited: Vec::new(),
            pages: Err(unknown()),
            nights: Err(unknown()),
            silences: Err(unknown()),
            next_shift_ends: Err(unknown()),
            freeze_breaches: Err(unknown()),
            deploys: Err(unknown()),
            overdue: Err(unknown()),
            unreviewed: Err(unknown()),
            rota_changes: Err(unknown()),
            rota_shares: Err(unknown()),
            unmapped: Err(unknown()),
            terms: Err(unknown()),
        }
    }

    /// Leaves out what belongs to owners that `is_asked` does not take, of all that has an owner.
    pub(in super::super) fn keep(&mut self, is_asked: &impl Fn(&Option<String>) -> bool) {
        fn retain<T>(watched: &mut Watched<Vec<T>>, keep: impl Fn(&T) -> bool) {
            if let Ok(facts) = watched {
                facts.retain(keep);
            }
        }
        retain(&mut self.pages, |page| is_asked(&page.team));
        retain(&mut self.nights, |night| is_asked(&night.team));
        retain(&mut self.deploys, |deploy| is_asked(&deploy.team));
        retain(&mut self.unreviewed, |review| is_asked(&review.team));
        retain(&mut self.rota_changes, |change| is_asked(&change.team));
        retain(&mut self.rota_shares, |share| is_asked(&share.team));
    }

    /// Why nothing is known of what records of `kind` bring; `words` name them.
    #[must_use]
    pub fn lacking(&self, kind: RecordKind, words: &str) -> String {
        match self.awaited.iter().find(|(awaited, _)| *awaited == kind) {
            Some((_, source)) => format!("{source} brings {words}, but was not read yet"),
            None => format!("no source of {words} is connected"),
        }
    }

    /// Whether `source` cannot be read for what `kind` of posture rests on.
    #[must_use]
    pub fn is_blind(&self, source: &str, kind: &str) -> bool {
        self.sources.iter().any(|s| s.name == source && s.stale && s.feeds.contains(&kind))
    }
}

/// A source.
#[derive(Debug, Clone)]
pub struct SourceFact {
    /// Its name.
    pub name: String,
    /// When all of it was last read; of a stale one, when what is stale was.
    pub last_ok_at: Option<Timestamp>,
    /// The last run failed, or is older than two intervals.
    pub stale: bool,
    /// Why the last run failed.
    pub error: Option<(String, String)>,
    /// The upstream refuses the credentials.
    pub refused: bool,
    /// Kinds of posture that rest on it; while it is stale, on what of it cannot be read.
    pub feeds: Vec<&'static str>,
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
    /// The oldest hour that was ever stored, also after the instant.
    pub first_hour: Option<Timestamp>,
    /// Its source failed at the last run.
    pub source_failed: bool,
}

impl SloFact {
    /// What to call it in a line of its own: its name, after its service where the name does not tell it.
    #[must_use]
    pub fn label(&self) -> String {
        let words = |text: &str| text.to_lowercase().replace(['-', '_', '.', '/'], " ");
        let name = &self.entry.name;
        match self.service.as_deref().filter(|service| !words(name).contains(&words(service))) {
            Some(service) => format!("{service}: {name}"),
            None => name.clone(),
        }
    }
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
    /// What the source means by it.
    pub kind: IncidentKind,
    /// Where it stands.
    pub status: IncidentStatus,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source's word for it.
    pub severity_said: Option<String>,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// First acknowledgement.
    pub acked_at: Option<Timestamp>,
    /// When somebody last did something about it.
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
    /// A silence in force holds it back.
    pub silenced: bool,
}
