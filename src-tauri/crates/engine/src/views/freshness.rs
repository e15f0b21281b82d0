//! How fresh each source was at an instant, by its runs up to then.

use std::collections::{BTreeMap, HashMap, HashSet};

use fairlead_connectors::{ConnectorError, Stream};
use fairlead_domain::run::RunState;
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, RunRow, SourceId};

use super::answer::Warning;
use super::posture::SourceFreshness;
use super::wording::listed;
use crate::sync::{Failure, verdict};
use crate::workspace::Workspace;

/// Runs of every configured source up to an instant.
#[derive(Debug, Clone)]
pub struct Freshness {
    /// When.
    pub as_of: Timestamp,
    /// By source name.
    pub sources: BTreeMap<String, SourceRuns>,
}

/// The last runs of a source.
#[derive(Debug, Clone, Default)]
pub struct SourceRuns {
    /// Its row, once it was read.
    pub id: Option<SourceId>,
    /// By stream.
    pub streams: BTreeMap<String, StreamRuns>,
    /// Every stream that it has, read or not.
    pub planned: Vec<Stream>,
    /// What of it had not been read by the instant that is asked about was read afterwards.
    pub read_since: bool,
}

/// The last runs of a stream.
#[derive(Debug, Clone)]
pub struct StreamRuns {
    /// How the last one ended.
    pub state: RunState,
    /// When it ended.
    pub ended_at: Timestamp,
    /// When the last good one ended.
    pub last_ok_at: Option<Timestamp>,
    /// Why the last one failed.
    pub error: Option<Failure>,
    /// The last one asked the upstream for something.
    pub asked: bool,
    /// Seconds between reads.
    pub interval_secs: u32,
}

impl StreamRuns {
    /// The last run failed, or is older than two intervals.
    #[must_use]
    pub fn is_stale(&self, as_of: Timestamp) -> bool {
        let old = as_of.since(self.ended_at) > 2_000 * i64::from(self.interval_secs);
        old || self.state == RunState::Failed
    }
}

impl SourceRuns {
    /// The streams that bring records of `kind` and were read at least once, with their names.
    pub fn streams_of(&self, kind: RecordKind) -> impl Iterator<Item = (&str, &StreamRuns)> {
        let planned = self.planned.iter().filter(move |stream| stream.kinds.contains(&kind));
        planned.filter_map(|stream| self.streams.get(stream.name).map(|runs| (stream.name, runs)))
    }

    /// Its streams that were never read, not even in part, and that no failure tells of.
    pub fn unread(&self) -> impl Iterator<Item = &Stream> {
        let untried = |runs: &StreamRuns| runs.state == RunState::Skipped && runs.last_ok_at.is_none();
        self.planned.iter().filter(move |stream| self.streams.get(stream.name).is_none_or(untried))
    }

    /// What of it was never read, in words: `log entries and services`.
    #[must_use]
    pub fn unread_words(&self) -> String {
        listed(&self.unread().map(|stream| stream.name.replace('_', " ")).collect::<Vec<_>>())
    }

    /// The last sync's state. While one of its streams was never read, the others stand for a part of it.
    #[must_use]
    pub fn state(&self) -> RunState {
        match self.of_what_was_read() {
            RunState::Ok if self.unread().next().is_some() => RunState::Partial,
            state => state,
        }
    }

    fn of_what_was_read(&self) -> RunState {
        verdict::of_source(self.streams.values().map(|stream| (stream.state, stream.asked)))
    }

    /// Since when all that was ever read is known to be fresh: the oldest of the streams' last good runs.
    #[must_use]
    pub fn last_ok_at(&self) -> Option<Timestamp> {
        self.streams.values().filter_map(|stream| stream.last_ok_at).min()
    }

    /// When all of it was last read; `None` when some of it never was.
    #[must_use]
    pub fn last_whole_at(&self) -> Option<Timestamp> {
        let each = self.planned.iter().map(|stream| self.streams.get(stream.name)?.last_ok_at);
        each.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// When what is stale of it was last read; `None` when that was never, or nothing is.
    #[must_use]
    pub fn stale_since(&self, as_of: Timestamp) -> Option<Timestamp> {
        let stale = self.streams.values().filter(|stream| stream.is_stale(as_of));
        stale.filter_map(|stream| stream.last_ok_at).min()
    }

    /// Something of it is stale, or nothing was ever read.
    #[must_use]
    pub fn is_stale(&self, as_of: Timestamp) -> bool {
        self.streams.is_empty() || self.streams.values().any(|stream| stream.is_stale(as_of))
    }

    /// Why the last run failed.
    #[must_use]
    pub fn error(&self) -> Option<&Failure> {
        self.streams.values().find_map(|stream| stream.error.as_ref())
    }

    /// Whether the last run of one of these streams failed, or none of its runs ended well. A stream that had not run by
    /// then did not fail: what it has brought since is known now.
    #[must_use]
    pub fn has_failed(&self, streams: &[&str]) -> bool {
        let mut known = self.streams.iter().filter(|(name, _)| streams.contains(&name.as_str()));
        known.any(|(_, runs)| runs.state == RunState::Failed || runs.last_ok_at.is_none())
    }

    /// Whether one of these streams failed at its last run, or was never read well.
    #[must_use]
    pub fn is_blind_for(&self, streams: &[&str]) -> bool {
        let known = self.streams.iter().filter(|(name, _)| streams.contains(&name.as_str()));
        let mut any = false;
        for (_, runs) in known {
            any = true;
            if runs.state == RunState::Failed || runs.last_ok_at.is_none() {
                return true;
            }
        }
        !any
    }
}

impl Freshness {
    /// Reads the runs up to `as_of`.
    ///
    /// # Errors
    /// What the database says.
    pub fn read(reader: &Reader<'_>, plan: &Plan, as_of: Timestamp) -> Result<Self, StoreError> {
        let rows = reader.sources()?;
        let last: HashMap<(SourceId, String), RunRow> = by_stream(reader.last_runs(as_of)?);
        let good: HashMap<(SourceId, String), RunRow> = by_stream(reader.last_ok_runs(as_of)?);
        let mut later: Option<HashSet<(SourceId, String)>> = None;
        let mut sources = BTreeMap::new();
        for (name, streams) in &plan.streams {
            let id = rows.iter().find(|row| &row.name == name).map(|row| row.id);
            let mut runs = SourceRuns { id, planned: streams.clone(), ..SourceRuns::default() };
            for stream in streams {
                let Some(key) = id.map(|id| (id, stream.name.to_owned())) else { continue };
                let Some(run) = last.get(&key) else { continue };
                let entry = StreamRuns {
                    state: run.end.state,
                    ended_at: run.ended_at,
                    last_ok_at: good.get(&key).map(|run| run.ended_at),
                    error: run.end.error.clone().map(|(code, message)| Failure { code, message }),
                    asked: run.end.requests > 0,
                    interval_secs: stream.interval_secs,
                };
                runs.streams.insert(stream.name.to_owned(), entry);
            }
            refuse_the_rest(&mut runs.streams);
            if let Some(id) = id.filter(|_| runs.unread().next().is_some()) {
                let later = match &mut later {
                    Some(later) => later,
                    none => none.insert(by_stream(reader.last_ok_runs(Timestamp::LATEST)?).into_keys().collect()),
                };
                // Of a source that was not read at all, what one stream brought since is already learned later.
                let read = |stream: &Stream| later.contains(&(id, stream.name.to_owned()));
                runs.read_since =
                    if runs.streams.is_empty() { runs.unread().any(read) } else { runs.unread().all(read) };
            }
            sources.insert(name.clone(), runs);
        }
        Ok(Self { as_of, sources })
    }

    /// One entry per source, by name.
    #[must_use]
    pub fn entries(&self) -> Vec<SourceFreshness> {
        let entry = |(name, runs): (&String, &SourceRuns)| SourceFreshness {
            name: name.clone(),
            state: runs.state(),
            last_ok_at: runs.last_ok_at(),
            stale: runs.is_stale(self.as_of),
            hides_now: super::posture::hides_now(runs),
        };
        self.sources.iter().map(entry).collect()
    }

    /// A warning for each of the sources whose last sync failed, or that were never read.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for (name, runs) in &self.sources {
            match (runs.of_what_was_read(), runs.error()) {
                (RunState::Ok, _) if runs.unread().next().is_none() => {}
                (RunState::Ok, _) => {
                    let unread = runs.unread_words();
                    let message = if runs.read_since {
                        format!("{name}: {unread} not read by then; what is shown of it was learned later")
                    } else {
                        format!("{name}: {unread} not read yet")
                    };
                    warnings.push(Warning::of_source("source_not_read", name, message));
                }
                (RunState::Skipped, _) => {
                    let message = if runs.read_since {
                        format!("{name} had not been read by then: what is shown was learned later")
                    } else {
                        format!("{name} was not read yet: run `fairleadctl sync`")
                    };
                    warnings.push(Warning::of_source("source_not_read", name, message));
                }
                (state @ (RunState::Failed | RunState::Partial), error) => {
                    let cause = error.map_or("not all of it could be read", |error| &error.message);
                    let how = if state == RunState::Failed { "failed" } else { "was read only in part" };
                    let last_ok_at = runs.last_whole_at();
                    let never = if last_ok_at.is_none() { " and was never read whole" } else { "" };
                    let message = format!("{name} {how} at its last sync{never}: {cause}");
                    warnings.push(Warning { last_ok_at, ..Warning::of_source("source_failed", name, message) });
                }
            }
        }
        warnings
    }
}

/// What stops a whole source stops the streams that were not asked since: that they were read well before says nothing
/// of the present.
fn refuse_the_rest(streams: &mut BTreeMap<String, StreamRuns>) {
    let stops = |runs: &&StreamRuns| {
        let code = runs.error.as_ref().map(|error| error.code.as_str());
        runs.state == RunState::Failed && code.is_some_and(|code| ConnectorError::STOPPING.contains(&code))
    };
    let Some(refused) = streams.values().filter(stops).max_by_key(|runs| runs.ended_at).cloned() else { return };
    for runs in streams.values_mut().filter(|runs| runs.ended_at < refused.ended_at) {
        (runs.state, runs.error) = (RunState::Failed, refused.error.clone());
    }
}

fn by_stream(runs: Vec<RunRow>) -> HashMap<(SourceId, String), RunRow> {
    runs.into_iter().map(|run| ((run.source, run.stream.clone()), run)).collect()
}

/// The streams of every configured source.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// By source; of a source sorted by name.
    pub streams: BTreeMap<String, Vec<Stream>>,
}

impl Plan {
    /// The plan of the configuration, told by the kinds: no connector is made, so that reading costs no certificates
    /// and no files.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let streams = workspace.config.sources.iter().map(|source| {
            let kind = workspace.kinds.iter().find(|kind| kind.name == source.kind);
            let mut streams = kind.map(|kind| source.paced((kind.streams)(&source.settings))).unwrap_or_default();
            streams.sort_by_key(|stream| stream.name);
            (source.name.clone(), streams)
        });
        Self { streams: streams.collect() }
    }
}
