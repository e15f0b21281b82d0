//! One series walked: its instances, without those that are deleted, and with those that are replaced.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDateTime, TimeDelta};
use fairlead_domain::{Timestamp, Window};

use super::expand::{MAX_PER_FEED, Occurrence, earliest};
use super::feed::{Calendar, Event, Place, Rule};
use super::remark::Remarks;
use super::series::Series;
use super::timing::{Length, Placed};
use super::zone::Zone;

/// What a walk needs and finds.
pub(super) struct Walk<'a, 'w> {
    pub(super) calendar: &'a Calendar,
    pub(super) home: &'w Zone,
    pub(super) window: Window,
    pub(super) remarks: &'w mut Remarks,
    pub(super) steps: &'w mut usize,
    pub(super) found: Vec<Occurrence<'a>>,
}

impl<'a> Walk<'a, '_> {
    /// Walks one series; returns when it begins.
    pub(super) fn series(&mut self, series: &Series<'a>) -> Option<Timestamp> {
        let mut begin = None;
        let mut replaced: HashMap<Timestamp, &'a Event> = HashMap::new();
        let of_days =
            series.masters.iter().any(|master| master.start.as_ref().is_some_and(|at| at.place == Place::Day));
        for event in &series.replacements {
            if let Some(at) = self.replaced(event, of_days, &series.uid) {
                replaced.insert(at, event);
            }
        }
        let mut used = HashSet::new();
        for master in &series.masters {
            let first = self.master(master, series, &replaced, &mut used);
            begin = earliest(begin, first);
        }
        if series.masters.iter().any(|master| master.cancelled) {
            return begin;
        }
        let mut left: Vec<_> = replaced.into_iter().filter(|(at, _)| !used.contains(at)).collect();
        left.sort_by_key(|(at, _)| *at);
        for (at, event) in left {
            begin = earliest(begin, self.alone(event, &series.uid, Some(at)));
        }
        begin
    }

    /// The instance that an event replaces. In a series of days only the date counts: some producers write a midnight.
    fn replaced(&mut self, event: &'a Event, of_days: bool, uid: &str) -> Option<Timestamp> {
        let moment = event.replaces.as_ref()?;
        if of_days {
            return Some(self.home.instant(moment.local.date().and_hms_opt(0, 0, 0)?));
        }
        Some(self.place(moment, event, uid)?.instant())
    }

    fn master(
        &mut self,
        event: &'a Event,
        series: &Series<'a>,
        replaced: &HashMap<Timestamp, &'a Event>,
        used: &mut HashSet<Timestamp>,
    ) -> Option<Timestamp> {
        if matches!(event.rule, Rule::None) && event.extra.is_empty() {
            // Events that share a UID are told apart by their start.
            let instance =
                if series.masters.len() > 1 { self.start(event, &series.uid).map(|at| at.instant()) } else { None };
            return self.alone(event, &series.uid, instance);
        }
        let start = self.start(event, &series.uid)?;
        let begin = Some(start.instant());
        if event.cancelled {
            return begin;
        }
        let length = self.length(event, &start, true)?;
        let mut locals = self.rule_starts(event, &start, length, &series.uid);
        if !event.ended_before(&start) {
            locals.push(start.local);
        }
        // An RDATE may give an instance of the rule its own length, so it comes first.
        let mut instances = self.extra_starts(event, &start, length, &series.uid);
        instances.extend(locals.into_iter().map(|local| (start.zone.instant(local), local, length)));
        instances.sort_by_key(|(at, ..)| *at);
        instances.dedup_by_key(|(at, ..)| *at);
        let except = self.exceptions(event, &start, &series.uid);
        let mut future: Option<(&'a Event, TimeDelta)> = None;
        for (at, local, length) in instances {
            if let Some((replacement, shift)) = self.future_from(at, local, &start.zone, replaced) {
                future = Some((replacement, shift));
            }
            if except.instants.contains(&at) || except.days.contains(&local.date()) {
                // A deleted instance stays deleted, also when a replacement of it is still listed.
                used.insert(at);
            } else if let Some(replacement) = replaced.get(&at) {
                used.insert(at);
                self.alone(replacement, &series.uid, Some(at));
            } else {
                self.instance(event, future, (at, local, length), &start, &series.uid);
            }
        }
        begin
    }

    /// The replacement of this and all later instances that begins at `at`, with how far it moves them.
    fn future_from(
        &mut self,
        at: Timestamp,
        local: NaiveDateTime,
        zone: &Zone,
        replaced: &HashMap<Timestamp, &'a Event>,
    ) -> Option<(&'a Event, TimeDelta)> {
        let event = replaced.get(&at).filter(|event| event.and_future)?;
        let start = self.place(event.start.as_ref()?, event, "")?;
        Some((event, zone.local(start.instant()) - local))
    }

    fn instance(
        &mut self,
        event: &'a Event,
        future: Option<(&'a Event, TimeDelta)>,
        (at, local, length): (Timestamp, NaiveDateTime, Length),
        start: &Placed,
        uid: &str,
    ) {
        let (event, shift) = future.unwrap_or((event, TimeDelta::zero()));
        if event.cancelled {
            return;
        }
        let length = match future {
            Some((event, _)) => self.start(event, uid).and_then(|own| self.length(event, &own, true)).unwrap_or(length),
            None => length,
        };
        let Some(local) = local.checked_add_signed(shift) else { return };
        let placed = Placed { local, zone: start.zone.clone(), is_day: start.is_day };
        self.emit(event, uid, Some(at), &placed, length);
    }

    /// An event that happens once: a plain one, or one that replaces an instance.
    fn alone(&mut self, event: &'a Event, uid: &str, instance: Option<Timestamp>) -> Option<Timestamp> {
        let start = self.start(event, uid)?;
        if !event.cancelled
            && let Some(length) = self.length(event, &start, false)
        {
            self.emit(event, uid, instance, &start, length);
        }
        Some(start.instant())
    }

    fn emit(&mut self, event: &'a Event, uid: &str, instance: Option<Timestamp>, start: &Placed, length: Length) {
        let at = start.instant();
        let wall = |delta| start.local.checked_add_signed(delta).map(|end| start.zone.instant(end));
        let end = match length {
            Length::Wall(delta) => wall(delta),
            Length::Until(end) => Some(end),
            Length::Exact(days, time) => wall(days).map(|end| end.plus_millis(time.num_milliseconds())),
        };
        let Some(end) = end else { return };
        let span = Window::new(at, end);
        if at < Timestamp::EARLIEST || end > Timestamp::LATEST {
            if span.overlaps(self.window) {
                let message = format!(
                    "the event of {at} with UID {uid:?} reaches beyond the years 1900 to 2200 and was left out"
                );
                self.remarks.add("event_dropped", true, &message);
            }
        } else if end <= at {
            if self.window.contains(at) {
                let what = if end == at { "has no length" } else { "ends before it starts" };
                self.remarks.add(
                    "event_dropped",
                    end < at,
                    &format!("the event of {at} with UID {uid:?} {what} and was left out"),
                );
            }
        } else if span.overlaps(self.window) && self.found.len() <= MAX_PER_FEED {
            self.found.push(Occurrence {
                calendar: self.calendar,
                event,
                uid: uid.to_owned(),
                instance,
                start: at,
                end,
            });
        }
    }
}
