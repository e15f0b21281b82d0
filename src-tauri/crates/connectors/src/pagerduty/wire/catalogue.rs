//! People, teams, services, policies, priorities, maintenance, and who is on call.

use fairlead_domain::Timestamp;
use serde::Deserialize;

use super::{Ref, each, each_told, maybe, text};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct User {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "text")]
    pub email: Option<String>,
    #[serde(deserialize_with = "text")]
    pub time_zone: Option<String>,
    /// `None` when the listing does not tell teams.
    #[serde(deserialize_with = "each_told")]
    pub teams: Option<Vec<Ref>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Team {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Member {
    #[serde(deserialize_with = "maybe")]
    pub user: Option<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Service {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "each")]
    pub teams: Vec<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Policy {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "each")]
    pub escalation_rules: Vec<Rule>,
}

/// A level of a policy. Its place in the list is its number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Rule {
    #[serde(deserialize_with = "maybe")]
    pub escalation_delay_in_minutes: Option<u32>,
    #[serde(deserialize_with = "each")]
    pub targets: Vec<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Priority {
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct MaintenanceWindow {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub description: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub start_time: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub end_time: Option<Timestamp>,
    #[serde(deserialize_with = "each")]
    pub services: Vec<Ref>,
}

/// Somebody who is on call, at a level of a policy.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Oncall {
    #[serde(deserialize_with = "maybe")]
    pub user: Option<Ref>,
    /// `None` for people whom a policy asks directly.
    #[serde(deserialize_with = "maybe")]
    pub schedule: Option<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub start: Option<Timestamp>,
    /// `None` together with `start`: for ever.
    #[serde(deserialize_with = "maybe")]
    pub end: Option<Timestamp>,
}
