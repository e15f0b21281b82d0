//! The hourly rows of one SLO, summed once.
//!
//! An hour is *measured* (total > 0), *quiet* (the row is there, total 0) or *missing* (no row, or the row lacks the
//! figures of the method). Quiet is knowledge, missing is not: coverage = (measured + quiet) ÷ hours.
//!
//! All questions about an SLO concern the last k hours: burn over 1 h … 3 d, the window, and what of the window is left
//! after t hours roll off. So the rows are summed once, backwards from `end`, into running sums: `last(k)` is a
//! look-up, no two big sums are subtracted, and the work is O(hours). The sums carry Neumaier's compensation
//! (A. Neumaier, ZAMM 54, 1974), so 10⁵ additions of fractions lose nothing that a screen or a threshold could see.

use fairlead_domain::slo::{BudgetMethod, SliFigures};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

use super::method::{Counted, counted};
use crate::registry::{Better, MetricDef};

/// Definition of [`Tally::coverage`].
pub const COVERAGE: MetricDef = MetricDef {
    id: "slo_coverage",
    title: "Coverage",
    unit: "ratio 0–1",
    better: Better::Higher,
    formula: "(measured + quiet hours) ÷ hours of the window",
    source: "Fairlead: unknown is not zero",
    pitfalls: "Hours before the first row count as missing, so a new SLO starts low. A quiet hour is covered: the \
               series were there and nothing happened.",
};

/// The start of a UTC hour and what was measured in it.
pub type SliRow = (Timestamp, SliFigures);

/// What is known of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HourClass {
    /// There was traffic.
    Measured,
    /// The series were there, no traffic was.
    Quiet,
    /// Nothing is known.
    Missing,
}

/// Sums over some hours. 0 ≤ bad ≤ total up to rounding; measured + quiet ≤ hours.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Bad events, slices, or error ratios.
    pub bad: f64,
    /// Events, slices, or samples.
    pub total: f64,
    /// Hours with traffic.
    pub measured: u32,
    /// Hours known to be without traffic.
    pub quiet: u32,
    /// All hours, the missing ones included.
    pub hours: u32,
}

impl Tally {
    /// Hours of which something is known.
    #[must_use]
    pub const fn known(&self) -> u32 {
        self.measured + self.quiet
    }

    /// Hours of which nothing is known.
    #[must_use]
    pub const fn missing(&self) -> u32 {
        self.hours.saturating_sub(self.known())
    }

    /// Known hours ÷ hours, 0–1; `None` over no hours.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        (self.hours > 0).then(|| f64::from(self.known()) / f64::from(self.hours))
    }

    /// b ÷ n, 0–1; `None` without traffic.
    #[must_use]
    pub fn error_ratio(&self) -> Option<f64> {
        (self.total > 0.0).then(|| (self.bad / self.total).clamp(0.0, 1.0))
    }

    /// One hour that was counted so; `None`: missing.
    #[must_use]
    pub fn of(hour: Option<Counted>) -> Self {
        let mut sums = RunningTally::default();
        sums.add(hour);
        sums.tally()
    }

    /// The sum of both. For long rows of sums use what keeps the lost digits: [`SloHours`], [`super::sliding`].
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            bad: self.bad + other.bad,
            total: self.total + other.total,
            measured: self.measured + other.measured,
            quiet: self.quiet + other.quiet,
            hours: self.hours + other.hours,
        }
    }

    /// 1 − error ratio, 0–1; `None` without traffic.
    #[must_use]
    pub fn sli(&self) -> Option<f64> {
        self.error_ratio().map(|error| 1.0 - error)
    }
}

/// The hours before an instant, summed backwards from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SloHours {
    end: Timestamp,
    /// `each[k]` is the hour that starts `k + 1` hours before `end`.
    each: Vec<Option<Counted>>,
    /// `last[k]` sums the last `k` hours.
    last: Vec<Tally>,
}

impl SloHours {
    /// Sums the `hours` whole hours before `end`, which is floored to its hour.
    ///
    /// `rows` are sorted by hour, one per hour; rows outside are passed over. O(hours + rows).
    #[must_use]
    pub fn new(method: BudgetMethod, rows: &[SliRow], end: Timestamp, hours: u32) -> Self {
        let end = end.floor_hour();
        let mut rest = &rows[..rows.partition_point(|(hour, _)| *hour < end)];
        let mut each = Vec::with_capacity(hours as usize);
        let mut last = Vec::with_capacity(hours as usize + 1);
        let mut sums = RunningTally::default();
        last.push(Tally::default());
        for back in 1..=i64::from(hours) {
            let start = end.plus_hours(-back);
            let mut hour = None;
            while let Some(((at, figures), earlier)) = rest.split_last()
                && *at >= start
            {
                hour = counted(method, figures);
                rest = earlier;
            }
            sums.add(hour);
            each.push(hour);
            last.push(sums.tally());
        }
        Self { end, each, last }
    }

    /// The end of the newest hour.
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.end
    }

    /// Sums of the last `hours` hours. Hours further back than were given count as missing.
    #[must_use]
    pub fn last(&self, hours: u32) -> Tally {
        let held = self.each.len().min(hours as usize);
        Tally { hours, ..self.last[held] }
    }

    /// Sums of the whole hours inside `window`. O(hours inside); for windows that end at [`Self::end`] ask
    /// [`Self::last`].
    #[must_use]
    pub fn within(&self, window: Window) -> Tally {
        let mut sums = RunningTally::default();
        for (hour, counted) in self.iter() {
            if hour >= window.start && hour.plus_hours(1) <= window.end {
                sums.add(counted);
            }
        }
        sums.tally()
    }

    /// The hours from the newest back, each with its start and what was counted (`None`: missing).
    pub fn iter(&self) -> impl Iterator<Item = (Timestamp, Option<Counted>)> + '_ {
        let newest = self.end.plus_hours(-1);
        self.each.iter().enumerate().map(move |(back, hour)| (newest.plus_millis(-(back as i64) * HOUR_MS), *hour))
    }

    /// Start of the newest hour of which something is known.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        self.iter().find(|(_, hour)| hour.is_some()).map(|(at, _)| at)
    }

    /// Start of the oldest hour of which something is known.
    #[must_use]
    pub fn oldest(&self) -> Option<Timestamp> {
        let back = self.each.iter().rposition(Option::is_some)?;
        Some(self.end.plus_hours(-(back as i64) - 1))
    }
}

/// The class of an hour that was counted so.
#[must_use]
pub fn hour_class(hour: Option<Counted>) -> HourClass {
    match hour {
        Some(counted) if counted.total > 0.0 => HourClass::Measured,
        Some(_) => HourClass::Quiet,
        None => HourClass::Missing,
    }
}

/// A tally that grows hour by hour.
#[derive(Debug, Default)]
pub(super) struct RunningTally {
    bad: RunningSum,
    total: RunningSum,
    measured: u32,
    quiet: u32,
    hours: u32,
}

impl RunningTally {
    pub(super) fn add(&mut self, hour: Option<Counted>) {
        self.hours += 1;
        match hour_class(hour) {
            HourClass::Measured => self.measured += 1,
            HourClass::Quiet => self.quiet += 1,
            HourClass::Missing => {}
        }
        if let Some(counted) = hour {
            self.bad.add(counted.bad);
            self.total.add(counted.total);
        }
    }

    /// Adds what was summed already.
    pub(super) fn add_tally(&mut self, sums: &Tally) {
        self.bad.add(sums.bad);
        self.total.add(sums.total);
        self.measured += sums.measured;
        self.quiet += sums.quiet;
        self.hours += sums.hours;
    }

    pub(super) fn tally(&self) -> Tally {
        Tally {
            bad: self.bad.value(),
            total: self.total.value(),
            measured: self.measured,
            quiet: self.quiet,
            hours: self.hours,
        }
    }
}

/// Neumaier's compensated sum.
#[derive(Debug, Default)]
struct RunningSum {
    sum: f64,
    lost: f64,
}

impl RunningSum {
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum >= value { (self.sum - sum) + value } else { (value - sum) + self.sum };
        self.sum = sum;
    }

    fn value(&self) -> f64 {
        self.sum + self.lost
    }
}
