//! Hours added up per UTC day, with single hours at the edges: what a list of many SLOs is told from, because a month of
//! one SLO then is 30 rows and some, not 720.
//!
//! Sums of whole days equal the sums of their hours, up to two things: an hour in which an upstream counted more good
//! than all events is evened out within its day instead of on its own, and compensation ends at the day. Both lie far
//! below what a list shows; [`super::slo_status`] counts each hour.

use fairlead_domain::slo::{BudgetMethod, SliFigures};
use fairlead_domain::time::{DAY_MS, HOUR_MS};
use fairlead_domain::{Timestamp, Window};

use super::burn::BURN_REACH_HOURS;
use super::forecast::MEAN_HOURS;
use super::hours::{RunningTally, SliRow, Tally};
use super::method::counted;
use super::window::SloSpan;

/// A UTC day as its method counts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SliDay {
    /// Start of the day.
    pub day: Timestamp,
    /// Sums of its hours; `hours` is 24.
    pub tally: Tally,
}

impl SliDay {
    /// A day whose hours add up to `figures`. `known` counts the hours that have the figures of the method, and those of
    /// them without traffic.
    #[must_use]
    pub fn new(method: BudgetMethod, day: Timestamp, figures: &SliFigures, known: (u32, u32)) -> Self {
        let sums = counted(method, figures).unwrap_or_default();
        let measured = known.0.saturating_sub(known.1);
        Self { day, tally: Tally { bad: sums.bad, total: sums.total, measured, quiet: known.1, hours: 24 } }
    }
}

/// Days, and the hours at the edges of what is asked of them.
#[derive(Debug, Clone, Copy)]
pub struct DayRows<'a> {
    /// How hours are counted.
    pub method: BudgetMethod,
    /// Whole days, sorted.
    pub days: &'a [SliDay],
    /// Single hours, sorted.
    pub hours: &'a [SliRow],
}

impl DayRows<'_> {
    /// Sums over a window of whole hours. Where it does not begin or end with a day, its edge must be among the hours.
    #[must_use]
    pub fn between(&self, window: Window) -> Tally {
        let mut sums = RunningTally::default();
        let (first, last) = (ceil_day(window.start), window.end.floor_day());
        if first > last {
            self.add_hours(window, &mut sums);
        } else {
            self.add_hours(Window::new(window.start, first), &mut sums);
            let from = self.days.partition_point(|day| day.day < first);
            for day in self.days[from..].iter().take_while(|day| day.day < last) {
                sums.add_tally(&day.tally);
            }
            self.add_hours(Window::new(last, window.end), &mut sums);
        }
        Tally { hours: whole_hours(window), ..sums.tally() }
    }

    /// The days inside a window that begins and ends with one, each also when nothing is known of it.
    #[must_use]
    pub fn each_day(&self, window: Window) -> Vec<Tally> {
        let count = window.millis() / DAY_MS;
        let day = |index: i64| {
            let day = window.start.plus_millis(index * DAY_MS);
            let known = self.days.binary_search_by_key(&day, |row| row.day).map(|at| self.days[at].tally);
            known.unwrap_or(Tally { hours: 24, ..Tally::default() })
        };
        (0..count).map(day).collect()
    }

    /// The single hours inside a window.
    #[must_use]
    pub fn hours_in(&self, window: Window) -> &[SliRow] {
        let from = self.hours.partition_point(|(hour, _)| *hour < window.start);
        let to = self.hours.partition_point(|(hour, _)| *hour < window.end);
        &self.hours[from..to.max(from)]
    }

    /// Start of the newest hour before `end` of which something is known; of a day before the last 24 hours its start.
    #[must_use]
    pub fn newest(&self, end: Timestamp) -> Option<Timestamp> {
        let known = |(hour, figures): &&SliRow| *hour < end && counted(self.method, figures).is_some();
        let hour = self.hours.iter().rev().find(known).map(|(hour, _)| *hour);
        hour.max(self.days.iter().rev().find(|day| day.tally.known() > 0).map(|day| day.day))
    }

    fn add_hours(&self, window: Window, sums: &mut RunningTally) {
        for (_, figures) in self.hours_in(window) {
            if let hour @ Some(_) = counted(self.method, figures) {
                sums.add(hour);
            }
        }
    }
}

/// Which rows the status and the trend of an SLO need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReads {
    /// The days that begin inside.
    pub days: Window,
    /// The hours that begin inside one of these; sorted and apart.
    pub hours: Vec<Window>,
}

impl DayReads {
    /// Of a span.
    #[must_use]
    pub fn of(span: &SloSpan) -> Self {
        let today = span.end.floor_day();
        let first = ceil_day(span.elapsed.start);
        let back = whole_days(span).unwrap_or(0);
        let reach = span.end.plus_hours(-i64::from(BURN_REACH_HOURS));
        let edge = |start: Timestamp| Window::new(start, ceil_day(start).min(span.end));
        let last_day = Window::new(span.end.plus_hours(-i64::from(MEAN_HOURS)), span.end);
        let mut hours = vec![edge(span.elapsed.start), edge(reach), last_day];
        hours.retain(|window| !window.is_empty());
        hours.sort_by_key(|window| window.start);
        let mut apart: Vec<Window> = Vec::with_capacity(hours.len());
        for window in hours {
            match apart.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => apart.push(window),
            }
        }
        Self { days: Window::new(first.plus_days(-back).min(ceil_day(reach)), today), hours: apart }
    }
}

/// D in days, when a rolling window is made of whole ones.
pub(super) fn whole_days(span: &SloSpan) -> Option<i64> {
    let length = span.period.millis();
    (span.rolling && length >= DAY_MS && length % DAY_MS == 0).then_some(length / DAY_MS)
}

/// The first start of a day at or after `at`.
pub(super) fn ceil_day(at: Timestamp) -> Timestamp {
    at.plus_millis(DAY_MS - 1).floor_day()
}

pub(super) fn whole_hours(window: Window) -> u32 {
    u32::try_from(window.millis() / HOUR_MS).unwrap_or(u32::MAX)
}
