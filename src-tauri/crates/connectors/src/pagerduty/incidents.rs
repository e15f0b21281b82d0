//! Incidents: by the time of their creation, which is the only one that PagerDuty filters by; those that are open, however
//! old; and, each night, the last month again.

use std::collections::BTreeSet;

use fairlead_domain::{Item, Timestamp, Window};
use serde_json::Value;

use super::api::{Found, Resource, endpoint, in_path};
use super::bounds::{Bounds, share};
use super::incident::{self, Read};
use super::page_walk::Turn;
use super::person::Gone;
use super::source::{PagerDuty, fresh};
use crate::http::Share;
use crate::{Batch, ConnectorError, Note, Request};

/// Of a priority that means no severity.
pub(super) const SEVERITY_UNMAPPED: &str = "severity_unmapped";

pub(super) const INCIDENTS: Resource =
    Resource::new("incidents", "incidents", "incidents", "there is no incident history").reading(incident::fields);

/// Oldest first, so that incidents that come meanwhile move no page.
const OLDEST_FIRST: (&str, &str) = ("sort_by", "created_at:asc");

/// How soon after the last time the month is not read again, though somebody asks for everything.
const REREAD_AFTER_MS: i64 = 20 * fairlead_domain::time::HOUR_MS;

/// How cursors of the second half begin: incidents that are stored as open and are not listed as such.
const CLOSED: &str = "closed ";

impl PagerDuty {
    pub(super) async fn incidents(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        self.created(request, request.window, share(request.window, request.now)).await
    }

    /// The month again, once a day. The first time it was just read.
    pub(super) async fn incidents_again(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let last = request.known.state.as_deref().and_then(|text| Timestamp::parse_rfc3339(text).ok());
        let now = Timestamp::from_secs(request.now.as_secs());
        let begun = request.cursor.is_some();
        let rested = last.is_some_and(|last| last == now || now.since(last) >= REREAD_AFTER_MS || last > now);
        if !begun && !rested {
            return Ok(Batch { state: Some(last.unwrap_or(now).to_rfc3339()), ..Batch::default() });
        }
        let batch = self.created(request, request.window, Share::Backfill).await?;
        Ok(Batch { state: Some(now.to_rfc3339()), ..batch })
    }

    async fn created(&self, request: &Request<'_>, window: Window, share: Share) -> Result<Batch, ConnectorError> {
        let bounds = Bounds::of(window);
        let query: Vec<(&str, &str)> = bounds.query().into_iter().chain([OLDEST_FIRST]).collect();
        let (page, step) = self.page(&INCIDENTS, &query, &Turn::read(request.cursor), share).await?;
        let batch = self.incident_batch(&fresh(&page, &step));
        Ok(Batch { next: step.next.map(|next| next.text()), total: page.total, ..batch })
    }

    /// All that are open, then each that is stored as open and is not among them.
    pub(super) async fn open_incidents(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        if let Some(rest) = request.cursor.and_then(|cursor| cursor.strip_prefix(CLOSED)) {
            return self.closed(rest, request).await;
        }
        let query = [
            ("statuses[]", "triggered"),
            ("statuses[]", "acknowledged"),
            ("date_range", "all"),
            ("time_zone", "UTC"),
            OLDEST_FIRST,
        ];
        let (page, step) = self.page(&INCIDENTS, &query, &Turn::read(request.cursor), Share::Incremental).await?;
        let batch = self.incident_batch(&fresh(&page, &step));
        if let Some(next) = step.next {
            return Ok(Batch { next: Some(next.text()), total: page.total, ..batch });
        }
        let Some(open) = self.walks.whole(INCIDENTS.path) else { return Ok(batch) };
        let missing = missing(request);
        let gone: Vec<&String> = request.known.open_incidents.iter().filter(|id| !open.contains(*id)).collect();
        let asked: Vec<&str> = gone.iter().filter(|id| !missing.contains(**id)).map(|id| id.as_str()).collect();
        let next = (!asked.is_empty()).then(|| format!("{CLOSED}{}", asked.join(" ")));
        Ok(Batch { next, state: request.known.state.clone(), ..batch })
    }

    /// Opens the next incident that is no longer listed as open.
    async fn closed(&self, rest: &str, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let mut ids = rest.split(' ');
        let id = ids.next().unwrap_or_default();
        let path = format!("incidents/{}", in_path(id));
        let endpoint = endpoint(INCIDENTS.what, INCIDENTS.lost, Share::Incremental);
        let mut missing = missing(request);
        let mut batch = match self.api.one(&path, "incident", &[], endpoint).await? {
            Found::Object(document) => self.incident_batch(&[&document]),
            Found::Missing => {
                missing.insert(id.to_owned());
                Batch { notes: vec![unopenable(id)], ..Batch::default() }
            }
        };
        let left: Vec<&str> = ids.collect();
        batch.next = (!left.is_empty()).then(|| format!("{CLOSED}{}", left.join(" ")));
        batch.state = serde_json::to_string(&missing).ok();
        Ok(batch)
    }

    /// The incidents of these documents, with what must be known of them.
    pub(super) fn incident_batch(&self, documents: &[&Value]) -> Batch {
        let read = documents.iter().filter_map(|document| incident::read(document, &self.severities));
        let mut batch = Batch::default();
        let mut gone = Gone::default();
        let listed = self.listed();
        for Read { item, unmapped, users } in read {
            users.iter().for_each(|user| gone.look(Some(user), listed.as_ref()));
            batch.items.push(item);
            let note = unmapped.map(|priority| severity_unmapped(&priority));
            batch.notes.extend(note);
        }
        batch.notes.sort_by(|a, b| a.message.cmp(&b.message));
        batch.notes.dedup();
        let people = gone.into_people().map(Item::from);
        batch.items = people.chain(std::mem::take(&mut batch.items)).collect();
        batch
    }
}

/// Incidents that were asked for and cannot be opened, so that they are not asked for each minute.
fn missing(request: &Request<'_>) -> BTreeSet<String> {
    request.known.state.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn severity_unmapped(priority: &str) -> Note {
    let message = format!(
        "the priority {priority:?} is no severity: its incidents have none. Name it under severity, as 1 to 5 or \"ignore\""
    );
    Note { code: SEVERITY_UNMAPPED, message, incomplete: false }
}

fn unopenable(id: &str) -> Note {
    let message = format!("the incident {id} was open and cannot be opened any more: it stays as it was last read");
    Note { code: "incident_missing", message, incomplete: false }
}
