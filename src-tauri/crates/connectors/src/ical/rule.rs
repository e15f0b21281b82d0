//! Recurrence rules, followed within bounds.
//!
//! calcard knows the rules; the bounds are ours, because its own limit is one budget for a whole calendar, counted from
//! `DTSTART`. A rule is followed as wall clock time, without a zone, and begins near the span that is asked for.

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz as CalendarTz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarMonth,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike, Months, NaiveDateTime, TimeDelta, Timelike};

/// Most occurrences of one event.
pub(super) const MAX_PER_EVENT: usize = 2_000;
/// Most steps of one rule that must be counted from its beginning (`COUNT`): 54 years of days.
const MAX_COUNTED: usize = 20_000;
/// First year from which a rule with `COUNT` is counted.
const EARLIEST_COUNTED: i32 = 1900;
/// What a rule without any occurrence costs: the library looks for one through 100,000 periods of up to a year each.
const EMPTY_COST: usize = 500_000;
/// Most times of a day that a rule may name; more is an attack on memory, not a rota.
const MAX_TIMES_A_DAY: usize = 48;

/// A span of wall clock time, half-open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) from: NaiveDateTime,
    pub(super) to: NaiveDateTime,
}

/// What a rule gave.
#[derive(Debug, Default)]
pub(super) struct Followed {
    /// Starts within the span, in order.
    pub(super) starts: Vec<NaiveDateTime>,
    /// A limit was hit before the end of the span.
    pub(super) cut: bool,
    /// Steps taken.
    pub(super) cost: usize,
}

/// Why a rule is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Every second or minute, or too many times a day.
    TooOften,
    /// A calendar other than the Gregorian.
    OtherCalendar,
    /// It contradicts itself or the standard.
    Broken,
}

/// The starts of a rule that fall in `span`, beginning at `start`, up to and with `until`.
pub(super) fn starts(
    rule: &ICalendarRecurrenceRule,
    start: NaiveDateTime,
    until: Option<NaiveDateTime>,
    span: Span,
) -> Result<Followed, Refusal> {
    refuse(rule, start)?;
    let last = until.map_or(span.to, |until| until.min(span.to));
    if last < start || last < span.from || never(rule) {
        return Ok(Followed::default());
    }
    let mut rule = rule.clone();
    let begin = if rule.count.is_some() { start } else { seek(&mut rule, start, span.from) };
    rule.until = Some(partial(last));
    let limit = if rule.count.is_some() { MAX_COUNTED } else { MAX_PER_EVENT + 100 };
    let all = follow(rule, begin, limit)?;
    let cost = if all.is_empty() { EMPTY_COST } else { all.len() };
    let exhausted = all.len() >= limit && all.last().is_some_and(|at| *at < last);
    let mut starts: Vec<_> = all.into_iter().filter(|at| *at >= span.from && *at < span.to && *at >= start).collect();
    let cut = exhausted || starts.len() > MAX_PER_EVENT;
    starts.truncate(MAX_PER_EVENT);
    Ok(Followed { starts, cut, cost })
}

fn refuse(rule: &ICalendarRecurrenceRule, start: NaiveDateTime) -> Result<(), Refusal> {
    use calcard::common::CalendarScale::Gregorian;
    if matches!(rule.freq, ICalendarFrequency::Minutely | ICalendarFrequency::Secondly) {
        return Err(Refusal::TooOften);
    }
    let distinct = |values: &[u8]| values.iter().collect::<std::collections::BTreeSet<_>>().len().max(1);
    if distinct(&rule.byhour) * distinct(&rule.byminute) * distinct(&rule.bysecond) > MAX_TIMES_A_DAY {
        return Err(Refusal::TooOften);
    }
    let within = |values: &[i32], most: i32| values.iter().all(|value| (1..=most).contains(&value.abs()));
    let wide = |values: &[i8]| values.iter().map(|value| i32::from(*value)).collect::<Vec<_>>();
    let days: Vec<_> = rule.byyearday.iter().map(|value| i32::from(*value)).collect();
    let hours = rule.byhour.iter().all(|hour| *hour < 24);
    let sane = within(&wide(&rule.bymonthday), 31) && within(&wide(&rule.byweekno), 53) && within(&days, 366) && hours;
    if !sane || (rule.count.is_some() && start.year() < EARLIEST_COUNTED) {
        return Err(Refusal::Broken);
    }
    let leap_months = rule.bymonth.iter().any(ICalendarMonth::is_leap);
    if leap_months || rule.rscale.as_ref().is_some_and(|scale| *scale != Gregorian) {
        return Err(Refusal::OtherCalendar);
    }
    Ok(())
}

/// Whether the days of the month that a rule names lie in none of its months, for example 30 February. The library would
/// look for such a day through thousands of years.
fn never(rule: &ICalendarRecurrenceRule) -> bool {
    let longest = |month: &ICalendarMonth| match month.month() {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let Some(longest) = rule.bymonth.iter().map(longest).max() else { return false };
    !rule.bymonthday.is_empty() && rule.bymonthday.iter().all(|day| day.unsigned_abs() > longest)
}

/// A later beginning that leaves the rule's occurrences from `from` on as they are. Parts that the rule takes from its
/// first day are written into it before.
fn seek(rule: &mut ICalendarRecurrenceRule, start: NaiveDateTime, from: NaiveDateTime) -> NaiveDateTime {
    let every = i64::from(rule.interval.unwrap_or(1).max(1));
    // One period less than would fit, so that a rule that comes true at all is seen to, also in a short span.
    let periods = |length: i64| ((from - start).num_seconds() / length / every - 1).max(0) * every;
    let moved = |delta: Option<TimeDelta>| delta.and_then(|delta| start.checked_add_signed(delta)).unwrap_or(start);
    let months_each = match rule.freq {
        ICalendarFrequency::Hourly => return moved(TimeDelta::try_hours(periods(3_600))),
        ICalendarFrequency::Daily => return moved(TimeDelta::try_days(periods(86_400))),
        ICalendarFrequency::Weekly => return moved(TimeDelta::try_weeks(periods(604_800))),
        ICalendarFrequency::Yearly => 12,
        _ => 1,
    };
    let months = i64::from(from.year() - start.year()) * 12 + i64::from(from.month()) - i64::from(start.month());
    let step = every * months_each;
    let whole = (months / step - 1).max(0) * step;
    let first = start.with_day(1).and_then(|day| day.checked_add_months(Months::new(u32::try_from(whole).ok()?)));
    match first {
        Some(first) if whole > 0 => {
            write_defaults(rule, start);
            first
        }
        _ => start,
    }
}

fn write_defaults(rule: &mut ICalendarRecurrenceRule, start: NaiveDateTime) {
    let names_days =
        !(rule.byday.is_empty() && rule.bymonthday.is_empty() && rule.byyearday.is_empty() && rule.byweekno.is_empty());
    if names_days {
        return;
    }
    rule.bymonthday.push(i8::try_from(start.day()).unwrap_or(1));
    if rule.freq == ICalendarFrequency::Yearly && rule.bymonth.is_empty() {
        rule.bymonth.push(ICalendarMonth::new(u8::try_from(start.month()).unwrap_or(1), false));
    }
}

fn follow(rule: ICalendarRecurrenceRule, start: NaiveDateTime, limit: usize) -> Result<Vec<NaiveDateTime>, Refusal> {
    let entries = vec![
        ICalendarEntry::new(ICalendarProperty::Dtstart)
            .with_value(ICalendarValue::PartialDateTime(Box::new(partial(start)))),
        ICalendarEntry::new(ICalendarProperty::Rrule).with_value(ICalendarValue::RecurrenceRule(Box::new(rule))),
    ];
    let event =
        ICalendarComponent { component_type: ICalendarComponentType::VEvent, entries, component_ids: Vec::new() };
    let expanded = ICalendar { components: vec![event] }.expand_dates(CalendarTz::Floating, limit);
    if !expanded.errors.is_empty() {
        return Err(Refusal::Broken);
    }
    let mut starts: Vec<_> = expanded.events.iter().map(|event| event.start.naive_local()).collect();
    starts.sort_unstable();
    starts.dedup();
    Ok(starts)
}

/// A wall clock time as calcard writes it; years before 0 or after 9999 become its bounds.
fn partial(at: NaiveDateTime) -> PartialDateTime {
    let small = |value: u32| u8::try_from(value).ok();
    PartialDateTime {
        year: Some(u16::try_from(at.year().clamp(0, 9_999)).unwrap_or_default()),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        ..PartialDateTime::default()
    }
}
