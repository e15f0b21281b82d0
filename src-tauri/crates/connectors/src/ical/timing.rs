//! When one event begins, how long it lasts, and which further times its rules and dates give.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};
use fairlead_domain::{Timestamp, Window};

use super::feed::{Ending, Event, Moment, Place, Rule};
use super::rule::{self, Refusal, Span};
use super::walk::Walk;
use super::zone::Zone;

/// How long an event lasts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Length {
    /// By the wall clock, as rotas mean it.
    Wall(TimeDelta),
    /// Until an instant.
    Until(Timestamp),
    /// Days by the calendar, then exact time.
    Exact(TimeDelta, TimeDelta),
}

/// An event's start with its zone.
pub(super) struct Placed {
    pub(super) local: NaiveDateTime,
    pub(super) zone: Zone,
    pub(super) is_day: bool,
}

impl Placed {
    /// When that is.
    pub(super) fn instant(&self) -> Timestamp {
        self.zone.instant(self.local)
    }
}

impl<'a> Walk<'a, '_> {
    pub(super) fn start(&mut self, event: &'a Event, uid: &str) -> Option<Placed> {
        match event.start.as_ref().or(event.replaces.as_ref()) {
            Some(start) => self.place(start, event, uid),
            None => {
                self.remarks.add(
                    "event_dropped",
                    true,
                    &format!("the event with UID {uid:?} has no readable DTSTART and was left out"),
                );
                None
            }
        }
    }

    /// A moment with its zone. An unknown zone is said and never read as another.
    pub(super) fn place(&mut self, moment: &Moment, event: &Event, uid: &str) -> Option<Placed> {
        let zone = match &moment.place {
            Place::Day | Place::Floating => self.home.clone(),
            Place::Offset(secs) => Zone::Fixed(*secs),
            Place::Zone(id) => match self.calendar.zones.resolve(id) {
                Some(zone) => zone,
                None => {
                    let rough = Zone::UTC.instant(moment.local);
                    let near = Window::new(self.window.start.plus_days(-2), self.window.end.plus_days(2));
                    let once = matches!(event.rule, Rule::None);
                    self.remarks.add("unknown_zone", !once || near.contains(rough), &format!(
                        "the time zone {id:?} is not known and the calendar does not define it: the event of {} with UID {uid:?} was left out",
                        moment.local.date()
                    ));
                    return None;
                }
            },
        };
        Some(Placed { local: moment.local, zone, is_day: moment.place == Place::Day })
    }

    pub(super) fn length(&mut self, event: &'a Event, start: &Placed, recurs: bool) -> Option<Length> {
        let day = TimeDelta::days(1);
        Some(match &event.end {
            Ending::Unsaid if start.is_day => Length::Wall(day),
            Ending::Unsaid => Length::Wall(TimeDelta::zero()),
            Ending::After { days, time } if recurs => Length::Wall(days.checked_add(time)?),
            Ending::After { days, time } => Length::Exact(*days, *time),
            Ending::At(moment) => {
                let end = self.place(moment, event, event.uid.as_deref().unwrap_or_default())?;
                let wall = start.zone.local(end.instant()) - start.local;
                // Some producers end an all-day event on its own day.
                let wall = if start.is_day && wall.is_zero() { day } else { wall };
                if recurs || start.is_day { Length::Wall(wall) } else { Length::Until(end.instant()) }
            }
        })
    }

    pub(super) fn rule_starts(
        &mut self,
        event: &'a Event,
        start: &Placed,
        length: Length,
        uid: &str,
    ) -> Vec<NaiveDateTime> {
        let rules = match &event.rule {
            Rule::Rules(rules) => rules,
            Rule::None => return Vec::new(),
            Rule::Unreadable => {
                self.refused(uid, start, Refusal::Broken);
                return Vec::new();
            }
        };
        let margin = length.wall() + TimeDelta::days(2);
        let from = start.zone.local(self.window.start).checked_sub_signed(margin);
        let to = start.zone.local(self.window.end).checked_add_signed(TimeDelta::days(2));
        let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
        let mut starts = Vec::new();
        for rule in rules {
            if *self.steps == 0 {
                self.limit(uid, start);
                continue;
            }
            let until = rule.until.as_ref().and_then(|until| last_local(until, start));
            match rule::starts(rule, start.local, until, Span { from, to }) {
                Ok(followed) => {
                    *self.steps = self.steps.saturating_sub(followed.cost);
                    starts.extend(followed.starts);
                    if followed.cut {
                        self.limit(uid, start);
                    }
                }
                Err(refusal) => self.refused(uid, start, refusal),
            }
        }
        starts
    }

    fn limit(&mut self, uid: &str, start: &Placed) {
        self.remarks.add("calendar_limit", true, &format!(
            "the event of {} with UID {uid:?} comes again too often to be followed to the end: split it or give it an end",
            start.local.date()
        ));
    }

    fn refused(&mut self, uid: &str, start: &Placed, refusal: Refusal) {
        let why = match refusal {
            Refusal::TooOften => "comes again every minute or second, which no rota does",
            Refusal::OtherCalendar => "recurs by a calendar that is not followed",
            Refusal::Broken => "has a recurrence rule that cannot be read",
        };
        let code = if refusal == Refusal::TooOften { "calendar_limit" } else { "calendar_rule" };
        self.remarks.add(
            code,
            true,
            &format!("the event of {} with UID {uid:?} {why}: only its first time was taken", start.local.date()),
        );
    }

    pub(super) fn extra_starts(
        &mut self,
        event: &'a Event,
        start: &Placed,
        length: Length,
        uid: &str,
    ) -> Vec<(Timestamp, NaiveDateTime, Length)> {
        if event.dates_cut {
            self.limit(uid, start);
        }
        let mut starts = Vec::new();
        for (moment, ending) in &event.extra {
            let Some(mut extra) = self.place(moment, event, uid) else { continue };
            if extra.is_day && !start.is_day {
                extra.local = extra.local.date().and_time(start.local.time());
                extra.zone = start.zone.clone();
            }
            let at = extra.instant();
            let length = match ending {
                Ending::Unsaid => length,
                Ending::After { days, time } => Length::Wall(days.checked_add(time).unwrap_or_default()),
                Ending::At(end) => match self.place(end, event, uid) {
                    Some(end) => Length::Until(end.instant()),
                    None => continue,
                },
            };
            starts.push((at, start.zone.local(at), length));
        }
        starts
    }

    pub(super) fn exceptions(&mut self, event: &'a Event, start: &Placed, uid: &str) -> Exceptions {
        let mut except = Exceptions::default();
        for moment in &event.except {
            if moment.place == Place::Day || start.is_day {
                except.days.insert(moment.local.date());
            } else if let Some(placed) = self.place(moment, event, uid) {
                except.instants.insert(placed.instant());
            }
        }
        except
    }
}

impl Event {
    /// Whether every rule ended before the event began: the series was deleted.
    pub(super) fn ended_before(&self, start: &Placed) -> bool {
        let Rule::Rules(rules) = &self.rule else { return false };
        let ended =
            |until: &calcard::common::PartialDateTime| last_local(until, start).is_some_and(|last| last < start.local);
        rules.iter().all(|rule| rule.until.as_ref().is_some_and(ended))
    }
}

/// Instances that do not take place.
#[derive(Default)]
pub(super) struct Exceptions {
    pub(super) instants: HashSet<Timestamp>,
    pub(super) days: HashSet<chrono::NaiveDate>,
}

impl Length {
    /// Roughly, for how far before a window an instance may begin that reaches into it.
    fn wall(self) -> TimeDelta {
        match self {
            Self::Wall(delta) => delta.max(TimeDelta::zero()),
            Self::Exact(days, time) => days.checked_add(&time).unwrap_or_default().max(TimeDelta::zero()),
            Self::Until(_) => TimeDelta::zero(),
        }
    }
}

/// The last wall clock start that `UNTIL` allows. A date means the whole day; a time in UTC is turned into the event's
/// zone; other forms are read as wall clock.
fn last_local(until: &calcard::common::PartialDateTime, start: &Placed) -> Option<NaiveDateTime> {
    let read = until.to_date_time()?;
    let whole_day = || read.date_time.date().and_hms_opt(23, 59, 59);
    match (until.hour, read.offset) {
        (None, _) => whole_day(),
        (Some(_), None) if start.is_day => whole_day(),
        (Some(_), None) => Some(read.date_time),
        // Midnight UTC as the end of a series of days is the date itself, written as a time.
        (Some(0), Some(_)) if start.is_day => whole_day(),
        (Some(_), Some(offset)) => {
            let at = Zone::Fixed(offset.local_minus_utc()).instant(read.date_time);
            Some(start.zone.local(at))
        }
    }
}
