//! `/escalation_policies`: who is asked in which order.

use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::Asked;
use super::ids::PagerDuty;
use super::paging::page;
use super::view::{View, reference, with};
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::policy::{Ladder, Step};

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let found = view.story.ladders.iter().filter(|ladder| asked.searches(&ladder.name));
    let owned = found.filter(|ladder| asked.lets("team_ids", &PagerDuty.id(Noun::Team, ladder.team)));
    let asks = |ladder: &&Ladder| {
        let wanted = asked.all("user_ids");
        let people = ladder.steps.iter().flat_map(|step| &step.people);
        wanted.is_empty() || people.into_iter().any(|who| wanted.contains(&PagerDuty.id(Noun::Person, *who).as_str()))
    };
    let mut rows: Vec<&Ladder> = owned.filter(asks).collect();
    rows.sort_by_key(|ladder| &ladder.name);
    if asked.get("sort_by") == Some("name:desc") {
        rows.reverse();
    }
    page(asked, "escalation_policies", &rows, |ladder| policy(view, asked, ladder))
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    let number = PagerDuty::number(Noun::Policy, &asked.id);
    let ladder = number.and_then(|number| view.story.ladders.get(number as usize));
    ladder.map_or_else(Answer::not_found, |ladder| {
        Answer::ok(json!({ "escalation_policy": policy(view, asked, ladder) }))
    })
}

pub(super) fn policy(view: &View, asked: &Asked, ladder: &Ladder) -> Value {
    let rule = |step: &Step| {
        let schedules = step.rotas.iter().map(|rota| view.schedule_ref(*rota));
        let targets: Vec<Value> = schedules.chain(step.people.iter().map(|person| view.user_ref(*person))).collect();
        let rule = json!({
            "id": PagerDuty.id(Noun::Rule, step.number),
            "escalation_delay_in_minutes": step.minutes,
            "targets": targets,
        });
        let strategy = json!({ "escalation_rule_assignment_strategy": "assign_to_everyone" });
        if asked.includes("escalation_rule_assignment_strategies") { with(rule, strategy) } else { rule }
    };
    let served = view.story.services.iter().filter(|component| component.policy == ladder.number);
    let fields = json!({
        "name": ladder.name,
        "description": null,
        "num_loops": 0,
        "on_call_handoff_notifications": "if_has_services",
        "escalation_rules": ladder.steps.iter().map(rule).collect::<Vec<_>>(),
        "services": served.map(|component| view.service_ref(component.number)).collect::<Vec<_>>(),
        "teams": [view.team_ref(ladder.team)],
    });
    with(reference(Noun::Policy, ladder.number, "escalation_policy", &ladder.name), fields)
}
