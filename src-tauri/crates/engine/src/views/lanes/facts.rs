//! What stands above the lanes: who is on call now and next, the next gap, and how thin the rota is.

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{Duty, MOST_SHARE, on_call_hours};
use serde::Serialize;
use specta::Type;

use super::rounding::{count, hours_of, tenth};
use super::schedules::role_of;
use crate::views::oncall::{HeldShift, Rota, ScheduleRota};
use crate::views::posture::{SHARE_DAYS, rota_shares};

/// Days ahead in which gaps are looked for.
const AHEAD_DAYS: i64 = 14;

/// The answer of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct RotaFacts {
    /// Who answers first, one for each schedule with such a role; where nobody does, first.
    pub primary: Vec<Post>,
    /// Who answers second.
    pub secondary: Vec<Post>,
    /// The next gap, and how much of what is declared is held.
    pub ahead: Ahead,
    /// The largest share that one person is on call.
    pub share: Share,
}

/// A post now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Post {
    /// Key of the schedule.
    pub schedule: String,
    /// Name of the schedule.
    pub schedule_name: String,
    /// `held`; `nobody`: declared coverage without anybody; `not_due`: outside declared coverage; `undeclared`: nobody, and
    /// no coverage is declared; `not_read`: shifts of now were not read.
    pub state: String,
    /// Who; `None` unless held, and where it is withheld.
    pub person: Option<String>,
    /// Somebody outside the team holds it.
    pub withheld: bool,
    /// How many hold it beside this one.
    pub others: u32,
    /// IANA zone of the person.
    pub timezone: Option<String>,
    /// Until when the person holds it without a break; of a gap, until when it lasts.
    #[specta(type = Option<String>)]
    pub until: Option<Timestamp>,
    /// Who comes next, as far as it is known.
    pub next: Option<NextPost>,
}

/// Who takes a post next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NextPost {
    /// Who; `None`: withheld.
    pub person: Option<String>,
    /// Somebody outside the team.
    pub withheld: bool,
    /// IANA zone of the person.
    pub timezone: Option<String>,
    /// From when.
    #[specta(type = String)]
    pub at: Timestamp,
}

/// Declared coverage of the next days.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Ahead {
    /// How many days.
    pub days: u32,
    /// `gap`; `none`: all that is declared is held; `not_read`: none is known, but not all was read; `undeclared`.
    pub state: String,
    /// The next gap.
    pub gap: Option<NextGap>,
    /// How many gaps there are.
    pub gaps: u32,
    /// Hours of declared coverage, over all schedules.
    pub declared_hours: f64,
    /// Of these held by somebody.
    pub held_hours: f64,
    /// Of these not read.
    pub unread_hours: f64,
}

/// The next gap.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct NextGap {
    /// Key of the schedule.
    pub schedule: String,
    /// Name of the schedule.
    pub schedule_name: String,
    /// Start; not before now.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Length in hours.
    pub hours: f64,
}

/// How thin the rota of the coming days is. It is about the size of the team and names nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Share {
    /// How many days.
    pub days: u32,
    /// The largest share that one person of a team is on call, 0 to 1; `None`: not known.
    pub largest: Option<f64>,
    /// A larger one is too much.
    pub limit: f64,
    /// Whether it is above the limit.
    pub above: bool,
    /// How many people share that team's rota.
    pub people: u32,
    /// How many would be needed for the limit.
    pub needed: u32,
    /// The team.
    pub team: Option<String>,
    /// Why it is not known.
    pub unknown: Option<String>,
}

/// The facts at an instant, by the rota from then on.
pub(super) fn facts(rota: &Rota, now: Timestamp) -> RotaFacts {
    let covering = |schedule: &&ScheduleRota| role_of(schedule).covers();
    let second = |schedule: &&ScheduleRota| {
        role_of(schedule) == ShiftRole::Secondary || schedule.shifts.iter().any(|s| s.role == ShiftRole::Secondary)
    };
    let posts = |wanted: &dyn Fn(ShiftRole) -> bool, of: &mut dyn Iterator<Item = &ScheduleRota>| {
        let mut posts: Vec<Post> = of.map(|schedule| post(schedule, wanted, now)).collect();
        posts.sort_by(|a, b| {
            (a.state != "nobody", &a.schedule_name, &a.schedule).cmp(&(
                b.state != "nobody",
                &b.schedule_name,
                &b.schedule,
            ))
        });
        posts
    };
    RotaFacts {
        primary: posts(&ShiftRole::covers, &mut rota.schedules.iter().filter(covering)),
        secondary: posts(&|role| role == ShiftRole::Secondary, &mut rota.schedules.iter().filter(second)),
        ahead: ahead(rota, Window::new(now, now.plus_millis(AHEAD_DAYS * DAY_MS))),
        share: share(rota, Window::new(now, now.plus_days(SHARE_DAYS))),
    }
}

fn holds(shift: &HeldShift) -> bool {
    shift.row.person.is_some() || shift.row.withheld
}

fn post(schedule: &ScheduleRota, wanted: &dyn Fn(ShiftRole) -> bool, now: Timestamp) -> Post {
    let mut shifts: Vec<&HeldShift> = schedule.shifts.iter().filter(|s| wanted(s.role) && holds(s)).collect();
    shifts.sort_by_key(|shift| (shift.row.start, shift.row.end));
    let mut running: Vec<&&HeldShift> = shifts.iter().filter(|shift| shift.window().contains(now)).collect();
    running.sort_by_key(|shift| shift.row.person.as_ref().map(|person| person.name.clone()));
    let held = running.first().copied();
    let mut until = held.map(|shift| shift.row.end);
    for shift in &shifts {
        let goes_on = held.is_some_and(|held| held.person_key.is_some() && held.person_key == shift.person_key);
        until = until.map(|end| if goes_on && shift.row.start <= end { end.max(shift.row.end) } else { end });
    }
    let from = until.unwrap_or(now);
    let next = shifts.iter().find(|shift| shift.row.start >= from && shift.row.end > from).map(|shift| NextPost {
        person: shift.row.person.as_ref().map(|person| person.name.clone()),
        withheld: shift.row.withheld,
        timezone: shift.timezone.clone(),
        at: shift.row.start,
    });
    let (state, until) = if held.is_some() { ("held", until) } else { state_of(schedule, now) };
    Post {
        schedule: schedule.key(),
        schedule_name: schedule.name.clone(),
        state: state.to_owned(),
        person: held.and_then(|shift| shift.row.person.as_ref()).map(|person| person.name.clone()),
        withheld: held.is_some_and(|shift| shift.row.withheld),
        others: count(running.len().saturating_sub(1)),
        timezone: held.and_then(|shift| shift.timezone.clone()),
        until,
        next,
    }
}

/// Why nobody holds a post now, and until when a gap lasts.
fn state_of(schedule: &ScheduleRota, now: Timestamp) -> (&'static str, Option<Timestamp>) {
    if !schedule.read.iter().any(|read| read.contains(now)) {
        return ("not_read", None);
    }
    let Some(cover) = schedule.cover(Window::new(now, now.plus_days(AHEAD_DAYS))) else { return ("undeclared", None) };
    match cover.gaps.as_slice().iter().find(|gap| gap.contains(now)) {
        Some(gap) if role_of(schedule).covers() => ("nobody", Some(gap.end)),
        _ => ("not_due", None),
    }
}

fn ahead(rota: &Rota, window: Window) -> Ahead {
    let mut gaps: Vec<(&ScheduleRota, Window)> = Vec::new();
    let (mut held, mut unread, mut declared) = (0.0, 0.0, false);
    for schedule in &rota.schedules {
        let Some(cover) = schedule.cover(window) else { continue };
        declared = true;
        held += cover.held.hours();
        unread += cover.not_covered.hours();
        gaps.extend(cover.gaps.as_slice().iter().map(|gap| (schedule, *gap)));
    }
    gaps.sort_by_key(|(schedule, gap)| (gap.start, &schedule.name));
    let missing: f64 = gaps.iter().map(|(_, gap)| fairlead_metrics::oncall::Spans::from(*gap).hours()).sum();
    let state = match (declared, gaps.is_empty(), unread > 0.0) {
        (false, _, _) => "undeclared",
        (true, false, _) => "gap",
        (true, true, true) => "not_read",
        (true, true, false) => "none",
    };
    Ahead {
        days: u32::try_from(AHEAD_DAYS).unwrap_or(u32::MAX),
        state: state.to_owned(),
        gap: gaps.first().map(|(schedule, gap)| NextGap {
            schedule: schedule.key(),
            schedule_name: schedule.name.clone(),
            start: gap.start,
            end: gap.end,
            hours: hours_of(*gap),
        }),
        gaps: count(gaps.len()),
        declared_hours: tenth(held + unread + missing),
        held_hours: tenth(held),
        unread_hours: tenth(unread),
    }
}

fn share(rota: &Rota, range: Window) -> Share {
    let blank = Share {
        days: u32::try_from(SHARE_DAYS).unwrap_or(u32::MAX),
        largest: None,
        limit: MOST_SHARE,
        above: false,
        people: 0,
        needed: 0,
        team: None,
        unknown: None,
    };
    let told = match rota_shares(rota, range) {
        Ok(told) => told,
        Err(reason) => return Share { unknown: Some(reason), ..blank },
    };
    let Some(most) = told.into_iter().max_by(|a, b| a.largest_share.total_cmp(&b.largest_share)) else {
        return Share { unknown: Some("nobody is on call in these days".to_owned()), ..blank };
    };
    let duties: Vec<Duty<'_>> =
        rota.schedules.iter().filter(|schedule| schedule.team == most.team).flat_map(ScheduleRota::duties).collect();
    let hours: Vec<f64> = on_call_hours(&duties, range).into_values().filter(|hours| *hours > 0.0).collect();
    let whole = fairlead_metrics::oncall::Spans::from(range).hours();
    // What differs by less than a thousandth is equal: shares are sums of hours.
    let needed = (hours.iter().sum::<f64>() / (whole * MOST_SHARE) - 1e-3).ceil().max(0.0);
    Share {
        largest: Some(most.largest_share),
        above: most.largest_share > MOST_SHARE + 1e-9,
        people: count(hours.len()),
        needed: needed as u32,
        team: most.team,
        ..blank
    }
}
