//! Alerts of Alertmanager and of Prometheus' `ALERTS` history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::words;

words! {
    /// Where an alert stands.
    AlertStatus {
        /// Waiting for its `for` to pass.
        Pending = "pending",
        /// Firing.
        Firing = "firing",
        /// Firing but silenced or inhibited.
        Suppressed = "suppressed",
        /// Over.
        Resolved = "resolved",
    }
}

/// One occurrence of an alert: the same labels from a start to an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Digest of the labels without `alertstate`; the same in Alertmanager and in `ALERTS`.
    pub fingerprint: String,
    /// The alert rule's name.
    pub name: String,
    /// First instant at which it was seen firing.
    #[serde(with = "crate::time::exact")]
    pub start: Timestamp,
    /// First instant after it; `None` while it fires.
    #[serde(default, with = "crate::time::exact_opt")]
    pub end: Option<Timestamp>,
    /// Seconds by which `start` and `end` may be off (one evaluation interval or one sampling step).
    pub resolution_secs: u32,
    /// Normalised status.
    pub status: AlertStatus,
    /// The `severity` label as given.
    pub severity_raw: Option<String>,
    /// The service it is about, where a label says so.
    pub service: Option<String>,
    /// Every label but `__name__` and `alertstate`.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}
