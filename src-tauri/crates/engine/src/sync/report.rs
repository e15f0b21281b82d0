//! What came of a sync (cli.md `sync`).

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use serde::Serialize;
use specta::Type;

use super::stream::Outcome;
use super::verdict;
use super::walk::count;
use crate::views::answer::Warning;

/// What came of a sync, source by source.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SyncReport {
    /// When it began.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What the reader of the data must know.
    pub warnings: Vec<Warning>,
    /// Sorted by name.
    pub sources: Vec<SourceReport>,
}

impl SyncReport {
    /// Whether something that was to be read was not (exit code 3).
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.sources.iter().any(|s| matches!(s.state, RunState::Failed | RunState::Partial))
    }
}

/// What came of one source.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SourceReport {
    /// The source.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The worst that happened.
    pub state: RunState,
    /// Why it failed.
    pub error: Option<Failure>,
    /// Its streams, in the order in which they were read.
    pub streams: Vec<StreamReport>,
}

/// Why something failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Failure {
    /// A stable code.
    pub code: String,
    /// What happened, to what, and what to do.
    pub message: String,
}

/// What came of one stream. Counts are of facts, not of run, cursor or roll-up rows.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct StreamReport {
    /// The stream.
    pub name: String,
    /// What came of it.
    pub state: RunState,
    /// Records that were read and are within the scope of the teams.
    pub fetched: u32,
    /// New rows.
    pub inserted: u32,
    /// Rows whose content changed.
    pub updated: u32,
    /// Rows that were read again and are the same.
    pub unchanged: u32,
    /// Rows that vanished upstream.
    pub tombstoned: u32,
    /// Requests sent.
    pub requests: u32,
    /// From when on it was read without a hole.
    #[specta(type = Option<String>)]
    pub covered_from: Option<Timestamp>,
    /// Until when it was read.
    #[specta(type = Option<String>)]
    pub covered_to: Option<Timestamp>,
    /// Why it failed, where it did.
    pub error: Option<Failure>,
}

impl StreamReport {
    /// A stream of which nothing has been read yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: RunState::Skipped,
            fetched: 0,
            inserted: 0,
            updated: 0,
            unchanged: 0,
            tombstoned: 0,
            requests: 0,
            covered_from: None,
            covered_to: None,
            error: None,
        }
    }

    /// Adds what a run of the stream did, which was judged to be in `state`.
    pub(super) fn add(&mut self, outcome: &Outcome, state: RunState, requests: u64) {
        self.state = verdict::of_stream(self.state, state);
        self.fetched = self.fetched.saturating_add(count(outcome.fetched));
        self.inserted = self.inserted.saturating_add(count(outcome.counts.inserted));
        self.updated = self.updated.saturating_add(count(outcome.counts.updated));
        self.unchanged = self.unchanged.saturating_add(count(outcome.counts.unchanged));
        self.tombstoned = self.tombstoned.saturating_add(count(outcome.counts.tombstoned));
        self.requests = self.requests.saturating_add(count(requests));
        self.error = self.error.take().or_else(|| outcome.failure());
    }
}
