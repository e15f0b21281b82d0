//! The log: what happened to all incidents, in order. It is the feed of changes, since incidents themselves cannot be
//! asked for by the time of their change, and it alone tells who was woken and who acknowledged when.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::incident::{TimelineEvent, TimelineKind};
use fairlead_domain::page::Page;
use fairlead_domain::{Item, Timestamp};
use serde_json::Value;

use super::api::Resource;
use super::bounds::{Bounds, share};
use super::entry::{self, Read};
use super::page_walk::Turn;
use super::person::Gone;
use super::source::{PagerDuty, fresh, locked};
use super::wire;
use crate::{Batch, ConnectorError, Note, Request};

pub(super) const LOG_ENTRIES: Resource = Resource::new(
    "log_entries",
    "log_entries",
    "log entries",
    "who was woken, who acknowledged when, and changes of older incidents are not known",
)
.reading(entry::fields);

/// With the incidents as they are now, which saves a request for each; with the channels, which alone tell how somebody
/// was notified and what a note says.
const INCLUDED: [(&str, &str); 2] = [("include[]", "incidents"), ("include[]", "channels")];

impl PagerDuty {
    pub(super) async fn log_entries(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let turn = Turn::read(request.cursor);
        let bounds = Bounds::of(request.window);
        let query: Vec<(&str, &str)> = bounds.query().into_iter().chain(INCLUDED).collect();
        let (page, step) = self.page(&LOG_ENTRIES, &query, &turn, share(request.window, request.now)).await?;
        let documents = fresh(&page, &step);
        let entries: Vec<wire::LogEntry> = documents.iter().map(|document| wire::read(document)).collect();
        let read: Vec<Read> =
            entries.iter().zip(&documents).filter_map(|(entry, doc)| entry::read(entry, doc)).collect();
        let unread = documents.len() - read.len();

        let mut gone = Gone::default();
        let listed = self.listed();
        read.iter().flat_map(|entry| &entry.users).for_each(|user| gone.look(Some(user), listed.as_ref()));
        let incidents = self.incident_batch(&embedded(&documents));
        let pages = {
            let mut waiting = locked(&self.waiting);
            if request.cursor.is_none() {
                *waiting = Waiting::default();
            }
            waiting.meet(&read)
        };
        // The entries come before the incidents and pages that they tell of: the store joins them in this order.
        let mut items: Vec<Item> = gone.into_people().map(Item::from).collect();
        items.extend(read.into_iter().map(Read::into_item));
        items.extend(pages.into_iter().map(Item::from));
        let known: BTreeSet<String> = items.iter().filter_map(person_key).collect();
        items.extend(incidents.items.into_iter().filter(|item| person_key(item).is_none_or(|id| !known.contains(&id))));
        let mut notes = incidents.notes;
        if unread > 0 {
            notes.push(unreadable(unread));
        }
        Ok(Batch { items, next: step.next.map(|next| next.text()), total: page.total, notes, ..Batch::default() })
    }
}

/// The incidents that stand in the entries, each once.
fn embedded<'d>(documents: &[&'d Value]) -> Vec<&'d Value> {
    let mut seen = BTreeSet::new();
    let incidents = documents.iter().filter_map(|document| document.get("incident"));
    incidents.filter(|incident| incident.get("id").and_then(Value::as_str).is_some_and(|id| seen.insert(id))).collect()
}

fn person_key(item: &Item) -> Option<String> {
    match &item.record {
        fairlead_domain::Record::Person(person) => Some(person.ext_id.clone()),
        _ => None,
    }
}

fn unreadable(count: usize) -> Note {
    let message = format!("{count} log entries have no id or no time and were left out");
    Note { code: "log_entry_unreadable", message, incomplete: false }
}

/// Who and which incident.
type Matter = (String, String);

/// Pages and acknowledgements of one walk, which may lie on different pages of it in either order.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    acks: BTreeMap<Matter, BTreeSet<Timestamp>>,
    pages: BTreeMap<Matter, Vec<Page>>,
}

impl Waiting {
    /// The pages of these entries, and those of earlier ones that these answer.
    pub(super) fn meet(&mut self, entries: &[Read]) -> Vec<Page> {
        let acks = entries.iter().filter(|entry| entry.event.kind == TimelineKind::Ack);
        let mut touched: BTreeSet<Matter> = BTreeSet::new();
        for (matter, at) in acks.filter_map(|entry| Some((matter_of(&entry.event)?, entry.event.at))) {
            self.acks.entry(matter.clone()).or_default().insert(at);
            touched.insert(matter);
        }
        let mut found = Vec::new();
        for matter in touched {
            let before = self.pages.remove(&matter).unwrap_or_default();
            let (answered, still): (Vec<Page>, Vec<Page>) = before
                .into_iter()
                .map(|page| self.answered(&matter, page))
                .partition(|page| page.answered_at.is_some());
            found.extend(answered);
            if !still.is_empty() {
                self.pages.insert(matter, still);
            }
        }
        for entry in entries {
            let Some(page) = entry.page.clone() else { continue };
            let Some(matter) = matter_of(&entry.event) else {
                found.push(page);
                continue;
            };
            let page = self.answered(&matter, page);
            if page.answered_at.is_none() {
                self.pages.entry(matter).or_default().push(page.clone());
            }
            found.push(page);
        }
        found
    }

    /// The page with the first acknowledgement by the same person after it.
    fn answered(&self, matter: &Matter, page: Page) -> Page {
        let first = self.acks.get(matter).and_then(|acks| acks.range(page.sent_at..).next().copied());
        Page { answered_at: first, ..page }
    }
}

fn matter_of(event: &TimelineEvent) -> Option<Matter> {
    Some((event.actor.as_ref()?.ext_id.clone()?, event.incident.clone()?))
}
