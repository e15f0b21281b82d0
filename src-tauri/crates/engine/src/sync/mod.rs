//! Synchronisation: when each stream of each source is read, and how what comes is stored.
//!
//! One task per source, so that a slow or failing one stops no other; one transaction per batch of whole pages, which
//! holds the rows and the cursor together, so that a death at any moment loses at most one batch.

mod agenda;
mod depth;
pub(crate) mod known;
mod lock;
pub mod plan;
mod progress;
mod report;
mod source;
mod stream;
mod terms;
pub mod tick;
pub(crate) mod verdict;
mod walk;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use fairlead_domain::Clock;
use fairlead_domain::time::SystemClock;
use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

pub use lock::SyncLock;
pub use progress::{Listener, Progress, nobody};
pub use report::{Failure, SourceReport, StreamReport, SyncReport};
pub(crate) use source::{connector, connector_or_issue};

use crate::EngineError;
use crate::config::Scope;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct SyncRequest {
    /// Only these sources; empty means all.
    pub names: Vec<String>,
    /// How far the past is read.
    pub past: Past,
    /// Only streams whose interval has passed.
    pub due_only: bool,
    /// Sources of which a mass deletion is accepted this time.
    pub accept_deletes: Vec<String>,
}

/// How far the past is read, after everything was brought up to now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Past {
    /// To the longest SLO window and a day, incidents and shifts 90 days.
    #[default]
    ToDepth,
    /// To so many days, also where the upstream's memory was found to end.
    Days(u32),
    /// One window of each source on the way to 13 months, so that nothing waits for long.
    OneStep,
    /// One window of each stream on the way to so many days, also where the upstream's memory was found to end.
    StepTo(u32),
    /// Not at all.
    Leave,
}

/// Reads every source that `request` names and stores what comes.
///
/// # Errors
/// [`EngineError::Busy`] when another process writes, [`EngineError::Unknown`] for a name that is not configured, and
/// what keeps the database from being written. What goes wrong with a source stands in the report.
pub async fn sync(
    workspace: &Arc<Workspace>,
    request: &SyncRequest,
    listener: &Listener,
    cancel: &CancellationToken,
) -> Result<SyncReport, EngineError> {
    for name in request.names.iter().chain(&request.accept_deletes) {
        workspace.source(name)?;
    }
    let _lock = SyncLock::take(&workspace.dir)?;
    let as_of = workspace.clock.now();
    // By the machine's clock also in the demo, whose own stands still.
    let today = SystemClock.now();
    workspace.synced.backup_if_due(today).await?;
    workspace.authored.backup_if_due(today).await?;
    crate::page_rules::note(workspace).await?;
    // What people mapped by hand is as much within the teams as what is configured.
    let scope = Arc::new(Scope::of(&Mapping::at(workspace, as_of).await?.config));
    let wanted =
        workspace.config.sources.iter().filter(|s| request.names.is_empty() || request.names.contains(&s.name));
    let tasks = wanted.map(|config| source::read(workspace, config, &scope, request, listener, cancel));
    let mut sources = Vec::new();
    let mut warnings = workspace.config.remarks();
    for outcome in join_all(tasks).await {
        let (report, notes) = outcome?;
        warnings.extend(notes);
        sources.push(report);
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(SyncReport { as_of, warnings, sources })
}
