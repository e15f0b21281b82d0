//! Incidents and the entries of their logs.

use fairlead_domain::Timestamp;
use serde::Deserialize;

use super::{Priority, Ref, each, maybe, text};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Incident {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub incident_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub title: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    /// `None` on a mere pointer.
    #[serde(deserialize_with = "maybe")]
    pub created_at: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub updated_at: Option<Timestamp>,
    #[serde(deserialize_with = "text")]
    pub status: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub service: Option<Ref>,
    #[serde(deserialize_with = "each")]
    pub assignments: Vec<Assigned>,
    #[serde(deserialize_with = "each")]
    pub acknowledgements: Vec<Acknowledged>,
    #[serde(deserialize_with = "each")]
    pub incidents_responders: Vec<Requested>,
    #[serde(deserialize_with = "maybe")]
    pub last_status_change_at: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub resolved_at: Option<Timestamp>,
    #[serde(deserialize_with = "each")]
    pub teams: Vec<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub priority: Option<Priority>,
    #[serde(deserialize_with = "maybe")]
    pub resolve_reason: Option<ResolveReason>,
    #[serde(deserialize_with = "text")]
    pub urgency: Option<String>,
    #[serde(deserialize_with = "text")]
    pub html_url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Assigned {
    #[serde(deserialize_with = "maybe")]
    pub at: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub assignee: Option<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Acknowledged {
    #[serde(deserialize_with = "maybe")]
    pub at: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub acknowledger: Option<Ref>,
}

/// Somebody who was asked to help.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Requested {
    #[serde(deserialize_with = "text")]
    pub state: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub user: Option<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub requested_at: Option<Timestamp>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ResolveReason {
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub incident: Option<Ref>,
}

/// The incident of an entry, as far as the entry needs it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct IncidentHead {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub service: Option<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct LogEntry {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub created_at: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub agent: Option<Ref>,
    /// Who was notified.
    #[serde(deserialize_with = "maybe")]
    pub user: Option<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub channel: Option<Channel>,
    #[serde(deserialize_with = "text")]
    pub note: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub service: Option<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub incident: Option<IncidentHead>,
    /// People named beside the agent: to whom it was given.
    #[serde(deserialize_with = "each")]
    pub assignees: Vec<Ref>,
}

/// The way in which something came or went. Addresses, bodies and details are not read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Channel {
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "text")]
    pub content: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub notification: Option<Notified>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Notified {
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub status: Option<String>,
}
