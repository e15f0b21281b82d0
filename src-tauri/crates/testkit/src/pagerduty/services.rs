//! `/services`, and business services, of which there are none.

use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::escalation_policies::policy;
use super::ids::PagerDuty;
use super::paging::page;
use super::teams::team;
use super::view::{View, reference, with};
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::system::Component;

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let found = view.story.services.iter().filter(|component| asked.searches(&component.name));
    let named = found.filter(|component| asked.get("name").is_none_or(|name| name == component.name));
    let owned = named.filter(|component| asked.lets("team_ids", &PagerDuty.id(Noun::Team, component.team)));
    let rows: Vec<&Component> = owned.collect();
    page(asked, "services", &rows, |component| service(view, asked, component))
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    let number = PagerDuty::number(Noun::Service, &asked.id);
    let component = number.and_then(|number| view.story.services.get(number as usize));
    component
        .map_or_else(Answer::not_found, |component| Answer::ok(json!({ "service": service(view, asked, component) })))
}

pub(super) fn business(_: &View, asked: &Asked) -> Answer {
    page(asked, "business_services", &Vec::<()>::new(), |()| Value::Null)
}

pub(super) fn service(view: &View, asked: &Asked, component: &Component) -> Value {
    let zone = view.story.account_zone;
    let squad = view.story.teams.get(component.team as usize).filter(|_| asked.includes("teams"));
    let ladder = view.story.ladders.get(component.policy as usize).filter(|_| asked.includes("escalation_policies"));
    let open = view.story.cases.iter().any(|case| case.service == component.number && case.is_open());
    let fields = json!({
        "name": component.name,
        "description": format!("The {} service", component.name),
        "auto_resolve_timeout": 14_400,
        "acknowledgement_timeout": 1_800,
        "created_at": shown(view.story.window.start.plus_days(-400), zone),
        "status": if open { "critical" } else { "active" },
        "alert_creation": "create_alerts_and_incidents",
        "integrations": [],
        "escalation_policy": ladder.map_or_else(|| view.policy_ref(component.policy), |ladder| policy(view, &Asked::default(), ladder)),
        "teams": [squad.map_or_else(|| view.team_ref(component.team), team)],
        "incident_urgency_rule": { "type": "constant", "urgency": "high" },
        "support_hours": null,
        "scheduled_actions": [],
        "auto_pause_notifications_parameters": { "enabled": false, "timeout": null },
    });
    with(reference(Noun::Service, component.number, "service", &component.name), fields)
}
