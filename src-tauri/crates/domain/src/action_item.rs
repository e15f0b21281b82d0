//! Action items as a tracker lists them.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::Timestamp;
use crate::words;

words! {
    /// Where an action item stands in its tracker. A done ticket is no proof of a fix.
    ActionStatus {
        /// To do or in progress.
        Open = "open",
        /// The tracker says done.
        Done = "done",
        /// Given up.
        Cancelled = "cancelled",
    }
}

/// A follow-up in a tracker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// The source's id.
    pub ext_id: String,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// Title.
    pub title: String,
    /// Normalised status.
    pub status: ActionStatus,
    /// Who does it.
    pub owner: Option<PersonRef>,
    /// When it was made.
    #[serde(with = "crate::time::exact")]
    pub created_at: Timestamp,
    /// When it is due.
    #[serde(default, with = "crate::time::exact_opt")]
    pub due_at: Option<Timestamp>,
    /// When it was done.
    #[serde(default, with = "crate::time::exact_opt")]
    pub completed_at: Option<Timestamp>,
    /// The source's word for the priority.
    pub priority: Option<String>,
    /// Address in the source.
    pub url: Option<String>,
}
