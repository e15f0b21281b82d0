//! What every scenario keeps, and what the built-in one tells.

mod format;
mod generator;
mod records;
mod story;
mod workspace;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use fairlead_domain::{Item, Timestamp, Window};
use secrecy::SecretString;

use super::part::Part;
use super::plot::Scenario;
use super::{KIND, opening};
use crate::http::Secrets;
use crate::{Build, ConfigIssue, Connector, ConnectorError, Known, Mode, Request, Stream};

struct NoSecrets;

#[async_trait]
impl Secrets for NoSecrets {
    async fn reveal(&self, reference: &SecretRef, _fresh: bool) -> Result<SecretString, ConnectorError> {
        Err(ConnectorError::Secret { place: reference.to_string(), reason: "a scenario needs none".to_owned() })
    }
}

fn build(settings: &serde_json::Value, folder: &Path) -> Result<Box<dyn Connector>, ConfigIssue> {
    let build = Build {
        source: "told",
        folder,
        timezone: chrono_tz::Tz::UTC,
        slos: &[],
        secrets: Arc::new(NoSecrets),
        clock: Arc::new(FixedClock::at(built_in().anchor)),
    };
    (KIND.build)(settings, &build)
}

fn source(part: Part) -> Box<dyn Connector> {
    build(&serde_json::json!({ "part": part.word() }), Path::new("")).expect("the built-in scenario is sound")
}

fn built_in() -> Scenario {
    opening::load(None, Path::new("")).expect("the built-in scenario is sound")
}

fn stream(part: Part, name: &str) -> Stream {
    part.streams().iter().find(|stream| stream.name == name).expect("a stream of the part").clone()
}

/// The window that an engine asks for at `now`: all of the past, or what the mode says.
fn asked(stream: &Stream, now: Timestamp) -> Window {
    match stream.mode {
        Mode::ReplaceWindow { back_days, ahead_days } => {
            Window::new(now.plus_days(-i64::from(back_days)), now.plus_days(i64::from(ahead_days)))
        }
        _ => Window::new(Timestamp::EARLIEST, now),
    }
}

/// Every item of a walk, page after page.
async fn walk(source: &dyn Connector, stream: &Stream, window: Window, now: Timestamp) -> Vec<Item> {
    let (known, mut cursor, mut items) = (Known::default(), None, Vec::new());
    loop {
        let request = Request { stream: stream.name, cursor: cursor.as_deref(), window, known: &known, now };
        let batch = source.fetch(request).await.expect("the scenario answers");
        assert!(batch.items.len() <= super::PAGE_ROWS);
        items.extend(batch.items);
        match batch.next {
            Some(next) => cursor = Some(next),
            None => return items,
        }
    }
}

/// Everything that a part yields at `now`.
async fn everything(part: Part, now: Timestamp) -> Vec<(Stream, Item)> {
    let source = source(part);
    let mut all = Vec::new();
    for stream in source.streams() {
        let items = walk(source.as_ref(), &stream, asked(&stream, now), now).await;
        all.extend(items.into_iter().map(|item| (stream.clone(), item)));
    }
    all
}
