//! The app's own pace: every source is read when its interval asks for it, and the past by and by, as long as the
//! window is open.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use fairlead_domain::time::MINUTE_MS;
use tokio_util::sync::CancellationToken;

use super::agenda::Agenda;
use super::{Listener, Past, SyncReport, SyncRequest, sync};
use crate::EngineError;
use crate::config::{ConfigErrors, Look, Watch};
use crate::current::Current;

/// How often the wall clock is looked at. Timers stand still while a machine sleeps; the wall clock does not, so a
/// machine that wakes reads within this time.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The pause after something was read while there is more: others get the lock, and the upstream its rest.
const BREATH: Duration = Duration::from_secs(2);
/// The same while somebody waits for the past that they asked for.
const SHORT_BREATH: Duration = Duration::from_millis(500);
/// How long a source that failed as a whole is left alone.
const REST_MS: i64 = MINUTE_MS;
/// The same where its secret could not be read: a keychain or a command may ask the person for it each time, and who closed
/// the question does not want it back at once. What a person asks to be read is read in any case.
const UNREADABLE_REST_MS: i64 = 10 * MINUTE_MS;
/// How long the past of a source that did not answer well is left alone.
const PAST_REST_MS: i64 = 10 * MINUTE_MS;

/// What happened in the background.
#[derive(Debug)]
pub enum Event {
    /// Something was read.
    Synced(SyncReport),
    /// The past that a person asked for is read as far as it can be.
    PastRead,
    /// Another process writes; said once, until it is done.
    Busy,
    /// Nothing could be read or stored at all.
    Failed(EngineError),
    /// The configuration changed and is in force.
    Configured,
    /// The configuration was edited and has faults; the last good one stays in force.
    Misconfigured(ConfigErrors),
}

/// The past of one source, asked for by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastOf {
    /// The source.
    pub source: String,
    /// Days before now.
    pub days: u32,
}

/// Reads what is due until `cancel` is cancelled, follows edits of the configuration, and tells what came of it.
///
/// What is due goes first; the past is read one window at a time, so that nothing waits for it: first the one that is
/// `wanted`, until it is told to be read, then that of each source. The lock is held only while something is read.
pub async fn keep_fresh(
    current: &Current,
    wanted: Option<PastOf>,
    listener: &Listener,
    tell: impl Fn(Event) + Send + Sync,
    cancel: &CancellationToken,
) {
    let mut pace = Pace { wanted: wanted.map(Digging::begin), ..Pace::default() };
    while !cancel.is_cancelled() {
        pace.follow_configuration(current, &tell);
        let outcome = pace.round(current, listener, &tell, cancel).await;
        let wait = outcome.unwrap_or_else(|error| {
            pace.tell_once(error, &tell);
            LOOK_EVERY
        });
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// The past that a person asked for, while it is read.
struct Digging {
    past: PastOf,
    /// How far each stream was read.
    reached: BTreeMap<String, Timestamp>,
}

impl Digging {
    const fn begin(past: PastOf) -> Self {
        Self { past, reached: BTreeMap::new() }
    }

    /// Notes how far a step came; whether it came further at all.
    fn came_further(&mut self, report: &SyncReport) -> bool {
        let streams = report.sources.iter().flat_map(|source| &source.streams);
        let reached: BTreeMap<String, Timestamp> =
            streams.filter_map(|stream| Some((stream.name.clone(), stream.covered_from?))).collect();
        let further = reached.iter().any(|(stream, from)| self.reached.get(stream) != Some(from));
        self.reached.extend(reached);
        further
    }
}

/// What is remembered from round to round.
#[derive(Default)]
struct Pace {
    watch: Option<Watch>,
    wanted: Option<Digging>,
    /// Until when the sources that failed are left alone.
    resting: HashMap<String, Timestamp>,
    /// The same for their past.
    past_resting: HashMap<String, Timestamp>,
    busy: bool,
}

impl Pace {
    /// Puts an edited configuration in force.
    fn follow_configuration(&mut self, current: &Current, tell: &impl Fn(Event)) {
        let workspace = current.get();
        let Some(watch) = &mut self.watch else {
            match Watch::begin(&workspace.dir, workspace.kinds) {
                Ok(watch) => self.watch = Some(watch),
                Err(faults) => tell(Event::Misconfigured(faults)),
            }
            return;
        };
        match watch.look() {
            Look::Same => {}
            Look::Changed => {
                current.set(Arc::new(workspace.under(watch.config().clone())));
                self.resting.clear();
                self.past_resting.clear();
                tell(Event::Configured);
            }
            Look::Broken(faults) => tell(Event::Misconfigured(faults)),
        }
    }

    /// One look at what there is to do, and doing it. Returns how long to wait.
    async fn round(
        &mut self,
        current: &Current,
        listener: &Listener,
        tell: &impl Fn(Event),
        cancel: &CancellationToken,
    ) -> Result<Duration, EngineError> {
        let workspace = current.get();
        let now = workspace.clock.now();
        let agenda = Agenda::at(&workspace, now).await?;
        let due = awake(agenda.due, &self.resting, now);
        let past = awake(agenda.past, &self.past_resting, now);
        let step = |names, past| SyncRequest { names, due_only: true, past, ..SyncRequest::default() };
        let request = match (due.is_empty(), &self.wanted, past.is_empty()) {
            (false, ..) => step(due, Past::Leave),
            (true, Some(wanted), _) => step(vec![wanted.past.source.clone()], Past::StepTo(wanted.past.days)),
            (true, None, false) => step(past, Past::OneStep),
            (true, None, true) => return Ok(LOOK_EVERY),
        };
        let report = sync(&workspace, &request, listener, cancel).await;
        // A step that somebody stopped tells nothing of how far the past reaches.
        if matches!(request.past, Past::StepTo(_)) && !cancel.is_cancelled() {
            self.dig(&report, tell);
        }
        let report = report?;
        self.busy = false;
        self.let_rest(&report, request.past, now);
        tell(Event::Synced(report));
        Ok(if self.wanted.is_some() { SHORT_BREATH } else { BREATH })
    }

    /// After a step into the past that was asked for: it ends where a step comes no further. Why it did not stands in the
    /// report, and with the source.
    fn dig(&mut self, report: &Result<SyncReport, EngineError>, tell: &impl Fn(Event)) {
        let goes_on = match report {
            Ok(report) => self.wanted.as_mut().is_some_and(|wanted| wanted.came_further(report)),
            Err(error) => matches!(error, EngineError::Busy { .. }),
        };
        if !goes_on {
            self.wanted = None;
            tell(Event::PastRead);
        }
    }

    fn let_rest(&mut self, report: &SyncReport, past: Past, now: Timestamp) {
        for source in &report.sources {
            if source.state == RunState::Failed {
                let unreadable = source.error.as_ref().is_some_and(|error| error.code == "secret_unreadable");
                let rest = if unreadable { UNREADABLE_REST_MS } else { REST_MS };
                self.resting.insert(source.name.clone(), now.plus_millis(rest));
            }
            if past == Past::OneStep && source.state != RunState::Ok {
                self.past_resting.insert(source.name.clone(), now.plus_millis(PAST_REST_MS));
            }
        }
    }

    fn tell_once(&mut self, error: EngineError, tell: &impl Fn(Event)) {
        match error {
            EngineError::Busy { .. } if self.busy => {}
            EngineError::Busy { .. } => {
                self.busy = true;
                tell(Event::Busy);
            }
            error => tell(Event::Failed(error)),
        }
    }
}

/// The sources that are not left alone. A rest that lies too far ahead is of a clock that was set back.
fn awake(names: Vec<String>, resting: &HashMap<String, Timestamp>, now: Timestamp) -> Vec<String> {
    let rests = |name: &String| {
        resting.get(name).is_some_and(|until| *until > now && until.since(now) <= REST_MS.max(PAST_REST_MS))
    };
    names.into_iter().filter(|name| !rests(name)).collect()
}
