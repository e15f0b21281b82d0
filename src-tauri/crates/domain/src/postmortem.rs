//! Postmortems as a source lists them.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A postmortem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postmortem {
    /// The source's id.
    pub ext_id: String,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// Title.
    pub title: String,
    /// The source's word for its status.
    pub status: Option<String>,
    /// When it was published.
    #[serde(default, with = "crate::time::exact_opt")]
    pub published_at: Option<Timestamp>,
    /// Address in the source.
    pub url: Option<String>,
}
