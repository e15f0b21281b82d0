//! The one word for where an SLO stands.
//!
//! With r the budget remaining, br the burn rates and D the hours of the whole window, the first that holds:
//!
//! | state | when |
//! |---|---|
//! | spent | r ≤ 0 |
//! | critical | r ≤ 0.2, or br(1 h) > 0.02 · D, or br(6 h) > 0.05 · D ÷ 6 |
//! | warn | r ≤ 0.5, or br(1 d) > 0.10 · D ÷ 24, or br(3 d) > 0.10 · D ÷ 72 |
//! | no_traffic | nothing was measured in the window |
//! | ok | else |
//!
//! `unknown` takes the place of ok and no_traffic while the rows are stale; a worse state stays and is marked stale,
//! for what was read is bad enough. Rows are stale when the last run of their stream failed, when the newest row is
//! older than `end` − 2 h, or when more than 5 % of the window's hours since the first row are missing. So is a
//! window of which no hour is over.
//!
//! The burn thresholds are those of Google, *The Site Reliability Workbook*, ch. 5, table 5-6, as the share of the
//! budget that is spent when they are passed: 2 % in 1 h, 5 % in 6 h, 10 % in 1 d, 10 % in 3 d.

use fairlead_domain::words;

use super::budget::{TOLERANCE, is_spent};
use super::burn::{BurnRates, BurnSeverity, MONTH_TIERS, exceeds};
use crate::registry::{Better, MetricDef};

/// Definition of [`SloState`].
pub const SLO_STATE: MetricDef = MetricDef {
    id: "slo_state",
    title: "SLO state",
    unit: "ok, warn, critical, spent, no_traffic or unknown",
    better: Better::Neither,
    formula: "spent: remaining ≤ 0; critical: remaining ≤ 0.2 or 2 % of the budget in 1 h or 5 % in 6 h; warn: \
              remaining ≤ 0.5 or 10 % in 1 d or in 3 d; no_traffic: nothing measured; unknown instead of ok and \
              no_traffic while rows are stale",
    source: "Google, The Site Reliability Workbook, ch. 5, table 5-6, for the burn thresholds",
    pitfalls: "The burn is judged over whole hours, so a pager that looks at 5 minutes speaks first. Unknown is not \
               ok: see what could not be read.",
};

words! {
    /// Where an SLO stands. A later variant is worse: `Ok < NoTraffic < Unknown < Warn < Critical < Spent`.
    SloState {
        /// More than half of the budget is left and nothing burns fast.
        Ok = "ok",
        /// Nothing was measured.
        NoTraffic = "no_traffic",
        /// It cannot be told.
        Unknown = "unknown",
        /// At most half of the budget is left, or it burns.
        Warn = "warn",
        /// At most a fifth of the budget is left, or it burns fast.
        Critical = "critical",
        /// No budget is left.
        Spent = "spent",
    }
}

/// A remaining budget at or below this is critical.
const CRITICAL_REMAINING: f64 = 0.2;
/// A remaining budget at or below this is a warning.
const WARN_REMAINING: f64 = 0.5;
/// Share of missing hours since the first row above which rows are stale.
const MAX_MISSING: f64 = 0.05;
/// How many hours before `end` the newest row may start.
pub(super) const MAX_AGE_HOURS: i64 = 2;

/// The state by the figures alone, as if every row were fresh.
///
/// `remaining` is `None` when nothing was measured; `window_hours` is D.
#[must_use]
pub fn state_of(remaining: Option<f64>, burn: &BurnRates, window_hours: f64) -> SloState {
    let left = |at_most: f64| remaining.is_some_and(|remaining| remaining <= at_most + TOLERANCE);
    let burning = |severity| {
        let mut tiers = MONTH_TIERS.iter().filter(|tier| tier.severity == severity);
        tiers.any(|tier| burn.over(tier.long_hours).is_some_and(|burn| exceeds(burn, tier.threshold(window_hours))))
    };
    match remaining {
        Some(remaining) if is_spent(remaining) => SloState::Spent,
        _ if left(CRITICAL_REMAINING) || burning(BurnSeverity::Page) => SloState::Critical,
        _ if left(WARN_REMAINING) || burning(BurnSeverity::Ticket) => SloState::Warn,
        None => SloState::NoTraffic,
        Some(_) => SloState::Ok,
    }
}

/// What makes rows stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// The last run of the rows' stream failed.
    pub last_run_failed: bool,
    /// How many hours before `end` the newest row starts; `None` when there is no row.
    pub newest_age_hours: Option<i64>,
    /// Hours of the window since the first row.
    pub hours_since_first: u32,
    /// How many of them are missing.
    pub missing_since_first: u32,
    /// Whether an hour of the window is over.
    pub begun: bool,
}

impl Freshness {
    /// Whether the rows are too old or too few to call anything well.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let old = self.newest_age_hours.is_none_or(|age| age > MAX_AGE_HOURS);
        let thin = f64::from(self.missing_since_first) > MAX_MISSING * f64::from(self.hours_since_first);
        self.last_run_failed || old || thin || !self.begun
    }

    /// The state that may be claimed, and whether it is a worse one that stays although rows are stale.
    #[must_use]
    pub fn judge(&self, state: SloState) -> (SloState, bool) {
        match (self.is_stale(), state) {
            (false, _) => (state, false),
            (true, SloState::Ok | SloState::NoTraffic | SloState::Unknown) => (SloState::Unknown, false),
            (true, SloState::Warn | SloState::Critical | SloState::Spent) => (state, true),
        }
    }
}
