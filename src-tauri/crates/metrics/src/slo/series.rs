//! How the budget went: what was left at the end of each hour of the window, and how fast each hour spent it.
//!
//! The point of an hour is what [`super::slo_status`] would say at its end: of a rolling window the sum of the D hours
//! that end there, of a calendar period the sum from its start. Today's definition counts every hour; where an older
//! version held, the caller says so.

use fairlead_domain::slo::BudgetMethod;
use fairlead_domain::{Timestamp, words};

use super::budget::Objective;
use super::burn::burn_rate;
use super::hours::{SliRow, SloHours, Tally};
use super::sliding::{running, sliding_sums};
use super::window::SloSpan;

/// A window that is known to less than this share is drawn as known in part.
const WHOLE: f64 = 0.95;

words! {
    /// What a line of what was left tells.
    Course {
        /// At each point what was left of the window that ended there.
        Rolling = "rolling",
        /// What was left since the calendar period began.
        Period = "period",
        /// What the hours of the present window spent, in their order: where too little is known of the windows before.
        Spent = "spent",
    }
}

/// One hour of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HourPoint {
    /// Start of the hour.
    pub hour: Timestamp,
    /// What was counted in it: one hour, measured, quiet or missing.
    pub tally: Tally,
    /// Burn rate of the hour alone; `None` without traffic.
    pub burn: Option<f64>,
    /// Budget left at the hour's end; `None` when nothing was measured in the window that ends there.
    pub remaining: Option<f64>,
    /// Whether that window is known well enough to compare with others: at least 95 % of its hours.
    pub whole: bool,
}

/// Hours of rows that the series needs before `span.end`: twice the window when it rolls.
#[must_use]
pub fn series_hours(span: &SloSpan) -> u32 {
    if span.rolling { span.elapsed_hours().saturating_mul(2) } else { span.elapsed_hours() }
}

/// The hours of the window, oldest first. `rows` are sorted by hour and reach back over [`series_hours`]. O(hours).
#[must_use]
pub fn hour_series(objective: Objective, method: BudgetMethod, rows: &[SliRow], span: &SloSpan) -> Vec<HourPoint> {
    let held = SloHours::new(method, rows, span.end, series_hours(span));
    let mut units: Vec<(Timestamp, Tally)> = held.iter().map(|(hour, counted)| (hour, Tally::of(counted))).collect();
    units.reverse();
    let tallies: Vec<Tally> = units.iter().map(|(_, tally)| *tally).collect();
    let width = span.elapsed_hours() as usize;
    let windows = if span.rolling {
        // The first of them ends where the window begins.
        sliding_sums(&tallies, width).split_off(usize::from(width > 0))
    } else {
        running(tallies.iter())
    };
    let inside = units.len() - width;
    let point = |((hour, tally), window): (&(Timestamp, Tally), Tally)| HourPoint {
        hour: *hour,
        tally: *tally,
        burn: tally.error_ratio().map(|error| burn_rate(objective, error)),
        remaining: objective.remaining_after(window.bad, window.total),
        whole: is_whole(&window),
    };
    units[inside..].iter().zip(windows).map(point).collect()
}

/// Whether a window is known well enough to be compared with others.
pub(super) fn is_whole(window: &Tally) -> bool {
    window.coverage().is_some_and(|share| share >= WHOLE)
}

/// What the units of a window spent, in their order: 1 before the first, and after the last what is left of the window
/// that they make up. `None` where nothing was measured in any.
#[must_use]
pub fn spent_down(objective: Objective, units: &[Tally]) -> Vec<Option<f64>> {
    let sums = running(units.iter());
    let allowed = sums.last().map_or(0.0, |whole| objective.allowed_bad(whole.total));
    sums.iter().map(|sum| (allowed > 0.0).then(|| 1.0 - sum.bad / allowed)).collect()
}

/// Which line can be told of a window: the rolling one needs the windows before to be known at half of its points.
pub(super) fn course(rolling: bool, whole: usize, points: usize) -> Course {
    match rolling {
        false => Course::Period,
        true if 2 * whole >= points => Course::Rolling,
        true => Course::Spent,
    }
}

/// The line of what was left at the end of each hour, and what it tells.
#[must_use]
pub fn hour_line(objective: Objective, points: &[HourPoint], span: &SloSpan) -> (Course, Vec<Option<f64>>) {
    let whole = points.iter().filter(|point| point.whole).count();
    let course = course(span.rolling, whole, points.len());
    let line = match course {
        Course::Spent => spent_down(objective, &points.iter().map(|point| point.tally).collect::<Vec<_>>()),
        Course::Rolling | Course::Period => points.iter().map(|point| point.remaining).collect(),
    };
    (course, line)
}
