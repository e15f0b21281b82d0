//! Kind `scenario`: a team that is told, not observed. It plays the sources of a demo through the same contract as a
//! real connector; which people, services and events there are is data (`assets/demo/README.md`), not code.

mod alerts;
mod calendar;
mod catalogue;
mod draw;
mod hours;
mod incidents;
mod offset;
mod opening;
mod pages;
mod part;
mod plot;
mod plot_slo;
mod plot_work;
mod references;
mod rota;
mod slos;
#[cfg(test)]
mod tests;
mod wall;
mod work;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use fairlead_domain::person::PersonRef;
use fairlead_domain::{Clock, Timestamp, Window};

pub use self::opening::{Opening, opening};
use self::part::{PARTS, Part, complete, walk};
use self::plot::Scenario;
use crate::setting::{Setting, Value};
use crate::{Batch, Build, Check, ConfigIssue, Connector, ConnectorError, Kind, Mode, Request, Stream};

/// The declaration of this kind.
pub const KIND: Kind = Kind {
    name: "scenario",
    title: "Demo scenario",
    settings: SETTINGS,
    streams: |settings| part(settings).map_or_else(Vec::new, |part| part.streams().to_vec()),
    build,
};

/// Rows of one page.
const PAGE_ROWS: usize = 4_000;

const SETTINGS: &[Setting] = &[
    Setting {
        key: "scenario",
        value: Value::Text,
        required: false,
        doc: "Name of a built-in scenario, or path of a scenario file. Without it, the built-in demo team.",
    },
    Setting {
        key: "part",
        value: Value::Word(PARTS),
        required: true,
        doc: "Which of the team's systems this source plays.",
    },
    Setting {
        key: "site",
        value: Value::Text,
        required: false,
        doc: "For part \"alerts\": which of several alert sources. Without it, all of them as one.",
    },
    Setting {
        key: "unreachable_since",
        value: Value::Text,
        required: false,
        doc: "From this instant on the source does not answer. Days from the scenario's first day and time of day, \
              UTC, for example \"0d 03:10\".",
    },
    crate::severity::SETTING,
];

/// One played source.
struct Told {
    source: String,
    scenario: Scenario,
    part: Part,
    site: Option<String>,
    /// Last instant at which the source answers.
    answers_until: Option<Timestamp>,
    clock: Arc<dyn Clock>,
    requests: AtomicU64,
}

/// Which part of the scenario the settings of a source name.
fn part(settings: &serde_json::Value) -> Option<Part> {
    settings.get("part").and_then(serde_json::Value::as_str).and_then(Part::from_word)
}

fn build(settings: &serde_json::Value, build: &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue> {
    let text = |key: &str| settings.get(key).and_then(serde_json::Value::as_str);
    let scenario = opening::load(text("scenario"), build.folder)?;
    let part = part(settings).ok_or_else(|| {
        let hint = Some(format!("write one of {}", PARTS.join(", ")));
        issue("part", "the source does not say which part of the scenario it plays".to_owned(), hint)
    })?;
    let since = text("unreachable_since").map(offset::Offset::parse).transpose();
    let since = since.map_err(|message| issue("unreachable_since", message, None))?;
    Ok(Box::new(Told {
        source: build.source.to_owned(),
        answers_until: since.map(|offset| scenario.at(offset)),
        scenario,
        part,
        site: text("site").map(str::to_owned),
        clock: Arc::clone(&build.clock),
        requests: AtomicU64::new(0),
    }))
}

#[async_trait]
impl Connector for Told {
    fn streams(&self) -> Vec<Stream> {
        self.part.streams().to_vec()
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        self.answer(self.clock.now())?;
        let told = format!("told by the scenario, part {}", self.part);
        let line = |stream: &Stream| Check::new(format!("read {}", stream.name), true, told.clone());
        Ok(self.part.streams().iter().map(line).collect())
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        self.answer(request.now)?;
        let stream = self.part.streams().iter().find(|stream| stream.name == request.stream).ok_or_else(|| {
            self.misunderstood("a stream of this part", format!("there is no stream {:?}", request.stream))
        })?;
        let begin: usize = request.cursor.map_or(Ok(0), str::parse).map_err(|_| {
            self.misunderstood("a cursor of an earlier page", "the cursor is no number of rows".to_owned())
        })?;
        let (window, exhausted) = self.remembered(stream, request.window);
        let mut items = walk(&self.scenario, stream, self.site.as_deref(), request, window);
        let total = items.len();
        let end = begin.saturating_add(PAGE_ROWS).min(total);
        let last = end == total;
        items.truncate(end);
        Ok(Batch {
            items: items.split_off(begin.min(end)),
            next: (!last).then(|| end.to_string()),
            total: u64::try_from(total).ok(),
            complete: if last { complete(&self.scenario, stream, window) } else { Vec::new() },
            covered: (window != request.window).then_some(window),
            exhausted,
            ..Batch::default()
        })
    }

    fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    fn clock_skew_millis(&self) -> Option<i64> {
        None
    }
}

impl Told {
    /// Counts a request and refuses it where the scenario wants silence.
    fn answer(&self, now: Timestamp) -> Result<(), ConnectorError> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        match self.answers_until {
            Some(until) if now > until => {
                Err(ConnectorError::Network { host: self.source.clone(), reason: "connection refused".to_owned() })
            }
            _ => Ok(()),
        }
    }

    /// What the scenario remembers of `window`, and whether its memory ends there. Lists without time have no edge.
    fn remembered(&self, stream: &Stream, window: Window) -> (Window, bool) {
        let begins = self.scenario.begins();
        match stream.mode {
            Mode::Snapshot | Mode::Observed => (window, false),
            _ if window.start >= begins => (window, false),
            _ => (Window::new(begins, window.end.max(begins)), true),
        }
    }

    fn misunderstood(&self, expected: &str, reason: String) -> ConnectorError {
        ConnectorError::Decode { host: self.source.clone(), expected: expected.to_owned(), reason }
    }
}

/// How the pager names a person.
fn person_ref(scenario: &Scenario, id: &str) -> Option<PersonRef> {
    scenario.person(id).map(|person| PersonRef {
        ext_id: Some(person.id.clone()),
        email: Some(person.email.clone()),
        name: Some(person.name.clone()),
    })
}

fn issue(key: &str, message: String, hint: Option<String>) -> ConfigIssue {
    ConfigIssue { path: vec![key.to_owned()], message, hint }
}
