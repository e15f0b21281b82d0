//! An incident as it went, and what follows from it.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::page::PageChannel;

/// The account's priorities, worst first, each with the severity that follows from its name (P1–P5 and SEV1–SEV5 by
/// their digit); the last says nothing.
pub const PRIORITIES: &[(&str, Option<u8>)] = &[
    ("P1", Some(1)),
    ("P2", Some(2)),
    ("P3", Some(3)),
    ("P4", Some(4)),
    ("P5", Some(5)),
    ("SEV2", Some(2)),
    ("Customer facing", None),
];

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Number within the scenario, from 0 on, in order of creation; people say it plus one.
    pub number: u32,
    /// One line.
    pub title: String,
    /// The service.
    pub service: u32,
    /// The team that owned the service when it began.
    pub team: u32,
    /// The policy that was followed.
    pub policy: u32,
    /// Index into [`PRIORITIES`].
    pub priority: Option<u32>,
    /// Whether its urgency was high when it began; no matter of priority.
    pub urgent: bool,
    /// What happened, in order of time; the first is its trigger.
    pub moments: Vec<Moment>,
    /// The incident that continues it.
    pub merged_into: Option<u32>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Number within the scenario, over all incidents.
    pub number: u32,
    /// When, to the second.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// Who did it; `None` is the service.
    pub by: Option<u32>,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It began, or began again after it was resolved.
    Trigger,
    /// It was given to these.
    Assign(Vec<u32>),
    /// It went to the next level: these.
    Escalate(Vec<u32>),
    /// Nobody was left to ask.
    Exhaust,
    /// Somebody was notified.
    Notify {
        /// Who.
        person: u32,
        /// How.
        channel: PageChannel,
        /// The vendor's word for what became of it.
        status: &'static str,
    },
    /// Somebody took it.
    Ack,
    /// The acknowledgement ran out.
    Unack,
    /// It was put off for so many seconds.
    Snooze(u32),
    /// Somebody wrote.
    Note(String),
    /// The urgency became high, or low.
    Urgency(bool),
    /// The priority was set.
    Priority(u32),
    /// It ended.
    Resolve,
}

impl Case {
    /// When it began.
    #[must_use]
    pub fn created(&self) -> Timestamp {
        self.moments.first().map_or(Timestamp::EARLIEST, |moment| moment.at)
    }

    /// When something last happened.
    #[must_use]
    pub fn updated(&self) -> Timestamp {
        self.moments.last().map_or(Timestamp::EARLIEST, |moment| moment.at)
    }

    /// First acknowledgement, whatever came of it.
    #[must_use]
    pub fn acked(&self) -> Option<Timestamp> {
        self.moments.iter().find(|moment| moment.what == What::Ack).map(|moment| moment.at)
    }

    /// Last change of standing: triggered, taken, given back, or over.
    #[must_use]
    pub fn turning_point(&self) -> Option<&Moment> {
        let turns = |what: &What| matches!(what, What::Trigger | What::Ack | What::Unack | What::Resolve);
        self.moments.iter().rev().find(|moment| turns(&moment.what))
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> IncidentStatus {
        match self.turning_point().map(|moment| &moment.what) {
            Some(What::Resolve) if self.merged_into.is_some() => IncidentStatus::Merged,
            Some(What::Resolve) => IncidentStatus::Resolved,
            Some(What::Ack) => IncidentStatus::Acked,
            _ => IncidentStatus::Open,
        }
    }

    /// Whether somebody must still act.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status().is_open()
    }

    /// Last resolution; `None` while it is open, also after it began again.
    #[must_use]
    pub fn resolved(&self) -> Option<Timestamp> {
        self.turning_point().filter(|moment| moment.what == What::Resolve).map(|moment| moment.at)
    }

    /// Whether its urgency is high.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        let set = self.moments.iter().rev().find_map(|moment| match moment.what {
            What::Urgency(high) => Some(high),
            _ => None,
        });
        set.unwrap_or(self.urgent)
    }

    /// Who has it now, since when; nobody once it is over.
    #[must_use]
    pub fn assignees(&self) -> Vec<(u32, Timestamp)> {
        if !self.is_open() {
            return Vec::new();
        }
        let last = self.moments.iter().rev().find_map(|moment| match &moment.what {
            What::Assign(people) | What::Escalate(people) => Some((people, moment.at)),
            _ => None,
        });
        last.map_or_else(Vec::new, |(people, at)| people.iter().map(|person| (*person, at)).collect())
    }

    /// Who holds an acknowledgement now, since when.
    #[must_use]
    pub fn acknowledgers(&self) -> Vec<(u32, Timestamp)> {
        let last = self.turning_point().filter(|moment| moment.what == What::Ack);
        last.and_then(|moment| moment.by.map(|person| (person, moment.at))).into_iter().collect()
    }
}
