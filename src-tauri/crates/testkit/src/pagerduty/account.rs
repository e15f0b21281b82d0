//! What the account has: priorities, abilities, maintenance, an audit trail without entries.

use fairlead_domain::Timestamp;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, shown};
use super::ids::PagerDuty;
use super::paging::page;
use super::view::{View, reference, with};
use crate::scenario::case::PRIORITIES;
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::work::Work;

pub(super) fn priorities(view: &View, asked: &Asked) -> Answer {
    let rows: Vec<u32> = (0..).zip(PRIORITIES).map(|(number, _)| number).collect();
    page(asked, "priorities", &rows, |number| view.priority(*number, "priority"))
}

pub(super) fn abilities(_: &View, _: &Asked) -> Answer {
    Answer::ok(json!({ "abilities": ["teams", "urgencies", "event_rules", "priorities"] }))
}

pub(super) fn audit(_: &View, asked: &Asked) -> Answer {
    let limit: u32 = asked.get("limit").and_then(|text| text.parse().ok()).unwrap_or(100);
    Answer::ok(json!({ "records": [], "limit": limit.min(100), "next_cursor": null, "response_metadata": null }))
}

pub(super) fn maintenance_windows(view: &View, asked: &Asked) -> Answer {
    let now = view.story.now();
    let filter = asked.get("filter").unwrap_or("all");
    if !matches!(filter, "past" | "future" | "ongoing" | "open" | "all") {
        return Answer::invalid("Filter is invalid");
    }
    let services = asked.all("service_ids");
    let touches = |work: &&Work| {
        let touched = |service: &u32| services.contains(&PagerDuty.id(Noun::Service, *service).as_str());
        services.is_empty() || work.services.iter().any(touched)
    };
    let found = view.story.works.iter().filter(|work| timely(work, filter, now) && asked.searches(&work.title));
    let owned = found.filter(|work| {
        let teams = teams(view, work);
        asked.all("team_ids").is_empty()
            || teams.iter().any(|team| asked.lets("team_ids", &PagerDuty.id(Noun::Team, *team)))
    });
    let rows: Vec<&Work> = owned.filter(touches).collect();
    page(asked, "maintenance_windows", &rows, |work| maintenance(view, work))
}

fn timely(work: &Work, filter: &str, now: Timestamp) -> bool {
    match filter {
        "past" => work.window.end <= now,
        "future" => work.window.start > now,
        "ongoing" => work.window.contains(now),
        "open" => work.window.end > now,
        _ => true,
    }
}

fn teams(view: &View, work: &Work) -> Vec<u32> {
    let component = |service: &u32| view.story.services.get(*service as usize);
    let mut teams: Vec<u32> = work.services.iter().filter_map(component).map(|component| component.team).collect();
    teams.sort_unstable();
    teams.dedup();
    teams
}

fn maintenance(view: &View, work: &Work) -> Value {
    let zone = view.story.account_zone;
    let fields = json!({
        "sequence_number": work.number + 1,
        "start_time": shown(work.window.start, zone),
        "end_time": shown(work.window.end, zone),
        "description": work.title,
        "services": work.services.iter().map(|service| view.service_ref(*service)).collect::<Vec<_>>(),
        "teams": teams(view, work).into_iter().map(|team| view.team_ref(team)).collect::<Vec<_>>(),
        "created_by": view.user_ref(work.by),
    });
    with(reference(Noun::Maintenance, work.number, "maintenance_window", &work.title), fields)
}
