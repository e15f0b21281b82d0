//! Silences as they are listed. Pure.

use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::text::clean_line;
use fairlead_domain::{Item, Record, Timestamp};
use serde_json::json;

use super::wire::{WireMatcher, WireSilence};
use crate::phone::without_phones;

/// Most matchers of a silence that are kept; nobody writes as many.
const MAX_MATCHERS: usize = 200;

/// Longest value of a matcher that is kept, in bytes.
const MAX_VALUE: usize = 16 * 1024;

/// The silences, and the ids of those that could not be understood.
pub(super) fn read(listed: Vec<WireSilence>, now: Timestamp) -> (Vec<Item>, Vec<String>) {
    let (mut items, mut odd) = (Vec::with_capacity(listed.len()), Vec::new());
    for wire in listed {
        let id = wire.id.clone();
        match silence(wire, now) {
            // The record holds all there is, but for when it was last changed.
            Some(silence) => items.push(Item::from(Record::from(silence))),
            None => odd.push(clean_line(&id)),
        }
    }
    (items, odd)
}

fn silence(wire: WireSilence, now: Timestamp) -> Option<Silence> {
    let start = instant(&wire.starts_at)?;
    let end = instant(&wire.ends_at)?.max(start);
    let fits = wire.matchers.len() <= MAX_MATCHERS && wire.matchers.iter().all(|m| m.value.len() <= MAX_VALUE);
    let matchers = matchers(wire.matchers).filter(|_| fits && !wire.id.is_empty())?;
    Some(Silence {
        ext_id: wire.id,
        start,
        end,
        creator: line(&wire.created_by),
        comment: line(&wire.comment),
        matchers,
        state: SilenceState::from_word(&wire.status.state).unwrap_or_else(|| state(start, end, now)),
    })
}

/// Where it stands by its times, for a word that is not known.
fn state(start: Timestamp, end: Timestamp, now: Timestamp) -> SilenceState {
    if now < start {
        SilenceState::Pending
    } else if now < end {
        SilenceState::Active
    } else {
        SilenceState::Expired
    }
}

/// The instant. "For ever" is written as a year that is far away.
fn instant(text: &str) -> Option<Timestamp> {
    let at = Timestamp::parse_rfc3339(text).ok()?;
    (at >= Timestamp::EARLIEST).then(|| at.min(Timestamp::LATEST))
}

/// What somebody wrote, as one line without telephone numbers.
fn line(text: &str) -> Option<String> {
    Some(clean_line(&without_phones(&clean_line(text)))).filter(|line| !line.is_empty())
}

/// The matchers as the interface writes them, in an order that does not depend on the peer that answers.
fn matchers(mut matchers: Vec<WireMatcher>) -> Option<String> {
    matchers.sort_unstable();
    matchers.dedup();
    let matcher =
        |m: WireMatcher| json!({ "name": m.name, "value": m.value, "isRegex": m.is_regex, "isEqual": m.is_equal });
    let all: Vec<serde_json::Value> = matchers.into_iter().map(matcher).collect();
    (!all.is_empty()).then(|| serde_json::Value::from(all).to_string())
}
