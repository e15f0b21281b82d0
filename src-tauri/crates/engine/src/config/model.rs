//! What `fairlead.toml` says, typed.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use fairlead_connectors::Stream;
use fairlead_domain::Timestamp;
use fairlead_domain::coverage::Coverage;
use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::words;
pub use fairlead_metrics::oncall::{DropRule, PageRules};

/// `[workspace]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// What people call it.
    pub name: String,
    /// Zone of its days; UTC when none is configured, so that every machine shows the same.
    pub timezone: Tz,
    /// Whether `timezone` was configured.
    pub timezone_given: bool,
    /// Normalised e-mail of the person in front: the author of what is written.
    pub me: Option<String>,
    /// Shared files, relative to the workspace folder.
    pub include: Vec<String>,
}

words! {
    /// How much of its people a team lets be stored.
    People {
        /// Nobody: shifts cover, but who holds them is not stored.
        Off = "off",
        /// Who is on call, and nothing else about persons.
        Rota = "rota",
        /// Persons on shifts and incidents; pages only as a team.
        Team = "team",
        /// Also who was paged.
        Individual = "individual",
    }
}

/// `[[team]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamConfig {
    /// Unique name.
    pub name: String,
    /// How much of its people is stored; `team` when not configured.
    pub people: People,
    /// Who belongs to it.
    pub members: Vec<Member>,
    /// Its schedules: `source:id`, `source:name`, a source, or a schedule's name.
    pub schedules: Vec<String>,
    /// Its services: a configured service, `source:id`, `source:name`, or a service's name.
    pub services: Vec<String>,
    /// Its SLOs: each key is `source`, `service` or a label, with the values of which one must be met.
    pub slo: BTreeMap<String, Vec<String>>,
}

/// A person in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Normalised e-mail.
    pub email: String,
    /// What calendars call the person where they give no e-mail.
    pub names: Vec<String>,
    /// Zone; goes before the upstream's.
    pub timezone: Option<Tz>,
    /// Working hours by the wall clock of the person's zone.
    pub hours: Option<WorkHours>,
    /// Calendar of public holidays, for example `JP` or `DE-BY`.
    pub holidays: Option<String>,
}

/// Working hours, minutes since midnight, `from < to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkHours {
    /// Start, 0 to 1439.
    pub from: u16,
    /// End, 1 to 1440.
    pub to: u16,
}

/// `[schedule."source:id"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleConfig {
    /// What its people are there for, where the source does not say.
    pub role: Option<ShiftRole>,
    /// When somebody must be on call; `None`: not declared, and no gap is claimed.
    pub coverage: Option<Coverage>,
    /// The schedule that steps in.
    pub backup: Option<String>,
}

/// `[service.NAME]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceConfig {
    /// The team that owns it.
    pub team: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// What it is called in sources, each `source:id` or `source:name`.
    pub also: Vec<String>,
}

/// `[[source]]`, checked against the declaration of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceConfig {
    /// Unique name: the source's identity.
    pub name: String,
    /// The kind's name.
    pub kind: String,
    /// Everything but `name` and `kind`, as a JSON object.
    pub settings: serde_json::Value,
}

impl SourceConfig {
    /// When the key that reads the source ends, as configured; a date is midnight in `zone`.
    #[must_use]
    pub fn token_expires(&self, zone: Tz) -> Option<Timestamp> {
        Timestamp::parse_written(self.settings.get("token_expires")?.as_str()?, zone)
    }

    /// The source's streams at the pace at which it is really read: none is due, or late, more often than
    /// `interval_secs` says.
    #[must_use]
    pub fn paced(&self, mut streams: Vec<Stream>) -> Vec<Stream> {
        let pace = self.settings.get("interval_secs").and_then(serde_json::Value::as_u64);
        if let Some(pace) = pace.and_then(|pace| u32::try_from(pace).ok()) {
            for stream in &mut streams {
                stream.interval_secs = stream.interval_secs.max(pace);
            }
        }
        streams
    }
}

/// `[[slo]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SloConfig {
    /// Name, unique within its source.
    pub name: String,
    /// The source that measures it.
    pub source: String,
    /// The table as a JSON object, as [`fairlead_connectors::Build::slos`] wants it.
    pub table: serde_json::Value,
}
