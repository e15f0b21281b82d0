//! The time axis of each zone: where its days begin, and within a week its hours.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Offset, TimeDelta, Weekday};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use serde::Serialize;
use specta::Type;

use super::range::{Range, Span, midnight, monday_of, span_title};

/// Most zones beside the workspace's that are shown side by side.
const MOST_ZONES: usize = 6;
/// Hours between the ticks of a day.
const TICK_HOURS: u32 = 6;

/// A zone's axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Axis {
    /// IANA zone.
    pub zone: String,
    /// Minutes that its clocks are ahead of UTC when the window begins.
    pub offset_minutes: i32,
    /// People shown whose zone it is.
    pub people: u32,
    /// Its days within the window.
    pub days: Vec<AxisDay>,
    /// Hours of the day between midnights, where the window is a week or less.
    pub ticks: Vec<AxisTick>,
}

/// A day of a zone, clipped to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AxisDay {
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `M 16`.
    pub label: String,
    /// Saturday or Sunday.
    pub weekend: bool,
    /// The day of the instant that is asked about.
    pub today: bool,
}

/// An hour of a zone's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AxisTick {
    /// When.
    #[specta(type = String)]
    pub at: Timestamp,
    /// The wall clock: 6, 12 or 18.
    pub hour: u32,
}

/// A week, or in a quarter a month, clipped to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AxisGroup {
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// `16–22 November`.
    pub title: String,
    /// The instant that is asked about lies in it.
    pub current: bool,
}

/// The workspace's axis, and those of the zones of `people`, from west to east.
pub(super) fn axes(range: &Range, span: Span, as_of: Timestamp, home: Tz, people: &[Tz]) -> Vec<Axis> {
    let mut counts: BTreeMap<&'static str, (Tz, u32)> = BTreeMap::new();
    for zone in people {
        counts.entry(zone.name()).or_insert((*zone, 0)).1 += 1;
    }
    let own = counts.remove(home.name()).map_or(0, |(_, people)| people);
    let mut others: Vec<Axis> =
        counts.into_values().map(|(zone, people)| axis(range.window, span, as_of, zone, people)).collect();
    others.sort_by(|a, b| {
        let (many, few) = (b.people, a.people);
        many.cmp(&few).then_with(|| a.zone.cmp(&b.zone))
    });
    others.truncate(MOST_ZONES);
    others.sort_by(|a, b| (a.offset_minutes, &a.zone).cmp(&(b.offset_minutes, &b.zone)));
    std::iter::once(axis(range.window, span, as_of, home, own)).chain(others).collect()
}

fn axis(window: Window, span: Span, as_of: Timestamp, zone: Tz, people: u32) -> Axis {
    let local = |at: Timestamp| at.to_utc().with_timezone(&zone);
    let today = local(as_of).date_naive();
    let mut days = Vec::new();
    let mut ticks = Vec::new();
    let mut day = local(window.start).date_naive();
    while midnight(day, zone) < window.end {
        let next = day + Days::new(1);
        let part = Window::new(midnight(day, zone), midnight(next, zone)).intersect(window);
        if !part.is_empty() {
            days.push(AxisDay {
                start: part.start,
                end: part.end,
                date: day.format("%Y-%m-%d").to_string(),
                label: format!("{} {}", letter(day.weekday()), day.day()),
                weekend: matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
                today: day == today,
            });
        }
        if matches!(span, Span::Days3 | Span::Week) {
            ticks.extend((1..24 / TICK_HOURS).filter_map(|n| tick(day, n * TICK_HOURS, zone, window)));
        }
        day = next;
    }
    let offset_minutes = local(window.start).offset().fix().local_minus_utc() / 60;
    Axis { zone: zone.name().to_owned(), offset_minutes, people, days, ticks }
}

fn tick(day: NaiveDate, hour: u32, zone: Tz, window: Window) -> Option<AxisTick> {
    let wall = day.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour.into());
    let at = Timestamp::from(wall.and_local_timezone(zone).earliest()?.to_utc());
    window.contains(at).then_some(AxisTick { at, hour })
}

const fn letter(day: Weekday) -> char {
    match day {
        Weekday::Mon => 'M',
        Weekday::Tue | Weekday::Thu => 'T',
        Weekday::Wed => 'W',
        Weekday::Fri => 'F',
        Weekday::Sat | Weekday::Sun => 'S',
    }
}

/// Weeks, in a quarter months.
pub(super) fn groups(range: &Range, span: Span, as_of: Timestamp, zone: Tz) -> Vec<AxisGroup> {
    let mut groups = Vec::new();
    let mut day = range.first;
    while day < range.end {
        let next = match span {
            Span::Quarter => day + Months::new(1),
            _ => monday_of(day) + Days::new(7),
        };
        let next = next.min(range.end);
        let title = match span {
            Span::Quarter => day.format("%B %Y").to_string(),
            _ => span_title(day, next - Days::new(1), false),
        };
        let part = Window::new(midnight(day, zone), midnight(next, zone));
        groups.push(AxisGroup { start: part.start, end: part.end, title, current: part.contains(as_of) });
        day = next;
    }
    groups
}
