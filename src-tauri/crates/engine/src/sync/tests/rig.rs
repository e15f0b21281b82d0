//! A workspace in a temporary folder whose sources are scripted upstreams, on a clock that the test moves.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use fairlead_connectors::{ConnectorError, Mode};
use fairlead_domain::time::FixedClock;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::synced::{IncidentFilter, IncidentRow};
use fairlead_testkit::records::resolved;
use fairlead_testkit::upstream::{KINDS, Shelf, Upstream};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::sync::{Listener, Past, Progress, SyncReport, SyncRequest, nobody, sync};
use crate::workspace::{Access, Workspace};

pub const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);
pub const MINUTE: i64 = 60_000;

pub struct Rig {
    pub dir: TempDir,
    pub workspace: Arc<Workspace>,
    pub clock: FixedClock,
}

impl Rig {
    /// A workspace with these sources.
    pub async fn with(sources: &[(&str, &Upstream)]) -> Self {
        Self::configured("", sources).await
    }

    /// A workspace with these sources and further tables of its configuration.
    pub async fn configured(tables: &str, sources: &[(&str, &Upstream)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        configure(dir.path(), sources);
        let file = dir.path().join(crate::config::FILE);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{text}\n{tables}")).unwrap();
        let clock = FixedClock::at(NOW);
        let mut workspace = Workspace::open_with(dir.path(), Access::Write, KINDS).await.unwrap();
        workspace.clock = Arc::new(clock.clone());
        Self { dir, workspace: Arc::new(workspace), clock }
    }

    /// A workspace with one source named `pd`.
    pub async fn of(shelves: impl IntoIterator<Item = Shelf>) -> (Self, Upstream) {
        let upstream = Upstream::new(shelves);
        (Self::with(&[("pd", &upstream)]).await, upstream)
    }

    pub fn later(&self, millis: i64) {
        self.clock.set(self.workspace.clock.now().plus_millis(millis));
    }

    pub async fn sync(&self, request: SyncRequest) -> SyncReport {
        self.sync_told(request, &nobody(), &CancellationToken::new()).await
    }

    pub async fn sync_told(&self, request: SyncRequest, told: &Listener, cancel: &CancellationToken) -> SyncReport {
        sync(&self.workspace, &request, told, cancel).await.unwrap()
    }

    /// Only up to now.
    pub async fn refresh(&self) -> SyncReport {
        self.sync(SyncRequest { past: Past::Leave, ..SyncRequest::default() }).await
    }

    /// What is read of a stream of `pd`, oldest first.
    pub async fn coverage(&self, stream: &'static str) -> Vec<Window> {
        let read = self.workspace.synced.read(move |r| r.coverage(r.source("pd")?.id, stream));
        read.await.unwrap()
    }

    pub async fn incidents(&self) -> Vec<IncidentRow> {
        let filter = IncidentFilter { limit: 100_000, ..IncidentFilter::at(NOW.plus_days(3_650)) };
        self.workspace.synced.read(move |r| Ok(r.incidents(&filter)?.incidents)).await.unwrap()
    }

    /// Ids of every incident, sorted.
    pub async fn incident_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.incidents().await.into_iter().map(|row| row.ext_id).collect();
        ids.sort();
        ids
    }
}

pub fn configure(dir: &Path, sources: &[(&str, &Upstream)]) {
    let mut text = "[workspace]\nname = \"Harbor\"\ntimezone = \"UTC\"\n".to_owned();
    for (name, upstream) in sources {
        let part = upstream.part();
        write!(text, "\n[[source]]\nname = \"{name}\"\nkind = \"scripted\"\npart = \"{part}\"\n").unwrap();
    }
    std::fs::write(dir.join(crate::config::FILE), text).unwrap();
}

/// Incidents found by the time of their making, one every `hours` hours back over `days` days.
pub fn history(days: i64, hours: i64) -> Shelf {
    let shelf = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]);
    (1..=days * 24 / hours).fold(shelf, |shelf, n| {
        let at = NOW.plus_hours(-n * hours);
        shelf.with(at, resolved(&format!("i{n:05}"), at))
    })
}

pub fn network() -> ConnectorError {
    ConnectorError::Network { host: "pd".to_owned(), reason: "connection refused".to_owned() }
}

/// A listener that keeps what it hears.
pub fn ear() -> (Listener, Arc<Mutex<Vec<Progress>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&heard);
    (Arc::new(move |step| into.lock().unwrap().push(step)), heard)
}
