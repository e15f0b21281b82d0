//! The window hour by hour, as columns: what was left, how fast it was spent, and what comes.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::BudgetMethod;
use fairlead_metrics::slo::burn::MONTH_TIERS;
use fairlead_metrics::slo::{Course, Forecast, HourPoint, Objective, SloSpan, hour_line};
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::round::{budget, burn};

/// The hours of the window, oldest first; the columns are as long as each other.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct HourColumns {
    /// Start of the first hour; each next is an hour later.
    #[specta(type = String)]
    pub from: Timestamp,
    /// What the line of what was left tells: `rolling`: of the window that ends at the hour's end; `period`: since the
    /// calendar period began; `spent`: the hours of this window in their order, because too little is known before it.
    pub course: String,
    /// What was left at the hour's end.
    pub remaining: Vec<Option<f64>>,
    /// Burn rate of the hour alone; null without traffic.
    pub burn: Vec<Option<f64>>,
    /// Bad events, slices, or sum of error ratios; null when the hour is missing.
    pub bad: Vec<Option<f64>>,
    /// Events, slices or samples; null when the hour is missing, 0 when it was quiet.
    pub total: Vec<Option<f64>>,
    /// What is counted: `events`, `slices` or `samples`.
    pub unit: String,
    /// From here on the window behind each point is known to 95 % or more; null: nowhere.
    #[specta(type = Option<String>)]
    pub whole_from: Option<Timestamp>,
    /// Burn rate from which an hour spends too fast to wait.
    #[specta(type = Finite)]
    pub fast_burn: f64,
}

pub(super) fn hour_columns(
    objective: Objective,
    points: &[HourPoint],
    method: BudgetMethod,
    span: &SloSpan,
) -> HourColumns {
    let (course, line) = hour_line(objective, points, span);
    let known = |point: &HourPoint| point.tally.known() > 0;
    let partial = points.iter().rposition(|point| !point.whole);
    // A line of what this window spent needs nothing before it.
    let whole = points.get(partial.filter(|_| course == Course::Rolling).map_or(0, |last| last + 1));
    HourColumns {
        from: points.first().map_or(span.end, |point| point.hour),
        course: course.word().to_owned(),
        remaining: line.into_iter().map(|left| left.map(budget)).collect(),
        burn: points.iter().map(|point| point.burn.map(burn)).collect(),
        bad: points.iter().map(|point| known(point).then(|| burn(point.tally.bad))).collect(),
        total: points.iter().map(|point| known(point).then(|| burn(point.tally.total))).collect(),
        unit: unit(method).to_owned(),
        whole_from: whole.map(|point| point.hour),
        fast_burn: burn(MONTH_TIERS[0].threshold(span.window_hours())),
    }
}

/// What a method counts.
pub(super) const fn unit(method: BudgetMethod) -> &'static str {
    match method {
        BudgetMethod::Occurrences => "events",
        BudgetMethod::Timeslices => "slices",
        BudgetMethod::RatioMean | BudgetMethod::Upstream => "samples",
    }
}

/// What is left now and at the end of each coming hour, at most one window ahead.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct ForecastColumns {
    /// Now: the end of the newest whole hour.
    #[specta(type = String)]
    pub from: Timestamp,
    /// When errors go on as in the last 24 hours; empty when nothing of them is known.
    pub at_pace: Vec<Option<f64>>,
    /// When no further error comes.
    pub if_calm: Vec<Option<f64>>,
    /// Burn rate of the last 24 hours.
    pub pace: Option<f64>,
}

pub(super) fn forecast_columns(forecast: &Forecast<'_>, span: &SloSpan) -> ForecastColumns {
    let column = |path: Vec<Option<f64>>| path.into_iter().map(|left| left.map(budget)).collect();
    ForecastColumns {
        from: span.end,
        at_pace: column(forecast.at_pace()),
        if_calm: column(forecast.if_calm()),
        pace: forecast.pace().map(burn),
    }
}
