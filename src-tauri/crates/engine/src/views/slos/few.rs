//! Whether an SLO saw enough to be judged.

use fairlead_domain::slo::BudgetMethod;
use fairlead_metrics::slo::Objective;
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::hours::unit;

/// An SLO saw so little in its window that a single failure spends the whole budget: what is left of it is no finding.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct TooFew {
    /// How many were seen.
    #[specta(type = Finite)]
    pub seen: f64,
    /// With so many one failure is a part of the budget.
    #[specta(type = Finite)]
    pub needed: f64,
    /// Why it is not judged: `too few events to judge: 38 of 100`.
    pub words: String,
}

impl TooFew {
    /// Whether `total` is too little to judge by; what saw nothing at all had no traffic, which is another state.
    pub(super) fn of(objective: f64, method: BudgetMethod, total: Option<f64>) -> Option<Self> {
        let objective = Objective::new(objective).ok()?;
        let total = total.filter(|total| *total > 0.0 && objective.allowed_bad(*total) < 1.0)?;
        // The least share is 1 / (1 − objective), which binary fractions miss by a hair.
        let (seen, needed) = (total.round(), (1.0 / objective.budget() - 1e-6).ceil());
        let words = format!("too few {} to judge: {seen:.0} of {needed:.0}", unit(method));
        Some(Self { seen, needed, words })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_seen(0.99, Some(0.0), None)]
    #[case::not_counted(0.99, None, None)]
    #[case::just_not_enough(0.99, Some(99.0), Some("too few events to judge: 99 of 100"))]
    #[case::just_enough(0.99, Some(101.0), None)]
    #[case::a_fraction_that_binary_misses(0.9, Some(4.2), Some("too few events to judge: 4 of 10"))]
    #[case::a_strict_objective(0.99999, Some(93.0), Some("too few events to judge: 93 of 100000"))]
    fn an_slo_needs_so_many_that_one_failure_is_not_all(
        #[case] objective: f64,
        #[case] total: Option<f64>,
        #[case] words: Option<&str>,
    ) {
        let few = TooFew::of(objective, BudgetMethod::Occurrences, total);
        assert_eq!(few.map(|few| few.words).as_deref(), words);
    }
}
