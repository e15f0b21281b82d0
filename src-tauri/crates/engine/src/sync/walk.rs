//! One walk: every page of one window of one stream, stored in batches.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use fairlead_connectors::{Batch, Connector, ConnectorError, Known, Mode, Note, Request, Stream};
use fairlead_domain::record::{Item, RecordKind, ReplaceSet};
use fairlead_domain::{DataTag, Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{Counts, Guard, SourceId, WalkCursor, WalkEnd, Writer};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::progress::{Listener, Progress};
use crate::EngineError;
use crate::config::Scope;
use crate::workspace::Workspace;

/// Rows that make a batch worth a transaction.
const BATCH_ROWS: usize = 1_000;
/// How long pages wait for company before they are stored anyway.
const BATCH_WAIT: Duration = Duration::from_millis(250);
/// Pages of one walk, beyond which an upstream that always says "more" is taken to be looping.
const MAX_PAGES: u32 = 100_000;

/// Why a walk ended before its last page.
#[derive(Debug)]
pub(super) enum WalkError {
    /// The upstream.
    Connector(ConnectorError),
    /// The database: nothing can be stored, so nothing goes on.
    Engine(EngineError),
    /// Somebody asked to stop.
    Cancelled,
}

impl From<StoreError> for WalkError {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

/// What a walk did.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Records within scope.
    pub fetched: u64,
    /// What became of them.
    pub counts: Counts,
    /// What was read without a hole; `None` when the answer was not whole.
    pub covered: Option<Window>,
    /// The upstream remembers nothing older.
    pub exhausted: bool,
    /// What the reader of the data must know.
    pub notes: Vec<Note>,
    /// Text for the connector's next walk.
    pub state: Option<String>,
    /// Deletions too large to be believed.
    pub held: Vec<String>,
}

/// What a walk needs to know of where it is.
pub(super) struct Place<'a> {
    pub workspace: &'a Workspace,
    pub connector: &'a dyn Connector,
    pub scope: &'a Mutex<Scope>,
    pub source: SourceId,
    pub source_name: &'a str,
    pub stream: &'a Stream,
    /// What the engine tells the connector; its `state` follows the walks.
    pub known: Known,
    pub accept_deletes: bool,
    pub backfill: bool,
    pub listener: &'a Listener,
    pub cancel: &'a CancellationToken,
}

impl Place<'_> {
    /// Reads the pages of `window` from `cursor` on (`None`: all of them) and stores them. What was done stands in
    /// `walked`, also when the walk is broken off.
    pub(super) async fn walk(
        &self,
        window: Window,
        mut cursor: Option<String>,
        now: Timestamp,
        walked: &mut Walked,
    ) -> Result<(), WalkError> {
        self.begin().await?;
        let mut pending = Vec::new();
        let mut last_flush = Instant::now();
        for _ in 0..MAX_PAGES {
            let page = self.page(cursor.as_deref(), window, now).await?;
            let Batch { items, next, total, complete, covered, exhausted, state, notes } = page;
            pending.extend(self.admit(items));
            walked.notes.extend(notes);
            let last = next.is_none();
            // Told first, so that whoever hears that rows changed knows that more of them may follow.
            self.tell(walked, pending.len(), total);
            if last || pending.len() >= BATCH_ROWS || last_flush.elapsed() >= BATCH_WAIT {
                let goes_on = self.goes_on(walked, next.as_ref(), window);
                self.store(std::mem::take(&mut pending), goes_on, walked, now).await?;
                last_flush = Instant::now();
            }
            if last {
                let whole = !walked.notes.iter().any(|note| note.incomplete);
                walked.covered = whole.then(|| covered.map_or(window, |c| c.intersect(window)));
                walked.exhausted = whole && exhausted;
                walked.state = state;
                return self.finish(complete, whole, walked, now).await;
            }
            if next == cursor {
                return Err(self.looping());
            }
            cursor = next;
        }
        Err(self.looping())
    }

    async fn page(&self, cursor: Option<&str>, window: Window, now: Timestamp) -> Result<Batch, WalkError> {
        let request = Request { stream: self.stream.name, cursor, window, known: &self.known, now };
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(WalkError::Cancelled),
            page = self.connector.fetch(request) => page.map_err(WalkError::Connector),
        }
    }

    /// What of a page lies within the teams' scope.
    fn admit(&self, items: Vec<Item>) -> Vec<Item> {
        let mut scope = self.scope.lock().unwrap_or_else(PoisonError::into_inner);
        scope.admit_all(self.source_name, items)
    }

    async fn begin(&self) -> Result<(), WalkError> {
        let (source, stream) = (self.source, self.stream.name);
        Ok(self.workspace.synced.write(move |w| w.begin_walk(source, stream)).await?)
    }

    /// Where another sync can go on if this one dies now. Only the first page of a listing can begin one that states
    /// what vanished, and an answer that was not whole must be asked for again.
    fn goes_on(&self, walked: &Walked, next: Option<&String>, window: Window) -> Option<WalkCursor> {
        let whole = !walked.notes.iter().any(|note| note.incomplete);
        let cursor = next.filter(|_| whole && self.reads_only_the_past())?.clone();
        Some(WalkCursor { cursor, window })
    }

    /// Stores a batch together with where the walk goes on after it.
    async fn store(
        &self,
        items: Vec<Item>,
        goes_on: Option<WalkCursor>,
        walked: &mut Walked,
        now: Timestamp,
    ) -> Result<(), WalkError> {
        if items.is_empty() && goes_on.is_none() {
            return Ok(());
        }
        let (source, stream) = (self.source, self.stream.name);
        walked.fetched += items.len() as u64;
        let mut tags: Vec<DataTag> = items.iter().map(|item| item.record.kind().tag()).collect();
        let write = move |w: &mut Writer<'_>| {
            let counts = w.apply(source, stream, &items, now)?;
            if goes_on.is_some() {
                w.save_walk(source, stream, goes_on.as_ref())?;
            }
            Ok(counts)
        };
        let counts = self.workspace.synced.write(write).await?;
        if counts.is_news() {
            tags.sort_unstable();
            tags.dedup();
            (self.listener)(Progress::changed(&tags));
        }
        walked.counts.add(counts);
        Ok(())
    }

    async fn finish(
        &self,
        complete: Vec<ReplaceSet>,
        whole: bool,
        walked: &mut Walked,
        now: Timestamp,
    ) -> Result<(), WalkError> {
        let sets = if whole { self.complete_sets(complete, now) } else { Vec::new() };
        let (source, stream) = (self.source, self.stream.name);
        let guard = Guard { accept_deletes: self.accept_deletes };
        let end: WalkEnd =
            self.workspace.synced.write(move |w| w.finish_walk(source, stream, &sets, now, guard)).await?;
        walked.counts.tombstoned += end.tombstoned;
        walked.held.extend(
            end.held
                .iter()
                .map(|held| format!("{} of {} {} would vanish", held.would_delete, held.of, held.kind.word())),
        );
        Ok(())
    }

    /// What this walk states to be complete: a snapshot states it of everything it lists.
    fn complete_sets(&self, stated: Vec<ReplaceSet>, now: Timestamp) -> Vec<ReplaceSet> {
        if self.stream.mode != Mode::Snapshot || !stated.is_empty() {
            return stated;
        }
        let window = Window::new(Timestamp::EARLIEST, now);
        let stays = |kind: &RecordKind| matches!(kind, RecordKind::SloUpstream | RecordKind::Terms);
        let listed = self.stream.kinds.iter().filter(|kind| !stays(kind));
        listed.map(|kind| ReplaceSet { kind: *kind, parent: String::new(), window }).collect()
    }

    fn tell(&self, walked: &Walked, pending: usize, total: Option<u64>) {
        (self.listener)(Progress::Reading {
            source: self.source_name.to_owned(),
            stream: self.stream.name.to_owned(),
            done: count(walked.fetched + pending as u64),
            total: total.map(count),
            backfill: self.backfill,
        });
    }

    fn looping(&self) -> WalkError {
        WalkError::Connector(ConnectorError::Decode {
            host: self.source_name.to_owned(),
            expected: "pages that end".to_owned(),
            reason: format!("the pages of {} repeat themselves", self.stream.name),
        })
    }
}

/// A count for a report, which ends at four billion.
pub(super) fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
