//! Time zones as calendars name them: IANA, Windows, vendors' prefixes, and zones that the calendar defines itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

use calcard::common::timezone::Tz as CalendarTz;
use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarValue,
};
use chrono::{NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use fairlead_domain::Timestamp;

use super::rule;

/// Most zones that are worked out from a feed's own definitions; more is no calendar that people keep.
const MAX_OWN_ZONES: usize = 64;

/// Where wall clock time is turned into instants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Zone {
    /// A zone of the time zone database.
    Named(chrono_tz::Tz),
    /// A constant offset, in seconds east of UTC.
    Fixed(i32),
    /// A zone that the calendar defines: changes of offset, oldest first.
    Own(Rc<OwnZone>),
}

/// A zone that only the calendar knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnZone {
    /// Seconds east of UTC before the first change.
    first: i32,
    /// Instant (seconds since the epoch) and the offset from then on.
    changes: Vec<(i64, i32)>,
}

impl Zone {
    /// UTC.
    pub(super) const UTC: Self = Self::Fixed(0);

    /// The instant of a wall clock time. A time that is skipped is read with the offset before the change, a time that
    /// comes twice means the first (RFC 5545, 3.3.5).
    pub(super) fn instant(&self, local: NaiveDateTime) -> Timestamp {
        let wall = local.and_utc().timestamp();
        let (before, after) = (self.offset(wall.saturating_sub(86_400)), self.offset(wall.saturating_add(86_400)));
        let fits = |offset: &i32| self.offset(wall - i64::from(*offset)) == *offset;
        let offset = [before, after].into_iter().filter(fits).max().unwrap_or(before);
        Timestamp::from_millis((wall - i64::from(offset)).saturating_mul(1_000))
    }

    /// The wall clock time of an instant.
    pub(super) fn local(&self, at: Timestamp) -> NaiveDateTime {
        let utc = at.to_utc().naive_utc();
        utc.checked_add_signed(TimeDelta::seconds(i64::from(self.offset(at.as_secs())))).unwrap_or(utc)
    }

    /// Seconds east of UTC at an instant given in seconds since the epoch.
    fn offset(&self, at: i64) -> i32 {
        match self {
            Self::Fixed(offset) => *offset,
            Self::Named(tz) => {
                let utc = Timestamp::from_millis(at.saturating_mul(1_000)).to_utc().naive_utc();
                tz.offset_from_utc_datetime(&utc).fix().local_minus_utc()
            }
            Self::Own(zone) => {
                let passed = zone.changes.partition_point(|(from, _)| *from <= at);
                passed.checked_sub(1).and_then(|i| zone.changes.get(i)).map_or(zone.first, |(_, offset)| *offset)
            }
        }
    }
}

/// The zones of one calendar, worked out when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Zones {
    own: HashMap<String, Definition>,
    known: RefCell<HashMap<String, Option<Zone>>>,
}

/// A `VTIMEZONE` as read.
#[derive(Debug, Default)]
pub(super) struct Definition {
    /// A name in the time zone database that it points to.
    alias: Option<chrono_tz::Tz>,
    observances: Vec<Observance>,
}

/// A `STANDARD` or `DAYLIGHT` part of a definition.
#[derive(Debug, Default)]
struct Observance {
    start: Option<NaiveDateTime>,
    from: Option<i32>,
    to: Option<i32>,
    rule: Option<ICalendarRecurrenceRule>,
    dates: Vec<NaiveDateTime>,
}

impl Zones {
    /// Takes up a `VTIMEZONE` with its parts.
    pub(super) fn define(&mut self, zone: &ICalendarComponent, all: &[ICalendarComponent]) {
        let Some(id) = text_of(zone, &ICalendarProperty::Tzid) else { return };
        let alias = zone.timezone().and_then(|(_, tz)| match tz {
            CalendarTz::Tz(tz) => Some(tz),
            CalendarTz::Fixed(_) | CalendarTz::Floating => None,
        });
        let parts = zone.component_ids.iter().filter_map(|id| all.get(usize::try_from(*id).ok()?));
        let is_part = |c: &&ICalendarComponent| {
            matches!(c.component_type, ICalendarComponentType::Standard | ICalendarComponentType::Daylight)
        };
        let observances = parts.filter(is_part).map(Observance::read).collect();
        self.own.entry(id.trim().to_owned()).or_insert(Definition { alias, observances });
    }

    /// The zone that `id` means; `None` when nobody says what it is.
    pub(super) fn resolve(&self, id: &str) -> Option<Zone> {
        let id = id.trim();
        if let Some(zone) = self.known.borrow().get(id) {
            return zone.clone();
        }
        let own = || {
            let definition = self.own.get(id)?;
            match definition.alias {
                Some(tz) => Some(Zone::Named(tz)),
                None if self.known.borrow().len() >= MAX_OWN_ZONES => None,
                None => definition.work_out(),
            }
        };
        let zone = by_name(id).map(Zone::Named).or_else(own).or_else(|| offset_name(id).map(Zone::Fixed));
        self.known.borrow_mut().insert(id.to_owned(), zone.clone());
        zone
    }
}

/// The zone of the database that a name means: an IANA name, a Windows name, or an IANA name behind a vendor's prefix.
pub(crate) fn by_name(name: &str) -> Option<chrono_tz::Tz> {
    let name = name.trim().trim_matches('"');
    if let Ok(CalendarTz::Tz(tz)) = CalendarTz::from_str(name) {
        return Some(tz);
    }
    let mut parts = name.rsplit('/');
    let (city, area) = (parts.next()?, parts.next()?);
    chrono_tz::Tz::from_str(&format!("{area}/{city}")).ok()
}

/// Seconds east of UTC of a name that is nothing but an offset, for example `UTC+01:00` or `(GMT -05:00)`.
fn offset_name(name: &str) -> Option<i32> {
    let name = name.trim_matches(['(', ')', ' ']);
    let rest = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT"))?.trim_start();
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = rest.strip_prefix(['+', '-'])?.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    (hours < 24 && minutes < 60).then(|| sign * (i32::from(hours) * 3_600 + i32::from(minutes) * 60))
}

impl Definition {
    /// The changes of offset from 1900 to 2200 that the definition states.
    fn work_out(&self) -> Option<Zone> {
        let mut changes = Vec::new();
        let mut oldest: Option<(i64, i32)> = None;
        for part in &self.observances {
            let (start, from, to) = (part.start?, part.from?, part.to?);
            let starts = part.starts(start)?;
            for local in starts {
                let at = local.and_utc().timestamp() - i64::from(from);
                changes.push((at, to));
                if oldest.is_none_or(|(first, _)| at < first) {
                    oldest = Some((at, from));
                }
            }
        }
        let (_, first) = oldest?;
        changes.sort_unstable();
        changes.dedup_by_key(|(at, _)| *at);
        Some(Zone::Own(Rc::new(OwnZone { first, changes })))
    }
}

impl Observance {
    fn read(part: &ICalendarComponent) -> Self {
        let mut read = Self::default();
        for entry in &part.entries {
            let value = entry.values.first();
            match (&entry.name, value) {
                (ICalendarProperty::Dtstart, Some(ICalendarValue::PartialDateTime(at))) => {
                    read.start = at.to_date_time().map(|at| at.date_time);
                }
                (ICalendarProperty::Tzoffsetfrom, value) => read.from = offset_of(value),
                (ICalendarProperty::Tzoffsetto, value) => read.to = offset_of(value),
                (ICalendarProperty::Rrule, Some(ICalendarValue::RecurrenceRule(rule))) => {
                    read.rule = Some((**rule).clone());
                }
                (ICalendarProperty::Rdate, _) => {
                    let at = |v: &ICalendarValue| Some(v.as_partial_date_time()?.to_date_time()?.date_time);
                    read.dates.extend(entry.values.iter().filter_map(at).take(rule::MAX_PER_EVENT));
                }
                _ => {}
            }
        }
        read
    }

    /// When it begins, each time; `None` when its rule cannot be followed.
    fn starts(&self, start: NaiveDateTime) -> Option<Vec<NaiveDateTime>> {
        let mut starts = vec![start];
        starts.extend(&self.dates);
        if let Some(rule) = &self.rule {
            if !matches!(rule.freq, ICalendarFrequency::Yearly | ICalendarFrequency::Monthly) {
                return None;
            }
            let until = rule.until.as_ref().and_then(|until| until.to_date_time()).map(|until| until.date_time);
            let day = |year| NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0);
            let span = rule::Span { from: day(1900)?, to: day(2200)? };
            starts.extend(rule::starts(rule, start, until, span).ok()?.starts);
        }
        Some(starts)
    }
}

fn text_of<'a>(component: &'a ICalendarComponent, name: &ICalendarProperty) -> Option<&'a str> {
    component.property(name)?.values.first()?.as_text()
}

/// Seconds east of UTC of a `TZOFFSETFROM` or `TZOFFSETTO`.
fn offset_of(value: Option<&ICalendarValue>) -> Option<i32> {
    let offset = value?.as_partial_date_time()?;
    let secs = i32::from(offset.tz_hour?) * 3600 + i32::from(offset.tz_minute.unwrap_or(0)) * 60;
    (secs < 86_400).then_some(if offset.tz_minus { -secs } else { secs })
}
