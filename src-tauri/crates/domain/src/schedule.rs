//! Schedules, rotations and shifts.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::{Timestamp, Window};
use crate::words;

words! {
    /// How a source keeps a schedule.
    ScheduleSystem {
        /// Stacked layers (PagerDuty v2, Opsgenie, GoAlert).
        Layer = "layer",
        /// Explicit shifts (PagerDuty v3, incident.io).
        Shift = "shift",
        /// A calendar feed.
        Ical = "ical",
        /// A file.
        Import = "import",
    }
}

words! {
    /// What a person on a shift is there for.
    ShiftRole {
        /// Answers first.
        Primary = "primary",
        /// Answers when the primary does not.
        Secondary = "secondary",
        /// Learns; covers nothing.
        Shadow = "shadow",
        /// Decides; covers nothing.
        Manager = "manager",
        /// For information; covers nothing.
        Info = "info",
        /// The source does not say; counts as covering.
        Unknown = "unknown",
    }
}

impl ShiftRole {
    /// Whether a person in this role covers the schedule (cli.md: only a primary or unknown role covers).
    #[must_use]
    pub const fn covers(self) -> bool {
        matches!(self, Self::Primary | Self::Unknown)
    }
}

words! {
    /// Why a person is on a shift.
    ShiftOrigin {
        /// The rotation's turn.
        Rotation = "rotation",
        /// An override replaced the turn.
        Override = "override",
        /// A shift made by hand.
        Custom = "custom",
        /// A swap between two people.
        Swap = "swap",
        /// A calendar event.
        Ical = "ical",
        /// An imported row.
        Import = "import",
    }
}

/// A schedule of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The source's id.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// How the source keeps it.
    pub system: ScheduleSystem,
    /// IANA zone.
    pub timezone: Option<String>,
    /// The owning team's id in the source.
    pub team: Option<String>,
    /// Address of the schedule in the source.
    pub url: Option<String>,
}

/// A rotation of a schedule (a layer, or a shift rule).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// The source's id.
    pub ext_id: String,
    /// The schedule's id in the source.
    pub schedule: String,
    /// Display name.
    pub name: String,
    /// Order within the schedule, the first is 0.
    pub ordinal: u32,
}

/// A stretch of time that somebody, or expressly nobody, is on call for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The schedule's id in the source.
    pub schedule: String,
    /// Stable key within the source: a vendor's shift id, `uid` plus recurrence, or a digest of schedule, person and start.
    pub ext_key: String,
    /// Who; `None` states that nobody is on call.
    pub person: Option<PersonRef>,
    /// Somebody outside the team's scope holds the shift: it covers, but who it is was not stored.
    #[serde(default)]
    pub withheld: bool,
    /// Start.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// End.
    #[serde(with = "crate::time::exact")]
    pub end: Timestamp,
    /// The source does not know the end; `end` is the edge of what was read.
    #[serde(default)]
    pub end_open: bool,
    /// Escalation level, the first is 1.
    pub level: Option<u32>,
    /// What the person is there for.
    pub role: ShiftRole,
    /// Why it is this person.
    pub origin: ShiftOrigin,
    /// Whom an override or a swap replaced.
    pub replaced: Option<PersonRef>,
    /// The rotation's id in the source.
    pub rotation: Option<String>,
}

impl Shift {
    /// The time it covers.
    #[must_use]
    pub const fn window(&self) -> Window {
        Window::new(self.start, self.end)
    }
}
