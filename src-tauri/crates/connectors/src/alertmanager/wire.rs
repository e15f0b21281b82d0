//! The interface's documents, as far as they are read. What is not named here is never kept in memory for long: the
//! configuration in the status, for one, names receivers' addresses.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An entry of `/api/v2/alerts`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireAlert {
    /// What makes it this alert.
    pub labels: BTreeMap<String, String>,
    /// Text of the rule.
    #[serde(default)]
    pub annotations: BTreeMap<String, String>,
    /// Since when, as its sender says.
    pub starts_at: String,
    /// Who is told.
    #[serde(default)]
    pub receivers: Vec<Named>,
    /// Where it stands.
    pub status: AlertState,
}

/// Where an alert stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlertState {
    /// `unprocessed`, `active` or `suppressed`.
    pub state: String,
    /// Ids of silences.
    #[serde(default)]
    pub silenced_by: Vec<String>,
    /// Fingerprints of alerts.
    #[serde(default)]
    pub inhibited_by: Vec<String>,
}

/// Something with a name.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    /// The name.
    #[serde(default)]
    pub name: String,
}

/// An entry of `/api/v2/silences`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireSilence {
    /// Id. Changed matchers make another silence.
    pub id: String,
    /// Where it stands.
    pub status: SilenceStatus,
    /// Start.
    pub starts_at: String,
    /// End; of a silence that somebody ended, when they did.
    pub ends_at: String,
    /// Who made it, as they signed in or as they wrote.
    #[serde(default)]
    pub created_by: String,
    /// Why.
    #[serde(default)]
    pub comment: String,
    /// Which alerts it matches.
    pub matchers: Vec<WireMatcher>,
}

/// Where a silence stands.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SilenceStatus {
    /// `expired`, `active` or `pending`.
    pub state: String,
}

/// A condition on one label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireMatcher {
    /// The label.
    pub name: String,
    /// What is compared with.
    pub value: String,
    /// Whether `value` is a regular expression.
    pub is_regex: bool,
    /// Whether it must match; servers before 0.22 have no other.
    #[serde(default = "yes")]
    pub is_equal: bool,
}

const fn yes() -> bool {
    true
}

/// `/api/v2/status`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Status {
    /// The others that it shares silences with.
    pub cluster: Option<Cluster>,
    /// Which program answers.
    pub version_info: Option<Version>,
    /// When the process started, whatever the name says; some compatible servers leave it out.
    pub uptime: Option<String>,
}

/// A cluster as one of its peers sees it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cluster {
    /// `ready`, `settling` or `disabled`.
    pub status: String,
    /// The peers; only their number is used.
    pub peers: Option<Vec<serde::de::IgnoredAny>>,
}

/// A program's version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Version {
    /// For example `0.25.0`.
    pub version: String,
}
