//! `/incidents`: found by when they were created, never by when they changed.

use std::cmp::Ordering;

use chrono_tz::Tz;
use fairlead_domain::Window;
use fairlead_domain::incident::IncidentStatus;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, months_after, months_before, shown};
use super::escalation_policies::policy;
use super::ids::PagerDuty;
use super::paging::page;
use super::services::service;
use super::teams::team;
use super::users::user;
use super::view::{View, reference, with};
use crate::scenario::case::{Case, What};
use crate::scenario::noun::{Noun, Vendor};

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let (window, zone) = match (window(view, asked), asked.zone(Tz::UTC)) {
        (Ok(window), Ok(zone)) => (window, zone),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let mut rows: Vec<&Case> = view.story.cases.iter().filter(|case| wanted(view, asked, window, case)).collect();
    if let Err(refusal) = sort(asked, &mut rows) {
        return refusal;
    }
    page(asked, "incidents", &rows, |case| incident(view, asked, case, zone))
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    find(view, &asked.id)
        .map_or_else(Answer::not_found, |case| Answer::ok(json!({ "incident": incident(view, asked, case, Tz::UTC) })))
}

/// By id, or by the number people say.
pub(super) fn find<'a>(view: &View<'a>, id: &str) -> Option<&'a Case> {
    let said = || id.parse::<u32>().ok().and_then(|said| said.checked_sub(1));
    let number = PagerDuty::number(Noun::Incident, id).or_else(said)?;
    view.story.cases.get(number as usize)
}

/// The time that counts: all of it, one month, or what was asked for up to six months.
fn window(view: &View, asked: &Asked) -> Result<Option<Window>, Answer> {
    match asked.get("date_range") {
        Some("all") => return Ok(None),
        Some(_) => return Err(Answer::invalid("Date range must be 'all'")),
        None => {}
    }
    let now = view.story.now();
    let usual = Window::new(months_before(now, 1), now.plus_days(1));
    let window = asked.month(view.story.account_zone)?.unwrap_or(usual);
    if window.end > months_after(window.start, 6) {
        return Err(Answer::invalid("The date range cannot exceed 6 months"));
    }
    Ok(Some(window))
}

fn wanted(view: &View, asked: &Asked, window: Option<Window>, case: &Case) -> bool {
    let created = case.created();
    let timely =
        window.is_none_or(|window| window.contains(created) || (view.quirks.until_inclusive && window.end == created));
    let assigned = asked.all("user_ids");
    timely
        && asked.lets("statuses", PagerDuty.status(case.status()))
        && asked.lets("urgencies", if case.is_urgent() { "high" } else { "low" })
        && asked.lets_id("service_ids", Noun::Service, case.service)
        && asked.lets_id("team_ids", Noun::Team, case.team)
        && asked.get("incident_key").is_none_or(|key| key == incident_key(case))
        && (assigned.is_empty()
            || case.assignees().iter().any(|(who, _)| assigned.contains(&PagerDuty.id(Noun::Person, *who).as_str())))
}

fn sort(asked: &Asked, rows: &mut [&Case]) -> Result<(), Answer> {
    let fields: Vec<&str> = asked.all("sort_by").into_iter().flat_map(|fields| fields.split(',')).collect();
    if fields.len() > 2 {
        return Err(Answer::invalid("Sort by at most two fields"));
    }
    let known = ["incident_number", "created_at", "resolved_at", "urgency"];
    let parts = |field: &str| {
        let (name, way) = field.split_once(':').unwrap_or((field, "asc"));
        let place = known.iter().position(|known| *known == name);
        place.filter(|_| matches!(way, "asc" | "desc")).map(|place| (place, way == "desc"))
    };
    let order: Vec<(usize, bool)> = fields
        .iter()
        .map(|field| parts(field).ok_or_else(|| Answer::invalid("Sort by is invalid")))
        .collect::<Result<_, _>>()?;
    rows.sort_by(|a, b| {
        let by = |(place, down): &(usize, bool)| {
            let order = match place {
                0 => a.number.cmp(&b.number),
                1 => a.created().cmp(&b.created()),
                2 => a.resolved().cmp(&b.resolved()),
                _ => a.is_urgent().cmp(&b.is_urgent()),
            };
            if *down { order.reverse() } else { order }
        };
        order.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal).then(a.number.cmp(&b.number))
    });
    Ok(())
}

fn incident_key(case: &Case) -> String {
    format!("key-{:08}", case.number)
}

pub(super) fn incident(view: &View, asked: &Asked, case: &Case, zone: Tz) -> Value {
    let bare = Asked::default();
    let person = |who: u32, whole: bool| {
        let member = view.person(who).filter(|_| whole);
        member.map_or_else(|| view.user_ref(who), |member| user(view, &bare, member))
    };
    let whole_users = asked.includes("users");
    let turning = case.turning_point();
    let open = usize::from(case.is_open());
    let component = view.story.services.get(case.service as usize).filter(|_| asked.includes("services"));
    let squad = view.story.teams.get(case.team as usize).filter(|_| asked.includes("teams"));
    let ladder = view.story.ladders.get(case.policy as usize).filter(|_| asked.includes("escalation_policies"));
    let priority_word = if asked.includes("priorities") { "priority" } else { "priority_reference" };
    let merged = case.merged_into.and_then(|into| view.story.cases.get(into as usize));
    let timeout = match turning.map(|moment| (&moment.what, moment.at)) {
        Some((What::Ack, at)) => vec![json!({ "type": "unacknowledge", "at": shown(at.plus_millis(1_800_000), zone) })],
        _ => Vec::new(),
    };
    let first = case.moments.first().map(|moment| {
        if asked.includes("first_trigger_log_entries") {
            super::log_entries::entry(view, &bare, case, moment, zone)
        } else {
            view.entry_ref(moment, "Triggered through the API")
        }
    });
    let fields = json!({
        "incident_number": case.number + 1,
        "title": case.title,
        "created_at": shown(case.created(), zone),
        "updated_at": shown(case.updated(), zone),
        "status": PagerDuty.status(case.status()),
        "incident_key": incident_key(case),
        "service": component.map_or_else(|| view.service_ref(case.service), |component| service(view, &bare, component)),
        "assignments": case.assignees().into_iter().map(|(who, at)| json!({
            "at": shown(at, zone), "assignee": person(who, whole_users || asked.includes("assignees")),
        })).collect::<Vec<_>>(),
        "assigned_via": "escalation_policy",
        "last_status_change_at": turning.map(|moment| shown(moment.at, zone)),
        "resolved_at": case.resolved().map(|at| shown(at, zone)),
        "first_trigger_log_entry": first,
        "alert_counts": { "all": 1, "triggered": open, "resolved": 1 - open },
        "is_mergeable": case.is_open(),
        "incident_type": { "name": "incident_default" },
        "escalation_policy": ladder.map_or_else(|| view.policy_ref(case.policy), |ladder| policy(view, &bare, ladder)),
        "teams": [squad.map_or_else(|| view.team_ref(case.team), team)],
        "pending_actions": timeout,
        "acknowledgements": case.acknowledgers().into_iter().map(|(who, at)| json!({
            "at": shown(at, zone), "acknowledger": person(who, whole_users || asked.includes("acknowledgers")),
        })).collect::<Vec<_>>(),
        "last_status_change_by": turning.map(|moment| view.agent(case, moment.by)),
        "priority": case.priority.map(|priority| view.priority(priority, priority_word)),
        "resolve_reason": merged.filter(|_| case.status() == IncidentStatus::Merged).map(|into| json!({
            "type": "merge_resolve_reason", "incident": view.incident_ref(into),
        })),
        "incidents_responders": [],
        "responder_requests": [],
        "urgency": if case.is_urgent() { "high" } else { "low" },
    });
    let whole = with(
        reference(Noun::Incident, case.number, "incident", &format!("[#{}] {}", case.number + 1, case.title)),
        fields,
    );
    let bridge = json!({ "conference_bridge": {
        "conference_number": view.person(0).map(|member| format!("{},,,,1234#", member.phone())),
        "conference_url": "https://conference.example/harbor",
    } });
    if asked.includes("conference_bridge") { with(whole, bridge) } else { whole }
}
