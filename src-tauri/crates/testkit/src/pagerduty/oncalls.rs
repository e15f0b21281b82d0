//! `/oncalls`: user by policy by level, up to 90 days ahead. Who is asked directly is on call without start or end.

use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::escalation_policies::policy;
use super::ids::PagerDuty;
use super::paging::page;
use super::users::user;
use super::view::View;
use crate::scenario::noun::{Noun, Vendor};

struct Duty {
    ladder: u32,
    level: u32,
    rota: Option<u32>,
    person: u32,
    window: Option<Window>,
}

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let (now, account) = (view.story.now(), view.story.account_zone);
    let (since, until) = match (asked.instant("since", account), asked.instant("until", account)) {
        (Ok(since), Ok(until)) => (since.unwrap_or(now), until.unwrap_or_else(|| since.map_or(now, |at| at.max(now)))),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    if until < since {
        return Answer::invalid("Until must not be before since");
    }
    let zone = match asked.zone(Tz::UTC) {
        Ok(zone) => zone,
        Err(refusal) => return refusal,
    };
    let horizon: Timestamp = now.plus_days(90);
    let window = Window::new(since.min(horizon), until.min(horizon).plus_millis(1));
    let mut rows = Vec::new();
    for ladder in &view.story.ladders {
        if !asked.lets("escalation_policy_ids", &PagerDuty.id(Noun::Policy, ladder.number)) {
            continue;
        }
        for (level, step) in (1..).zip(&ladder.steps) {
            let rotas = step.rotas.iter().filter_map(|rota| view.story.rotas.get(*rota as usize));
            for rota in rotas.filter(|rota| asked.lets("schedule_ids", &PagerDuty.id(Noun::Schedule, rota.number))) {
                rows.extend(rota.turns(window).into_iter().filter_map(|turn| {
                    let (person, rota) = (turn.person?, Some(rota.number));
                    Some(Duty { ladder: ladder.number, level, rota, person, window: Some(turn.window) })
                }));
            }
            if asked.lets("schedule_ids", "null") {
                rows.extend(step.people.iter().map(|person| Duty {
                    ladder: ladder.number,
                    level,
                    rota: None,
                    person: *person,
                    window: None,
                }));
            }
        }
    }
    rows.retain(|duty| asked.lets("user_ids", &PagerDuty.id(Noun::Person, duty.person)));
    if asked.is_set("earliest") {
        let mut seen = Vec::new();
        rows.retain(|duty| {
            let key = (duty.ladder, duty.level, duty.person);
            let first = !seen.contains(&key);
            seen.push(key);
            first
        });
    }
    page(asked, "oncalls", &rows, |duty| oncall(view, asked, duty, zone))
}

fn oncall(view: &View, asked: &Asked, duty: &Duty, zone: Tz) -> Value {
    let member = view.person(duty.person).filter(|_| asked.includes("users"));
    let ladder = view.story.ladders.get(duty.ladder as usize).filter(|_| asked.includes("escalation_policies"));
    let bare = Asked::default();
    json!({
        "user": member.map_or_else(|| view.user_ref(duty.person), |member| user(view, &bare, member)),
        "schedule": duty.rota.map(|rota| view.schedule_ref(rota)),
        "escalation_policy": ladder.map_or_else(|| view.policy_ref(duty.ladder), |ladder| policy(view, &bare, ladder)),
        "escalation_level": duty.level,
        "start": duty.window.map(|window| shown(window.start, zone)),
        "end": duty.window.map(|window| shown(window.end, zone)),
    })
}
