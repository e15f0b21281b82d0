//! What hangs on an incident: its alerts, notes and custom fields.

use chrono_tz::Tz;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::ids::PagerDuty;
use super::incidents::find;
use super::paging::page;
use super::view::{View, reference, with};
use crate::scenario::case::What;
use crate::scenario::noun::{Noun, Vendor};

pub(super) fn alerts(view: &View, asked: &Asked) -> Answer {
    let Some(case) = find(view, &asked.id) else {
        return Answer::not_found();
    };
    let status = if case.is_open() { "triggered" } else { "resolved" };
    let rows: Vec<&str> = [status].into_iter().filter(|status| asked.lets("statuses", status)).collect();
    page(asked, "alerts", &rows, |status| {
        let fields = json!({
            "created_at": shown(case.created(), Tz::UTC),
            "status": status,
            "alert_key": format!("key-{:08}", case.number),
            "service": view.service_ref(case.service),
            "body": { "type": "alert_body", "contexts": [], "details": {} },
            "incident": view.incident_ref(case),
            "suppressed": false,
            "severity": "critical",
            "integration": null,
        });
        with(reference(Noun::Incident, case.number, "alert", &case.title), fields)
    })
}

pub(super) fn notes(view: &View, asked: &Asked) -> Answer {
    let Some(case) = find(view, &asked.id) else {
        return Answer::not_found();
    };
    let notes = case.moments.iter().filter_map(|moment| match &moment.what {
        What::Note(text) => Some(json!({
            "id": format!("T{}", PagerDuty.id(Noun::Entry, moment.number)),
            "user": view.agent(case, moment.by),
            "channel": { "summary": "The PagerDuty website or APIs" },
            "content": text,
            "created_at": shown(moment.at, view.story.account_zone),
        })),
        _ => None,
    });
    Answer::ok(json!({ "notes": notes.collect::<Vec<Value>>() }))
}

pub(super) fn custom_field_values(view: &View, asked: &Asked) -> Answer {
    find(view, &asked.id).map_or_else(Answer::not_found, |_| Answer::ok(json!({ "custom_fields": [] })))
}

pub(super) fn custom_fields(_: &View, _: &Asked) -> Answer {
    Answer::ok(json!({ "fields": [] }))
}

pub(super) fn types(view: &View, _: &Asked) -> Answer {
    let made = shown(view.story.window.start.plus_days(-900), Tz::UTC);
    Answer::ok(json!({ "incident_types": [{
        "id": "PINCTYPE", "type": "incident_type", "name": "incident_default", "display_name": "Base Incident",
        "description": null, "enabled": true, "parent": null, "created_at": made, "updated_at": made,
    }] }))
}
