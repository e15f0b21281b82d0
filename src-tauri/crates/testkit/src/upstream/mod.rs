//! An upstream that plays a written part inside the test's own process: streams of every mode, pages, totals, faults,
//! limits and forgetting. It keeps its state between syncs, as a real one does.
//!
//! A workspace finds it by the `part` that its source names:
//!
//! ```toml
//! [[source]]
//! name = "pd"
//! kind = "scripted"
//! part = "the word that Upstream::part gives"
//! ```

mod shelf;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use fairlead_connectors::setting::{Setting, Value};
use fairlead_connectors::{Batch, Check, ConfigIssue, Connector, ConnectorError, Kind, Request, Stream};
use fairlead_domain::{Record, Timestamp, Window};

pub use shelf::Shelf;

/// The kinds that a test's workspace is opened with.
pub const KINDS: &[Kind] = &[Kind {
    name: "scripted",
    title: "Scripted upstream",
    settings: SETTINGS,
    streams: |settings| Upstream::find(settings).map_or_else(|_| Vec::new(), |upstream| upstream.streams()),
    build: |settings, _| Ok(Box::new(Upstream::find(settings)?)),
}];

const SETTINGS: &[Setting] = &[
    Setting { key: "part", value: Value::Text, required: true, doc: "Which upstream of the test answers." },
    fairlead_connectors::severity::SETTING,
    fairlead_connectors::http::settings::TOKEN_EXPIRES,
    fairlead_connectors::http::settings::INTERVAL,
];

/// Upstreams that can be asked, by part.
static STAGE: Mutex<BTreeMap<String, Upstream>> = Mutex::new(BTreeMap::new());
static NEXT_PART: AtomicU64 = AtomicU64::new(1);

/// Called before each request is answered, with its number from 1 on.
pub type Watcher = Arc<dyn Fn(u64) + Send + Sync>;

/// The upstream. Clones are the same one.
#[derive(Clone)]
pub struct Upstream(Arc<Stage>);

struct Stage {
    part: String,
    requests: AtomicU64,
    script: Mutex<Script>,
}

#[derive(Default)]
struct Script {
    shelves: Vec<Shelf>,
    calls: Vec<Call>,
    /// By number of the request.
    faults: BTreeMap<u64, ConnectorError>,
    /// By stream: what each request of it meets.
    broken: BTreeMap<String, ConnectorError>,
    skew_millis: Option<i64>,
    watcher: Option<Watcher>,
}

/// One request that was answered or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The stream.
    pub stream: String,
    /// The window that was asked for.
    pub window: Window,
    /// The page that was asked for.
    pub cursor: Option<String>,
}

impl Upstream {
    /// An upstream with these streams, in this order.
    #[must_use]
    pub fn new(shelves: impl IntoIterator<Item = Shelf>) -> Self {
        let part = format!("part-{}", NEXT_PART.fetch_add(1, Ordering::Relaxed));
        let script = Script { shelves: shelves.into_iter().collect(), ..Script::default() };
        let upstream = Self(Arc::new(Stage { part, requests: AtomicU64::new(0), script: Mutex::new(script) }));
        let mut stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        stage.insert(upstream.part().to_owned(), upstream.clone());
        upstream
    }

    /// The word by which a source's table names it.
    #[must_use]
    pub fn part(&self) -> &str {
        &self.0.part
    }

    /// Every request so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.script().calls.clone()
    }

    /// The windows of every first page of a stream so far.
    #[must_use]
    pub fn walks(&self, stream: &str) -> Vec<Window> {
        let calls = self.calls();
        calls.iter().filter(|call| call.stream == stream && call.cursor.is_none()).map(|call| call.window).collect()
    }

    /// Forgets the requests so far.
    pub fn forget_calls(&self) {
        self.script().calls.clear();
    }

    /// Adds a record that is found by `at`, in the place of the one with the same key.
    pub fn put(&self, stream: &str, at: Timestamp, record: impl Into<Record>) {
        self.shelf(stream, |shelf| shelf.put(at, at.plus_millis(1), record.into()));
    }

    /// Deletes every record of a stream that `keep` does not want.
    pub fn keep_only(&self, stream: &str, keep: impl Fn(&Record) -> bool) {
        self.shelf(stream, |shelf| shelf.keep_only(&keep));
    }

    /// Makes every answer of a stream say that it is not whole, or whole again.
    pub fn set_incomplete(&self, stream: &str, incomplete: bool) {
        self.shelf(stream, |shelf| shelf.set_incomplete(incomplete));
    }

    /// Lets a stream forget what is older than `from`, or remember all.
    pub fn set_memory(&self, stream: &str, from: Option<Timestamp>) {
        self.shelf(stream, |shelf| shelf.set_memory(from));
    }

    /// Refuses the request with this number, from 1 on and counted from now.
    pub fn fail_request(&self, number: u64, error: ConnectorError) {
        let number = self.0.requests.load(Ordering::SeqCst) + number;
        self.script().faults.insert(number, error);
    }

    /// Refuses every request of a stream.
    pub fn break_stream(&self, stream: &str, error: ConnectorError) {
        self.script().broken.insert(stream.to_owned(), error);
    }

    /// Answers everything again.
    pub fn mend(&self) {
        let mut script = self.script();
        script.faults.clear();
        script.broken.clear();
    }

    /// Server time minus local time, in milliseconds.
    pub fn set_skew(&self, millis: i64) {
        self.script().skew_millis = Some(millis);
    }

    /// Has somebody look on before each request is answered.
    pub fn watch(&self, watcher: impl Fn(u64) + Send + Sync + 'static) {
        self.script().watcher = Some(Arc::new(watcher));
    }

    fn shelf(&self, stream: &str, change: impl FnOnce(&mut Shelf)) {
        if let Some(shelf) = self.script().shelves.iter_mut().find(|shelf| shelf.stream.name == stream) {
            change(shelf);
        }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(settings: &serde_json::Value) -> Result<Self, ConfigIssue> {
        let part = settings.get("part").and_then(serde_json::Value::as_str).unwrap_or_default();
        let stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        stage.get(part).cloned().ok_or_else(|| ConfigIssue {
            path: vec!["part".to_owned()],
            message: format!("no upstream plays {part:?}"),
            hint: None,
        })
    }
}

#[async_trait]
impl Connector for Upstream {
    fn streams(&self) -> Vec<Stream> {
        self.script().shelves.iter().map(|shelf| shelf.stream.clone()).collect()
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        Ok(Vec::new())
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let number = self.0.requests.fetch_add(1, Ordering::SeqCst) + 1;
        let watcher = self.script().watcher.clone();
        if let Some(watcher) = watcher {
            watcher(number);
        }
        // A real request lets others run; without this a cancelled sync would never be noticed.
        tokio::task::yield_now().await;
        let mut script = self.script();
        script.calls.push(Call {
            stream: request.stream.to_owned(),
            window: request.window,
            cursor: request.cursor.map(str::to_owned),
        });
        let fault = script.faults.remove(&number).or_else(|| script.broken.get(request.stream).cloned());
        if let Some(fault) = fault {
            return Err(fault);
        }
        let shelf = script.shelves.iter().find(|shelf| shelf.stream.name == request.stream);
        shelf.map_or_else(
            || Err(ConnectorError::File { path: request.stream.to_owned(), reason: "no such stream".to_owned() }),
            |shelf| shelf.page(self.part(), &request),
        )
    }

    fn requests(&self) -> u64 {
        self.0.requests.load(Ordering::SeqCst)
    }

    fn clock_skew_millis(&self) -> Option<i64> {
        self.script().skew_millis
    }
}
