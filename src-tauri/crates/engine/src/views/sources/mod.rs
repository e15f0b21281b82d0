//! Sources: which systems are read, how fresh, how complete.

mod answer;
pub mod form;
mod log;
mod page;
pub mod settings;
#[cfg(test)]
mod tests;
mod words;

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use serde::Serialize;
use specta::Type;

pub use answer::{
    ArchivedSource, Blocked, SourceCondition, SourceOverview, SourcesPage, StreamOverview, StreamReach, Trouble,
};
pub use log::{RunKind, RunLine, RunLog, source_runs};
pub use page::sources_page;

use super::answer::Warning;
use super::freshness::Freshness;
use crate::EngineError;
use crate::sync::Failure;
use crate::workspace::Workspace;

/// Every configured source.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Sources {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Sorted by name.
    pub sources: Vec<SourceEntry>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SourceEntry {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The last sync's outcome.
    pub state: RunState,
    /// When it last succeeded.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
    /// The last run failed, or is older than two intervals.
    pub stale: bool,
    /// Why it failed.
    pub error: Option<Failure>,
    /// Its streams.
    pub streams: Vec<StreamEntry>,
}

/// One stream of a source.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct StreamEntry {
    /// Its name.
    pub name: String,
    /// The last run's outcome; `skipped` before the first.
    pub state: RunState,
    /// When it last succeeded.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
    /// Seconds between reads.
    pub interval_secs: u32,
    /// Stretches of time that were read without a hole.
    pub covered: Vec<Span>,
    /// Why it failed.
    pub error: Option<Failure>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct Span {
    /// Start.
    #[specta(type = String)]
    pub from: Timestamp,
    /// End.
    #[specta(type = String)]
    pub to: Timestamp,
}

/// Every configured source as of an instant.
///
/// # Errors
/// What the database says.
pub async fn sources(workspace: &Workspace, as_of: Timestamp) -> Result<Sources, EngineError> {
    let plan = workspace.plan();
    let kinds: Vec<(String, String)> =
        workspace.config.sources.iter().map(|s| (s.name.clone(), s.kind.clone())).collect();
    let mut warnings = workspace.config.remarks();
    let answer = workspace.synced.read(move |reader| {
        let freshness = Freshness::read(reader, &plan, as_of)?;
        warnings.extend(freshness.warnings());
        let mut sources = Vec::new();
        for (name, runs) in &freshness.sources {
            let mut streams = Vec::new();
            for stream in plan.streams.get(name).into_iter().flatten() {
                let last = runs.streams.get(stream.name);
                let covered = match runs.id {
                    Some(id) => reader.coverage(id, stream.name)?,
                    None => Vec::new(),
                };
                streams.push(StreamEntry {
                    name: stream.name.to_owned(),
                    state: last.map_or(RunState::Skipped, |last| last.state),
                    last_ok_at: last.and_then(|last| last.last_ok_at),
                    interval_secs: stream.interval_secs,
                    covered: covered.iter().map(|w| Span { from: w.start, to: w.end }).collect(),
                    error: last.and_then(|last| last.error.clone()),
                });
            }
            sources.push(SourceEntry {
                kind: kinds.iter().find(|(n, _)| n == name).map(|(_, kind)| kind.clone()).unwrap_or_default(),
                name: name.clone(),
                state: runs.state(),
                last_ok_at: runs.last_ok_at(),
                stale: runs.is_stale(as_of),
                error: runs.error().cloned(),
                streams,
            });
        }
        Ok(Sources { as_of, warnings, sources })
    });
    Ok(answer.await?)
}
