//! What came of a sync (cli.md `sync`).

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use serde::Serialize;
use specta::Type;

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
            state: RunState::Ok,
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
}

/// The state of a source with streams in these states, and whether each asked the upstream for anything: the best when
/// all agree, else partial. A stream that had nothing to ask does not vouch for a source that others did ask.
#[must_use]
pub fn combined(streams: impl Iterator<Item = (RunState, bool)> + Clone) -> RunState {
    let any_asked = streams.clone().any(|(_, asked)| asked);
    let (mut good, mut bad, mut half) = (0, 0, 0);
    for (state, asked) in streams {
        match state {
            RunState::Ok if any_asked && !asked => {}
            RunState::Ok => good += 1,
            RunState::Failed => bad += 1,
            RunState::Partial => half += 1,
            RunState::Skipped => {}
        }
    }
    match (good, bad, half) {
        (0, 0, 0) => RunState::Skipped,
        (_, 0, 0) => RunState::Ok,
        (0, _, 0) => RunState::Failed,
        _ => RunState::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RunState::{Failed, Ok, Partial, Skipped};

    #[rstest::rstest]
    #[case(&[], Skipped)]
    #[case(&[Skipped, Ok], Ok)]
    #[case(&[Failed, Failed], Failed)]
    #[case(&[Failed, Ok], Partial)]
    #[case(&[Partial, Ok], Partial)]
    fn a_source_is_as_good_as_its_streams(#[case] streams: &[RunState], #[case] source: RunState) {
        for asked in [false, true] {
            assert_eq!(combined(streams.iter().map(|state| (*state, asked))), source);
        }
    }

    #[test]
    fn a_stream_that_asked_nothing_does_not_vouch_for_the_source() {
        assert_eq!(combined([(Failed, true), (Ok, false)].into_iter()), Failed);
        assert_eq!(combined([(Ok, true), (Ok, false)].into_iter()), Ok);
    }
}
