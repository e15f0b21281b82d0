//! The upstream's own number beside ours, and why they differ.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use fairlead_domain::slo::BudgetMethod;
use fairlead_metrics::slo::{Difference, Objective, SliRow, SloHours, SloStatus, upstream_method};
use fairlead_store::synced::{SloRow, SloUpstreamRow};
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::round::budget;
use crate::views::wording::{day_clock_in, percent, share};

/// What the upstream says itself.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct UpstreamSays {
    /// Its figure of what is left.
    #[specta(type = Finite)]
    pub budget_remaining: f64,
    /// Since when it says so.
    #[specta(type = String)]
    pub since: Timestamp,
    /// How it counts; null when it is not known.
    pub method: Option<String>,
    /// Theirs less ours, in points of the budget; null when ours is unknown.
    pub points: Option<f64>,
    /// Ours counted by their method, where the figures are there.
    pub ours_by_their_method: Option<f64>,
    /// Points that the method makes.
    pub method_points: Option<f64>,
    /// Points that remain for the data.
    pub rest_points: Option<f64>,
    /// Why they differ, when by more than two points; empty otherwise.
    pub reasons: Vec<String>,
}

/// What the comparison is made from.
pub(super) struct Compared<'a> {
    pub row: &'a SloRow,
    pub objective: Objective,
    pub status: &'a SloStatus,
    pub rows: &'a [SliRow],
    /// When the definition changed last inside the window.
    pub changed: Option<Timestamp>,
    /// In which instants are told.
    pub zone: Tz,
}

impl Compared<'_> {
    pub(super) fn with(&self, said: &SloUpstreamRow) -> UpstreamSays {
        let theirs = upstream_method(self.row.slo.origin);
        let by_theirs =
            theirs.filter(|method| *method != self.row.slo.method).and_then(|method| self.counted_by(method));
        let difference = self.status.budget_remaining.map(|ours| Difference::between(ours, said.remaining, by_theirs));
        let reasons = difference
            .filter(Difference::is_worth_a_word)
            .map_or_else(Vec::new, |difference| self.reasons(&difference, theirs, by_theirs));
        UpstreamSays {
            budget_remaining: budget(said.remaining),
            since: said.at,
            method: theirs.map(|method| method.word().to_owned()),
            points: difference.map(|difference| difference.points),
            ours_by_their_method: by_theirs.map(budget),
            method_points: difference.and_then(|difference| difference.method),
            rest_points: difference.map(|difference| difference.rest),
            reasons,
        }
    }

    /// What is left when our rows are counted by another method; `None` when too many of them lack its figures.
    fn counted_by(&self, method: BudgetMethod) -> Option<f64> {
        let span = &self.status.span;
        let tally = SloHours::new(method, self.rows, span.end, span.read_hours()).last(span.elapsed_hours());
        let enough = f64::from(tally.known()) >= 0.95 * f64::from(self.status.tally.known());
        self.objective.remaining_after(tally.bad, tally.total).filter(|_| enough)
    }

    fn reasons(&self, difference: &Difference, theirs: Option<BudgetMethod>, by_theirs: Option<f64>) -> Vec<String> {
        let points = |points: f64| format!("{:.1}", points.abs());
        let mut reasons = Vec::new();
        match (theirs, by_theirs, difference.method) {
            (Some(method), Some(ours), Some(made)) => reasons.push(format!(
                "Method: theirs is {}. By their method ours reads {}: {} of the {} points are method, {} are data.",
                method_words(method),
                percent(ours),
                points(made),
                points(difference.points),
                points(difference.rest),
            )),
            (Some(method), None, _) if method != self.row.slo.method => reasons.push(format!(
                "Method: theirs is {}, ours {}. Their figures are not kept here, so how much that makes cannot be told.",
                method_words(method),
                method_words(self.row.slo.method),
            )),
            (None, ..) => reasons.push("Method: how the upstream counts is not known.".to_owned()),
            _ => {}
        }
        if let Some(changed) = self.changed {
            let since = day_clock_in(changed, self.zone);
            reasons.push(format!(
                "Version: the definition changed inside the window, {since}; theirs may hold to either."
            ));
        }
        match self.status.coverage {
            Some(known) if known < 1.0 => reasons.push(format!(
                "Coverage: {} of the window's hours are known here; the upstream may know others.",
                share(known.min(0.99))
            )),
            _ => {}
        }
        if reasons.is_empty() {
            reasons.push(
                "No cause is known: same method, same version, every hour is here. Compare the expressions.".to_owned(),
            );
        }
        reasons
    }
}

/// A method, as people say it.
pub(crate) const fn method_words(method: BudgetMethod) -> &'static str {
    match method {
        BudgetMethod::Occurrences => "a count of events",
        BudgetMethod::Timeslices => "a count of time slices",
        BudgetMethod::RatioMean => "the mean of ratios, in which a quiet hour weighs as much as a busy one",
        BudgetMethod::Upstream => "the upstream's own figure",
    }
}
