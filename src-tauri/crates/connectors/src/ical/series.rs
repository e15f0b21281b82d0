//! Events that belong together: a recurring event and what replaces its instances.

use std::collections::HashMap;

use super::feed::Event;

/// Events of one UID.
#[derive(Debug)]
pub(super) struct Series<'a> {
    pub(super) uid: String,
    /// Events in their own right. More than one when a producer gives several events the same UID.
    pub(super) masters: Vec<&'a Event>,
    /// Events that replace an instance, at most one for each.
    pub(super) replacements: Vec<&'a Event>,
}

/// Groups events by UID in the order of the feed. Of several versions the one with the highest `SEQUENCE` holds, of equal
/// ones the last. An event without a UID stands alone under a digest of what it says.
pub(super) fn group(events: &[Event]) -> Vec<Series<'_>> {
    let mut order: Vec<Series<'_>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for event in events {
        let uid = event.uid.clone().unwrap_or_else(|| digest(event));
        let place = *places.entry(uid.clone()).or_insert_with(|| {
            order.push(Series { uid, masters: Vec::new(), replacements: Vec::new() });
            order.len() - 1
        });
        if let Some(series) = order.get_mut(place) {
            let list = if event.replaces.is_some() { &mut series.replacements } else { &mut series.masters };
            list.push(event);
        }
    }
    for series in &mut order {
        settle(series);
    }
    order
}

fn settle(series: &mut Series<'_>) {
    let newest = series.masters.iter().map(|event| event.sequence).max();
    series.masters.retain(|event| Some(event.sequence) == newest);
    keep_last(&mut series.masters, |event| &event.start);
    series.replacements.sort_by_key(|event| event.sequence);
    keep_last(&mut series.replacements, |event| &event.replaces);
}

/// Keeps the last event of each key, in the order of first appearance.
fn keep_last<'a>(events: &mut Vec<&'a Event>, key: impl Fn(&'a Event) -> &'a Option<super::feed::Moment>) {
    let text = |event: &'a Event| key(event).as_ref().map(|at| format!("{} {:?}", at.local, at.place));
    let mut kept: Vec<&'a Event> = Vec::with_capacity(events.len());
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    for event in events.iter() {
        match places.get(&text(event)).and_then(|place| kept.get_mut(*place)) {
            Some(slot) => *slot = event,
            None => {
                places.insert(text(event), kept.len());
                kept.push(event);
            }
        }
    }
    *events = kept;
}

fn digest(event: &Event) -> String {
    let start = event.start.as_ref().map(|at| at.local.to_string()).unwrap_or_default();
    let people: Vec<_> = event.attendees.iter().map(|a| a.address.as_str()).collect();
    let text = format!("{}\n{start}\n{:?}\n{}", event.summary, event.end, people.join(","));
    let hex = blake3::hash(text.as_bytes()).to_hex();
    format!("no-uid-{}", hex.as_str().get(..32).unwrap_or_default())
}
