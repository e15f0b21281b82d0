//! Which window the page shows: whole days of the workspace's zone.

use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window, words};

use crate::EngineError;

words! {
    /// How long a window is.
    Span {
        /// Three days.
        Days3 = "3d",
        /// A week.
        Week = "1w",
        /// Two weeks.
        Weeks2 = "2w",
        /// Four weeks.
        Weeks4 = "4w",
        /// A quarter of the calendar.
        Quarter = "quarter",
    }
}

/// Which window is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanesQuery {
    /// Its first day in the workspace's zone; without one, the window around the instant.
    pub from: Option<NaiveDate>,
    /// How long it is.
    pub span: Span,
    /// Only the schedules of this team.
    pub team: Option<String>,
}

impl LanesQuery {
    /// From what the window writes: a day `YYYY-MM-DD`, and the word of a span.
    ///
    /// # Errors
    /// When one of them is none.
    pub fn parse(from: Option<&str>, span: &str, team: Option<String>) -> Result<Self, EngineError> {
        let usage = |message: String| EngineError::Usage { message };
        let day = |text: &str| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| (1970..2190).contains(&day.year()));
            day.ok_or_else(|| usage(format!("{text:?} is no day: it is written like 2026-11-16")))
        };
        let from = from.map(day).transpose()?;
        let span =
            Span::from_word(span).ok_or_else(|| usage(format!("{span:?} is none of 3d, 1w, 2w, 4w and quarter")))?;
        Ok(Self { from, span, team })
    }
}

/// A window of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    /// The window.
    pub window: Window,
    /// Its first day.
    pub first: NaiveDate,
    /// The day after its last.
    pub end: NaiveDate,
    /// First day of the window before.
    pub earlier: NaiveDate,
    /// First day of the window after.
    pub later: NaiveDate,
}

impl Range {
    /// The window that `query` asks for at an instant.
    pub(super) fn of(query: &LanesQuery, as_of: Timestamp, zone: Tz) -> Self {
        let today = as_of.to_utc().with_timezone(&zone).date_naive();
        let first = match (query.from, query.span) {
            (from, Span::Quarter) => quarter_of(from.unwrap_or(today)),
            (Some(from), _) => from,
            (None, Span::Days3) => today,
            (None, Span::Week | Span::Weeks2) => monday_of(today),
            (None, Span::Weeks4) => monday_of(today) - Days::new(7),
        };
        // Two weeks and more move by half, so that what was seen last stays in sight.
        let (end, earlier, later) = match query.span {
            Span::Days3 => (first + Days::new(3), first - Days::new(3), first + Days::new(3)),
            Span::Week => (first + Days::new(7), first - Days::new(7), first + Days::new(7)),
            Span::Weeks2 => (first + Days::new(14), first - Days::new(7), first + Days::new(7)),
            Span::Weeks4 => (first + Days::new(28), first - Days::new(14), first + Days::new(14)),
            Span::Quarter => (first + Months::new(3), first - Months::new(3), first + Months::new(3)),
        };
        Self { window: Window::new(midnight(first, zone), midnight(end, zone)), first, end, earlier, later }
    }

    /// In words: `16–29 November 2026`.
    pub(super) fn title(&self) -> String {
        let last = self.end - Days::new(1);
        span_title(self.first, last, true)
    }
}

/// Days from `first` to `last` in words: `16–22 November`, `28 September – 4 October`.
pub(super) fn span_title(first: NaiveDate, last: NaiveDate, year: bool) -> String {
    let end = last.format(if year { "%-d %B %Y" } else { "%-d %B" });
    match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => format!("{}–{end}", first.day()),
        (true, false) => format!("{} – {end}", first.format("%-d %B")),
        (false, _) => format!("{} – {end}", first.format(if year { "%-d %B %Y" } else { "%-d %B" })),
    }
}

/// The Monday of a day's week.
pub(super) fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

fn quarter_of(day: NaiveDate) -> NaiveDate {
    let month = day.month0() / 3 * 3 + 1;
    NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
}

/// The first instant of a day by the wall clock of a zone: where clocks skip midnight, the first that there is.
pub(super) fn midnight(day: NaiveDate, zone: Tz) -> Timestamp {
    let found = (0..=4).find_map(|half_hours: u32| {
        let wall = day.and_hms_opt(half_hours / 2, half_hours % 2 * 30, 0)?;
        wall.and_local_timezone(zone).earliest()
    });
    found.map_or_else(
        || Timestamp::from(day.and_time(chrono::NaiveTime::MIN).and_utc()),
        |at| Timestamp::from(at.to_utc()),
    )
}
