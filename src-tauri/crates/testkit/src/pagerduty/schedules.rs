//! `/schedules`: layered schedules alone. Shift schedules are not listed and their ids are unknown here.

use chrono_tz::Tz;
use fairlead_domain::schedule::ScheduleSystem;
use fairlead_domain::{Timestamp, Window};
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::ids::PagerDuty;
use super::paging::page;
use super::view::{View, reference, with};
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::rota::Rota;
use crate::scenario::strand::Strand;
use crate::scenario::turn::Turn;

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let layered = view.story.rotas.iter().filter(|rota| rota.system == ScheduleSystem::Layer);
    let found = layered.filter(|rota| asked.searches(&rota.name));
    let rows: Vec<&Rota> = found.filter(|rota| asked.lets("team_ids", &PagerDuty.id(Noun::Team, rota.team))).collect();
    let window = match window(view, asked) {
        Ok(window) => window,
        Err(refusal) => return refusal,
    };
    let zone = match asked.zone(view.story.account_zone) {
        Ok(zone) => zone,
        Err(refusal) => return refusal,
    };
    page(asked, "schedules", &rows, |rota| {
        // The list renders layers at most, and never says what is on call in the end.
        if asked.includes("schedule_layers") {
            with(schedule(view, rota), json!({ "schedule_layers": layers(view, rota, window, zone, false) }))
        } else {
            schedule(view, rota)
        }
    })
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    let Some(rota) = find(view, &asked.id) else {
        return Answer::not_found();
    };
    let (window, zone) = match (window(view, asked), asked.zone(rota.zone)) {
        (Ok(window), Ok(zone)) => (window, zone),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let overflow = asked.is_set("overflow");
    let entries = |turns: Vec<Turn>| rendered(view, turns, window, zone, overflow);
    let finals = window.map_or_else(Vec::new, |window| rota.turns(window));
    let covers = window.map_or_else(Vec::new, |window| covers(rota, window));
    let fields = json!({
        "schedule_layers": layers(view, rota, window, zone, overflow),
        "final_schedule": {
            "name": "Final Schedule",
            "rendered_coverage_percentage": coverage(&finals, window),
            "rendered_schedule_entries": entries(finals),
        },
        "overrides_subschedule": {
            "name": "Overrides",
            "rendered_coverage_percentage": coverage(&covers, window),
            "rendered_schedule_entries": entries(covers),
        },
    });
    Answer::ok(json!({ "schedule": with(schedule(view, rota), fields) }))
}

pub(super) fn overrides(view: &View, asked: &Asked) -> Answer {
    let Some(rota) = find(view, &asked.id) else {
        return Answer::not_found();
    };
    let account = view.story.account_zone;
    let window = match (asked.instant("since", account), asked.instant("until", account)) {
        (Ok(Some(since)), Ok(Some(until))) => Window::new(since, until),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
        _ => return Answer::invalid("Since and until are required"),
    };
    let overflow = asked.is_set("overflow");
    let found = rota.covers.iter().filter(|cover| cover.window.overlaps(window));
    let wanted = found.filter(|cover| !asked.is_set("editable") || cover.window.start > view.story.now());
    let shown_as = |cover: &crate::scenario::rota::Cover| {
        let span = if overflow { cover.window } else { cover.window.intersect(window) };
        json!({
            "id": PagerDuty.id(Noun::Override, cover.number),
            "start": shown(span.start, rota.zone),
            "end": shown(span.end, rota.zone),
            "user": view.user_ref(cover.person),
        })
    };
    Answer::ok(json!({ "overrides": wanted.map(shown_as).collect::<Vec<_>>() }))
}

fn find<'a>(view: &View<'a>, id: &str) -> Option<&'a Rota> {
    let rota = view.story.rotas.get(PagerDuty::number(Noun::Schedule, id)? as usize)?;
    (rota.system == ScheduleSystem::Layer).then_some(rota)
}

/// The time to render; two weeks where one bound is missing, none where both are.
pub(super) fn window(view: &View, asked: &Asked) -> Result<Option<Window>, Answer> {
    let account = view.story.account_zone;
    let window = match (asked.instant("since", account)?, asked.instant("until", account)?) {
        (None, None) => return Ok(None),
        (Some(since), None) => Window::new(since, since.plus_days(14)),
        (None, Some(until)) => Window::new(until.plus_days(-14), until),
        (Some(since), Some(until)) => Window::new(since, until),
    };
    if window.end < window.start { Err(Answer::invalid("Until must be after since")) } else { Ok(Some(window)) }
}

fn covers(rota: &Rota, window: Window) -> Vec<Turn> {
    let mut turns = rota.turns(window);
    turns.retain(|turn| !matches!(turn.why, crate::scenario::turn::Why::Rotation));
    turns
}

fn schedule(view: &View, rota: &Rota) -> Value {
    let asks =
        |ladder: &&crate::scenario::policy::Ladder| ladder.steps.iter().any(|step| step.rotas.contains(&rota.number));
    let policies = view.story.ladders.iter().filter(asks).map(|ladder| view.policy_ref(ladder.number));
    let mut people: Vec<u32> = rota.strands.iter().flat_map(Strand::people).collect();
    people.sort_unstable();
    people.dedup();
    let fields = json!({
        "name": rota.name,
        "time_zone": rota.zone.name(),
        "description": format!("Who answers: {}", rota.name),
        "escalation_policies": policies.collect::<Vec<_>>(),
        "users": people.into_iter().map(|person| view.user_ref(person)).collect::<Vec<_>>(),
        "teams": [view.team_ref(rota.team)],
        "http_cal_url": format!("https://webcal.pagerduty.example/private/SCHEDULEFEED{:04}/feed", rota.number),
    });
    with(reference(Noun::Schedule, rota.number, "schedule", &rota.name), fields)
}

/// Layers, the topmost first.
fn layers(view: &View, rota: &Rota, window: Option<Window>, zone: Tz, overflow: bool) -> Vec<Value> {
    let layer = |strand: &Strand| {
        let turns = window.map_or_else(Vec::new, |window| strand.turns(window));
        let restriction = strand.daily_hours.map(|hours| {
            let start = format!("{:02}:00:00", strand.hour);
            json!({ "type": "daily_restriction", "start_time_of_day": start, "duration_seconds": hours * 3_600 })
        });
        let people = strand.people().into_iter().map(|person| json!({ "user": view.user_ref(person) }));
        json!({
            "id": PagerDuty.id(Noun::Rotation, strand.number),
            "name": strand.name,
            "start": shown(strand.start(), zone),
            "end": null,
            "rotation_virtual_start": shown(strand.start(), zone),
            "rotation_turn_length_seconds": strand.turn_days * 86_400,
            "users": people.collect::<Vec<_>>(),
            "restrictions": restriction.into_iter().collect::<Vec<_>>(),
            "rendered_coverage_percentage": coverage(&turns, window),
            "rendered_schedule_entries": rendered(view, turns, window, zone, overflow),
        })
    };
    rota.strands.iter().rev().map(layer).collect()
}

/// Entries; cut at the window's edges unless overflow is asked for.
fn rendered(view: &View, turns: Vec<Turn>, window: Option<Window>, zone: Tz, overflow: bool) -> Vec<Value> {
    let cut = |span: Window| window.filter(|_| !overflow).map_or(span, |window| span.intersect(window));
    let held = turns.into_iter().filter_map(|turn| turn.person.map(|person| (cut(turn.window), person)));
    let entry = |(span, person): (Window, u32)| json!({ "start": shown(span.start, zone), "end": shown(span.end, zone), "user": view.user_ref(person) });
    held.map(entry).collect()
}

/// How much of the window is covered, in percent; nothing without a window.
pub(super) fn coverage(turns: &[Turn], window: Option<Window>) -> Value {
    let Some(window) = window.filter(|window| !window.is_empty()) else {
        return Value::Null;
    };
    let mut reached: Timestamp = window.start;
    let mut covered = 0;
    for turn in turns.iter().filter(|turn| turn.person.is_some()) {
        let span = turn.window.intersect(window);
        covered += Window::new(span.start.max(reached), span.end).millis();
        reached = reached.max(span.end);
    }
    // Whole percents do; nobody computes with them.
    json!(covered * 100 / window.millis())
}
