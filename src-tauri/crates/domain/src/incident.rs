//! Incidents, who answered them, and what happened in which order.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::Timestamp;
use crate::words;

words! {
    /// What a source means by an incident (decisions.md, Incident kinds).
    IncidentKind {
        /// Somebody was paged for it.
        Paged = "paged",
        /// A person declared it.
        Declared = "declared",
        /// A status page announced it.
        StatusPage = "status_page",
    }
}

words! {
    /// Where an incident stands.
    IncidentStatus {
        /// Nobody has taken it.
        Open = "open",
        /// Somebody has taken it.
        Acked = "acked",
        /// The harm has stopped, the work has not.
        Mitigated = "mitigated",
        /// Over.
        Resolved = "resolved",
        /// Over, and its follow-up done.
        Closed = "closed",
        /// Declared in error.
        Cancelled = "cancelled",
        /// Continued in another incident.
        Merged = "merged",
    }
}

impl IncidentStatus {
    /// Whether somebody must still act (cli.md `open_incidents`).
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Acked | Self::Mitigated)
    }
}

words! {
    /// Where an acknowledgement time comes from.
    AckSource {
        /// A field of the incident.
        Field = "field",
        /// An entry of its timeline.
        Timeline = "timeline",
        /// Derived from something else.
        Derived = "derived",
    }
}

/// An incident. Severity 1 is the worst, 5 the least; `None` when the source's word is not mapped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// The source's id.
    pub ext_id: String,
    /// What the source means by it.
    #[serde(rename = "incident_kind")]
    pub kind: IncidentKind,
    /// The number people say, for example `INC-41`.
    pub number: Option<String>,
    /// Title, one line.
    pub title: String,
    /// Normalised status.
    pub status: IncidentStatus,
    /// The source's word.
    pub status_raw: Option<String>,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source's word.
    pub severity_raw: Option<String>,
    /// The source's urgency; not a severity.
    pub urgency: Option<String>,
    /// The service's id or name in the source.
    pub service: Option<String>,
    /// Teams, by id or name in the source.
    #[serde(default)]
    pub teams: Vec<String>,
    /// When the source made it.
    #[serde(with = "crate::time::exact")]
    pub created_at: Timestamp,
    /// First acknowledgement, kept after un-acknowledging or resolving.
    #[serde(default, with = "crate::time::exact_opt")]
    pub acked_at: Option<Timestamp>,
    /// Where `acked_at` comes from.
    pub ack_source: Option<AckSource>,
    /// When the harm stopped.
    #[serde(default, with = "crate::time::exact_opt")]
    pub mitigated_at: Option<Timestamp>,
    /// Last resolution; `None` after reopening.
    #[serde(default, with = "crate::time::exact_opt")]
    pub resolved_at: Option<Timestamp>,
    /// When its follow-up was done.
    #[serde(default, with = "crate::time::exact_opt")]
    pub closed_at: Option<Timestamp>,
    /// When the source last changed it.
    #[serde(default, with = "crate::time::exact_opt")]
    pub updated_at: Option<Timestamp>,
    /// When users began to be harmed.
    #[serde(default, with = "crate::time::exact_opt")]
    pub impact_start: Option<Timestamp>,
    /// When users ceased to be harmed.
    #[serde(default, with = "crate::time::exact_opt")]
    pub impact_end: Option<Timestamp>,
    /// The incident that continues this one.
    pub merged_into: Option<String>,
    /// A test or a drill.
    #[serde(default)]
    pub is_test: bool,
    /// Address of the incident in the source.
    pub url: Option<String>,
    /// Everyone who took part.
    #[serde(default)]
    pub responders: Vec<Responder>,
    /// Other records of the same event.
    #[serde(default)]
    pub links: Vec<IncidentLink>,
    /// Fields that the source's owner added.
    #[serde(default)]
    pub custom_fields: Vec<CustomField>,
}

/// A person who took part in an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responder {
    /// Who.
    pub person: PersonRef,
    /// The source's word for the part, for example `commander`.
    pub role: Option<String>,
    /// When it was given.
    #[serde(default, with = "crate::time::exact_opt")]
    pub assigned_at: Option<Timestamp>,
}

words! {
    /// How two records of incidents belong together.
    LinkRelation {
        /// The same event in another system.
        Same = "same",
        /// The wider incident.
        Parent = "parent",
        /// A duplicate.
        Duplicate = "dup",
        /// The ticket that tracks it.
        Ticket = "ticket",
    }
}

/// A pointer from an incident to a record elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentLink {
    /// The kind of system, for example `pagerduty`.
    pub system: String,
    /// The id there.
    pub ext_id: String,
    /// How they belong together.
    pub relation: LinkRelation,
}

/// A field that the source's owner added to incidents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomField {
    /// The field's id in the source.
    pub field: String,
    /// Its value as JSON text.
    pub value: String,
}

words! {
    /// What happened at a point of a timeline.
    TimelineKind {
        /// It began.
        Trigger = "trigger",
        /// Somebody was notified.
        Notify = "notify",
        /// Somebody took it.
        Ack = "ack",
        /// Somebody gave it back, or an acknowledgement ran out.
        Unack = "unack",
        /// It was given to somebody.
        Assign = "assign",
        /// It went to the next level.
        Escalate = "escalate",
        /// Its severity changed.
        Severity = "severity",
        /// Its status changed.
        Status = "status",
        /// Somebody wrote something.
        Note = "note",
        /// It was resolved.
        Resolve = "resolve",
        /// It came back.
        Reopen = "reopen",
        /// It was put off.
        Snooze = "snooze",
        /// It was merged.
        Merge = "merge",
        /// A field changed.
        Field = "field",
    }
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// The source's id.
    pub ext_id: String,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// When.
    #[serde(with = "crate::time::exact")]
    pub at: Timestamp,
    /// What.
    #[serde(rename = "event_kind")]
    pub kind: TimelineKind,
    /// Who did it, of a notification whom it reached for; `None` for systems.
    pub actor: Option<PersonRef>,
    /// The source's word for the kind.
    pub raw_type: Option<String>,
    /// One line of text.
    pub text: Option<String>,
}
