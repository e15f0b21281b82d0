//! The connector: its streams and what each reads.

use std::sync::Arc;

use async_trait::async_trait;
use fairlead_domain::record::ReplaceSet;
use fairlead_domain::time::SECOND_MS;
use fairlead_domain::{Clock, RecordKind, Timestamp, Window};

use super::api::Api;
use super::looks::{self, Look};
use super::wire::Status;
use super::{alerts, silences};
use crate::http::Http;
use crate::{Batch, Check, Connector, ConnectorError, Mode, Note, Request, Stream};

/// Clocks that differ by less are taken to agree: a server tells its time to the second.
const CLOCKS_AGREE_MS: i64 = 5 * SECOND_MS;

/// What every server tells.
pub(super) fn streams() -> Vec<Stream> {
    let stream = |name, mode, kinds, interval_secs| Stream { name, mode, kinds, interval_secs, backfill: None };
    vec![
        stream("alerts", Mode::Observed, &[RecordKind::Alert], 60),
        stream("silences", Mode::Snapshot, &[RecordKind::Silence], 300),
    ]
}

/// A configured server.
pub(super) struct Alertmanager {
    pub api: Api,
    /// Within how many milliseconds every sender states its alerts again.
    pub resend_millis: i64,
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl Connector for Alertmanager {
    fn streams(&self) -> Vec<Stream> {
        streams()
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        super::check::check(self).await
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        match request.stream {
            "alerts" => self.alerts(request).await,
            "silences" => self.silences(request).await,
            // The engine asks only for declared streams.
            _ => Ok(Batch::default()),
        }
    }

    fn http(&self) -> Option<&Http> {
        Some(self.api.http())
    }
}

impl Alertmanager {
    /// Server time minus local time in milliseconds, where the two differ by more than can be measured.
    fn skew(&self) -> i64 {
        self.clock_skew_millis().filter(|skew| skew.abs() > CLOCKS_AGREE_MS).unwrap_or(0)
    }

    /// Now by the server's clock, in which the instants of its answers are.
    fn server_now(&self) -> Timestamp {
        self.clock.now().plus_millis(self.skew())
    }

    async fn alerts(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let asked = self.clock.now();
        let listed = self.api.alerts().await?;
        let at = self.server_now();
        // Asked for second: a process that started before the alerts were listed says so, and one that started after
        // they were is at worst believed too little.
        let restart = self.restart(&self.api.status().await?);
        let read = alerts::read(listed);
        let known = &request.known.firing_alerts;
        let before = last_look(request.known.state.as_deref()).map(|before| before.min(at));
        let look = Look { at, before, whole: !restart.is_fresh() && read.odd.is_empty() };
        let found = looks::occurrences(read.alerts, known, look);
        Ok(Batch {
            items: alerts::items(found, known, read.documents),
            state: Some(asked.plus_millis(self.skew()).as_millis().to_string()),
            notes: restart.note().into_iter().chain(odd("alert_odd", "alerts", &read.odd)).collect(),
            ..Batch::default()
        })
    }

    /// Whether the process has been running for long enough to know what fires.
    pub fn restart(&self, status: &Status) -> Restart {
        let started = status.uptime.as_deref().and_then(|text| Timestamp::parse_rfc3339(text).ok());
        let Some(started) = started else { return Restart::Untold };
        let age = self.server_now().since(started);
        if age >= self.resend_millis {
            return Restart::Past;
        }
        Restart::Fresh { secs: age.max(0) / SECOND_MS, of_secs: self.resend_millis / SECOND_MS }
    }

    async fn silences(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let listed = self.api.silences().await?;
        let now = self.server_now();
        let (items, strange) = silences::read(listed, now);
        // Silences that are over are forgotten after five days, and are ours to keep.
        let complete = vec![ReplaceSet {
            kind: RecordKind::Silence,
            parent: String::new(),
            window: Window::new(now.max(request.now), Timestamp::LATEST),
        }];
        let notes = odd("silence_odd", "silences", &strange).into_iter().collect();
        Ok(Batch { items, complete, notes, ..Batch::default() })
    }
}

/// What is known of the process' last start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restart {
    /// So long ago that every sender has stated its alerts again.
    Past,
    /// Too short ago.
    Fresh {
        /// Seconds since.
        secs: i64,
        /// Seconds that must pass.
        of_secs: i64,
    },
    /// The server does not tell.
    Untold,
}

impl Restart {
    /// Whether alerts may be missing that fire.
    pub const fn is_fresh(self) -> bool {
        matches!(self, Self::Fresh { .. })
    }

    fn note(self) -> Option<Note> {
        match self {
            Self::Past => None,
            Self::Fresh { secs, of_secs } => Some(Note {
                code: "just_restarted",
                message: format!(
                    "the server started {secs} s ago and has lost what fired before: what is missing is not taken to be \
                     over until it has run for {of_secs} s (resend_secs)"
                ),
                incomplete: true,
            }),
            Self::Untold => Some(Note {
                code: "restarts_untold",
                message: "the server does not tell when it started: a restart of it looks as if every alert were over"
                    .to_owned(),
                incomplete: false,
            }),
        }
    }
}

/// The last whole look, as [`Batch::state`] left it.
fn last_look(state: Option<&str>) -> Option<Timestamp> {
    state?.parse().ok().map(Timestamp::from_millis)
}

/// A word about entries that could not be understood; they make the answer incomplete, because what cannot be read must
/// not be taken to be over.
fn odd(code: &'static str, what: &str, entries: &[String]) -> Option<Note> {
    let first = entries.first()?;
    let n = entries.len();
    Some(Note { code, message: format!("{n} {what} could not be understood, {first:?} first"), incomplete: true })
}
