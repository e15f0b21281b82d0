//! Who is on call when: turns of a rotation with overrides laid over them.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use fairlead_domain::schedule::{Shift, ShiftOrigin};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};

use super::person_ref;
use super::plot::{Rotation, Scenario, Schedule};
use super::wall::instant;

/// A stretch of a schedule that one person holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Id of the person.
    pub person: &'a str,
    /// When.
    pub window: Window,
    /// Why this person.
    pub origin: ShiftOrigin,
    /// Id of the person whose turn it would have been.
    pub replaced: Option<&'a str>,
    /// Id of the rotation.
    pub rotation: Option<&'a str>,
}

/// The turns of `schedule` that reach into `window`, whole, by start.
#[must_use]
pub fn turns<'a>(scenario: &'a Scenario, schedule: &'a Schedule, window: Window) -> Vec<Turn<'a>> {
    let overrides = || scenario.overrides.iter().filter(|o| o.schedule == schedule.id);
    // An override at the edge also needs the turn that it replaces, which may end before the window.
    let reach = overrides()
        .map(|o| scenario.span(o.start, o.end))
        .filter(|o| o.overlaps(window))
        .fold(window, |all, o| Window::new(all.start.min(o.start), all.end.max(o.end)));
    let mut turns = schedule.rotation.as_ref().map(|r| regular(scenario, schedule, r, reach)).unwrap_or_default();
    for each in overrides() {
        let span = scenario.span(each.start, each.end);
        let replaced = turns.iter().find(|turn| turn.window.overlaps(span)).map(|turn| turn.person);
        turns = turns.into_iter().flat_map(|turn| without(turn, span)).collect();
        if let Some(person) = &each.person {
            turns.push(Turn { person, window: span, origin: ShiftOrigin::Override, replaced, rotation: None });
        }
    }
    for each in scenario.shift.iter().filter(|s| s.schedule == schedule.id) {
        let window = scenario.span(each.start, each.end);
        turns.push(Turn { person: &each.person, window, origin: ShiftOrigin::Custom, replaced: None, rotation: None });
    }
    turns.retain(|turn| turn.window.overlaps(window));
    turns.sort_by_key(|turn| (turn.window.start, turn.window.end));
    turns
}

/// Id of the person who holds the schedule at `at`.
#[must_use]
pub fn holder<'a>(scenario: &'a Scenario, schedule: &str, at: Timestamp) -> Option<&'a str> {
    let schedule = scenario.schedule.iter().find(|s| s.id == schedule)?;
    turns(scenario, schedule, Window::new(at, at.plus_millis(1))).first().map(|turn| turn.person)
}

/// The shifts of `schedule` that reach into `window`.
#[must_use]
pub fn shifts(scenario: &Scenario, schedule: &Schedule, window: Window) -> Vec<Shift> {
    let shift = |turn: Turn<'_>| Shift {
        schedule: schedule.id.clone(),
        ext_key: format!("{}:{}:{}", schedule.id, turn.window.start.as_secs(), turn.person),
        person: person_ref(scenario, turn.person),
        withheld: false,
        start: turn.window.start,
        end: turn.window.end,
        end_open: false,
        level: schedule.level,
        role: schedule.role,
        origin: turn.origin,
        replaced: turn.replaced.and_then(|id| person_ref(scenario, id)),
        rotation: turn.rotation.map(str::to_owned),
    };
    turns(scenario, schedule, window).into_iter().map(shift).collect()
}

/// The turns of the rotation alone that reach into `window`.
fn regular<'a>(scenario: &Scenario, schedule: &Schedule, rotation: &'a Rotation, window: Window) -> Vec<Turn<'a>> {
    let zone: Tz = schedule.timezone.parse().unwrap_or(Tz::UTC);
    let time = NaiveTime::parse_from_str(&rotation.at, "%H:%M").unwrap_or_default();
    let anchor_day = scenario.anchor.to_utc().date_naive();
    let days = i64::from(rotation.days.max(1));
    let boundary = |n: i64| {
        let day = anchor_day + TimeDelta::days(i64::from(rotation.first_day) + n * days);
        instant(day, time, zone)
    };
    let count = |at: Timestamp| at.since(boundary(0)).div_euclid(days * DAY_MS);
    let first = (count(window.start.max(Timestamp::EARLIEST)) - 1).max(0);
    let last = count(window.end.min(Timestamp::LATEST)) + 1;
    let turn = |n: i64| {
        let index = usize::try_from(n).ok()?.checked_rem(rotation.people.len())?;
        let window = Window::new(boundary(n), boundary(n + 1));
        let rotation_id = Some(rotation.id.as_str());
        let person = &rotation.people[index];
        Some(Turn { person, window, origin: ShiftOrigin::Rotation, replaced: None, rotation: rotation_id })
    };
    (first..=last).filter_map(turn).filter(|turn| turn.window.overlaps(window)).collect()
}

/// What is left of a turn outside `span`: nothing, one piece or two.
fn without(turn: Turn<'_>, span: Window) -> Vec<Turn<'_>> {
    if !turn.window.overlaps(span) {
        return vec![turn];
    }
    let before = Window::new(turn.window.start, span.start);
    let after = Window::new(span.end, turn.window.end);
    [before, after].into_iter().filter(|w| !w.is_empty()).map(|window| Turn { window, ..turn.clone() }).collect()
}
