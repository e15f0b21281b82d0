//! Lengths of incidents, some of which still run.

use super::order_statistic::interval_ranks;
use crate::registry::{Better, MetricDef};

/// Fewer ended ones than this have neither median nor percentile: an interval for the median would span nearly all.
pub const FEWEST: usize = 8;

/// Definition of the time to acknowledge.
pub const TIME_TO_ACK: MetricDef = MetricDef {
    id: "time_to_ack",
    title: "Time to acknowledge",
    unit: "seconds, 0 or more",
    better: Better::Lower,
    formula: "first acknowledgement − creation, of incidents that were acknowledged; those that are open without one \
              stand for at least their age; median and 90th percentile with a 95 % interval of order statistics",
    source: "quantiles: Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), \
             type 7; intervals: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2",
    pitfalls: "Incidents that ended without an acknowledgement are in neither figure, but counted beside them: a pager \
               that resolves by itself looks fast. It says how paging works, nothing about a person.",
};

/// Definition of the time to resolve.
pub const TIME_TO_RESOLVE: MetricDef = MetricDef {
    id: "time_to_resolve",
    title: "Time to resolve",
    unit: "seconds, 0 or more",
    better: Better::Lower,
    formula: "last resolution, else closing − creation, of incidents that are resolved or closed; those that are open \
              stand for at least their age; median and 90th percentile with a 95 % interval of order statistics",
    source: "why no mean: Davidovič and Krishnan, Incident Metrics in SRE (Google, 2021); intervals: Conover, Practical \
             Nonparametric Statistics, 3rd ed., section 3.2",
    pitfalls: "Incidents differ more than the work on them: two quarters can rarely be told apart, which the interval \
               shows. Cancelled and merged incidents are left out.",
};

/// How long one thing took, or has taken so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    /// Milliseconds, 0 or more.
    pub millis: i64,
    /// It has not ended: the length is at least this.
    pub running: bool,
}

/// A quantile, and where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantile {
    /// Milliseconds.
    pub millis: i64,
    /// Something still runs that may lift it: it is this or more.
    pub at_least: bool,
    /// Lower end of the interval; `None`: too few for one.
    pub low: Option<i64>,
    /// Upper end of the interval; `None`: too few for one, or not yet known.
    pub high: Option<i64>,
}

/// Lengths in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// How many ended.
    pub ended: usize,
    /// How many still run.
    pub running: usize,
    /// Half took no longer; `None`: fewer than [`FEWEST`] ended.
    pub median: Option<Quantile>,
    /// Nine of ten took no longer; `None`: fewer than [`FEWEST`] ended.
    pub p90: Option<Quantile>,
}

/// Puts lengths in order and says what they have in common.
#[must_use]
pub fn lengths(all: &mut [Length]) -> Lengths {
    all.sort_unstable();
    let running = all.iter().filter(|length| length.running).count();
    let ended = all.len() - running;
    let told = |q: f64| (ended >= FEWEST).then(|| quantile(all, q));
    Lengths { ended, running, median: told(0.5), p90: told(0.9) }
}

/// The quantile of sorted lengths, of which there is at least one.
fn quantile(sorted: &[Length], q: f64) -> Quantile {
    let (millis, last) = interpolated(sorted, q);
    let known = |rank: usize| !sorted.iter().take(rank).any(|length| length.running);
    let (low, high) = interval_ranks(sorted.len(), q);
    let value = |rank: usize| sorted.get(rank - 1).map(|length| length.millis);
    Quantile {
        millis,
        at_least: !known(last + 1),
        low: low.and_then(value),
        high: high.filter(|rank| known(*rank)).and_then(value),
    }
}

/// Type 7 of Hyndman and Fan, and the place of the last value that it rests on.
fn interpolated(sorted: &[Length], q: f64) -> (i64, usize) {
    let end = sorted.len().saturating_sub(1);
    let place = end as f64 * q;
    let (before, part) = (place.floor() as usize, place.fract());
    let at = |place: usize| sorted.get(place.min(end)).map_or(0, |length| length.millis);
    if part == 0.0 {
        return (at(before), before);
    }
    let step = (at(before + 1) - at(before)) as f64;
    (at(before) + (step * part).round() as i64, before + 1)
}

/// Sorted lengths as at most `most` (1 or more) of them that stand for equal shares: each is the middle one of its share
/// (Kay and others, When (ish) is My Bus?, CHI 2016, quantile dotplots). All of them, where they are not more.
#[must_use]
pub fn dots(sorted: &[Length], most: usize) -> Vec<Length> {
    if sorted.len() <= most {
        return sorted.to_vec();
    }
    let middle = |share: usize| (2 * share + 1) * sorted.len() / (2 * most);
    (0..most).filter_map(|share| sorted.get(middle(share)).copied()).collect()
}
