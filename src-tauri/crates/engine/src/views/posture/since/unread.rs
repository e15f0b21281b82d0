//! What could not be read, from when to when.

use std::collections::BTreeMap;

use fairlead_domain::run::RunState;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::Spans;
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, RunRow};

use super::super::answer::ChangeLine;
use super::super::facts::Facts;
use crate::views::freshness::{Freshness, SourceRuns};
use crate::views::wording::clock_in;

pub(super) fn lines(
    reader: &Reader<'_>,
    freshness: &Freshness,
    facts: &Facts,
    window: Window,
) -> Result<Vec<ChangeLine>, StoreError> {
    let runs = reader.failures(window)?;
    let before = reader.last_ok_runs(window.start)?;
    let mut lines = Vec::new();
    for (name, source) in &freshness.sources {
        let mine = |run: &&RunRow| Some(run.source) == source.id;
        let holes = holes(source, runs.iter().filter(mine), before.iter().filter(mine), window.end);
        if holes.is_empty() && !(source.is_stale(window.end) && source.last_ok_at().is_none()) {
            continue;
        }
        let told = |hole: &Window| match hole.end >= window.end {
            true => format!("from {} until now", clock_in(hole.start, facts.timezone)),
            false => {
                format!("from {} to {}", clock_in(hole.start, facts.timezone), clock_in(hole.end, facts.timezone))
            }
        };
        let spans: Vec<String> = holes.as_slice().iter().map(told).collect();
        let when = if spans.is_empty() { "at any time".to_owned() } else { super::few(&spans) };
        lines.push(ChangeLine {
            kind: "not_read".to_owned(),
            text: format!("{name} could not be read {when}"),
            link: Some(format!("/sources?open={name}")),
            rows: spans,
        });
    }
    Ok(lines)
}

/// When something of a source could not be read: from its last good run to the next, wherever a run between them failed;
/// and up to `now` where none came.
fn holes<'r>(
    source: &SourceRuns,
    runs: impl Iterator<Item = &'r RunRow>,
    before: impl Iterator<Item = &'r RunRow>,
    now: Timestamp,
) -> Spans {
    let mut good: BTreeMap<&str, Timestamp> = before.map(|run| (run.stream.as_str(), run.ended_at)).collect();
    let mut failing: BTreeMap<&str, Timestamp> = BTreeMap::new();
    let mut found = Vec::new();
    for run in runs {
        let stream = run.stream.as_str();
        match run.end.state {
            RunState::Failed => {
                let since = good.get(stream).copied().unwrap_or(run.ended_at);
                failing.entry(stream).or_insert(since);
            }
            RunState::Ok => {
                found.extend(failing.remove(stream).map(|since| Window::new(since, run.ended_at)));
                good.insert(stream, run.ended_at);
            }
            RunState::Partial | RunState::Skipped => {}
        }
    }
    found.extend(failing.into_values().map(|since| Window::new(since, now)));
    let late = source.streams.values().filter(|stream| stream.is_stale(now)).filter_map(|stream| stream.last_ok_at);
    found.extend(late.map(|since| Window::new(since, now)));
    Spans::of(found)
}
