//! How one hour is counted: the budgeting methods.
//!
//! | method | bad | total | SLI of a window |
//! |---|---|---|---|
//! | occurrences | bad events | events | Σ good ÷ Σ total |
//! | timeslices | bad slices | measured slices | Σ good slices ÷ Σ slices |
//! | ratio_mean | Σ sampled error ratios | samples | 1 − mean of the sampled error ratios |
//! | upstream | – | – | none of ours |
//!
//! Each method turns an hour into (bad, total), and the error ratio of any window is Σ bad ÷ Σ total. The methods give
//! different numbers for the same service: a quiet hour weighs nothing in occurrences and as much as a busy one in
//! ratio_mean. Sources: OpenSLO v1 "budgetingMethod" (Occurrences, Timeslices, RatioTimeslices); Sloth's default
//! recording rules, whose period ratio is the unweighted mean of 5-minute ratios (ratio_mean).

use fairlead_domain::slo::{BudgetMethod, SliFigures};

use crate::registry::{Better, MetricDef};

/// Definition of [`crate::slo::Tally::sli`].
pub const SLI: MetricDef = MetricDef {
    id: "sli",
    title: "SLI",
    unit: "ratio 0–1",
    better: Better::Higher,
    formula: "occurrences: good ÷ total events; timeslices: good ÷ measured slices; ratio_mean: 1 − mean of the \
              sampled error ratios",
    source: "Google, Site Reliability Engineering, ch. 4; OpenSLO v1, budgetingMethod",
    pitfalls: "The method decides the number: 12 five-minute slices with 0.1 % errors and a nearly idle one with 50 % \
               are 0.10 % by events and 3.94 % by mean of ratios. Never compare across methods.",
};

/// One hour as its method counts it. 0 ≤ bad ≤ total, both finite.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counted {
    /// Bad events, bad slices, or the sum of error ratios.
    pub bad: f64,
    /// Events, slices, or samples. 0 means quiet: the series were there, no traffic was.
    pub total: f64,
}

/// Counts one hour by `method`; `None` when the row lacks the method's figures or they are impossible (not finite,
/// negative total). Good above total, which extrapolated counters can give, counts as no error.
#[must_use]
pub fn counted(method: BudgetMethod, figures: &SliFigures) -> Option<Counted> {
    let (bad, total) = match method {
        BudgetMethod::Occurrences => (figures.total? - figures.good?, figures.total?),
        BudgetMethod::Timeslices => (figures.slices? - figures.slices_good?, figures.slices?),
        BudgetMethod::RatioMean => (figures.ratio_sum?, figures.ratio_count?),
        BudgetMethod::Upstream => return None,
    };
    let possible = bad.is_finite() && total.is_finite() && total >= 0.0;
    possible.then(|| Counted { bad: bad.clamp(0.0, total), total })
}

/// The SLI of several objectives that must hold together, by OpenSLO's RatioTimeslices rule: their shortfalls add up.
/// Two of 95 % give 90 %; never below 0.
#[must_use]
pub fn composite_ratio(slis: &[f64]) -> f64 {
    let shortfall: f64 = slis.iter().map(|sli| 1.0 - sli).sum();
    (1.0 - shortfall).max(0.0)
}
