//! The error budget: how much an objective permits to go wrong, and how much of that is left.
//!
//! With objective T the budget is B = 1 − T. Over a window with SLI s (ratio 0–1):
//!
//! - consumed  c = (1 − s) ÷ B, 0 = nothing, 1 = all, may exceed 1;
//! - remaining r = 1 − c = (s − T) ÷ (1 − T), 1 = untouched, < 0 = overspent, never clamped;
//! - allowed bad events = B · n for n events;
//! - allowed bad time = B · length of the window.
//!
//! Source: Google, *The Site Reliability Workbook*, ch. 2 "Implementing SLOs" and ch. 5 "Alerting on SLOs".

use fairlead_domain::time::MINUTE_MS;

use crate::error::MetricsError;
use crate::registry::{Better, MetricDef};

/// Definition of [`Objective::remaining`].
pub const BUDGET_REMAINING: MetricDef = MetricDef {
    id: "budget_remaining",
    title: "Budget remaining",
    unit: "ratio; 1 is untouched, 0 is spent, below 0 is overspent",
    better: Better::Higher,
    formula: "(SLI − objective) ÷ (1 − objective)",
    source: "Google, The Site Reliability Workbook, ch. 2 and 5",
    pitfalls: "Numbers of different methods (events, slices, mean of ratios) are not comparable. With few events one \
               failure moves it far: look at the allowed bad events too. It says nothing of hours that were not read: \
               look at the coverage.",
};

/// Definition of [`Objective::allowed_bad`].
pub const ALLOWED_BAD_EVENTS: MetricDef = MetricDef {
    id: "allowed_bad_events",
    title: "Allowed bad events",
    unit: "events (slices for time slices)",
    better: Better::Neither,
    formula: "(1 − objective) × total",
    source: "Google, The Site Reliability Workbook, ch. 2",
    pitfalls: "It grows with the traffic: in a running calendar period it is the allowance so far, not that of the \
               whole period. Below 1 a single failure spends the whole budget.",
};

/// Definition of [`Objective::budget_minutes`].
pub const BUDGET_MINUTES: MetricDef = MetricDef {
    id: "budget_minutes",
    title: "Budget in minutes",
    unit: "minutes of full outage",
    better: Better::Neither,
    formula: "(1 − objective) × minutes of the window",
    source: "Google, The Site Reliability Workbook, ch. 5, table 5-4",
    pitfalls: "An estimate unless the method is time slices: an outage at night costs fewer events than one at noon.",
};

/// Differences this small are noise of binary fractions, not budget: upstreams state 99.9 % as 0.9990000000000001,
/// and 1 − 0.999 is not 0.001. Absolute for budgets, relative for burn rates.
pub const TOLERANCE: f64 = 1e-9;

/// A target ratio T with 0 < T < 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Objective(f64);

impl Objective {
    /// The objective with this target ratio.
    ///
    /// # Errors
    /// [`MetricsError::BadObjective`] unless 0 < `target` < 1: at 1 there is no budget to divide by.
    pub fn new(target: f64) -> Result<Self, MetricsError> {
        if target > 0.0 && target < 1.0 { Ok(Self(target)) } else { Err(MetricsError::BadObjective(target)) }
    }

    /// The target ratio T.
    #[must_use]
    pub const fn target(self) -> f64 {
        self.0
    }

    /// The error budget B = 1 − T, a ratio in (0, 1).
    #[must_use]
    pub fn budget(self) -> f64 {
        1.0 - self.0
    }

    /// Share of the budget that an SLI (ratio 0–1) has used: 0 = nothing, 1 = all, above 1 = overspent.
    #[must_use]
    pub fn consumed(self, sli: f64) -> f64 {
        (1.0 - sli) / self.budget()
    }

    /// Share of the budget that an SLI (ratio 0–1) leaves: 1 = untouched, below 0 = overspent; not clamped.
    #[must_use]
    pub fn remaining(self, sli: f64) -> f64 {
        (sli - self.0) / self.budget()
    }

    /// Share of the budget left after `bad` of `total`; `None` when `total` is not positive.
    ///
    /// With the total so far this is the budget *to date*. With the total of a whole calendar period it is the budget
    /// of that period, of which the days to come have spent nothing yet.
    #[must_use]
    pub fn remaining_after(self, bad: f64, total: f64) -> Option<f64> {
        (total > 0.0).then(|| 1.0 - bad / (self.budget() * total))
    }

    /// How many of `total` events or slices may be bad: B · n.
    #[must_use]
    pub fn allowed_bad(self, total: f64) -> f64 {
        self.budget() * total
    }

    /// Minutes of full outage that a window of this many milliseconds permits.
    #[must_use]
    pub fn budget_minutes(self, window_millis: i64) -> f64 {
        self.budget() * window_millis as f64 / MINUTE_MS as f64
    }
}

/// Whether this remaining budget counts as spent: at most 0, up to [`TOLERANCE`].
#[must_use]
pub fn is_spent(remaining: f64) -> bool {
    remaining <= TOLERANCE
}

/// The budget that an even spend would leave after `elapsed` of `period` (any one unit): the line to compare with.
#[must_use]
pub fn ideal_remaining(elapsed: f64, period: f64) -> f64 {
    1.0 - elapsed / period
}
