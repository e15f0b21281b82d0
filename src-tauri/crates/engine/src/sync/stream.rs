//! One stream: brought up to now, then read back into the past.

use fairlead_connectors::{ConnectorError, Mode, Note, Stream};
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{Counts, StreamOk, StreamState, WalkCursor};

use super::plan::{self, Steps};
use super::report::Failure;
use super::walk::{Place, WalkError, Walked};
use crate::EngineError;

/// What reading a stream did, over all its walks.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Records within scope.
    pub fetched: u64,
    /// What became of them.
    pub counts: Counts,
    /// What the reader of the data must know.
    pub notes: Vec<Note>,
    /// Deletions too large to be believed.
    pub held: Vec<String>,
    /// How many windows were walked to their end.
    pub walks: u32,
    /// Why it stopped early.
    pub stopped: Option<Stopped>,
}

/// Why reading a stream stopped early.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The upstream.
    Failed(ConnectorError),
    /// Somebody asked to stop.
    Cancelled,
}

impl Outcome {
    fn add(&mut self, walked: Walked) {
        self.add_part(&walked);
        self.held.extend(walked.held);
        self.walks += 1;
        for note in walked.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// What a walk stored before it was broken off.
    fn add_part(&mut self, walked: &Walked) {
        self.fetched += walked.fetched;
        self.counts.add(walked.counts);
    }

    /// Whether all that was asked for was read and kept.
    pub(super) fn is_whole(&self) -> bool {
        self.stopped.is_none() && self.held.is_empty() && !self.notes.iter().any(|note| note.incomplete)
    }

    /// The failure to report, in words.
    pub(super) fn failure(&self) -> Option<Failure> {
        match &self.stopped {
            Some(Stopped::Failed(error)) => Some(Failure { code: error.code().to_owned(), message: error.to_string() }),
            Some(Stopped::Cancelled) => {
                Some(Failure { code: "cancelled".to_owned(), message: "stopped before it was read whole".to_owned() })
            }
            None => self
                .notes
                .iter()
                .find(|note| note.incomplete)
                .map(|note| Failure { code: note.code.to_owned(), message: note.message.clone() }),
        }
    }
}

fn clock_set_back(stream: &str) -> Note {
    let message = format!(
        "{stream} was read at a time that lies ahead of this machine's clock; its newest part was read again: check the clock"
    );
    Note { code: "clock_set_back", message, incomplete: false }
}

/// How far a stream is read into the past.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Days before now.
    pub days: u32,
    /// Asks again where the upstream's memory was found to end.
    pub retry: bool,
    /// At most so many windows.
    pub steps: u32,
}

impl Reach {
    /// Whether the past of a stream is not yet read as far as this, so that a run is worth logging.
    pub(super) fn leaves_unread(self, stream: &Stream, state: &StreamState, now: Timestamp) -> bool {
        let covered = state.covered.filter(|_| self.retry || !state.exhausted);
        covered.is_some_and(|covered| plan::past(stream, covered, self.days, now).is_some())
    }
}

impl Place<'_> {
    /// Brings the stream up to `now`, from what is covered on, so that no hole is left behind.
    pub(super) async fn refresh(&mut self, now: Timestamp) -> Result<Outcome, EngineError> {
        let mut outcome = Outcome::default();
        if !self.finish_interrupted(&mut outcome, now).await? {
            return Ok(outcome);
        }
        let covered = self.state().await?.and_then(|state| state.covered);
        let clock_went_back = self.reads_only_the_past() && covered.is_some_and(|covered| plan::is_ahead(covered, now));
        if clock_went_back {
            self.forget_future(now).await?;
        }
        self.read(plan::fresh(self.stream, covered, now), u32::MAX, &mut outcome, now).await?;
        if clock_went_back {
            outcome.notes.push(clock_set_back(self.stream.name));
        }
        Ok(outcome)
    }

    /// Reads the past, the newest first.
    pub(super) async fn go_back(&mut self, reach: Reach, now: Timestamp) -> Result<Outcome, EngineError> {
        let state = self.state().await?.filter(|state| reach.retry || !state.exhausted);
        let covered = state.and_then(|state| state.covered);
        let mut outcome = Outcome::default();
        if let Some(steps) = covered.and_then(|covered| plan::past(self.stream, covered, reach.days, now)) {
            self.read(steps, reach.steps, &mut outcome, now).await?;
        }
        Ok(outcome)
    }

    /// Finishes the walk that an earlier sync was interrupted in, from its last stored page on. A cursor that the
    /// upstream no longer takes is forgotten, and its window read again by whoever plans it. Returns whether to go on.
    async fn finish_interrupted(&mut self, outcome: &mut Outcome, now: Timestamp) -> Result<bool, EngineError> {
        let saved = self.state().await?.and_then(|state| state.walk).filter(|_| self.reads_only_the_past());
        let Some(WalkCursor { cursor, window }) = saved else { return Ok(true) };
        let mut walked = Walked::default();
        match self.walk(window, Some(cursor), now, &mut walked).await {
            Ok(()) => {
                self.keep(&walked, window, now).await?;
                outcome.add(walked);
            }
            Err(WalkError::Engine(error)) => return Err(error),
            Err(WalkError::Cancelled) => {
                outcome.add_part(&walked);
                outcome.stopped = Some(Stopped::Cancelled);
                return Ok(false);
            }
            Err(WalkError::Connector(error)) => {
                outcome.add_part(&walked);
                tracing::debug!(stream = self.stream.name, code = error.code(), "an interrupted walk is begun again");
            }
        }
        let (source, stream) = (self.source, self.stream.name);
        self.workspace.synced.write(move |w| w.save_walk(source, stream, None)).await?;
        Ok(true)
    }

    /// Reads step after step, at most `most` of them, in smaller ones where the upstream wants it. An answer that is
    /// not whole ends the reading: what lies beyond it would leave a hole.
    async fn read(
        &mut self,
        mut steps: Steps,
        most: u32,
        outcome: &mut Outcome,
        now: Timestamp,
    ) -> Result<(), EngineError> {
        while let Some(part) = steps.next().filter(|_| outcome.walks < most) {
            let mut walked = Walked::default();
            match self.walk_again_when_lost(part, now, &mut walked).await {
                Ok(()) => {
                    let ended = self.keep(&walked, part, now).await?;
                    let covered = walked.covered;
                    outcome.add(walked);
                    match covered {
                        Some(covered) if !ended => steps.pass(part, covered),
                        _ => return Ok(()),
                    }
                }
                Err(WalkError::Engine(error)) => return Err(error),
                Err(WalkError::Cancelled) => {
                    outcome.add_part(&walked);
                    outcome.stopped = Some(Stopped::Cancelled);
                    return Ok(());
                }
                Err(WalkError::Connector(ConnectorError::TooLarge { .. })) if steps.halve() => {}
                Err(WalkError::Connector(error)) => {
                    outcome.add_part(&walked);
                    outcome.stopped = Some(Stopped::Failed(error));
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Walks `part`, and once more when the database forgot in between what the walk had seen.
    async fn walk_again_when_lost(&self, part: Window, now: Timestamp, walked: &mut Walked) -> Result<(), WalkError> {
        match self.walk(part, None, now, walked).await {
            Err(WalkError::Engine(EngineError::Store(StoreError::WalkLost { .. }))) => {
                *walked = Walked::default();
                self.walk(part, None, now, walked).await
            }
            ended => ended,
        }
    }

    /// Extends what is covered by what a walk read. An answer that was not whole covers nothing. Returns whether
    /// reading on is pointless: the upstream's memory ends here, or nothing was asked for.
    async fn keep(&mut self, walked: &Walked, asked: Window, now: Timestamp) -> Result<bool, EngineError> {
        let Some(covered) = walked.covered else { return Ok(true) };
        let timeless = matches!(self.stream.mode, Mode::Snapshot | Mode::Observed);
        let exhausted = self.backfill && (walked.exhausted || covered.start > asked.start);
        let ok = StreamOk {
            watermark: (!self.backfill).then_some(now),
            covered: (!timeless).then_some(covered),
            exhausted,
            state: walked.state.clone(),
        };
        let (source, stream) = (self.source, self.stream.name);
        self.workspace.synced.write(move |w| w.stream_ok(source, stream, &ok, now)).await?;
        if walked.state.is_some() {
            self.known.state.clone_from(&walked.state);
        }
        Ok(exhausted || (self.backfill && covered.is_empty()))
    }

    /// Takes back that anything after `now` was read: the clock said so, and it was wrong.
    async fn forget_future(&self, now: Timestamp) -> Result<(), EngineError> {
        let (source, stream) = (self.source, self.stream.name);
        Ok(self.workspace.synced.write(move |w| w.cut_coverage(source, stream, now)).await?)
    }

    pub(super) const fn reads_only_the_past(&self) -> bool {
        matches!(self.stream.mode, Mode::Updated { .. } | Mode::Feed { .. } | Mode::Created { .. })
    }

    /// What is stored about the stream; `None` before its first run.
    async fn state(&self) -> Result<Option<StreamState>, EngineError> {
        let (source, stream) = (self.source, self.stream.name);
        Ok(self.workspace.synced.read(move |r| r.stream_state(source, stream)).await?)
    }
}
