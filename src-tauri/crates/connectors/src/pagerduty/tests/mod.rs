//! The connector against an account that answers like PagerDuty: offsets, totals, windows, refusals.

mod account;
mod catalogue;
mod incidents;
mod log;
mod reach;
mod rota;
mod specs;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use fairlead_domain::schedule::{Schedule, ScheduleSystem};
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use fairlead_domain::{Record, Timestamp, Window};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::http::Secrets;
use crate::{Batch, Build, Connector, ConnectorError, Known, Mode, Request};

/// 2026-11-16T07:00:00Z, a Monday.
const NOW: Timestamp = Timestamp::from_secs(1_794_812_400);

struct OneSecret;

#[async_trait]
impl Secrets for OneSecret {
    async fn reveal(&self, _: &SecretRef, _: bool) -> Result<SecretString, ConnectorError> {
        Ok("k3y".into())
    }
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn connector_with(settings: &Value) -> Box<dyn Connector> {
    let build = Build {
        source: "pd",
        folder: Path::new("."),
        timezone: chrono_tz::UTC,
        slos: &[],
        secrets: Arc::new(OneSecret),
        clock: Arc::new(FixedClock::at(NOW)),
    };
    super::build(settings, &build).unwrap()
}

fn connector(url: &str) -> Box<dyn Connector> {
    connector_with(&json!({ "url": url, "token": { "env": "T" } }))
}

/// What the engine asks of a stream first.
fn window_of(connector: &dyn Connector, stream: &str) -> Window {
    let stream = connector.streams().into_iter().find(|s| s.name == stream).unwrap();
    match stream.mode {
        Mode::ReplaceWindow { back_days, ahead_days } => {
            Window::new(NOW.plus_days(-i64::from(back_days)), NOW.plus_days(i64::from(ahead_days)))
        }
        Mode::Snapshot => Window::new(Timestamp::EARLIEST, NOW),
        Mode::Observed => Window::new(NOW, NOW),
        _ => Window::new(NOW.plus_days(-28), NOW),
    }
}

/// A whole walk: all pages as one batch, with the last page's statements.
async fn walk(connector: &dyn Connector, stream: &str, known: &Known) -> Result<Batch, ConnectorError> {
    walk_in(connector, stream, known, window_of(connector, stream)).await
}

async fn walk_in(
    connector: &dyn Connector,
    stream: &str,
    known: &Known,
    window: Window,
) -> Result<Batch, ConnectorError> {
    let (mut items, mut notes) = (Vec::new(), Vec::new());
    let mut cursor = None::<String>;
    for _ in 0..300 {
        let request = Request { stream, cursor: cursor.as_deref(), window, known, now: NOW };
        let page = connector.fetch(request).await?;
        items.extend(page.items);
        notes.extend(page.notes);
        if page.next.is_none() {
            return Ok(Batch { items, notes, complete: page.complete, state: page.state, ..Batch::default() });
        }
        assert_ne!(page.next, cursor, "the cursor stands still");
        cursor = page.next;
    }
    panic!("the walk of {stream} does not end")
}

fn records(batch: &Batch) -> Vec<&Record> {
    batch.items.iter().map(|item| &item.record).collect()
}

/// The records of one kind.
macro_rules! of_kind {
    ($batch:expr, $kind:ident) => {
        crate::pagerduty::tests::records(&$batch)
            .into_iter()
            .filter_map(|record| match record {
                fairlead_domain::Record::$kind(it) => Some(it.clone()),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}
use of_kind;

fn schedule(id: &str, system: ScheduleSystem) -> Schedule {
    Schedule { ext_id: id.into(), name: id.into(), system, timezone: None, team: None, url: None }
}

/// What would be stored or said of a batch, as text to be searched.
fn kept(batch: &Batch) -> String {
    let items = batch.items.iter().map(|item| format!("{:?}{:?}", item.record, item.raw));
    items.chain(batch.notes.iter().map(|note| note.message.clone())).collect()
}
