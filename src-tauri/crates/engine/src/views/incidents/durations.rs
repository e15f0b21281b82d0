//! How long the incidents of the page took: dots, medians and 90th percentiles, each with its interval.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::time::SECOND_MS;
use fairlead_metrics::MetricDef;
use fairlead_metrics::incidents::{FEWEST, Length, Lengths, Quantile, dots, length, lengths};
use fairlead_store::synced::IncidentOutline;
use serde::Serialize;
use specta::Type;

/// So many incidents have a dot each; of more, a dot stands for one in a hundred.
const DOTS: usize = 200;
/// Dots of a sample that has more.
const SHARES: usize = 100;

/// How long something took, over all incidents shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Durations {
    /// How many ended.
    pub ended: u32,
    /// How many still run, and stand for at least their age.
    pub running: u32,
    /// How many are in neither figure, because the step never came.
    pub never: u32,
    /// Half took no longer; null: fewer than `fewest` ended.
    pub median: Option<QuantileEntry>,
    /// Nine of ten took no longer; null: fewer than `fewest` ended.
    pub p90: Option<QuantileEntry>,
    /// Fewer than this have neither.
    pub fewest: u32,
    /// By length.
    pub dots: Vec<DurationDot>,
    /// A dot stands for one in a hundred incidents, not for one.
    pub dots_are_shares: bool,
    /// What the figures are.
    pub method: DurationMethod,
}

/// A quantile, and the interval in which it lies with 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct QuantileEntry {
    /// Seconds.
    pub secs: i32,
    /// Something still runs that may lift it.
    pub at_least: bool,
    /// Lower end; null: too few for one.
    pub low_secs: Option<i32>,
    /// Upper end; null: too few for one, or not known yet.
    pub high_secs: Option<i32>,
}

/// One incident, or one in a hundred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DurationDot {
    /// The incident's row; null: the dot stands for many.
    pub row: Option<String>,
    /// Seconds, so far where it runs.
    pub secs: i32,
    /// It has not ended.
    pub running: bool,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
}

/// What a figure is, and how it misleads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DurationMethod {
    /// Name.
    pub title: String,
    /// In plain text.
    pub formula: String,
    /// Public source.
    pub source: String,
    /// How it misleads.
    pub pitfalls: String,
}

/// A length with whose it is.
struct Measured {
    length: Length,
    id: i64,
    severity: Option<u8>,
}

/// Both lengths of every incident that goes by.
#[derive(Default)]
pub(super) struct Stopwatch {
    to_ack: Vec<Measured>,
    to_resolve: Vec<Measured>,
    never_acked: u32,
    not_resolved: u32,
}

impl Stopwatch {
    pub(super) fn take(&mut self, outline: &IncidentOutline<'_>, as_of: Timestamp) {
        let by_then = |at: Option<Timestamp>| at.filter(|at| *at <= as_of);
        let open = outline.status.is_open();
        let acked = by_then(outline.acked_at);
        match (acked, outline.status) {
            // Acknowledged at a time that the source does not give.
            (None, IncidentStatus::Acked | IncidentStatus::Mitigated) => self.never_acked += 1,
            (None, _) if !open => self.never_acked += 1,
            (at, _) => self.to_ack.push(measured(outline, at, as_of)),
        }
        let over = matches!(outline.status, IncidentStatus::Resolved | IncidentStatus::Closed);
        let ended = by_then(outline.resolved_at).or(by_then(outline.closed_at));
        match (over, ended) {
            (true, Some(at)) => self.to_resolve.push(measured(outline, Some(at), as_of)),
            (false, _) if open => self.to_resolve.push(measured(outline, None, as_of)),
            _ => self.not_resolved += 1,
        }
    }

    /// Time to acknowledge, and time to resolve.
    pub(super) fn told(self) -> (Durations, Durations) {
        (
            durations(self.to_ack, self.never_acked, &length::TIME_TO_ACK),
            durations(self.to_resolve, self.not_resolved, &length::TIME_TO_RESOLVE),
        )
    }
}

fn measured(outline: &IncidentOutline<'_>, end: Option<Timestamp>, as_of: Timestamp) -> Measured {
    // Sources' clocks differ: what ends before it begins took no time.
    let millis = end.unwrap_or(as_of).since(outline.created_at).max(0);
    Measured { length: Length { millis, running: end.is_none() }, id: outline.id, severity: outline.severity }
}

fn durations(mut all: Vec<Measured>, never: u32, def: &MetricDef) -> Durations {
    let mut sorted: Vec<Length> = all.iter().map(|measured| measured.length).collect();
    let Lengths { ended, running, median, p90 } = lengths(&mut sorted);
    let shares = all.len() > DOTS;
    let dots = if shares {
        dots(&sorted, SHARES).into_iter().map(|length| dot(length, None, None)).collect()
    } else {
        all.sort_by_key(|measured| measured.length);
        all.iter().map(|m| dot(m.length, Some(m.id.to_string()), m.severity)).collect()
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Durations {
        ended: count(ended),
        running: count(running),
        never,
        median: median.map(entry),
        p90: p90.map(entry),
        fewest: count(FEWEST),
        dots,
        dots_are_shares: shares,
        method: DurationMethod {
            title: def.title.to_owned(),
            formula: def.formula.to_owned(),
            source: def.source.to_owned(),
            pitfalls: def.pitfalls.to_owned(),
        },
    }
}

fn dot(length: Length, row: Option<String>, severity: Option<u8>) -> DurationDot {
    DurationDot { row, secs: secs(length.millis), running: length.running, severity }
}

fn entry(quantile: Quantile) -> QuantileEntry {
    QuantileEntry {
        secs: secs(quantile.millis),
        at_least: quantile.at_least,
        low_secs: quantile.low.map(secs),
        high_secs: quantile.high.map(secs),
    }
}

/// Whole seconds; 68 years are told for longer ones.
pub(super) fn secs(millis: i64) -> i32 {
    i32::try_from(millis / SECOND_MS).unwrap_or(i32::MAX)
}
