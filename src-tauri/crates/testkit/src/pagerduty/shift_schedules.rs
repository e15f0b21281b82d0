//! `/v3/schedules`: shift schedules alone. A layered schedule's id is refused here.

use chrono_tz::Tz;
use fairlead_domain::Window;
use fairlead_domain::schedule::ScheduleSystem;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::ids::PagerDuty;
use super::paging::page_v3;
use super::schedules::coverage;
use super::view::View;
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::rota::{Cover, Extra, Rota};
use crate::scenario::strand::Strand;
use crate::scenario::turn::{Turn, Why};

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let shifts = view.story.rotas.iter().filter(|rota| rota.system == ScheduleSystem::Shift);
    let found = shifts.filter(|rota| asked.searches(&rota.name));
    let rows: Vec<&Rota> = found.filter(|rota| asked.lets("team_ids", &PagerDuty.id(Noun::Team, rota.team))).collect();
    page_v3(asked, "schedules", (100, 1_000), &rows, |rota| view.schedule_ref(rota.number))
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    let (rota, zone) = match (find(view, &asked.id), asked.zone(Tz::UTC)) {
        (Ok(rota), Ok(_)) => (rota, asked.zone(rota.zone).unwrap_or(rota.zone)),
        (Err(refusal), _) => return refusal,
        (_, Err(_)) => return Answer::invalid_v3("time_zone", "is not a time zone"),
    };
    let now = view.story.now();
    let window = match super::schedules::window(view, asked) {
        Ok(window) => window.unwrap_or_else(|| Window::new(now, now.plus_days(14))),
        Err(_) => return Answer::invalid_v3("since", "is not a valid time"),
    };
    let mut schedule = json!({
        "id": PagerDuty.id(Noun::Schedule, rota.number),
        "type": "schedule_v3",
        "name": rota.name,
        "time_zone": rota.zone.name(),
        "description": format!("Who answers: {}", rota.name),
        "teams": [view.team_ref(rota.team)],
        "escalation_policies": policies(view, rota),
        "users": people(rota).into_iter().map(|person| view.user_ref(person)).collect::<Vec<_>>(),
        "rotations": rota.strands.iter().map(rotation).collect::<Vec<_>>(),
        "http_cal_url": format!("https://webcal.pagerduty.example/private/SCHEDULEFEED{:04}/feed", rota.number),
        "self": format!("https://api.pagerduty.example/v3/schedules/{}", PagerDuty.id(Noun::Schedule, rota.number)),
        "html_url": PagerDuty.url(Noun::Schedule, rota.number),
    });
    if asked.includes("final_schedule") {
        let turns = rota.turns(window);
        let cut = |span: Window| if asked.is_set("overflow") { span } else { span.intersect(window) };
        schedule["final_schedule"] = json!({
            "type": "final_schedule",
            "rendered_coverage_percentage": coverage(&turns, Some(window)),
            "computed_shift_assignments": turns.iter().map(|turn| assignment(turn, cut(turn.window), zone)).collect::<Vec<_>>(),
        });
    }
    Answer::ok(json!({ "schedule": schedule }))
}

pub(super) fn overrides(view: &View, asked: &Asked) -> Answer {
    part(view, asked, |rota, window| {
        let rows: Vec<&Cover> = rota.covers.iter().filter(|cover| cover.window.overlaps(window)).collect();
        page_v3(asked, "overrides", (25, 100), &rows, |cover| {
            json!({
                "id": PagerDuty.id(Noun::Override, cover.number),
                "type": "override_shift",
                "rotation_id": PagerDuty.id(Noun::Rotation, cover.strand),
                "start_time": shown(cover.window.start, rota.zone),
                "end_time": shown(cover.window.end, rota.zone),
                "overridden_member": member(cover.replaced),
                "overriding_member": member(Some(cover.person)),
            })
        })
    })
}

pub(super) fn custom_shifts(view: &View, asked: &Asked) -> Answer {
    part(view, asked, |rota, window| {
        let rows: Vec<&Extra> = rota.extras.iter().filter(|extra| extra.window.overlaps(window)).collect();
        page_v3(asked, "custom_shifts", (25, 100), &rows, |extra| {
            let id = PagerDuty.id(Noun::CustomShift, extra.number);
            let assignment =
                json!({ "id": format!("A{id}"), "type": "shift_assignment", "member": member(Some(extra.person)) });
            json!({
                "id": id,
                "type": "custom_shift",
                "start_time": shown(extra.window.start, rota.zone),
                "end_time": shown(extra.window.end, rota.zone),
                "assignments": [assignment],
            })
        })
    })
}

fn part(view: &View, asked: &Asked, answer: impl Fn(&Rota, Window) -> Answer) -> Answer {
    let rota = match find(view, &asked.id) {
        Ok(rota) => rota,
        Err(refusal) => return refusal,
    };
    match (asked.instant("since", rota.zone), asked.instant("until", rota.zone)) {
        (Ok(Some(since)), Ok(Some(until))) => answer(rota, Window::new(since, until)),
        (Ok(None), _) => Answer::invalid_v3("since", "is required"),
        (_, Ok(None)) => Answer::invalid_v3("until", "is required"),
        _ => Answer::invalid_v3("since", "is not a valid time"),
    }
}

/// A shift schedule; a layered one is refused as not yet converted, another id is unknown.
fn find<'a>(view: &View<'a>, id: &str) -> Result<&'a Rota, Answer> {
    let number = PagerDuty::number(Noun::Schedule, id);
    let rota = number.and_then(|number| view.story.rotas.get(number as usize)).ok_or_else(Answer::not_found)?;
    if rota.system == ScheduleSystem::Shift {
        return Ok(rota);
    }
    Err(Answer::invalid_v3("id", "names a layer-based schedule"))
}

fn policies(view: &View, rota: &Rota) -> Vec<Value> {
    let asks =
        |ladder: &&crate::scenario::policy::Ladder| ladder.steps.iter().any(|step| step.rotas.contains(&rota.number));
    view.story.ladders.iter().filter(asks).map(|ladder| view.policy_ref(ladder.number)).collect()
}

fn people(rota: &Rota) -> Vec<u32> {
    let mut people: Vec<u32> = rota.strands.iter().flat_map(Strand::people).collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn member(person: Option<u32>) -> Value {
    person.map_or_else(
        || json!({ "type": "empty_member" }),
        |person| json!({ "type": "user_member", "user_id": PagerDuty.id(Noun::Person, person) }),
    )
}

fn rotation(strand: &Strand) -> Value {
    let id = PagerDuty.id(Noun::Rotation, strand.number);
    let start = strand.start();
    let hours = strand.daily_hours.map_or(strand.turn_days * 24, i64::from);
    let zoned = |at| json!({ "date_time": shown(at, strand.zone), "time_zone": strand.zone.name() });
    let members: Vec<Value> = strand.members.iter().map(|person| member(*person)).collect();
    let strategy = if strand.together {
        json!({ "type": "every_member_assignment_strategy", "members": members })
    } else {
        json!({ "type": "rotating_member_assignment_strategy", "shifts_per_member": 1, "members": members })
    };
    let every = if strand.daily_hours.is_some() { 1 } else { strand.turn_days };
    json!({
        "id": id,
        "type": "schedule_rotation",
        "events": [{
            "id": format!("V{id}"),
            "type": "schedule_event",
            "name": strand.name,
            "start_time": zoned(start),
            "end_time": zoned(start.plus_hours(hours)),
            "effective_since": shown(start, Tz::UTC),
            "effective_until": null,
            "recurrence": [format!("RRULE:FREQ=DAILY;INTERVAL={every}")],
            "assignment_strategy": strategy,
        }],
    })
}

fn assignment(turn: &Turn, span: Window, zone: Tz) -> Value {
    let rotation = turn.strand.map(|strand| PagerDuty.id(Noun::Rotation, strand));
    let source = match turn.why {
        Why::Rotation => json!({ "type": "schedule_rotation", "rotation_id": rotation }),
        Why::Override(number) | Why::Swap(number) => json!({
            "type": "schedule_rotation_override",
            "rotation_id": rotation,
            "override_id": PagerDuty.id(Noun::Override, number),
        }),
        Why::Custom(number) => json!({ "type": "custom_shift", "shift_id": PagerDuty.id(Noun::CustomShift, number) }),
    };
    json!({
        "type": "computed_shift_assignment",
        "start_time": shown(span.start, zone),
        "end_time": shown(span.end, zone),
        "member": member(turn.person),
        "source": source,
    })
}
