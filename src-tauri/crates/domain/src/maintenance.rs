//! Planned work: maintenance windows and change freezes.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::words;

words! {
    /// What the time is set aside for.
    MaintenanceKind {
        /// Alerts are expected.
        Maintenance = "maintenance",
        /// Changes are not allowed.
        Freeze = "freeze",
    }
}

/// A span of time set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Stable key within the source.
    pub ext_key: String,
    /// What for.
    #[serde(rename = "maintenance_kind")]
    pub kind: MaintenanceKind,
    /// One line.
    pub title: String,
    /// Start.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// End.
    #[serde(with = "crate::time::exact")]
    pub end: Timestamp,
    /// The services it touches, by id or name in the source; empty means all.
    #[serde(default)]
    pub services: Vec<String>,
}
