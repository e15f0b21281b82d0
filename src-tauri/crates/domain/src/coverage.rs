//! Declared coverage: the hours in which a schedule must have somebody on call.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use thiserror::Error;

use crate::time::{Timestamp, Window};

/// Minutes of a day; also the number that `24:00` stands for.
const DAY_MINUTES: u16 = 24 * 60;

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// When a schedule must be covered. Text without an entry means "not declared", which is no value of this type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// Around the clock, written `24x7`.
    Always,
    /// The same hours each week, by the wall clock of a zone.
    Weekly {
        /// The hours, in the order written. They may overlap.
        ranges: Vec<WeekRange>,
        /// Whose wall clock.
        tz: Tz,
    },
}

/// Hours of some days of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRange {
    /// The days on which the hours begin, each once.
    pub days: Vec<Weekday>,
    /// Start, minutes since midnight, 0 to 1439.
    pub from: u16,
    /// End, minutes since midnight, 1 to 1440; not after `from` means that day's hours end on the next day.
    pub to: u16,
}

/// Text that is no coverage rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{reason}; write \"24x7\" or for example \"Mon-Fri 09:00-18:00 Europe/Berlin\"")]
pub struct CoverageError {
    /// What is wrong with it.
    pub reason: String,
}

impl Coverage {
    /// Parses `24x7`, or ranges separated by `;`, each days and hours, with one zone at the end:
    /// `Mon-Thu 09:00-18:00; Fri,Sat 22:00-06:00 Europe/Berlin`. Without a zone, `fallback` is taken.
    ///
    /// # Errors
    /// Returns what is wrong with the text.
    pub fn parse(text: &str, fallback: Tz) -> Result<Self, CoverageError> {
        if matches!(text.trim(), "24x7" | "24X7" | "24/7") {
            return Ok(Self::Always);
        }
        let (ranges, zone) = split_zone(text.trim());
        let tz = match zone {
            Some(name) => name.parse().map_err(|_| fault(format!("{name:?} is no time zone")))?,
            None => fallback,
        };
        let ranges = ranges.split(';').map(parse_range).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::Weekly { ranges, tz })
    }

    /// The stretches of `window` that must be covered, in UTC, in order, joined where they touch.
    ///
    /// Bounds are wall-clock times. A time that a clock change skips moves forward by what was skipped; of a time that
    /// comes twice, the earlier is taken.
    #[must_use]
    pub fn spans(&self, window: Window) -> Vec<Window> {
        let window = window.intersect(Window::new(Timestamp::EARLIEST, Timestamp::LATEST));
        if window.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Always => vec![window],
            Self::Weekly { ranges, tz } => weekly_spans(ranges, *tz, window),
        }
    }
}

impl fmt::Display for Coverage {
    /// The text that parses to the same rule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => f.write_str("24x7"),
            Self::Weekly { ranges, tz } => {
                let ranges: Vec<String> = ranges.iter().map(ToString::to_string).collect();
                write!(f, "{} {tz}", ranges.join("; "))
            }
        }
    }
}

impl fmt::Display for WeekRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<String> = self.days.iter().map(ToString::to_string).collect();
        let (from, to) = (self.from, self.to);
        write!(f, "{} {:02}:{:02}-{:02}:{:02}", days.join(","), from / 60, from % 60, to / 60, to % 60)
    }
}

fn fault(reason: String) -> CoverageError {
    CoverageError { reason }
}

/// Parts the zone from the ranges: the last word, when it is no range of hours.
fn split_zone(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(char::is_whitespace) {
        Some((ranges, last)) if !last.contains(':') => (ranges.trim_end(), Some(last)),
        _ => (text, None),
    }
}

fn parse_range(text: &str) -> Result<WeekRange, CoverageError> {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let [days, hours] = words[..] else {
        return Err(fault(format!("{text:?} is not days and hours")));
    };
    let Some((from, to)) = hours.split_once('-') else {
        return Err(fault(format!("{hours:?} is no range of hours")));
    };
    let (from, to) = (parse_minutes(from)?, parse_minutes(to)?);
    if from == to || from == DAY_MINUTES {
        return Err(fault(format!("{hours:?} has no length; a whole day is 00:00-24:00")));
    }
    let to = if to == 0 { DAY_MINUTES } else { to };
    Ok(WeekRange { days: parse_days(days)?, from, to })
}

fn parse_minutes(text: &str) -> Result<u16, CoverageError> {
    let wrong = || fault(format!("{text:?} is no time of day (HH:MM)"));
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    match (number(hour), number(minute)) {
        (Some(24), Some(0)) => Ok(DAY_MINUTES),
        (Some(hour), Some(minute)) if hour < 24 && minute < 60 && text.len() >= 4 => Ok(hour * 60 + minute),
        _ => Err(wrong()),
    }
}

fn parse_days(text: &str) -> Result<Vec<Weekday>, CoverageError> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (parse_day(first)?, parse_day(last)?);
        let mut day = first;
        loop {
            if days.contains(&day) {
                return Err(fault(format!("{text:?} names {day} twice")));
            }
            days.push(day);
            if day == last {
                break;
            }
            day = day.succ();
        }
    }
    Ok(days)
}

fn parse_day(text: &str) -> Result<Weekday, CoverageError> {
    let known = WEEK.into_iter().find(|day| day.to_string().eq_ignore_ascii_case(text.trim()));
    known.ok_or_else(|| fault(format!("{text:?} is no day (Mon, Tue, Wed, Thu, Fri, Sat, Sun)")))
}

fn weekly_spans(ranges: &[WeekRange], tz: Tz, window: Window) -> Vec<Window> {
    let local_date = |at: Timestamp| at.to_utc().with_timezone(&tz).date_naive();
    // Hours that began the day before may reach into the window; a second day is slack for skipped calendar days.
    let mut day = local_date(window.start) - Days::new(2);
    let last = local_date(window.end) + Days::new(1);
    let mut spans = Vec::new();
    while day <= last {
        for range in ranges.iter().filter(|range| range.days.contains(&day.weekday())) {
            let ends = if range.to <= range.from { day + Days::new(1) } else { day };
            let span = Window::new(instant(day, range.from, tz), instant(ends, range.to, tz)).intersect(window);
            if !span.is_empty() {
                spans.push(span);
            }
        }
        day = day + Days::new(1);
    }
    join(spans)
}

fn join(mut spans: Vec<Window>) -> Vec<Window> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Window> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The instant at which the wall clock of `tz` shows `minutes` of `day`.
fn instant(day: NaiveDate, minutes: u16, tz: Tz) -> Timestamp {
    wall_clock(day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes.into()), tz)
}

/// The instant at which the wall clock of `tz` shows `local`: of two, the earlier; of a skipped time, as if the clock
/// had not been changed yet, which moves it forward by what was skipped.
fn wall_clock(local: NaiveDateTime, tz: Tz) -> Timestamp {
    if let Some(at) = tz.from_local_datetime(&local).earliest() {
        return at.with_timezone(&Utc).into();
    }
    // The longest skip on record is a whole day.
    (1..=26)
        .find_map(|hours| {
            let before = TimeDelta::hours(hours);
            let at = tz.from_local_datetime(&(local - before)).latest()?;
            Some(Timestamp::from(at.with_timezone(&Utc) + before))
        })
        .unwrap_or_else(|| Utc.from_utc_datetime(&local).into())
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
