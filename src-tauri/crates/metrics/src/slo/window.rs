//! Which time an SLO is judged over, as of an instant.
//!
//! Rows are whole UTC hours, so everything ends at `end = floor(as_of, hour)`; no partial hour is ever counted.
//!
//! - **Rolling** window of D hours: `[end − D, end)`.
//! - **Calendar** window: periods follow each other from an anchor, by the wall clock of an IANA zone. The period that
//!   contains `as_of` counts, from its start to `end`.
//!
//! The wall clock decides, never an offset: a week around a clock change has 167 or 169 hours, March in Berlin 743.
//! Months are counted from the anchor's own day, cut to the month's last: an anchor on the 31st gives 31 January,
//! 28 February, 31 March. A wall time that a clock change skips means the instant of the change; one that comes twice
//! means the first. So periods tile time, without gap or overlap.
//! Source: OpenSLO v1, `timeWindow.calendar`; the IANA time zone database.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fairlead_domain::slo::{CalendarUnit, SloWindow};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

use super::burn::BURN_REACH_HOURS;
use crate::error::MetricsError;

/// Longest window, in hours: ten years.
const MAX_HOURS: i64 = 87_672;

/// The time that an SLO is judged over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SloSpan {
    /// The whole window: `[end − D, end)` when rolling, the whole current period when of the calendar.
    pub period: Window,
    /// The part that rows can be known of: from the period's start to `end`. Empty when no hour of it is over.
    pub elapsed: Window,
    /// Whether old hours roll out of the window.
    pub rolling: bool,
    /// `floor(as_of, hour)`: the end of the newest whole hour.
    pub end: Timestamp,
}

impl SloSpan {
    /// D, the length of the whole window in hours. Of a calendar period the real length, by the wall clock.
    #[must_use]
    pub fn window_hours(&self) -> f64 {
        self.period.millis() as f64 / HOUR_MS as f64
    }

    /// How many whole hours of the window are over: the hours that count.
    #[must_use]
    pub fn elapsed_hours(&self) -> u32 {
        whole_hours(self.elapsed.millis())
    }

    /// How many whole hours of the calendar period are still to come; D when rolling, whose hours never run out.
    #[must_use]
    pub fn hours_ahead(&self) -> u32 {
        if self.rolling { self.elapsed_hours() } else { whole_hours(self.period.end.since(self.end)) }
    }

    /// The hours whose rows are needed: those of the window, and those that the burn rates look back on.
    #[must_use]
    pub fn reads(&self) -> Window {
        Window::new(self.end.plus_hours(-i64::from(self.read_hours())), self.end)
    }

    /// How many hours [`Self::reads`] has.
    #[must_use]
    pub fn read_hours(&self) -> u32 {
        self.elapsed_hours().max(BURN_REACH_HOURS)
    }
}

/// The time that `window` covers as of an instant.
///
/// # Errors
/// [`MetricsError::UnknownZone`], [`MetricsError::BadAnchor`], or [`MetricsError::BadWindow`] for a window without
/// length, longer than ten years, or outside the calendar.
pub fn slo_span(window: &SloWindow, as_of: Timestamp) -> Result<SloSpan, MetricsError> {
    match window {
        SloWindow::Rolling { days } => rolling(*days, as_of.floor_hour()),
        SloWindow::Calendar { unit, count, timezone, anchor } => {
            let zone: Tz = timezone.parse().map_err(|_| MetricsError::UnknownZone(timezone.clone()))?;
            let anchor = match anchor {
                Some(text) => parse_anchor(text)?,
                None => natural_anchor(),
            };
            let periods = Periods { zone, anchor, unit: *unit, count: (*count).max(1) };
            let period = periods
                .containing(as_of)
                .filter(|period| period.millis() <= MAX_HOURS * HOUR_MS)
                .ok_or_else(|| MetricsError::BadWindow(format!("{count} {unit}")))?;
            Ok(span(period, false, as_of.floor_hour()))
        }
    }
}

/// The calendar months of a zone up to the one that contains `as_of`, the newest first; as many as asked for, fewer only at
/// the end of the calendar.
#[must_use]
pub fn months_back(zone: Tz, as_of: Timestamp, count: usize) -> Vec<Window> {
    let periods = Periods { zone, anchor: natural_anchor(), unit: CalendarUnit::Month, count: 1 };
    let before = |month: &Window| periods.containing(month.start.plus_millis(-1));
    std::iter::successors(periods.containing(as_of), before).take(count).collect()
}

fn rolling(days: f64, end: Timestamp) -> Result<SloSpan, MetricsError> {
    // Written with a few decimals, as 0.291667 for 7 hours, a length may fall up to a second short of its last hour.
    let hours = (days * 24.0 + 1.0 / 3_600.0).floor();
    if !(1.0..=MAX_HOURS as f64).contains(&hours) {
        return Err(MetricsError::BadWindow(format!("{days} days")));
    }
    Ok(span(Window::new(end.plus_hours(-(hours as i64)), end), true, end))
}

fn span(period: Window, rolling: bool, end: Timestamp) -> SloSpan {
    SloSpan { period, elapsed: Window::new(period.start, end.max(period.start)), rolling, end }
}

fn whole_hours(millis: i64) -> u32 {
    u32::try_from(millis.max(0) / HOUR_MS).unwrap_or(u32::MAX)
}

/// Accepts the OpenSLO form with a blank as well as the ISO form with a `T`, and a date alone.
fn parse_anchor(text: &str) -> Result<NaiveDateTime, MetricsError> {
    let midnight = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|date| date.and_time(chrono::NaiveTime::MIN));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S"))
        .or_else(|_| midnight())
        .map_err(|_| MetricsError::BadAnchor(text.to_owned()))
}

/// Monday, 1 January 2024, 00:00: at once the start of a day, a week, a month, a quarter and a year.
fn natural_anchor() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or(NaiveDate::MIN).and_time(chrono::NaiveTime::MIN)
}

/// The periods of a calendar window, numbered from its anchor.
struct Periods {
    zone: Tz,
    anchor: NaiveDateTime,
    unit: CalendarUnit,
    count: u32,
}

impl Periods {
    /// The period that contains `at`; `None` when it leaves the calendar.
    fn containing(&self, at: Timestamp) -> Option<Window> {
        let mut number = self.estimate(at);
        while self.start(number)? > at {
            number -= 1;
        }
        while self.start(number + 1)? <= at {
            number += 1;
        }
        Some(Window::new(self.start(number)?, self.start(number + 1)?))
    }

    /// About which period `at` lies in, never more than a few off.
    fn estimate(&self, at: Timestamp) -> i64 {
        let days = at.since(Timestamp::from(self.anchor.and_utc())) / fairlead_domain::time::DAY_MS;
        let unit_days = match self.unit {
            CalendarUnit::Day => 1.0,
            CalendarUnit::Week => 7.0,
            CalendarUnit::Month => 30.436_875,
            CalendarUnit::Quarter => 91.310_625,
            CalendarUnit::Year => 365.2425,
        };
        (days as f64 / (unit_days * f64::from(self.count))).floor() as i64
    }

    /// When the period of this number starts.
    fn start(&self, number: i64) -> Option<Timestamp> {
        let units = number.checked_mul(i64::from(self.count))?;
        let wall = match self.unit {
            CalendarUnit::Day => plus_days(self.anchor, units)?,
            CalendarUnit::Week => plus_days(self.anchor, units.checked_mul(7)?)?,
            CalendarUnit::Month => plus_months(self.anchor, units)?,
            CalendarUnit::Quarter => plus_months(self.anchor, units.checked_mul(3)?)?,
            CalendarUnit::Year => plus_months(self.anchor, units.checked_mul(12)?)?,
        };
        Some(instant_of(self.zone, wall))
    }
}

fn plus_days(wall: NaiveDateTime, days: i64) -> Option<NaiveDateTime> {
    let step = Days::new(days.unsigned_abs());
    if days < 0 { wall.checked_sub_days(step) } else { wall.checked_add_days(step) }
}

/// Months from the day of `wall`, cut to the last day of the month reached.
fn plus_months(wall: NaiveDateTime, months: i64) -> Option<NaiveDateTime> {
    let step = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { wall.checked_sub_months(step) } else { wall.checked_add_months(step) }
}

/// The instant at which the clocks of `zone` first show `wall`, or, where a clock change skips it, the change.
fn instant_of(zone: Tz, wall: NaiveDateTime) -> Timestamp {
    match zone.from_local_datetime(&wall).earliest() {
        Some(at) => Timestamp::from(at.with_timezone(&Utc)),
        None => skipped(zone, wall),
    }
}

/// The clock change that skips `wall`: the first instant whose wall clock is past it. Offsets lie within ±15 hours.
fn skipped(zone: Tz, wall: NaiveDateTime) -> Timestamp {
    let middle = wall.and_utc().timestamp();
    let (mut before, mut after) = (middle - 15 * 3_600, middle + 15 * 3_600);
    while after - before > 1 {
        let at = before.midpoint(after);
        let shown = DateTime::from_timestamp(at, 0).map(|utc| utc.with_timezone(&zone).naive_local());
        if shown.is_some_and(|shown| shown < wall) { before = at } else { after = at }
    }
    Timestamp::from_secs(after)
}
