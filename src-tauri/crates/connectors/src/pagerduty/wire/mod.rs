//! What PagerDuty answers, as far as it is read. Every field may be missing, null or of another type than described, and
//! is then unknown: descriptions and accounts differ, and one odd field must not hide a page.

mod catalogue;
mod incident;
mod lenient;
mod rota;

use fairlead_domain::Timestamp;
use serde::Deserialize;
use serde_json::Value;

pub(super) use catalogue::{MaintenanceWindow, Member, Oncall, Policy, Priority, Service, Team, User};
pub(super) use incident::{Channel, Incident, LogEntry};
pub(super) use lenient::{each, each_told, maybe, text};
pub(super) use rota::{Assignment, Entry, Layered, OverrideShift, RotationMember, ScheduleHead, ShiftBased};

/// A pointer to another object, or the object itself, read as far as a pointer goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Ref {
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub summary: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    /// Not described; stands on people who were deleted.
    #[serde(deserialize_with = "maybe")]
    pub deleted_at: Option<Timestamp>,
}

impl Ref {
    /// Whether this points to a person.
    pub fn is_user(&self) -> bool {
        self.id.is_some() && self.kind.as_deref().is_none_or(|kind| kind == "user" || kind == "user_reference")
    }
}

/// An object's id alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Id {
    #[serde(deserialize_with = "text")]
    id: Option<String>,
}

/// Reads one entry of a list. What cannot be read at all is as empty as if nothing were in it.
pub(super) fn read<'v, T: Deserialize<'v> + Default>(entry: &'v Value) -> T {
    T::deserialize(entry).unwrap_or_default()
}

/// The ids of a list's entries.
pub(super) fn ids(entries: &[Value]) -> Vec<Option<String>> {
    entries.iter().map(|entry| read::<Id>(entry).id).collect()
}
