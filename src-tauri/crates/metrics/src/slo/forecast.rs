//! When the budget runs out, and when it comes back.
//!
//! Both look ahead hour by hour, t = 1, 2, … from `end`. With (b, n) the errors and the traffic of the window at t,
//! and (b̄, n̄) the hourly means of the last 24 hours (over the hours that are known):
//!
//! - rolling: the oldest t hours have left the window, t assumed hours have entered it:
//!   b = Σ last (D − t) + b̄ · min(t, D), n likewise;
//! - calendar: nothing leaves before the period ends: b = Σ so far + b̄ · t.
//!
//! **exhausts_at** is the first `end` + t, t ≤ D, at which the budget is spent. **recovers_at**, asked only of a
//! spent budget, assumes b̄ = 0 and is the first at which it is not spent any more; a calendar budget recovers at the
//! latest when the next period starts.
//!
//! Exact for hourly rows, old errors rolling off included, and O(D): each step is one look-up of a running sum.
//! Source: the exhaustion time of Google, *The Site Reliability Workbook*, ch. 5 (W ÷ burn rate), which holds for a full
//! budget and constant traffic, solved here for the rows that are there.

use fairlead_domain::Timestamp;

use super::budget::{Objective, is_spent};
use super::burn::burn_rate;
use super::hours::{SloHours, Tally};
use super::window::SloSpan;
use crate::registry::{Better, MetricDef};

/// Definition of [`Forecast::exhausts_at`].
pub const EXHAUSTS_AT: MetricDef = MetricDef {
    id: "exhausts_at",
    title: "Runs out",
    unit: "instant, whole hours, at most one window ahead",
    better: Better::Higher,
    formula: "first hour at which remaining ≤ 0, if errors and traffic go on at the mean of the last 24 h while old \
              hours leave the window",
    source: "Fairlead, after Google, The Site Reliability Workbook, ch. 5",
    pitfalls: "It assumes that the last 24 hours go on: a weekend looks better, an incident worse than what comes. \
               Empty when nothing of the last day is known, and when the budget is spent already.",
};

/// Definition of [`Forecast::recovers_at`].
pub const RECOVERS_AT: MetricDef = MetricDef {
    id: "recovers_at",
    title: "Recovers",
    unit: "instant",
    better: Better::Lower,
    formula: "first hour at which remaining > 0, if no further error comes and traffic goes on at the mean of the last \
              24 h while old hours leave the window",
    source: "Fairlead, after Google, The Site Reliability Workbook, ch. 5",
    pitfalls: "The best case: any further error moves it. Only spent budgets recover. A calendar budget comes back with \
               the next period at the latest, whatever happens.",
};

/// How many hours back the means look.
pub(super) const MEAN_HOURS: u32 = 24;

/// Errors and traffic of a window, or of an hour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    pub bad: f64,
    pub total: f64,
}

impl Load {
    /// Hourly means of the last day over the hours that are known; `None` when none is.
    pub(super) fn mean(day: &Tally) -> Option<Self> {
        let known = f64::from(day.known());
        (known > 0.0).then(|| Self { bad: day.bad / known, total: day.total / known })
    }
}

/// Looks ahead from the end of some hours.
#[derive(Debug, Clone, Copy)]
pub struct Forecast<'a> {
    objective: Objective,
    span: &'a SloSpan,
    hours: &'a SloHours,
}

impl<'a> Forecast<'a> {
    /// Of an objective over `span`, from `hours` that end where the span ends.
    #[must_use]
    pub const fn new(objective: Objective, span: &'a SloSpan, hours: &'a SloHours) -> Self {
        Self { objective, span, hours }
    }

    /// When the budget runs out; `None` when it is spent already, does not run out within the window, or when nothing
    /// of the last 24 hours is known.
    #[must_use]
    pub fn exhausts_at(&self) -> Option<Timestamp> {
        let mean = self.mean()?;
        if self.spent_after(0, mean) {
            return None;
        }
        self.first(|ahead| self.spent_after(ahead, mean))
    }

    /// When a spent budget comes back; `None` when it is not spent, or, rolling, when nothing of the last 24 hours is
    /// known.
    #[must_use]
    pub fn recovers_at(&self) -> Option<Timestamp> {
        let now = Load { bad: 0.0, total: 0.0 };
        if !self.spent_after(0, now) {
            return None;
        }
        let recovery = self.mean().and_then(|mean| {
            let quiet = Load { bad: 0.0, ..mean };
            self.first(|ahead| !self.spent_after(ahead, quiet))
        });
        if self.span.rolling { recovery } else { Some(recovery.unwrap_or(self.span.period.end)) }
    }

    /// Burn rate of the last 24 hours, over the hours that are known: the pace of [`Self::at_pace`].
    #[must_use]
    pub fn pace(&self) -> Option<f64> {
        let mean = self.mean()?;
        (mean.total > 0.0).then(|| burn_rate(self.objective, mean.bad / mean.total))
    }

    /// What is left now and at the end of each coming hour when the last 24 hours go on, old hours rolling off: the
    /// line that [`Self::exhausts_at`] cuts. Empty when nothing of the last 24 hours is known.
    #[must_use]
    pub fn at_pace(&self) -> Vec<Option<f64>> {
        self.mean().map_or_else(Vec::new, |mean| self.path(mean))
    }

    /// The same without any further error: the line of [`Self::recovers_at`].
    #[must_use]
    pub fn if_calm(&self) -> Vec<Option<f64>> {
        self.mean().map_or_else(Vec::new, |mean| self.path(Load { bad: 0.0, ..mean }))
    }

    fn path(&self, hourly: Load) -> Vec<Option<f64>> {
        (0..=self.span.hours_ahead()).map(|ahead| self.remaining_after(ahead, hourly)).collect()
    }

    /// The first hour ahead that passes the test.
    fn first(&self, test: impl Fn(u32) -> bool) -> Option<Timestamp> {
        (1..=self.span.hours_ahead()).find(|ahead| test(*ahead)).map(|ahead| self.span.end.plus_hours(i64::from(ahead)))
    }

    /// Hourly means of the last 24 hours over the hours that are known; `None` when none is.
    fn mean(&self) -> Option<Load> {
        Load::mean(&self.hours.last(MEAN_HOURS))
    }

    /// Whether the budget is spent when `ahead` more hours have brought `hourly` each.
    fn spent_after(&self, ahead: u32, hourly: Load) -> bool {
        self.remaining_after(ahead, hourly).is_some_and(is_spent)
    }

    fn remaining_after(&self, ahead: u32, hourly: Load) -> Option<f64> {
        let elapsed = self.span.elapsed_hours();
        let kept = self.hours.last(if self.span.rolling { elapsed.saturating_sub(ahead) } else { elapsed });
        let brought = f64::from(ahead);
        let (bad, total) = (kept.bad + hourly.bad * brought, kept.total + hourly.total * brought);
        self.objective.remaining_after(bad, total)
    }
}
