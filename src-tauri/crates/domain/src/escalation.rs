//! Escalation policies.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;

/// Who is asked in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationPolicy {
    /// The source's id.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// The levels in order.
    #[serde(default)]
    pub levels: Vec<PolicyLevel>,
}

/// One level of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLevel {
    /// 1 is asked first.
    pub level: u32,
    /// Seconds without acknowledgement before the next level is asked.
    pub timeout_secs: Option<u32>,
    /// Schedules asked, by the source's id.
    #[serde(default)]
    pub schedules: Vec<String>,
    /// People asked directly.
    #[serde(default)]
    pub people: Vec<PersonRef>,
}
