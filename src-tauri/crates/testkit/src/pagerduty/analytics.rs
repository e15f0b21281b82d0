//! `POST /analytics/raw/incidents`: figures per incident, a day late, by cursor.

use fairlead_domain::Timestamp;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::Asked;
use super::ids::PagerDuty;
use super::view::View;
use crate::scenario::case::{Case, What};
use crate::scenario::noun::{Noun, Vendor};

/// Hours that the figures lag behind.
const LAG_HOURS: i64 = 24;

pub(super) fn raw_incidents(view: &View, asked: &Asked) -> Answer {
    let Ok(wish) = serde_json::from_slice::<Value>(&asked.body) else {
        return Answer::invalid("The body is not JSON");
    };
    let limit = wish.get("limit").map_or(Some(100), Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let Some(limit) = limit.filter(|limit| (1..=1_000).contains(limit)) else {
        return Answer::invalid("Limit must be between 1 and 1000");
    };
    let known = view.story.now().plus_hours(-LAG_HOURS);
    let bound = |name: &str| {
        let text = wish.pointer(&format!("/filters/{name}")).and_then(Value::as_str)?;
        Timestamp::parse_rfc3339(text).ok()
    };
    let (from, to) = (bound("created_at_start"), bound("created_at_end"));
    let after = wish.get("starting_after").and_then(Value::as_str).and_then(|id| PagerDuty::number(Noun::Incident, id));
    let timely = |case: &&Case| {
        let created = case.created();
        created < known && from.is_none_or(|from| created >= from) && to.is_none_or(|to| created < to)
    };
    let rest = view.story.cases.iter().filter(timely).filter(|case| after.is_none_or(|after| case.number > after));
    let rows: Vec<&Case> = rest.take(limit + 1).collect();
    let page = rows.get(..limit.min(rows.len())).unwrap_or_default();
    let id = |case: &&Case| PagerDuty.id(Noun::Incident, case.number);
    Answer::ok(json!({
        "first": page.first().map(id),
        "last": page.last().map(id),
        "limit": limit,
        "more": asked.endless || rows.len() > limit,
        "order": "asc",
        "order_by": "created_at",
        "filters": wish.get("filters").cloned().unwrap_or_else(|| json!({})),
        "time_zone": "Etc/UTC",
        "data": page.iter().map(|case| figures(case)).collect::<Vec<_>>(),
    }))
}

fn figures(case: &Case) -> Value {
    let secs = |at: Option<Timestamp>| at.map(|at| at.since(case.created()) / 1_000);
    let count = |what: fn(&What) -> bool| case.moments.iter().filter(|moment| what(&moment.what)).count();
    // Without an offset, as this endpoint writes times.
    let bare = |at: Timestamp| at.to_rfc3339().trim_end_matches('Z').to_owned();
    json!({
        "id": PagerDuty.id(Noun::Incident, case.number),
        "incident_number": case.number + 1,
        "description": case.title,
        "created_at": bare(case.created()),
        "updated_at": bare(case.updated().plus_hours(LAG_HOURS)),
        "resolved_at": case.resolved().map(bare),
        "service_id": PagerDuty.id(Noun::Service, case.service),
        "team_id": PagerDuty.id(Noun::Team, case.team),
        "escalation_policy_id": PagerDuty.id(Noun::Policy, case.policy),
        "status": PagerDuty.status(case.status()),
        "urgency": if case.is_urgent() { "high" } else { "low" },
        "seconds_to_first_ack": secs(case.acked()),
        "seconds_to_resolve": secs(case.resolved()),
        "acknowledgement_count": count(|what| *what == What::Ack),
        "escalation_count": count(|what| matches!(what, What::Escalate(_))),
        "total_notifications": count(|what| matches!(what, What::Notify { .. })),
    })
}
