//! A calendar feed as text, read into events. Nothing but what the records need is taken over.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarPeriod,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{NaiveDateTime, TimeDelta};

use super::zone::Zones;

/// Most `EXDATE` and most `RDATE` values of one event that are read.
pub(super) const MAX_DATES: usize = 10_000;

/// A feed: one or more calendars one after the other.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) calendars: Vec<Calendar>,
    /// The text ended inside a calendar.
    pub(super) truncated: bool,
}

/// One `VCALENDAR`.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    /// `X-WR-CALNAME`.
    pub(super) name: Option<String>,
    /// `PRODID`.
    pub(super) producer: String,
    /// `X-WR-TIMEZONE`, for times that name no zone.
    pub(super) zone: Option<String>,
    pub(super) zones: Zones,
    pub(super) events: Vec<Event>,
}

/// One `VEVENT`.
#[derive(Debug, Clone, Default)]
pub(super) struct Event {
    pub(super) uid: Option<String>,
    pub(super) sequence: i64,
    pub(super) cancelled: bool,
    pub(super) summary: String,
    pub(super) attendees: Vec<Attendee>,
    pub(super) start: Option<Moment>,
    pub(super) end: Ending,
    pub(super) rule: Rule,
    pub(super) except: Vec<Moment>,
    pub(super) extra: Vec<(Moment, Ending)>,
    /// More `EXDATE` or `RDATE` values were given than are read.
    pub(super) dates_cut: bool,
    /// The instance of the series that this event replaces.
    pub(super) replaces: Option<Moment>,
    /// It replaces that instance and all later ones.
    pub(super) and_future: bool,
}

/// A recurrence rule as found.
#[derive(Debug, Clone, Default)]
pub(super) enum Rule {
    /// The event happens once.
    #[default]
    None,
    /// It comes again by these rules, nearly always one.
    Rules(Vec<ICalendarRecurrenceRule>),
    /// It comes again, nobody can say when.
    Unreadable,
}

/// Who is invited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attendee {
    /// E-mail or whatever stands in its place.
    pub(super) address: String,
    /// `CN`.
    pub(super) name: Option<String>,
    /// `PARTSTAT=DECLINED`, or a room or resource.
    pub(super) absent: bool,
}

/// A date or a date with time as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) local: NaiveDateTime,
    pub(super) place: Place,
}

/// Where a [`Moment`] is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A whole day, in the calendar's zone.
    Day,
    /// No zone is named.
    Floating,
    /// Seconds east of UTC.
    Offset(i32),
    /// A `TZID`.
    Zone(String),
}

/// When an event ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is not said.
    #[default]
    Unsaid,
    /// At this moment.
    At(Moment),
    /// After whole days by the calendar, then this much time.
    After { days: TimeDelta, time: TimeDelta },
}

impl Feed {
    /// Reads a feed. Text around and between calendars is passed over; a feed without any calendar has none.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = unfold(bytes);
        let mut feed = Self::default();
        let mut parser = Parser::new(&text);
        loop {
            match parser.entry() {
                Entry::ICalendar(calendar) => feed.calendars.extend(Calendar::take(&calendar)),
                Entry::UnterminatedComponent(_) | Entry::TooManyComponents => feed.truncated = true,
                Entry::Eof => break,
                Entry::InvalidLine(_) | Entry::VCard(_) | Entry::UnexpectedComponentEnd { .. } => {}
                _ => {}
            }
        }
        let (opened, closed) = (lines(&text, "BEGIN:VCALENDAR"), lines(&text, "END:VCALENDAR"));
        feed.truncated |= opened > closed;
        feed
    }
}

fn lines(text: &str, wanted: &str) -> usize {
    text.lines().filter(|line| line.trim().eq_ignore_ascii_case(wanted)).count()
}

/// Folded lines joined (RFC 5545, 3.1) as octets, because a fold may part the octets of one character; then decoded.
/// Line ends become LF, also a bare CR.
fn unfold(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'\r' && byte != b'\n' {
            out.push(byte);
            continue;
        }
        if byte == b'\r' && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        match bytes.get(at) {
            Some(b' ' | b'\t') => at += 1,
            _ => out.push(b'\n'),
        }
    }
    match String::from_utf8(out) {
        Ok(text) => text,
        // Old exports are Latin-1; its characters are the first 256 of Unicode.
        Err(error) => error
            .as_bytes()
            .utf8_chunks()
            .flat_map(|chunk| chunk.valid().chars().chain(chunk.invalid().iter().map(|&byte| char::from(byte))))
            .collect(),
    }
}

impl Calendar {
    /// The calendar of a `VCALENDAR`, or of events that stand alone.
    fn take(parsed: &ICalendar) -> Option<Self> {
        let root = parsed.components.first()?;
        let mut calendar = Self::default();
        for entry in &root.entries {
            let text = || first_text(entry).map(str::to_owned);
            match entry.name.as_str().to_ascii_uppercase().as_str() {
                "X-WR-CALNAME" => calendar.name = text(),
                "NAME" if calendar.name.is_none() => calendar.name = text(),
                "X-WR-TIMEZONE" => calendar.zone = text(),
                "PRODID" => calendar.producer = text().unwrap_or_default(),
                _ => {}
            }
        }
        for component in &parsed.components {
            match component.component_type {
                ICalendarComponentType::VTimezone => calendar.zones.define(component, &parsed.components),
                ICalendarComponentType::VEvent => calendar.events.push(Event::take(component)),
                _ => {}
            }
        }
        let is_calendar = matches!(root.component_type, ICalendarComponentType::VCalendar);
        (is_calendar || !calendar.events.is_empty()).then_some(calendar)
    }
}

impl Event {
    fn take(component: &ICalendarComponent) -> Self {
        let mut event = Self::default();
        for entry in &component.entries {
            event.take_entry(entry);
        }
        event
    }

    fn take_entry(&mut self, entry: &ICalendarEntry) {
        let text = || first_text(entry).map(str::to_owned);
        match &entry.name {
            ICalendarProperty::Uid => self.uid = text().filter(|uid| !uid.trim().is_empty()),
            ICalendarProperty::Summary => self.summary = text().unwrap_or_default(),
            ICalendarProperty::Sequence => {
                self.sequence = entry.values.first().and_then(ICalendarValue::as_integer).unwrap_or(0);
            }
            ICalendarProperty::Status => {
                self.cancelled =
                    matches!(entry.values.first(), Some(ICalendarValue::Status(ICalendarStatus::Cancelled)))
                        || first_text(entry).is_some_and(|word| word.eq_ignore_ascii_case("CANCELED"));
            }
            ICalendarProperty::Attendee => self.attendees.extend(Attendee::take(entry)),
            ICalendarProperty::Dtstart => self.start = Moment::first(entry),
            ICalendarProperty::Dtend => self.end = Moment::first(entry).map_or(Ending::Unsaid, Ending::At),
            ICalendarProperty::Duration if self.end == Ending::Unsaid => {
                if let Some(ICalendarValue::Duration(duration)) = entry.values.first() {
                    self.end = Ending::after(duration);
                }
            }
            ICalendarProperty::Rrule => self.take_rule(entry),
            ICalendarProperty::Exdate => {
                self.dates_cut |= self.except.len() + entry.values.len() > MAX_DATES;
                let room = MAX_DATES.saturating_sub(self.except.len());
                self.except.extend(entry.values.iter().filter_map(|value| Moment::of(entry, value)).take(room));
            }
            ICalendarProperty::Rdate => {
                self.dates_cut |= self.extra.len() + entry.values.len() > MAX_DATES;
                let room = MAX_DATES.saturating_sub(self.extra.len());
                self.extra.extend(entry.values.iter().filter_map(|value| extra(entry, value)).take(room));
            }
            ICalendarProperty::RecurrenceId => {
                self.replaces = Moment::first(entry);
                self.and_future = entry.has_parameter(&ICalendarParameterName::Range);
            }
            _ => {}
        }
    }

    fn take_rule(&mut self, entry: &ICalendarEntry) {
        let Some(ICalendarValue::RecurrenceRule(rule)) = entry.values.first() else {
            self.rule = Rule::Unreadable;
            return;
        };
        match &mut self.rule {
            Rule::Rules(rules) if rules.contains(rule) || rules.len() >= 8 => {}
            Rule::Rules(rules) => rules.push((**rule).clone()),
            other => *other = Rule::Rules(vec![(**rule).clone()]),
        }
    }
}

impl Attendee {
    fn take(entry: &ICalendarEntry) -> Option<Self> {
        let word = |name| entry.parameter(name).and_then(|value| value.as_text()).map(str::to_ascii_uppercase);
        let name = entry.parameter(&ICalendarParameterName::Cn).and_then(|value| value.as_text());
        let kind = word(&ICalendarParameterName::Cutype);
        let declined = word(&ICalendarParameterName::Partstat).as_deref() == Some("DECLINED");
        let absent = declined || matches!(kind.as_deref(), Some("ROOM" | "RESOURCE"));
        Some(Self { address: first_text(entry)?.to_owned(), name: name.map(str::to_owned), absent })
    }
}

impl Ending {
    fn after(duration: &calcard::icalendar::ICalendarDuration) -> Self {
        let sign = if duration.neg { -1 } else { 1 };
        let days = sign * (i64::from(duration.weeks) * 7 + i64::from(duration.days));
        let time = i64::from(duration.hours) * 3_600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
        match (TimeDelta::try_days(days), TimeDelta::try_seconds(sign * time)) {
            (Some(days), Some(time)) => Self::After { days, time },
            _ => Self::Unsaid,
        }
    }
}

impl Moment {
    fn first(entry: &ICalendarEntry) -> Option<Self> {
        Self::of(entry, entry.values.first()?)
    }

    fn of(entry: &ICalendarEntry, value: &ICalendarValue) -> Option<Self> {
        match value {
            ICalendarValue::PartialDateTime(at) => Self::partial(entry, at),
            _ => None,
        }
    }

    fn partial(entry: &ICalendarEntry, at: &calcard::common::PartialDateTime) -> Option<Self> {
        let read = at.to_date_time()?;
        let place = match (read.offset, at.hour, entry.tz_id()) {
            (Some(offset), ..) => Place::Offset(offset.local_minus_utc()),
            (None, None, _) => Place::Day,
            (None, Some(_), Some(id)) => Place::Zone(id.to_owned()),
            (None, Some(_), None) => Place::Floating,
        };
        Some(Self { local: read.date_time, place })
    }
}

/// A value of `RDATE`: a moment, or a moment with its own end.
fn extra(entry: &ICalendarEntry, value: &ICalendarValue) -> Option<(Moment, Ending)> {
    match value {
        ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
            Some((Moment::partial(entry, start)?, Ending::At(Moment::partial(entry, end)?)))
        }
        ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
            Some((Moment::partial(entry, start)?, Ending::after(duration)))
        }
        _ => Some((Moment::of(entry, value)?, Ending::Unsaid)),
    }
}

fn first_text(entry: &ICalendarEntry) -> Option<&str> {
    entry.values.first()?.as_text()
}
