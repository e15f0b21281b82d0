//! `/teams` and who is in them.

use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::Asked;
use super::ids::PagerDuty;
use super::paging::page;
use super::users::user;
use super::view::{View, reference, with};
use crate::scenario::noun::Noun;
use crate::scenario::team::Squad;

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let rows: Vec<&Squad> = view.story.teams.iter().filter(|squad| asked.searches(&squad.name)).collect();
    page(asked, "teams", &rows, |squad| team(squad))
}

pub(super) fn members(view: &View, asked: &Asked) -> Answer {
    let number = PagerDuty::number(Noun::Team, &asked.id);
    let Some(squad) = number.and_then(|number| view.story.teams.get(number as usize)) else {
        return Answer::not_found();
    };
    let here = |(person, _): &&(u32, &str)| view.person(*person).is_some_and(|member| member.deleted_at.is_none());
    let rows: Vec<&(u32, &str)> = squad.members.iter().filter(here).collect();
    page(asked, "members", &rows, |(person, role)| {
        let whole = view.person(*person).filter(|_| asked.includes("users"));
        let user = whole.map_or_else(|| view.user_ref(*person), |member| user(view, &Asked::default(), member));
        json!({ "user": user, "role": role })
    })
}

pub(super) fn team(squad: &Squad) -> Value {
    let fields = json!({ "name": squad.name, "description": null, "default_role": "manager" });
    with(reference(Noun::Team, squad.number, "team", &squad.name), fields)
}
