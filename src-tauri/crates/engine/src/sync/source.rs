//! One source: its streams in their order, up to now first, then into the past.

use std::sync::{Arc, Mutex, PoisonError};

use fairlead_connectors::{Build, ConfigIssue, Connector, ConnectorError, Stream};
use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use fairlead_store::synced::{RunEnd, RunId, SourceId, StreamState};
use tokio_util::sync::CancellationToken;

use super::depth::Depth;
use super::plan::{self, TIERS_DAYS};
use super::progress::{Listener, Progress};
use super::report::{Failure, SourceReport, StreamReport};
use super::stream::{Outcome, Reach, Stopped};
use super::walk::Place;
use super::{Past, SyncRequest, known, terms, verdict};
use crate::EngineError;
use crate::config::{ConfigError, Scope, SourceConfig, UNMATCHED_NAME};
use crate::views::answer::Warning;
use crate::workspace::Workspace;

/// Clocks that differ by less are taken as equal.
const SKEW_WORTH_SAYING_MS: i64 = 30_000;

/// After so many runs in a row without an answer in time the source is left alone until the next sync: each costs minutes.
const MOST_TIMEOUTS: u32 = 2;

/// Reads one source. What goes wrong with it stands in the report; only a database that cannot be written is an error.
pub(super) async fn read(
    workspace: &Arc<Workspace>,
    config: &SourceConfig,
    scope: &Scope,
    request: &SyncRequest,
    listener: &Listener,
    cancel: &CancellationToken,
) -> Result<(SourceReport, Vec<Warning>), EngineError> {
    let now = workspace.clock.now();
    let id = workspace.synced_source(config).await?;
    terms::note(workspace, config, id, now).await?;
    let connector = match connector(workspace, config) {
        Ok(connector) => connector,
        Err(failure) => return Ok((unusable(config, failure), Vec::new())),
    };
    let scope = Mutex::new(known::scope_of(workspace, &config.name, scope, now).await?);
    let mut reading = Reading {
        workspace,
        config,
        scope: &scope,
        request,
        listener,
        cancel,
        id,
        connector: connector.as_ref(),
        now,
        streams: Vec::new(),
        warnings: Vec::new(),
        timeouts: 0,
    };
    let stopped = reading.up_to_now().await?;
    let stopped = match stopped {
        None if request.past != Past::Leave => reading.read_the_past().await?,
        stopped => stopped,
    };
    Ok(reading.finish(stopped))
}

/// Makes the connector of a source from its configuration.
pub(crate) fn connector(workspace: &Workspace, config: &SourceConfig) -> Result<Box<dyn Connector>, Failure> {
    connector_or_issue(workspace, config)
        .map_err(|issue| Failure { code: "config".to_owned(), message: issue.to_string() })
}

/// The same, with what is wrong in its place in the file.
pub(crate) fn connector_or_issue(
    workspace: &Workspace,
    config: &SourceConfig,
) -> Result<Box<dyn Connector>, Box<ConfigError>> {
    let issue = |issue| Box::new(workspace.config.issue(&config.name, &issue));
    let unknown = || {
        let path = vec!["kind".to_owned()];
        issue(ConfigIssue { path, message: format!("unknown kind {:?}", config.kind), hint: None })
    };
    let kind = workspace.kinds.iter().find(|kind| kind.name == config.kind).ok_or_else(unknown)?;
    let slos = workspace.config.slos_of(&config.name);
    let build = Build {
        source: &config.name,
        folder: &workspace.dir,
        timezone: workspace.config.workspace.timezone,
        slos: &slos,
        secrets: Arc::clone(&workspace.secrets),
        clock: Arc::clone(&workspace.clock),
    };
    (kind.build)(&config.settings, &build).map_err(issue)
}

fn unusable(config: &SourceConfig, failure: Failure) -> SourceReport {
    SourceReport {
        name: config.name.clone(),
        kind: config.kind.clone(),
        state: RunState::Failed,
        error: Some(failure),
        streams: Vec::new(),
    }
}

/// A run that is logged as begun.
struct Begun {
    id: RunId,
    /// When the run before it began.
    before: Option<Timestamp>,
}

impl Begun {
    async fn now(reading: &Reading<'_>, stream: &Stream) -> Result<Self, EngineError> {
        let (source, name, now) = (reading.id, stream.name, reading.now);
        let begin = reading.workspace.synced.write(move |w| {
            let before = w.stream_state(source, name)?.and_then(|state| state.last_started_at);
            Ok(Self { id: w.start_run(source, name, now)?, before })
        });
        Ok(begin.await?)
    }
}

/// A source while it is read.
struct Reading<'a> {
    workspace: &'a Workspace,
    config: &'a SourceConfig,
    scope: &'a Mutex<Scope>,
    request: &'a SyncRequest,
    listener: &'a Listener,
    cancel: &'a CancellationToken,
    id: SourceId,
    connector: &'a dyn Connector,
    now: Timestamp,
    streams: Vec<(Stream, StreamReport)>,
    warnings: Vec<Warning>,
    /// Runs in a row that ended because no answer came in time.
    timeouts: u32,
}

impl Reading<'_> {
    /// Brings every stream up to now. Returns what stops the whole source.
    async fn up_to_now(&mut self) -> Result<Option<Failure>, EngineError> {
        let mut stopped = None;
        for stream in self.config.paced(self.connector.streams()) {
            let mut report = StreamReport::new(stream.name);
            if stopped.is_none() && !self.cancel.is_cancelled() && self.is_due(&stream).await? {
                stopped = self.run(&stream, &mut report, None).await?;
            }
            self.streams.push((stream, report));
        }
        Ok(stopped)
    }

    /// Reads the past of every stream, one tier after the other, so that the newest is usable first. Returns what stops
    /// the whole source.
    async fn read_the_past(&mut self) -> Result<Option<Failure>, EngineError> {
        let source = self.id;
        let slos = self.workspace.synced.read(move |r| r.source_slos(source)).await?;
        let depth = Depth::asked(self.request.past, slos.iter().map(|slo| &slo.window));
        let deepest = depth.slo_days.max(depth.other_days);
        let tiers = TIERS_DAYS.into_iter().filter(|days| *days < deepest).chain([deepest]);
        let past = self.request.past;
        let retry = matches!(past, Past::Days(_) | Past::StepTo(_));
        let steps = if matches!(past, Past::OneStep | Past::StepTo(_)) { 1 } else { u32::MAX };
        for limit in tiers.map(|tier| depth.capped(tier)) {
            let mut stepped = false;
            for at in 0..self.streams.len() {
                let (stream, mut report) = self.streams[at].clone();
                let readable = matches!(report.state, RunState::Ok | RunState::Skipped) && !self.cancel.is_cancelled();
                let Some(backfill) = stream.backfill.filter(|_| readable) else { continue };
                let reach = Reach { days: limit.of(backfill), retry, steps };
                let state = self.state(&stream).await?;
                if !state.is_some_and(|state| reach.leaves_unread(&stream, &state, self.now)) {
                    continue;
                }
                let stopped = self.run(&stream, &mut report, Some(reach)).await?;
                self.streams[at].1 = report;
                if stopped.is_some() || past == Past::OneStep {
                    return Ok(stopped);
                }
                stepped = true;
            }
            if stepped && steps == 1 {
                break;
            }
        }
        Ok(None)
    }

    /// Reads one stream up to now, or, with `reach`, into the past; adds what came of it to the report and logs it.
    /// Returns what every other stream of the source would meet as well.
    async fn run(
        &mut self,
        stream: &Stream,
        report: &mut StreamReport,
        reach: Option<Reach>,
    ) -> Result<Option<Failure>, EngineError> {
        let requests_before = self.connector.requests();
        let (id, name, now) = (self.id, stream.name, self.now);
        let own = self.config.name.clone();
        let known = self.workspace.synced.read(move |r| known::of_stream(r, (id, &own), name, now)).await?;
        let run = match reach {
            None => Some(Begun::now(self, stream).await?),
            Some(_) => None,
        };
        let mut place = Place {
            workspace: self.workspace,
            connector: self.connector,
            scope: self.scope,
            source: self.id,
            source_name: &self.config.name,
            stream,
            known,
            accept_deletes: self.request.accept_deletes.contains(&self.config.name),
            backfill: reach.is_some(),
            listener: self.listener,
            cancel: self.cancel,
        };
        let outcome = match reach {
            None => place.refresh(now).await?,
            Some(reach) => place.go_back(reach, now).await?,
        };
        let requests = self.connector.requests().saturating_sub(requests_before);
        let idle = reach.is_none() && requests == 0 && outcome.fetched == 0;
        let groundless = idle && self.streams.iter().any(|(_, before)| before.state == RunState::Failed);
        let state =
            if groundless { verdict::of_groundless(&outcome) } else { verdict::of_run(&outcome, reach.is_some()) };
        report.add(&outcome, state, requests);
        self.warn(stream, &outcome);
        let end = RunEnd {
            state,
            counts: outcome.counts,
            fetched: outcome.fetched,
            requests,
            error: outcome.failure().map(|failure| (failure.code, failure.message)),
        };
        self.log(stream, run, end, matches!(outcome.stopped, Some(Stopped::Cancelled))).await?;
        let covered = self.state(stream).await?.and_then(|state| state.covered);
        (report.covered_from, report.covered_to) = (covered.map(|w| w.start), covered.map(|w| w.end));
        let timed_out = matches!(&outcome.stopped, Some(Stopped::Failed(ConnectorError::Timeout { .. })));
        self.timeouts = match timed_out {
            true => self.timeouts + 1,
            false if requests > 0 => 0,
            false => self.timeouts,
        };
        Ok(match &outcome.stopped {
            Some(Stopped::Failed(error)) if error.stops_source() || self.timeouts >= MOST_TIMEOUTS => outcome.failure(),
            _ => None,
        })
    }

    /// Logs how a run ended. One that somebody stopped says nothing of its source: the run before it stands, and the
    /// stream is as due as it was.
    async fn log(&self, stream: &Stream, run: Option<Begun>, end: RunEnd, cancelled: bool) -> Result<(), EngineError> {
        let (id, name, began, ended) = (self.id, stream.name, self.now, self.workspace.clock.now());
        let write = self.workspace.synced.write(move |w| {
            if cancelled {
                return run.map_or(Ok(()), |run| w.forget_run(run.id, (id, name), run.before));
            }
            if let Some((code, message)) = &end.error {
                w.stream_failed(id, name, (code, message))?;
            }
            match run {
                Some(run) => w.finish_run(run.id, &end, ended),
                // That the past was read says nothing of how fresh the present is; that it was not, must be seen.
                None if end.state != RunState::Ok => w.log_run(id, name, (began, ended), &end),
                None => Ok(()),
            }
        });
        Ok(write.await?)
    }

    /// What the reader of the data must know of a stream.
    fn warn(&mut self, stream: &Stream, outcome: &Outcome) {
        let name = &self.config.name;
        let notes = outcome.notes.iter().map(|note| Warning::of_source(note.code, name, note.message.clone()));
        let held = outcome.held.iter().map(|held| {
            let message = format!(
                "{} of {name}: {held}; nothing was deleted. If that is right: fairleadctl sync --accept-deletes {name}",
                stream.name
            );
            Warning::of_source("mass_delete_held", name, message)
        });
        for warning in notes.chain(held) {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
    }

    async fn is_due(&self, stream: &Stream) -> Result<bool, EngineError> {
        if !self.request.due_only {
            return Ok(true);
        }
        let started = self.state(stream).await?.and_then(|state| state.last_started_at);
        Ok(plan::is_due(stream, started, self.now))
    }

    async fn state(&self, stream: &Stream) -> Result<Option<StreamState>, EngineError> {
        let (source, name) = (self.id, stream.name);
        Ok(self.workspace.synced.read(move |r| r.stream_state(source, name)).await?)
    }

    fn finish(mut self, stopped: Option<Failure>) -> (SourceReport, Vec<Warning>) {
        let name = &self.config.name;
        if let Some(skew) = self.connector.clock_skew_millis().filter(|skew| skew.abs() > SKEW_WORTH_SAYING_MS) {
            let message = format!("the clock of {name} is {} s off from this machine's", skew / 1_000);
            self.warnings.push(Warning::of_source("clock_skew", name, message));
        }
        let unmatched = self.scope.lock().unwrap_or_else(PoisonError::into_inner).unmatched();
        self.warnings.extend(unmatched.map(|message| Warning::of_source(UNMATCHED_NAME, name, message)));
        let streams: Vec<StreamReport> = self.streams.into_iter().map(|(_, report)| report).collect();
        let state = verdict::of_source(streams.iter().map(|s| (s.state, s.requests > 0)));
        let error = stopped.or_else(|| streams.iter().find_map(|s| s.error.clone()));
        (self.listener)(Progress::Finished {
            source: name.clone(),
            state: state.word().to_owned(),
            error: error.as_ref().map(|e| e.message.clone()),
        });
        let report = SourceReport { name: name.clone(), kind: self.config.kind.clone(), state, error, streams };
        (report, self.warnings)
    }
}
