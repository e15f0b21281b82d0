//! From events to occurrences: when things really happen within a window.

use std::collections::HashSet;

use fairlead_domain::{Timestamp, Window};

use super::feed::{Calendar, Event, Feed, Moment, Place};
use super::remark::Remarks;
use super::series;
use super::walk::Walk;
use super::zone::{Zone, by_name};

/// Most occurrences of one feed.
pub(super) const MAX_PER_FEED: usize = 20_000;
/// Steps that all rules of a feed may take together; what it bounds is time.
const MAX_STEPS: usize = 2_000_000;

/// One time that an event happens.
#[derive(Debug)]
pub(super) struct Occurrence<'a> {
    pub(super) calendar: &'a Calendar,
    /// Whose summary and attendees hold: the event, or the one that replaces this instance.
    pub(super) event: &'a Event,
    pub(super) uid: String,
    /// The instance's place in its series; `None` for events that happen once.
    pub(super) instance: Option<Timestamp>,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
}

/// All that a feed says about a window.
#[derive(Debug, Default)]
pub(super) struct Expansion<'a> {
    /// By start, then by identity.
    pub(super) occurrences: Vec<Occurrence<'a>>,
    /// When the first event of the feed begins; before it the feed says nothing.
    pub(super) begin: Option<Timestamp>,
}

/// The occurrences of `feed` that reach into `window`. Times without a zone are read in the calendar's, else in `home`.
pub(super) fn expand<'a>(feed: &'a Feed, window: Window, home: chrono_tz::Tz, remarks: &mut Remarks) -> Expansion<'a> {
    let mut steps = MAX_STEPS;
    let mut expansion = Expansion::default();
    let mut seen = HashSet::new();
    for calendar in &feed.calendars {
        let own = calendar.zone.as_deref().and_then(by_name);
        let without_zone = |at: &Moment| matches!(at.place, Place::Day | Place::Floating);
        let needed = || calendar.events.iter().any(|event| event.start.as_ref().is_some_and(without_zone));
        if let (Some(name), None) = (&calendar.zone, own)
            && needed()
        {
            let message =
                format!("X-WR-TIMEZONE {name:?} is no zone that is known: times without a zone are read in {home}");
            remarks.add("unknown_zone", false, &message);
        }
        let home = Zone::Named(own.unwrap_or(home));
        for series in series::group(&calendar.events) {
            let mut walk = Walk { calendar, home: &home, window, remarks, steps: &mut steps, found: Vec::new() };
            let begin = walk.series(&series);
            expansion.begin = earliest(expansion.begin, begin);
            let found = std::mem::take(&mut walk.found);
            let fresh = found.into_iter().filter(|o| seen.insert((o.uid.clone(), o.instance, o.start)));
            expansion.occurrences.extend(fresh);
        }
    }
    expansion.occurrences.sort_by(|a, b| (a.start, a.end, &a.uid).cmp(&(b.start, b.end, &b.uid)));
    if expansion.occurrences.len() > MAX_PER_FEED {
        expansion.occurrences.truncate(MAX_PER_FEED);
        remarks.add(
            "calendar_limit",
            true,
            &format!("more than {MAX_PER_FEED} occurrences: the rest was left out; split the calendar"),
        );
    }
    expansion
}

/// The earlier of two, where one is known.
pub(super) fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
