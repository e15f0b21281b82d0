//! The one list of connector kinds.

use std::path::Path;
use std::sync::Arc;

use fairlead_domain::Clock;

use crate::setting::Setting;
use crate::{ConfigIssue, Connector, Stream};

/// A kind of source: what it needs and how it is made.
pub struct Kind {
    /// The word in `kind = "…"`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its settings beside `name` and `kind`, which every source has.
    pub settings: &'static [Setting],
    /// The streams of a source with these settings, in dependency order: what [`Connector::streams`] gives, told
    /// without making the connector, because every page asks for it.
    pub streams: fn(&serde_json::Value) -> Vec<Stream>,
    /// Makes the connector from settings that were checked against the declaration.
    pub build: Make,
}

/// Makes a connector from checked settings, as a JSON object.
pub type Make = fn(&serde_json::Value, &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue>;

/// What the engine gives to the making of a connector.
#[derive(Clone)]
pub struct Build<'a> {
    /// The source's name.
    pub source: &'a str,
    /// Folder that relative paths are relative to.
    pub folder: &'a Path,
    /// The workspace's zone, for times that name none.
    pub timezone: chrono_tz::Tz,
    /// The `[[slo]]` tables that name this source, as JSON objects with the keys of workspace.md.
    pub slos: &'a [serde_json::Value],
    /// Where secrets are read.
    pub secrets: Arc<dyn crate::http::Secrets>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
}

/// Every kind, in the order in which they are offered. One line per kind.
#[must_use]
pub const fn kinds() -> &'static [Kind] {
    &[
        crate::pagerduty::KIND,
        crate::prometheus::KIND,
        crate::alertmanager::KIND,
        crate::ical::KIND,
        crate::scenario::KIND,
    ]
}
