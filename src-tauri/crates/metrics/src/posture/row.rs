//! What goes into the list, and what comes out of it.

use fairlead_domain::{Timestamp, words};

use crate::registry::Better;

words! {
    /// When a row needs the lead. An earlier variant is more urgent.
    Class {
        /// At once.
        Now = "now",
        /// Before the day ends.
        Today = "today",
        /// Within the week.
        Week = "week",
    }
}

impl Class {
    /// One class more urgent; `Now` stays.
    #[must_use]
    pub const fn promoted(self) -> Self {
        match self {
            Self::Now | Self::Today => Self::Now,
            Self::Week => Self::Today,
        }
    }
}

/// What a row is to other rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// An incident: takes in the symptoms of its service.
    Incident,
    /// A page, an alert or a burn: goes into an incident of its service.
    Symptom,
    /// A source that cannot be read: takes in the unknown rows that rest on it.
    Blind,
    /// None of these.
    Plain,
}

/// How far a row may be snoozed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SnoozeLimit {
    /// At most 7 days, or until worse.
    Week,
    /// At most 24 hours in any case: blind sources.
    Day,
    /// Not at all: SEV1, and nobody on call.
    Never,
}

/// One thing that may need the lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Unique and the same on every machine.
    pub id: String,
    /// What kind of thing, for example `page_unacked`.
    pub kind: &'static str,
    /// Class of its kind, before any promotion.
    pub class: Class,
    /// Tier of the service, 1 the most important; `None` counts as 2.
    pub tier: Option<u8>,
    /// By when something must be done.
    pub due: Option<Timestamp>,
    /// Since when it is so.
    pub since: Timestamp,
    /// It cannot be told whether it is so.
    pub unknown: bool,
    /// What it is to other rows.
    pub part: Part,
    /// The service concerned, by whatever key the caller compares services.
    pub service: Option<String>,
    /// The sources it rests on; of a blind source, itself.
    pub sources: Vec<String>,
    /// The number in its wording; `None` when it has none or it is unknown.
    pub value: Option<f64>,
    /// Which direction of the number is good.
    pub better: Better,
    /// How far it may be snoozed.
    pub snooze: SnoozeLimit,
}

/// A line of the list: a row, and the rows that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The row that leads the line.
    pub row: Row,
    /// The most urgent class of all that the line stands for.
    pub class: Class,
    /// Rows that the leading row, or one folded into it, explains, in order.
    pub absorbed: Vec<Row>,
    /// Further rows of the same kind, in order: "4 silences" has 3 of them.
    pub folded: Vec<Row>,
}
