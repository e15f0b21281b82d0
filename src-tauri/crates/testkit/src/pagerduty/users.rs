//! `/users` and what hangs on a user.

use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::Asked;
use super::ids::PagerDuty;
use super::paging::page;
use super::view::{View, reference, with};
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::person::Member;

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let in_team = |member: &&Member| {
        let wanted = asked.all("team_ids");
        wanted.is_empty()
            || teams(view, member.number).iter().any(|team| wanted.contains(&PagerDuty.id(Noun::Team, *team).as_str()))
    };
    let found =
        view.people().into_iter().filter(|member| asked.searches(&member.name) || asked.searches(&member.email));
    let rows: Vec<&Member> = found.filter(in_team).collect();
    page(asked, "users", &rows, |member| user(view, asked, member))
}

pub(super) fn one(view: &View, asked: &Asked) -> Answer {
    find(view, asked).map_or_else(Answer::not_found, |member| {
        let feed = format!("https://webcal.pagerduty.example/private/{}/feed", feed_secret(member.number));
        let urls = json!({ "http_cal_url": feed, "web_cal_url": feed.replace("https:", "webcal:") });
        let user = user(view, asked, member);
        Answer::ok(json!({ "user": if asked.includes("calendar_urls") { with(user, urls) } else { user } }))
    })
}

/// The owner of the key, which an account's key has not.
pub(super) fn me(_: &View, _: &Asked) -> Answer {
    let reason = "The token must be a user token to use this endpoint";
    Answer::refusal(400, 2001, "Invalid Input Provided", &[reason])
}

/// Telephone numbers and addresses: nobody has any business here.
pub(super) fn contact_methods(view: &View, asked: &Asked) -> Answer {
    find(view, asked).map_or_else(Answer::not_found, |member| {
        let id = |letter: &str| format!("{letter}{}", PagerDuty.id(Noun::Person, member.number));
        let email = json!({
            "id": id("E"), "type": "email_contact_method", "summary": "Work", "label": "Work",
            "address": member.mailbox(), "send_short_email": false,
        });
        let phone = json!({
            "id": id("F"), "type": "phone_contact_method", "summary": "Mobile", "label": "Mobile",
            "address": member.phone(), "country_code": 1, "blacklisted": false, "enabled": true,
        });
        Answer::ok(json!({ "contact_methods": [email, phone] }))
    })
}

fn feed_secret(number: u32) -> String {
    format!("FEEDSECRET{number:06}")
}

fn find<'a>(view: &View<'a>, asked: &Asked) -> Option<&'a Member> {
    let number = PagerDuty::number(Noun::Person, &asked.id)?;
    view.person(number).filter(|member| member.deleted_at.is_none())
}

fn teams(view: &View, person: u32) -> Vec<u32> {
    let has = |squad: &&crate::scenario::team::Squad| squad.members.iter().any(|(member, _)| *member == person);
    view.story.teams.iter().filter(has).map(|squad| squad.number).collect()
}

pub(super) fn user(view: &View, asked: &Asked, member: &Member) -> Value {
    let id = PagerDuty.id(Noun::Person, member.number);
    let method = json!({
        "id": format!("E{id}"), "type": "email_contact_method_reference", "summary": "Work",
        "self": format!("https://api.pagerduty.example/users/{id}/contact_methods/E{id}"), "html_url": null,
    });
    let method = if asked.includes("contact_methods") {
        with(method, json!({ "type": "email_contact_method", "address": member.mailbox() }))
    } else {
        method
    };
    let fields = json!({
        "name": member.name,
        "email": member.email,
        "time_zone": member.zone.name(),
        "color": "green",
        "role": if member.bot { "read_only_user" } else { "user" },
        "avatar_url": "https://assets.pagerduty.example/blank.png",
        "description": null,
        "invitation_sent": false,
        "created_via_sso": false,
        "job_title": if member.bot { "Program" } else { "Engineer" },
        "teams": teams(view, member.number).into_iter().map(|team| view.team_ref(team)).collect::<Vec<_>>(),
        "contact_methods": [method],
        "notification_rules": [],
    });
    with(reference(Noun::Person, member.number, "user", &member.name), fields)
}
