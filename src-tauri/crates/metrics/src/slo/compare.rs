//! Two numbers for one budget: ours and the upstream's, and how much of the difference is the method.
//!
//! With ours o, theirs t, and ours counted by their method m: t − o = (m − o) + (t − m), the first part being the
//! method, the second the data: hours that one of us lacks, another version of the definition, other instants.
//! Points are rounded once, so that the parts add up.

use fairlead_domain::slo::{BudgetMethod, SloOrigin};

/// Differences up to this many points need no word.
pub const TOLERATED_POINTS: f64 = 2.0;

/// The difference of two figures of what is left, in points (hundredths of the budget) to one digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Theirs − ours.
    pub points: f64,
    /// What the method makes of it; `None` when we cannot count by theirs, or count by it anyway.
    pub method: Option<f64>,
    /// What is left for the data.
    pub rest: f64,
}

impl Difference {
    /// Between `ours` and `theirs`, both remaining budgets (1 = untouched).
    #[must_use]
    pub fn between(ours: f64, theirs: f64, ours_by_their_method: Option<f64>) -> Self {
        let tenths = |ratio: f64| (ratio * 1_000.0).round();
        let points = tenths(theirs) - tenths(ours);
        let method = ours_by_their_method.map(|by_method| tenths(by_method) - tenths(ours));
        let rest = points - method.unwrap_or(0.0);
        Self { points: points / 10.0, method: method.map(|tenths| tenths / 10.0), rest: rest / 10.0 }
    }

    /// Whether it is large enough that a person asks why.
    #[must_use]
    pub fn is_worth_a_word(&self) -> bool {
        self.points.abs() > TOLERATED_POINTS
    }
}

/// How the upstream counts the figure that it states itself; `None` when it states none.
#[must_use]
pub const fn upstream_method(origin: SloOrigin) -> Option<BudgetMethod> {
    match origin {
        SloOrigin::Sloth => Some(BudgetMethod::RatioMean),
        SloOrigin::Pyrra => Some(BudgetMethod::Occurrences),
        SloOrigin::OpenSlo | SloOrigin::Plain => None,
    }
}
