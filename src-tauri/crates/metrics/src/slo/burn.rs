//! Burn rate: how many times faster than evenly the budget is spent.
//!
//! - burn over w: br(w) = e(w) ÷ B. At 1 the budget lasts exactly the window W; its maximum is 1 ÷ B.
//! - an alert that shall fire when the share p of the budget was spent within the long window L has the threshold
//!   x = p · W ÷ L, and fires while br(L) > x and br(short) > x, short = L ÷ 12;
//! - a constant burn from a full budget lasts W ÷ br.
//!
//! Sources: Google, *The Site Reliability Workbook*, ch. 5 "Alerting on SLOs", tables 5-4, 5-6 and 5-8; Sloth's alert
//! window catalogue; Pyrra's `slo.Windows`.

use super::budget::{Objective, TOLERANCE};
use super::hours::{SloHours, Tally};
use crate::registry::{Better, MetricDef};

/// Definition of [`BurnRates`].
pub const BURN_RATE: MetricDef = MetricDef {
    id: "burn_rate",
    title: "Burn rate",
    unit: "times the even spend, 0 to 1 ÷ (1 − objective)",
    better: Better::Lower,
    formula: "error ratio of the last 1 h, 6 h, 1 d or 3 d ÷ (1 − objective)",
    source: "Google, The Site Reliability Workbook, ch. 5",
    pitfalls: "With few events one failure is a high burn. A loose objective cannot reach a high threshold: at 90 % the \
               maximum is 10, so 14.4 never fires. Without traffic there is no burn, which is not a burn of 0.",
};

/// Burn rates of the last hours; `None` without traffic.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BurnRates {
    /// Last hour.
    pub h1: Option<f64>,
    /// Last 6 hours.
    pub h6: Option<f64>,
    /// Last 24 hours.
    pub d1: Option<f64>,
    /// Last 72 hours.
    pub d3: Option<f64>,
}

/// How many hours before `end` the burn rates look at. Also outside the SLO's own window, when that is shorter.
pub const BURN_REACH_HOURS: u32 = 72;

impl BurnRates {
    /// The burn rates at the end of `hours`.
    #[must_use]
    pub fn of(objective: Objective, hours: &SloHours) -> Self {
        Self::of_sums(objective, [1, 6, 24, 72].map(|span| hours.last(span)))
    }

    /// The burn rates of the sums of the last hour, 6 hours, day and 3 days.
    #[must_use]
    pub fn of_sums(objective: Objective, sums: [Tally; 4]) -> Self {
        let [h1, h6, d1, d3] = sums.map(|sum| sum.error_ratio().map(|error| burn_rate(objective, error)));
        Self { h1, h6, d1, d3 }
    }

    /// The burn over a long window of this many hours, where it is one of the four.
    #[must_use]
    pub const fn over(&self, long_hours: u32) -> Option<f64> {
        match long_hours {
            1 => self.h1,
            6 => self.h6,
            24 => self.d1,
            72 => self.d3,
            _ => None,
        }
    }
}

/// Burn rate of an error ratio (0–1): e ÷ B.
#[must_use]
pub fn burn_rate(objective: Objective, error_ratio: f64) -> f64 {
    error_ratio / objective.budget()
}

/// The burn rate when everything fails: 1 ÷ B. A threshold at or above it can never fire.
#[must_use]
pub fn max_burn_rate(objective: Objective) -> f64 {
    1.0 / objective.budget()
}

/// The burn rate that spends the share `budget_share` (0–1) of a window's budget within `long_hours`: p · W ÷ L.
#[must_use]
pub fn burn_threshold(budget_share: f64, window_hours: f64, long_hours: f64) -> f64 {
    budget_share * window_hours / long_hours
}

/// The share of a window's budget that a burn rate spends within `hours`: br · L ÷ W.
#[must_use]
pub fn budget_share(burn_rate: f64, window_hours: f64, hours: f64) -> f64 {
    burn_rate * hours / window_hours
}

/// Hours in which a constant burn spends the whole budget of a window: W ÷ br; `None` when nothing burns.
#[must_use]
pub fn exhaustion_hours(burn_rate: f64, window_hours: f64) -> Option<f64> {
    (burn_rate > 0.0).then(|| window_hours / burn_rate)
}

/// Whether a burn rate is above a threshold: strictly, as Sloth and Pyrra compare, and by more than rounding.
#[must_use]
pub fn exceeds(burn_rate: f64, threshold: f64) -> bool {
    burn_rate > threshold * (1.0 + TOLERANCE)
}

/// By how much an error ratio of a short span counts when its traffic differs from the usual: the rate of the span ÷
/// the rate of the window. Times the error ratio it gives the errors as a share of usual traffic, so that a failure at
/// night cannot page (Sloth's denominator correction). `None` without traffic in the window.
#[must_use]
pub fn traffic_correction(span_total: f64, span_hours: f64, window_total: f64, window_hours: f64) -> Option<f64> {
    (window_total > 0.0).then(|| (span_total / span_hours) / (window_total / window_hours))
}

/// How urgent a burn alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BurnSeverity {
    /// Can wait for working hours ("ticket", "warning").
    Ticket,
    /// Wakes somebody ("page", "critical").
    Page,
}

/// A pair of windows that watches for the share of a budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurnTier {
    /// How urgent.
    pub severity: BurnSeverity,
    /// Long window in hours.
    pub long_hours: u32,
    /// Short window in minutes, which ends the alert soon after the errors end.
    pub short_minutes: u32,
    /// Share of the budget (0–1) spent when it fires.
    pub budget_share: f64,
}

impl BurnTier {
    /// The burn rate above which it fires, for a window of so many hours.
    #[must_use]
    pub fn threshold(&self, window_hours: f64) -> f64 {
        burn_threshold(self.budget_share, window_hours, f64::from(self.long_hours))
    }
}

/// The tiers that the Workbook recommends (tables 5-6 and 5-8) and Sloth builds in for 30 and 28 days.
pub const MONTH_TIERS: [BurnTier; 4] = tiers([0.02, 0.05, 0.10, 0.10]);

/// The tiers of Sloth's documented catalogue for 7 days.
pub const WEEK_TIERS: [BurnTier; 4] = tiers([0.08, 0.125, 0.20, 0.42]);

/// The four pairs of windows that both catalogues share, with these budget shares.
const fn tiers(shares: [f64; 4]) -> [BurnTier; 4] {
    use BurnSeverity::{Page, Ticket};
    [
        BurnTier { severity: Page, long_hours: 1, short_minutes: 5, budget_share: shares[0] },
        BurnTier { severity: Page, long_hours: 6, short_minutes: 30, budget_share: shares[1] },
        BurnTier { severity: Ticket, long_hours: 24, short_minutes: 120, budget_share: shares[2] },
        BurnTier { severity: Ticket, long_hours: 72, short_minutes: 360, budget_share: shares[3] },
    ]
}

/// One alert of Pyrra, whose windows scale with the SLO's while the factors stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PyrraTier {
    /// How urgent.
    pub severity: BurnSeverity,
    /// Seconds for which the condition must hold.
    pub for_secs: i64,
    /// Long window in seconds.
    pub long_secs: i64,
    /// Short window in seconds.
    pub short_secs: i64,
    /// Burn rate above which it fires.
    pub factor: u32,
    /// Seconds in which that burn spends the whole budget.
    pub exhaustion_secs: i64,
}

/// Pyrra's four alerts for an SLO window of so many seconds (not negative): the windows of 28 days, scaled and rounded
/// to minutes, halves up (Pyrra, `slo.Windows`).
#[must_use]
pub fn pyrra_tiers(window_secs: i64) -> [PyrraTier; 4] {
    use BurnSeverity::{Page, Ticket};
    let part = |divisor: i64| (window_secs as f64 / divisor as f64 / 60.0).round() as i64 * 60;
    let tier = |severity, [hold, long, short]: [i64; 3], factor: u32| PyrraTier {
        severity,
        for_secs: part(hold),
        long_secs: part(long),
        short_secs: part(short),
        factor,
        exhaustion_secs: window_secs / i64::from(factor),
    };
    let (day, hour, minute) = (28, 28 * 24, 28 * 24 * 60);
    [
        tier(Page, [minute / 2, hour, minute / 5], 14),
        tier(Page, [minute / 15, hour / 6, minute / 30], 7),
        tier(Ticket, [hour, day, hour / 2], 2),
        tier(Ticket, [hour / 3, day / 4, hour / 6], 1),
    ]
}
