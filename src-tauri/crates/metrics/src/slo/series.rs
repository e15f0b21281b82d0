//! How the budget went: what was left at the end of each hour of the window, and how fast each hour spent it.
//!
//! The point of an hour is what [`super::slo_status`] would say at its end: of a rolling window the sum of the D hours
//! that end there, of a calendar period the sum from its start. Today's definition counts every hour; where an older
//! version held, the caller says so.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::BudgetMethod;

use super::budget::Objective;
use super::burn::burn_rate;
use super::hours::{SliRow, SloHours, Tally};
use super::sliding::{running, sliding_sums};
use super::window::SloSpan;

/// A window that is known to less than this share is drawn as known in part.
const WHOLE: f64 = 0.95;

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
