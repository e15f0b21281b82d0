//! Times when people are away: leave, and public holidays.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::Timestamp;

/// A person's leave. What kind of leave it is, is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Stable key within the source.
    pub ext_key: String,
    /// Who; `None` when the entry could not be matched to a person.
    pub person: Option<PersonRef>,
    /// Start.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// End.
    #[serde(with = "crate::time::exact")]
    pub end: Timestamp,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Stable key within the source.
    pub ext_key: String,
    /// Name of the day.
    pub name: String,
    /// Start.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// End.
    #[serde(with = "crate::time::exact")]
    pub end: Timestamp,
}
