//! One source: its streams in their order, up to now first, then into the past.

use std::sync::{Arc, Mutex};

use fairlead_connectors::{Build, Connector, Known, Stream};
use fairlead_domain::slo::{CalendarUnit, SloWindow};
use fairlead_domain::{Timestamp, Window};
use fairlead_store::synced::{Reader, RunEnd, RunState as LoggedState, SourceId, StreamState};
use tokio_util::sync::CancellationToken;

use super::known;
use super::plan::{self, DEEPEST_DAYS, Depth, TIERS_DAYS};
use super::progress::{Listener, Progress};
use super::report::{Failure, SourceReport, StreamReport, combined};
use super::stream::{Outcome, Reach, Stopped};
use super::walk::{Place, count};
use super::{Past, SyncRequest, state_word};
use crate::EngineError;
use crate::config::{Scope, SourceConfig};
use crate::views::answer::Warning;
use crate::views::posture::RunState;
use crate::workspace::Workspace;

/// How far back `sync` reads without being told, for streams that feed no SLO.
const DEFAULT_DAYS: u32 = 90;
/// Clocks that differ by less are taken as equal.
const SKEW_WORTH_SAYING_MS: i64 = 30_000;

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
    let connector = match connector(workspace, config) {
        Ok(connector) => connector,
        Err(failure) => return Ok((unusable(config, failure), Vec::new())),
    };
    let scope = Mutex::new(knowing(workspace, config, id, scope, now).await?);
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
    };
    let stopped = reading.up_to_now().await?;
    let stopped = match stopped {
        None if request.past != Past::Leave => reading.read_the_past().await?,
        stopped => stopped,
    };
    Ok(reading.finish(stopped))
}

/// The scope with what is stored already, so that a record that names somebody by an id alone is judged rightly.
async fn knowing(
    workspace: &Workspace,
    config: &SourceConfig,
    id: SourceId,
    scope: &Scope,
    now: Timestamp,
) -> Result<Scope, EngineError> {
    let name = config.name.clone();
    let read = move |reader: &Reader<'_>| Ok((known::records(reader, &name, now)?, reader.open_incident_ids(id)?));
    let (records, open) = workspace.synced.read(read).await?;
    let mut scope = scope.clone();
    for incident in &open {
        scope.follow(&config.name, incident);
    }
    for record in &records {
        scope.learn(&config.name, record);
    }
    Ok(scope)
}

/// Makes the connector of a source from its configuration.
pub(crate) fn connector(workspace: &Workspace, config: &SourceConfig) -> Result<Box<dyn Connector>, Failure> {
    let unknown = || Failure { code: "config".to_owned(), message: format!("unknown kind {:?}", config.kind) };
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
    (kind.build)(&config.settings, &build).map_err(|issue| {
        let error = workspace.config.issue(&config.name, &issue);
        Failure { code: "config".to_owned(), message: error.to_string() }
    })
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
}

impl Reading<'_> {
    /// Brings every stream up to now. Returns what stops the whole source.
    async fn up_to_now(&mut self) -> Result<Option<Failure>, EngineError> {
        let mut stopped = None;
        for stream in self.connector.streams() {
            let mut report = StreamReport::new(stream.name);
            if stopped.is_some() || self.cancel.is_cancelled() || !self.is_due(&stream).await? {
                report.state = RunState::Skipped;
                self.streams.push((stream, report));
                continue;
            }
            stopped = self.run(&stream, &mut report, None).await?;
            self.streams.push((stream, report));
        }
        Ok(stopped)
    }

    /// Reads the past of every stream, one tier after the other, so that the newest is usable first. Returns what stops
    /// the whole source.
    async fn read_the_past(&mut self) -> Result<Option<Failure>, EngineError> {
        let depth = self.depth().await?;
        let deepest = depth.slo_days.max(depth.other_days);
        let tiers = TIERS_DAYS.into_iter().filter(|days| *days < deepest).chain([deepest]);
        let (retry, one) = (matches!(self.request.past, Past::Days(_)), self.request.past == Past::OneStep);
        for limit in tiers.map(|tier| depth.capped(tier)) {
            for at in 0..self.streams.len() {
                let (stream, mut report) = self.streams[at].clone();
                let readable = matches!(report.state, RunState::Ok | RunState::Skipped) && !self.cancel.is_cancelled();
                let Some(backfill) = stream.backfill.filter(|_| readable) else { continue };
                let reach = Reach { days: limit.of(backfill), retry, steps: if one { 1 } else { u32::MAX } };
                let state = self.state(&stream).await?;
                if !state.is_some_and(|state| has_past(&stream, &state, reach, self.now)) {
                    continue;
                }
                let stopped = self.run(&stream, &mut report, Some(reach)).await?;
                self.streams[at].1 = report;
                if stopped.is_some() || one {
                    return Ok(stopped);
                }
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
        let known = self.known(stream).await?;
        let run = match reach {
            None => Some(self.workspace.synced.write(move |w| w.start_run(id, name, now)).await?),
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
        add(report, &outcome, requests);
        if reach.is_some() && report.state == RunState::Failed {
            // Its present was read, in this sync or in an earlier one.
            report.state = RunState::Partial;
        }
        self.warn(stream, &outcome);
        let end = run_end(report, &outcome, requests);
        let ended_at = self.workspace.clock.now();
        let covered = self
            .workspace
            .synced
            .write(move |w| {
                if let Some((code, message)) = &end.error {
                    w.stream_failed(id, name, (code, message))?;
                }
                match run {
                    Some(run) => w.finish_run(run, &end, ended_at)?,
                    // That the past was read says nothing of how fresh the present is; that it was not, must be seen.
                    None if end.state != LoggedState::Ok => w.log_run(id, name, (now, ended_at), &end)?,
                    None => {}
                }
                Ok(w.stream_state(id, name)?.and_then(|state| state.covered))
            })
            .await?;
        (report.covered_from, report.covered_to) = parts(covered);
        Ok(outcome.stopped.as_ref().and_then(|stopped| match stopped {
            Stopped::Failed(error) if error.stops_source() => outcome.failure(),
            _ => None,
        }))
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

    async fn known(&self, stream: &Stream) -> Result<Known, EngineError> {
        let (source, name, now, own) = (self.id, stream.name, self.now, self.config.name.clone());
        Ok(self
            .workspace
            .synced
            .read(move |r| {
                let state = r.stream_state(source, name)?;
                Ok(Known {
                    schedules: known::schedules(r, &own, now)?,
                    levels: known::levels(r, &own, now)?,
                    open_incidents: r.open_incident_ids(source)?,
                    firing_alerts: r.open_alerts(source)?,
                    slos: r.source_slos(source)?,
                    state: state.and_then(|state| state.state),
                })
            })
            .await?)
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

    /// How far back this sync reads.
    async fn depth(&self) -> Result<Depth, EngineError> {
        let source = self.id;
        let slos = self.workspace.synced.read(move |r| r.source_slos(source)).await?;
        let longest = slos.iter().map(|slo| slo_days(&slo.window)).max().map_or(DEFAULT_DAYS, |days| days + 1);
        Ok(match self.request.past {
            Past::Days(days) => Depth { slo_days: days, other_days: days },
            Past::OneStep => Depth { slo_days: longest.max(DEEPEST_DAYS), other_days: DEEPEST_DAYS },
            Past::ToDepth | Past::Leave => Depth { slo_days: longest, other_days: DEFAULT_DAYS },
        })
    }

    fn finish(mut self, stopped: Option<Failure>) -> (SourceReport, Vec<Warning>) {
        let name = &self.config.name;
        if let Some(skew) = self.connector.clock_skew_millis().filter(|skew| skew.abs() > SKEW_WORTH_SAYING_MS) {
            let message = format!("the clock of {name} is {} s off from this machine's", skew / 1_000);
            self.warnings.push(Warning::of_source("clock_skew", name, message));
        }
        let streams: Vec<StreamReport> = self.streams.into_iter().map(|(_, report)| report).collect();
        let state = combined(streams.iter().map(|s| (s.state, s.requests > 0)));
        let error = stopped.or_else(|| streams.iter().find_map(|s| s.error.clone()));
        (self.listener)(Progress::Finished {
            source: name.clone(),
            state: state_word(state).to_owned(),
            error: error.as_ref().map(|e| e.message.clone()),
        });
        let report = SourceReport { name: name.clone(), kind: self.config.kind.clone(), state, error, streams };
        (report, self.warnings)
    }
}

/// Whether the past of a stream is not yet read as far as it shall be, so that a run is worth logging.
pub(super) fn has_past(stream: &Stream, state: &StreamState, reach: Reach, now: Timestamp) -> bool {
    let covered = state.covered.filter(|_| reach.retry || !state.exhausted);
    covered.is_some_and(|covered| plan::past(stream, covered, reach.days, now).is_some())
}

/// Adds what reading a stream did to its report.
fn add(report: &mut StreamReport, outcome: &Outcome, requests: u64) {
    if report.state == RunState::Skipped {
        report.state = RunState::Ok;
    }
    report.fetched = report.fetched.saturating_add(count(outcome.fetched));
    report.inserted = report.inserted.saturating_add(count(outcome.counts.inserted));
    report.updated = report.updated.saturating_add(count(outcome.counts.updated));
    report.unchanged = report.unchanged.saturating_add(count(outcome.counts.unchanged));
    report.tombstoned = report.tombstoned.saturating_add(count(outcome.counts.tombstoned));
    report.requests = report.requests.saturating_add(count(requests));
    if outcome.is_whole() {
        return;
    }
    report.error = report.error.take().or_else(|| outcome.failure());
    let nothing = report.fetched == 0 && outcome.walks == 0 && report.state == RunState::Ok;
    report.state = if nothing && report.error.is_some() { RunState::Failed } else { RunState::Partial };
}

fn run_end(report: &StreamReport, outcome: &Outcome, requests: u64) -> RunEnd {
    let state = match report.state {
        _ if outcome.is_whole() => LoggedState::Ok,
        RunState::Failed => LoggedState::Failed,
        RunState::Skipped => LoggedState::Skipped,
        RunState::Ok | RunState::Partial => LoggedState::Partial,
    };
    let error = outcome.failure().map(|failure| (failure.code, failure.message));
    RunEnd { state, counts: outcome.counts, fetched: outcome.fetched, requests, error }
}

fn parts(window: Option<Window>) -> (Option<Timestamp>, Option<Timestamp>) {
    (window.map(|w| w.start), window.map(|w| w.end))
}

/// The length of an SLO's window in whole days, rounded up; of a calendar period the longest that it can have.
fn slo_days(window: &SloWindow) -> u32 {
    match window {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to ten years")]
        SloWindow::Rolling { days } => days.ceil().clamp(1.0, 3_653.0) as u32,
        SloWindow::Calendar { unit, count, .. } => {
            let one = match unit {
                CalendarUnit::Day => 1,
                CalendarUnit::Week => 7,
                CalendarUnit::Month => 31,
                CalendarUnit::Quarter => 92,
                CalendarUnit::Year => 366,
            };
            count.saturating_mul(one).min(3_653)
        }
    }
}
