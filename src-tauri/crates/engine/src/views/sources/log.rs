//! The log of a source's runs.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use fairlead_store::synced::{RunFilter, RunRow};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::EngineError;
use crate::sync::Failure;
use crate::workspace::Workspace;

/// Most runs that one answer holds.
const MOST: usize = 100;

/// The last runs of a source, newest first.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RunLog {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// The source.
    pub source: String,
    /// What stands beside the title, for example `24 failed in a row`.
    pub summary: String,
    /// The runs.
    pub runs: Vec<RunLine>,
    /// There are older ones.
    pub more: bool,
}

/// Which runs are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// All of them.
    All,
    /// Those that failed.
    Failed,
    /// Those that changed rows.
    Changed,
}

/// One run of one stream.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct RunLine {
    /// The stream.
    pub stream: String,
    /// How it ended.
    pub state: RunState,
    /// When it ended.
    #[specta(type = String)]
    pub at: Timestamp,
    /// How long it took, milliseconds.
    pub took_ms: u32,
    /// What happened, for example `14 read, 2 new`, or why it failed.
    pub words: String,
    /// Records that were read.
    pub fetched: u32,
    /// Rows that changed: new, changed and gone.
    pub changed: u32,
    /// Requests sent.
    pub requests: u32,
    /// The how many-th failure in a row this is; `None` for others, and where that is not told.
    pub attempt: Option<u32>,
    /// Why it failed.
    pub error: Option<Failure>,
}

/// The last runs of a source as of an instant. It may have left the configuration.
///
/// # Errors
/// [`EngineError::Unknown`] for a name that is neither configured nor stored, and what the database says.
pub async fn source_runs(
    workspace: &Workspace,
    as_of: Timestamp,
    name: &str,
    kind: RunKind,
) -> Result<RunLog, EngineError> {
    let source = name.to_owned();
    let streams: Vec<&'static str> =
        workspace.plan().streams.get(name).into_iter().flatten().map(|stream| stream.name).collect();
    if streams.is_empty() {
        workspace.source(name)?;
    }
    let filter = match kind {
        RunKind::All => RunFilter::All,
        RunKind::Failed => RunFilter::Failed,
        RunKind::Changed => RunFilter::Changed,
    };
    let answer = workspace.synced.read(move |reader| {
        let mut runs: Vec<RunRow> = Vec::new();
        let mut failed: BTreeMap<&str, u32> = BTreeMap::new();
        let row = reader.sources()?.into_iter().find(|row| row.name == source);
        let good: Vec<RunRow> = reader.last_ok_runs(as_of)?;
        if let Some(row) = row {
            for stream in &streams {
                let place = (row.id, *stream);
                runs.extend(reader.stream_runs(place, as_of, filter, u32::try_from(MOST + 1).unwrap_or(u32::MAX))?);
                let last_ok = good.iter().find(|run| run.source == row.id && run.stream == *stream);
                let since = last_ok.map_or(Timestamp::EARLIEST, |run| run.ended_at);
                failed.insert(stream, reader.failed_runs(place, since, as_of)?);
            }
        }
        runs.sort_by(|a, b| (b.ended_at, &a.stream).cmp(&(a.ended_at, &b.stream)));
        let more = runs.len() > MOST;
        runs.truncate(MOST);
        let summary = summary(&failed);
        let lines = lines(runs, failed);
        Ok(RunLog { as_of, source, summary, runs: lines, more })
    });
    Ok(answer.await?)
}

fn summary(failed: &BTreeMap<&str, u32>) -> String {
    match failed.values().max() {
        Some(0) | None => "none failed since the last good ones".to_owned(),
        Some(n) => format!("{n} failed in a row"),
    }
}

/// The runs in words. `failed`: of each stream, how many failed since it last ended well; they are numbered.
fn lines(runs: Vec<RunRow>, mut failed: BTreeMap<&str, u32>) -> Vec<RunLine> {
    let line = |run: RunRow| {
        let streak = failed.get_mut(run.stream.as_str()).filter(|left| **left > 0);
        let attempt = streak.filter(|_| run.end.state == RunState::Failed).map(|left| {
            let attempt = *left;
            *left -= 1;
            attempt
        });
        let changed = run.end.counts.inserted + run.end.counts.updated + run.end.counts.tombstoned;
        RunLine {
            state: run.end.state,
            at: run.ended_at,
            took_ms: u32::try_from(run.ended_at.since(run.started_at)).unwrap_or(0),
            words: words(&run),
            fetched: small(run.end.fetched),
            changed: small(changed),
            requests: small(run.end.requests),
            attempt,
            error: run.end.error.map(|(code, message)| Failure { code, message }),
            stream: run.stream,
        }
    };
    runs.into_iter().map(line).collect()
}

fn words(run: &RunRow) -> String {
    if let Some((_, message)) = &run.end.error {
        return message.clone();
    }
    let counts = &run.end.counts;
    let parts = [(counts.inserted, "new"), (counts.updated, "changed"), (counts.tombstoned, "gone")];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let changes = if parts.is_empty() { "none new".to_owned() } else { parts.join(", ") };
    format!("{} read, {changes}", run.end.fetched)
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
