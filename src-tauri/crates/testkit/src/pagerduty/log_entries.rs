//! `/log_entries`: the feed of all that happened, newest first, found by when it happened.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use fairlead_domain::page::PageChannel;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::ids::PagerDuty;
use super::incidents::{find, incident};
use super::paging::page;
use super::quirks::AckWord;
use super::services::service;
use super::teams::team;
use super::view::{View, reference, with};
use crate::scenario::case::{Case, Moment, What};
use crate::scenario::noun::{Noun, Vendor};

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let (window, zone) = match (asked.month(view.story.account_zone), asked.zone(Tz::UTC)) {
        (Ok(window), Ok(zone)) => (window, zone),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let (first, last) = window.map_or((0, view.timeline.len()), |window| {
        let until = view.quirks.until_inclusive;
        let late = |at: Timestamp| at > window.end || (!until && at == window.end);
        (
            view.timeline.partition_point(|(at, ..)| late(*at)),
            view.timeline.partition_point(|(at, ..)| *at >= window.start),
        )
    });
    let slice = view.timeline.get(first..last.max(first)).unwrap_or_default();
    let show =
        |place: &Place| at(view, place).map_or(Value::Null, |(case, moment)| entry(view, asked, case, moment, zone));
    if asked.is_set("is_overview") || !asked.all("team_ids").is_empty() {
        let fits = |place: &&Place| at(view, place).is_some_and(|(case, moment)| wanted(asked, case, moment));
        let rows: Vec<Place> = slice.iter().filter(fits).copied().collect();
        return page(asked, "log_entries", &rows, show);
    }
    page(asked, "log_entries", slice, show)
}

/// A moment's time, its incident, and its place in that.
type Place = (Timestamp, u32, u32);

fn at<'a>(view: &View<'a>, (_, case, moment): &Place) -> Option<(&'a Case, &'a Moment)> {
    let case = view.story.cases.get(*case as usize)?;
    case.moments.get(*moment as usize).map(|moment| (case, moment))
}

pub(super) fn of_incident(view: &View, asked: &Asked) -> Answer {
    let Some(case) = find(view, &asked.id) else {
        return Answer::not_found();
    };
    let (window, zone) = match (asked.month(view.story.account_zone), asked.zone(Tz::UTC)) {
        (Ok(window), Ok(zone)) => (window, zone),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let timely = |moment: &&Moment| window.is_none_or(|window| window.contains(moment.at) || window.end == moment.at);
    let rows: Vec<&Moment> =
        case.moments.iter().rev().filter(timely).filter(|moment| wanted(asked, case, moment)).collect();
    page(asked, "log_entries", &rows, |moment| entry(view, asked, case, moment, zone))
}

/// An overview leaves out who was notified.
fn wanted(asked: &Asked, case: &Case, moment: &Moment) -> bool {
    let overview = asked.is_set("is_overview") && matches!(moment.what, What::Notify { .. });
    let teams = asked.all("team_ids");
    !overview && (teams.is_empty() || teams.contains(&PagerDuty.id(Noun::Team, case.team).as_str()))
}

/// Whether this acknowledgement has the longer of its two words.
fn long_ack(word: AckWord, moment: &Moment) -> bool {
    moment.what == What::Ack && (word == AckWord::Long || (word == AckWord::Both && moment.number % 2 == 1))
}

pub(super) fn entry(view: &View, asked: &Asked, case: &Case, moment: &Moment, zone: Tz) -> Value {
    let (_, word) = PagerDuty.entry(&moment.what);
    let word = if long_ack(view.quirks.ack_word, moment) { "acknowledgement_log_entry" } else { word };
    let users = |people: &[u32]| people.iter().map(|person| view.user_ref(*person)).collect::<Vec<_>>();
    let (summary, channel, more) = match &moment.what {
        What::Trigger => {
            let channel = json!({ "type": "api", "summary": case.title, "description": case.title });
            ("Triggered through the API".to_owned(), channel, json!({ "event_details": { "description": case.title } }))
        }
        What::Assign(people) => ("Assigned".to_owned(), auto(), json!({ "assignees": users(people) })),
        What::Escalate(people) => {
            ("Escalated".to_owned(), json!({ "type": "timeout" }), json!({ "assignees": users(people) }))
        }
        What::Exhaust => ("Nobody left to notify".to_owned(), auto(), json!({})),
        What::Notify { person, channel, status } => {
            let name = view.person(*person).map_or("", |member| member.name.as_str());
            let channel = notified(view, *person, *channel, status);
            (format!("Notified {name}"), channel, json!({ "user": view.user_ref(*person) }))
        }
        What::Ack => ("Acknowledged".to_owned(), website(), json!({ "acknowledgement_timeout": 1_800 })),
        What::Unack => ("Unacknowledged due to timeout".to_owned(), json!({ "type": "timeout" }), json!({})),
        What::Snooze(secs) => {
            let until = shown(moment.at.plus_millis(i64::from(*secs) * 1_000), zone);
            let actions = json!({ "changed_actions": [{ "type": "unacknowledge", "at": until }] });
            ("Snoozed".to_owned(), json!({ "type": "website", "duration": secs }), actions)
        }
        What::Note(text) => (text.clone(), json!({ "type": "note", "summary": text }), json!({ "note": text })),
        What::Urgency(high) => {
            let word = if *high { "high" } else { "low" };
            (format!("Urgency changed to {word}"), website(), json!({}))
        }
        What::Priority(priority) => {
            let name = crate::scenario::case::PRIORITIES.get(*priority as usize).map_or("", |(name, _)| *name);
            (format!("Priority set to {name}"), website(), json!({ "changeset": ["priority"] }))
        }
        What::Resolve => ("Resolved".to_owned(), if moment.by.is_some() { website() } else { auto() }, json!({})),
    };
    let component = view.story.services.get(case.service as usize).filter(|_| asked.includes("services"));
    let squad = view.story.teams.get(case.team as usize).filter(|_| asked.includes("teams"));
    let whole = asked.includes("incidents");
    let bare = Asked::default();
    let fields = json!({
        "created_at": shown(moment.at, zone),
        "agent": view.agent(case, moment.by),
        "channel": channel,
        "service": component.map_or_else(|| view.service_ref(case.service), |component| service(view, &bare, component)),
        "incident": if whole { incident(view, &bare, case, zone) } else { view.incident_ref(case) },
        "teams": [squad.map_or_else(|| view.team_ref(case.team), team)],
        "contexts": [],
    });
    let entry = with(reference(Noun::Entry, moment.number, word, &summary), fields);
    with(with(entry, json!({ "event_details": {} })), more)
}

fn auto() -> Value {
    json!({ "type": "auto" })
}

fn website() -> Value {
    json!({ "type": "website" })
}

/// How somebody was notified, with the address that nobody may keep; a push has none.
fn notified(view: &View, person: u32, channel: PageChannel, status: &str) -> Value {
    json!({
        "type": "auto",
        "notification": {
            "type": way(channel),
            "address": address(view, person, channel),
            "status": status,
        },
    })
}

pub(super) const fn way(channel: PageChannel) -> &'static str {
    match channel {
        PageChannel::Sms => "sms_notification",
        PageChannel::Voice => "phone_notification",
        PageChannel::Email => "email_notification",
        PageChannel::Push | PageChannel::Chat | PageChannel::Unknown => "push_notification",
    }
}

pub(super) fn address(view: &View, person: u32, channel: PageChannel) -> Option<String> {
    let member = view.person(person)?;
    match channel {
        PageChannel::Sms | PageChannel::Voice => Some(member.phone()),
        PageChannel::Email => Some(member.mailbox()),
        _ => None,
    }
}
