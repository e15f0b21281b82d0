//! What is stated about a source itself: how long it keeps its history, and until when its key holds.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::words;

words! {
    /// Who states the terms of a source. Each states its own; neither takes back what the other said.
    TermsBy {
        /// The upstream, through its interface.
        Upstream = "upstream",
        /// Whoever wrote the configuration.
        Configuration = "configuration",
    }
}

/// The terms on which a source can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Who says so; of each source and speaker the last statement holds.
    pub stated_by: TermsBy,
    /// Seconds for which history is kept; `None`: not stated.
    pub retention_secs: Option<u32>,
    /// When the key that reads the source ends; `None`: not stated.
    #[serde(default, with = "crate::time::exact_opt")]
    pub key_expires_at: Option<Timestamp>,
}
