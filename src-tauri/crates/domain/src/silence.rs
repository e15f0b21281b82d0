//! Silences.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::words;

words! {
    /// Where a silence stands.
    SilenceState {
        /// Not begun.
        Pending = "pending",
        /// In force.
        Active = "active",
        /// Over.
        Expired = "expired",
    }
}

/// A silence of an alert source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The source's id.
    pub ext_id: String,
    /// Start.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// End.
    #[serde(with = "crate::time::exact")]
    pub end: Timestamp,
    /// Who made it, as the source writes it.
    pub creator: Option<String>,
    /// Why, one line.
    pub comment: Option<String>,
    /// Which alerts it matches, as JSON text.
    pub matchers: String,
    /// Normalised state.
    pub state: SilenceState,
}
