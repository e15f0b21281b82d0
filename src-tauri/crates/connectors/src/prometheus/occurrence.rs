//! Occurrences of alerts out of the samples of `ALERTS`.
//!
//! Samples are looked at on a grid of whole minutes, whatever window is asked for. An occurrence is a run of ticks with
//! no gap longer than [`GAP`]; it begins at its first tick and ends one step after its last. A window answers for the
//! runs that **begin** in it, and follows them beyond its end. A run that was there before the window began is told
//! again only where it is known as firing, or where the window reaches the present and the run is not known at all;
//! its first tick is then looked up. So the same rows come out whether the past is read in one window, in chunks
//! newest first, or in increments, and a row told twice is told alike.
//!
//! `ALERTS_FOR_STATE` is not used: it holds when an alert became pending, but Alertmanager counts from when it fired,
//! and the two must agree for the same alert to be one.

use async_trait::async_trait;
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::{Timestamp, Window};

use super::wire::Labels;
use crate::ConnectorError;
use crate::alert_labels::{self, fingerprint};

/// Seconds between ticks.
pub(super) const STEP: i64 = 60;

/// Longest silence within one occurrence, in seconds.
const GAP: i64 = 2 * STEP;

/// Length of one look beyond a window, in seconds.
const LOOK: i64 = 7 * 86_400;

/// How many looks are taken at most, so that an answer that never ends cannot keep a sync busy.
const MAX_LOOKS: u32 = 60;

/// Longest window in which what is stored as firing is taken to have fired without a gap, in seconds. Increments are
/// shorter; after a longer absence it is looked up.
const TRUSTED: i64 = 3 * 3600;

/// An alert and the ticks, in seconds, at which it was firing; ascending.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Firing {
    /// Labels without `__name__` and `alertstate`.
    pub labels: Labels,
    /// The ticks.
    pub ticks: Vec<i64>,
}

/// Why the history could not be read.
#[derive(Debug)]
pub(super) enum Broken {
    /// The answer is not whole, in the server's words.
    Incomplete(String),
    /// There is no answer.
    Failed(ConnectorError),
}

impl From<ConnectorError> for Broken {
    fn from(error: ConnectorError) -> Self {
        Self::Failed(error)
    }
}

/// Where samples are read.
#[async_trait]
pub(super) trait History: Send + Sync {
    /// What fired at the ticks `from..=to`, of all alerts or of one.
    async fn firing(&self, from: i64, to: i64, only: Option<&Labels>) -> Result<Vec<Firing>, Broken>;
}

/// First and last tick of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: i64,
    last: i64,
}

fn runs(ticks: &[i64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &tick in ticks {
        match runs.last_mut() {
            Some(run) if tick - run.last <= GAP => run.last = tick,
            _ => runs.push(Run { first: tick, last: tick }),
        }
    }
    runs
}

/// What a window is asked about.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: i64,
    last: i64,
    /// The newest tick there is.
    present: i64,
}

impl Span {
    fn new(window: Window, now: Timestamp) -> Self {
        let ceiling =
            |at: Timestamp| (at.as_secs() + i64::from(at.as_millis() % 1000 != 0) + STEP - 1).div_euclid(STEP) * STEP;
        let present = now.as_secs().div_euclid(STEP) * STEP;
        Self { first: ceiling(window.start), last: (ceiling(window.end) - STEP).min(present), present }
    }

    const fn reaches_present(self) -> bool {
        self.last >= self.present - STEP
    }
}

/// The occurrences that a window answers for.
///
/// # Errors
/// Those of the history.
pub(super) async fn read(
    history: &dyn History,
    window: Window,
    known: &[Alert],
    now: Timestamp,
) -> Result<Vec<Alert>, Broken> {
    let span = Span::new(window, now);
    if span.last < span.first {
        return Ok(Vec::new());
    }
    let to = (span.last + GAP).min(span.present);
    let firing = history.firing(span.first - GAP, to, None).await?;
    let mut found = Vec::new();
    for alert in &firing {
        let stored = firing_since(known, &fingerprint(&alert.labels), span.first);
        for run in runs(&alert.ticks) {
            let Some(first) = start(history, alert, run, span, stored).await? else { continue };
            let last = if run.last + GAP >= to {
                follow(history, &alert.labels, run.last, span.present).await?
            } else {
                run.last
            };
            found.push(occurrence(&alert.labels, first, last, span.present));
        }
    }
    found.extend(vanished(history, known, &firing, span).await?);
    Ok(found)
}

/// Since which tick an alert is stored as firing, if it began before `first`.
fn firing_since(known: &[Alert], fingerprint: &str, first: i64) -> Option<i64> {
    let same = known.iter().filter(|alert| alert.fingerprint == fingerprint && alert.end.is_none());
    same.map(|alert| alert.start.as_secs()).filter(|start| *start < first).max()
}

/// The first tick of the occurrence that a run belongs to; `None` when another window answers for it.
async fn start(
    history: &dyn History,
    alert: &Firing,
    run: Run,
    span: Span,
    stored: Option<i64>,
) -> Result<Option<i64>, Broken> {
    if run.first >= span.first {
        return Ok((run.first <= span.last).then_some(run.first));
    }
    match stored {
        Some(start) if span.last - span.first <= TRUSTED => Ok(Some(start)),
        Some(_) => trace_back(history, &alert.labels, run.first).await.map(Some),
        None if span.reaches_present() && run.last >= span.first => {
            trace_back(history, &alert.labels, run.first).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Alerts that are stored as firing and were over before the window began.
async fn vanished(history: &dyn History, known: &[Alert], firing: &[Firing], span: Span) -> Result<Vec<Alert>, Broken> {
    let mut found = Vec::new();
    let stored = known.iter().filter(|alert| alert.end.is_none() && alert.start.as_secs() < span.first);
    for alert in stored.filter(|_| span.reaches_present()) {
        let same = firing.iter().find(|f| fingerprint(&f.labels) == alert.fingerprint);
        if same.is_some_and(|f| f.ticks.first().is_some_and(|tick| *tick < span.first)) {
            continue;
        }
        let start = alert.start.as_secs();
        let last = follow(history, &alert.labels, start, span.present).await?;
        found.push(occurrence(&alert.labels, start, last, span.present));
    }
    Ok(found)
}

/// The last tick of the run that contains `from`.
async fn follow(history: &dyn History, labels: &Labels, from: i64, present: i64) -> Result<i64, Broken> {
    let mut last = from;
    for _ in 0..MAX_LOOKS {
        if last >= present {
            break;
        }
        let to = (last + LOOK).min(present);
        let ticks = ticks_of(history, labels, last, to).await?;
        let run = runs(&[vec![last], ticks].concat()).first().map_or(last, |run| run.last);
        let ended = run + GAP < to || run == last;
        last = run;
        if ended {
            break;
        }
    }
    Ok(last)
}

/// The first tick of the run that contains `from`.
async fn trace_back(history: &dyn History, labels: &Labels, from: i64) -> Result<i64, Broken> {
    let mut first = from;
    for _ in 0..MAX_LOOKS {
        let ticks = ticks_of(history, labels, first - LOOK, first).await?;
        let run = runs(&[ticks, vec![first]].concat()).last().map_or(first, |run| run.first);
        let begun = run - GAP > first - LOOK || run == first;
        first = run;
        if begun {
            break;
        }
    }
    Ok(first)
}

async fn ticks_of(history: &dyn History, labels: &Labels, from: i64, to: i64) -> Result<Vec<i64>, Broken> {
    let found = history.firing(from, to, Some(labels)).await?;
    Ok(found.into_iter().find(|firing| firing.labels == *labels).map(|firing| firing.ticks).unwrap_or_default())
}

fn occurrence(labels: &Labels, first: i64, last: i64, present: i64) -> Alert {
    let end = (last < present).then(|| Timestamp::from_secs(last + STEP));
    Alert {
        fingerprint: fingerprint(labels),
        name: alert_labels::name(labels),
        start: Timestamp::from_secs(first),
        end,
        resolution_secs: 60,
        status: if end.is_none() { AlertStatus::Firing } else { AlertStatus::Resolved },
        severity_raw: alert_labels::severity(labels),
        service: alert_labels::service(labels),
        labels: labels.clone(),
    }
}

#[cfg(test)]
#[path = "occurrence_tests.rs"]
mod tests;
