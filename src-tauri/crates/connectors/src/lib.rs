//! Connectors: the code that reads one kind of upstream and yields domain records.
//!
//! A connector never sees the database. It declares its settings and streams and answers [`Connector::fetch`]; when,
//! how often and how far back is the engine's business, and storing what comes is the store's.

mod alert_labels;
mod alertmanager;
mod error;
pub mod http;
mod ical;
pub mod import;
mod pagerduty;
mod phone;
mod prometheus;
mod registry;
pub mod scenario;
pub mod setting;
pub mod severity;
mod stream;
mod yaml;

use std::collections::BTreeMap;

use async_trait::async_trait;
use fairlead_domain::alert::Alert;
use fairlead_domain::schedule::Schedule;
use fairlead_domain::slo::Slo;
use fairlead_domain::{Timestamp, Window};

pub use error::{ConfigIssue, ConnectorError};
pub use registry::{Build, Kind, Make, kinds};
pub use stream::{Backfill, Batch, Mode, Note, Stream};

/// A configured source that can be read.
#[async_trait]
pub trait Connector: Send + Sync {
    /// The streams that this source has under its settings, in dependency order.
    fn streams(&self) -> Vec<Stream>;

    /// Proves that the source can be reached and that each stream may be read, without storing anything.
    ///
    /// # Errors
    /// Returns what is in the way of reaching the source at all; a missing right for one stream is a [`Check`] line.
    async fn check(&self) -> Result<Vec<Check>, ConnectorError>;

    /// Reads one page of a stream.
    ///
    /// # Errors
    /// Returns why nothing could be read. [`ConnectorError::TooLarge`] asks for a smaller window.
    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError>;

    /// The one way to the upstream, where there is one: it counts what it sends and looks at the server's clock.
    fn http(&self) -> Option<&http::Http> {
        None
    }

    /// Requests sent so far, also those that failed.
    fn requests(&self) -> u64 {
        self.http().map_or(0, http::Http::requests)
    }

    /// Server time minus local time in milliseconds, as last measured; `None` when no answer carried a date.
    fn clock_skew_millis(&self) -> Option<i64> {
        self.http().and_then(http::Http::clock_skew_millis)
    }
}

/// One page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// [`Stream::name`].
    pub stream: &'a str,
    /// Where the walk goes on: [`Batch::next`] of the page before; `None` begins it.
    pub cursor: Option<&'a str>,
    /// Which time is asked for. Streams without time get `[EARLIEST, now)`.
    pub window: Window,
    /// What is stored already and the connector may need.
    pub known: &'a Known,
    /// The current instant.
    pub now: Timestamp,
}

/// What the engine knows of a source and hands to its connector.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Ids of incidents that are stored as open.
    pub open_incidents: Vec<String>,
    /// Alerts that are stored as firing.
    pub firing_alerts: Vec<Alert>,
    /// SLOs that are stored as existing.
    pub slos: Vec<Slo>,
    /// Schedules that are stored as existing, within the teams' scope.
    pub schedules: Vec<Schedule>,
    /// The least escalation level, from 1 on, at which each schedule is asked, by the schedule's id. A schedule that no
    /// policy asks is not in it.
    pub levels: BTreeMap<String, u32>,
    /// Opaque text that the stream left after its last complete walk ([`Batch::state`]).
    pub state: Option<String>,
}

/// One line of a check: what was tried and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was tried, for example `read rules`.
    pub subject: String,
    /// Whether it works.
    pub ok: bool,
    /// What was found, or what is missing and what is lost without it.
    pub detail: String,
    /// A stable code when it works and what was found deserves a look all the same.
    pub warning: Option<&'static str>,
}

impl Check {
    /// Something that works, or does not.
    #[must_use]
    pub fn new(subject: impl Into<String>, ok: bool, detail: impl Into<String>) -> Self {
        Self { subject: subject.into(), ok, detail: detail.into(), warning: None }
    }

    /// Something that works and deserves a look.
    #[must_use]
    pub fn with_warning(subject: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { warning: Some(code), ..Self::new(subject, true, detail) }
    }
}
