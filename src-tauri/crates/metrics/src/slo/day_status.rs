//! The status of one SLO from days and the hours at their edges: the same numbers as [`super::slo_status`], for lists.
//!
//! Only the forecasts need single hours of the past, and only those of the days on which the budget could run out or
//! come back at all: with G the sums of the day that leaves and K what stays after it, the bad of the window lies between
//! K and K + G all day long, and so does the total. A day whose worst case is not spent is passed over unread.

use fairlead_domain::slo::Slo;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};

use super::budget::{Objective, is_spent};
use super::days::{DayRows, ceil_day, whole_days, whole_hours};
use super::forecast::{Load, MEAN_HOURS};
use super::hours::{SliRow, SloHours, Tally};
use super::series::{Course, course, is_whole, spent_down};
use super::sliding::{running, sliding_sums};
use super::status::{SloStatus, StatusSums, StreamHealth};
use super::window::SloSpan;

/// The status of `slo` over `span`. `rows` hold what [`super::days::DayReads`] asks for; `read` brings the hours of one
/// day more, sorted.
///
/// # Errors
/// Those of `read`.
pub fn day_status<E>(
    slo: &Slo,
    objective: Objective,
    span: &SloSpan,
    rows: &DayRows<'_>,
    health: &StreamHealth,
    read: impl FnMut(Window) -> Result<Vec<SliRow>, E>,
) -> Result<SloStatus, E> {
    let last = |hours: i64| rows.between(Window::new(span.end.plus_hours(-hours), span.end));
    let window = rows.between(span.elapsed);
    let sums = StatusSums {
        window,
        last: [1, 6, 24, 72].map(last),
        newest: rows.newest(span.end),
        first: health.first_row,
        last_run_failed: health.last_run_failed,
    };
    let status = sums.status(objective, slo.method, *span);
    let mean = Load::mean(&last(i64::from(MEAN_HOURS)));
    let mut ahead = Ahead { objective, span, rows, window, read };
    let spent = status.budget_remaining.is_some_and(is_spent);
    let (exhausts_at, recovers_at) = match (spent, mean) {
        (false, Some(mean)) => (ahead.first(mean, true)?, None),
        (false, None) => (None, None),
        (true, mean) => {
            let calm = mean.map(|mean| Load { bad: 0.0, ..mean });
            let back = calm.map(|calm| ahead.first(calm, false)).transpose()?.flatten();
            (None, if span.rolling { back } else { Some(back.unwrap_or(span.period.end)) })
        }
    };
    Ok(SloStatus { exhausts_at, recovers_at, ..status })
}

/// What was left at the end of each UTC day of the window; at most about `most` of them, evenly apart, the newest last; and
/// what that tells. `None` where a window was not known well enough. A rolling window that is not made of whole days, or of
/// whose past too little is known, is told by what its own days spent.
#[must_use]
pub fn day_trend(objective: Objective, span: &SloSpan, rows: &DayRows<'_>, most: usize) -> (Course, Vec<Option<f64>>) {
    let (first, today) = (ceil_day(span.elapsed.start), span.end.floor_day());
    let left = |sums: &Tally| is_whole(sums).then(|| objective.remaining_after(sums.bad, sums.total)).flatten();
    let edge = Window::new(span.elapsed.start, first.min(span.end));
    let mut inside = if edge.is_empty() { Vec::new() } else { vec![rows.between(edge)] };
    inside.extend(rows.each_day(Window::new(first, today)));
    let windows = match whole_days(span) {
        Some(days) => {
            let units = rows.each_day(Window::new(first.plus_days(-days), today));
            sliding_sums(&units, usize::try_from(days).unwrap_or(usize::MAX))
        }
        None if span.rolling => Vec::new(),
        None => running(inside.iter()),
    };
    let told: Vec<Option<f64>> = windows.iter().map(left).collect();
    let whole = told.iter().filter(|point| point.is_some()).count();
    let course = course(span.rolling, whole, told.len().max(1));
    let line = if course == Course::Spent {
        inside.push(rows.between(Window::new(today.max(span.elapsed.start), span.end)));
        let mut line = spent_down(objective, &inside);
        line.pop();
        line
    } else {
        told
    };
    let step = line.len().div_ceil(most.max(1)).max(1);
    let mut trend: Vec<Option<f64>> = line.into_iter().rev().step_by(step).collect();
    trend.reverse();
    (course, trend)
}

/// Looks ahead hour by hour, day by day.
struct Ahead<'a, R> {
    objective: Objective,
    span: &'a SloSpan,
    rows: &'a DayRows<'a>,
    window: Tally,
    read: R,
}

/// Hours that leave a rolling window one after the other.
struct Leaving {
    window: Window,
    sums: Tally,
    /// What of the window stays after them.
    after: Tally,
}

impl<E, R: FnMut(Window) -> Result<Vec<SliRow>, E>> Ahead<'_, R> {
    /// The first hour ahead at which the budget is spent, or is not.
    fn first(&mut self, hourly: Load, spent: bool) -> Result<Option<Timestamp>, E> {
        if !self.span.rolling {
            let found =
                (1..=self.span.hours_ahead()).find(|hours| self.spent_after(&self.window, *hours, hourly) == spent);
            return Ok(found.map(|hours| self.span.end.plus_hours(i64::from(hours))));
        }
        for leaving in self.leaving() {
            if self.could_be(&leaving, hourly, spent)
                && let Some(found) = self.first_of(&leaving, hourly, spent)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The window cut at the starts of days, oldest first.
    fn leaving(&self) -> Vec<Leaving> {
        let Window { start, end } = self.span.elapsed;
        let mut cuts = vec![start];
        let mut day = ceil_day(start);
        while day < end {
            if day > start {
                cuts.push(day);
            }
            day = day.plus_days(1);
        }
        cuts.push(end);
        let parts: Vec<Window> = cuts.windows(2).map(|cut| Window::new(cut[0], cut[1])).collect();
        let sums: Vec<Tally> = parts.iter().map(|part| self.rows.between(*part)).collect();
        let mut after = running(sums.iter().rev());
        after.reverse();
        after.push(Tally::default());
        let leaving = parts.into_iter().zip(sums).zip(after.into_iter().skip(1));
        leaving.map(|((window, sums), after)| Leaving { window, sums, after }).collect()
    }

    /// Whether some hour of this day could be the one.
    fn could_be(&self, leaving: &Leaving, hourly: Load, spent: bool) -> bool {
        let (kept, gone) = (&leaving.after, &leaving.sums);
        let (first, last) = (self.brought(leaving.window.start) + 1.0, self.brought(leaving.window.end));
        if spent {
            let total = kept.total + hourly.total * first;
            let bad = kept.bad + gone.bad + hourly.bad * last;
            total <= 0.0 || self.is_spent(bad, total)
        } else {
            !self.is_spent(kept.bad, kept.total + gone.total + hourly.total * last)
        }
    }

    fn first_of(&mut self, leaving: &Leaving, hourly: Load, spent: bool) -> Result<Option<Timestamp>, E> {
        // Of a whole day some hours may be here, those of an edge are here all.
        let edge = leaving.window.millis() < DAY_MS;
        let rows = if edge { self.rows.hours_in(leaving.window).to_vec() } else { (self.read)(leaving.window)? };
        let count = whole_hours(leaving.window);
        let hours = SloHours::new(self.rows.method, &rows, leaving.window.end, count);
        let before = whole_hours(Window::new(self.span.elapsed.start, leaving.window.start));
        let found = (1..=count).find(|gone| {
            let kept = leaving.after.plus(&hours.last(count - gone));
            self.spent_after(&kept, before + gone, hourly) == spent
        });
        Ok(found.map(|gone| self.span.end.plus_hours(i64::from(before + gone))))
    }

    /// Hours of the window before `at`: as many have entered it when those have left.
    fn brought(&self, at: Timestamp) -> f64 {
        f64::from(whole_hours(Window::new(self.span.elapsed.start, at)))
    }

    fn spent_after(&self, kept: &Tally, hours: u32, hourly: Load) -> bool {
        let brought = f64::from(hours);
        self.is_spent(kept.bad + hourly.bad * brought, kept.total + hourly.total * brought)
    }

    fn is_spent(&self, bad: f64, total: f64) -> bool {
        self.objective.remaining_after(bad, total).is_some_and(is_spent)
    }
}
