//! Changes: deploys, rollbacks, flags.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::Timestamp;
use crate::words;

words! {
    /// What kind of change.
    ChangeKind {
        /// A version went out.
        Deploy = "deploy",
        /// A version was taken back.
        Rollback = "rollback",
        /// A setting or flag changed.
        Config = "config",
    }
}

/// A change to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The source's id.
    pub ext_id: String,
    /// What kind.
    #[serde(rename = "change_kind")]
    pub kind: ChangeKind,
    /// The service's id or name in the source.
    pub service: Option<String>,
    /// One line.
    pub title: String,
    /// When it began.
    #[serde(with = "crate::time::exact")]
    pub at: Timestamp,
    /// When it was done.
    #[serde(default, with = "crate::time::exact_opt")]
    pub finished_at: Option<Timestamp>,
    /// The source's word for the outcome.
    pub outcome: Option<String>,
    /// Who made it.
    pub author: Option<PersonRef>,
    /// Address in the source.
    pub url: Option<String>,
}
