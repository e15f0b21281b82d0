//! `/notifications`: who was reached how, without a word of the incident.

use fairlead_domain::Window;
use serde_json::json;

use super::answer::Answer;
use super::asked::{Asked, months_after, shown};
use super::ids::PagerDuty;
use super::log_entries::{address, way};
use super::paging::page;
use super::users::user;
use super::view::View;
use crate::scenario::case::{Moment, What};
use crate::scenario::noun::{Noun, Vendor};
use fairlead_domain::page::PageChannel;

pub(super) fn list(view: &View, asked: &Asked) -> Answer {
    let account = view.story.account_zone;
    let window = match (asked.instant("since", account), asked.instant("until", account)) {
        (Ok(Some(since)), Ok(Some(until))) => Window::new(since, until),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
        _ => return Answer::invalid("Since and until are required"),
    };
    if window.end < window.start || window.end >= months_after(window.start, 3) {
        return Answer::invalid("The date range must be less than 3 months");
    }
    let zone = match asked.zone(account) {
        Ok(zone) => zone,
        Err(refusal) => return refusal,
    };
    let first = view.timeline.partition_point(|(at, ..)| *at > window.end);
    let earlier = view.timeline.get(first..).unwrap_or_default();
    let timely = earlier.iter().take_while(|(at, ..)| *at >= window.start);
    let sent = timely.filter_map(|(_, case, moment)| {
        let moment = view.story.cases.get(*case as usize)?.moments.get(*moment as usize)?;
        match &moment.what {
            What::Notify { person, channel, status } => Some((moment, *person, *channel, *status)),
            _ => None,
        }
    });
    let kind = |(_, _, channel, _): &(&Moment, u32, PageChannel, &str)| {
        asked.get("filter").is_none_or(|kind| kind == way(*channel))
    };
    let rows: Vec<_> = sent.filter(kind).collect();
    page(asked, "notifications", &rows, |(moment, person, channel, status)| {
        let whole = view.person(*person).filter(|_| asked.includes("users"));
        json!({
            "id": PagerDuty.id(Noun::Notification, moment.number),
            "type": way(*channel),
            "started_at": shown(moment.at, zone),
            "address": address(view, *person, *channel),
            "status": status,
            "user": whole.map_or_else(|| view.user_ref(*person), |member| user(view, &Asked::default(), member)),
        })
    })
}
