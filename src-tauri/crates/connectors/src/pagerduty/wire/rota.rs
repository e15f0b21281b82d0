//! Schedules of both systems.

use fairlead_domain::Timestamp;
use serde::Deserialize;

use super::{Ref, each, maybe, text};

/// A schedule in a list, of either system. Lists of the newer one hold pointers, which have a summary and no name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ScheduleHead {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "text")]
    pub time_zone: Option<String>,
    #[serde(deserialize_with = "text")]
    pub html_url: Option<String>,
    #[serde(deserialize_with = "each")]
    pub teams: Vec<Ref>,
}

/// A schedule of stacked layers, with its entries for the time asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Layered {
    /// The layer on top first.
    #[serde(deserialize_with = "each")]
    pub schedule_layers: Vec<Layer>,
    #[serde(deserialize_with = "maybe")]
    pub overrides_subschedule: Option<Entries>,
    #[serde(deserialize_with = "maybe")]
    pub final_schedule: Option<Entries>,
    #[serde(deserialize_with = "each")]
    pub users: Vec<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Layer {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "each")]
    pub rendered_schedule_entries: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Entries {
    #[serde(deserialize_with = "each")]
    pub rendered_schedule_entries: Vec<Entry>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Entry {
    #[serde(deserialize_with = "maybe")]
    pub user: Option<Ref>,
    #[serde(deserialize_with = "maybe")]
    pub start: Option<Timestamp>,
    /// `None`: without end.
    #[serde(deserialize_with = "maybe")]
    pub end: Option<Timestamp>,
}

/// A schedule of explicit shifts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ShiftBased {
    #[serde(flatten)]
    pub head: ScheduleHead,
    #[serde(deserialize_with = "each")]
    pub rotations: Vec<RotationEvents>,
    #[serde(deserialize_with = "maybe")]
    pub final_schedule: Option<Computed>,
    #[serde(deserialize_with = "each")]
    pub users: Vec<Ref>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct RotationEvents {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "each")]
    pub events: Vec<EventName>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct EventName {
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Computed {
    #[serde(deserialize_with = "each")]
    pub computed_shift_assignments: Vec<Assignment>,
}

/// Who has a shift, and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Assignment {
    #[serde(deserialize_with = "maybe")]
    pub start_time: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub end_time: Option<Timestamp>,
    #[serde(deserialize_with = "maybe")]
    pub member: Option<RotationMember>,
    #[serde(deserialize_with = "maybe")]
    pub source: Option<ShiftSource>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct RotationMember {
    /// `user_member`, or `empty_member` for a slot that is left empty on purpose.
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub user_id: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ShiftSource {
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub rotation_id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub override_id: Option<String>,
}

/// An override, which alone says whom it replaces.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct OverrideShift {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub overridden_member: Option<RotationMember>,
}
