//! What came of a run, of a stream in a sync, and of a source: the one place that tells whole from partial and failed.

use fairlead_domain::run::RunState;

use super::stream::{Outcome, Stopped};

/// What came of one run. One that failed before any window was read whole has failed; so has none into the past, for
/// the present of its stream was read. One that somebody stopped before anything came was not tried.
pub(super) fn of_run(outcome: &Outcome, into_the_past: bool) -> RunState {
    match &outcome.stopped {
        _ if outcome.is_whole() => RunState::Ok,
        Some(Stopped::Cancelled) if outcome.walks == 0 && outcome.fetched == 0 => RunState::Skipped,
        Some(Stopped::Failed(_)) if outcome.walks == 0 && !into_the_past => RunState::Failed,
        _ => RunState::Partial,
    }
}

/// What came of a run that asked nothing because a stream that it builds on could not be read: that is no proof of
/// anything.
pub(super) fn of_groundless(outcome: &Outcome) -> RunState {
    if outcome.is_whole() { RunState::Skipped } else { of_run(outcome, false) }
}

/// What came of a stream after a further run of it.
pub(super) const fn of_stream(before: RunState, run: RunState) -> RunState {
    match (before, run) {
        (RunState::Skipped, state) | (state, RunState::Skipped) => state,
        (RunState::Ok, RunState::Ok) => RunState::Ok,
        _ => RunState::Partial,
    }
}

/// The state of a source with streams in these states, and whether each asked the upstream for anything: the best when
/// all agree, else partial. A stream that had nothing to ask does not vouch for a source that others did ask.
pub(crate) fn of_source(streams: impl Iterator<Item = (RunState, bool)> + Clone) -> RunState {
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
    use fairlead_connectors::ConnectorError;

    use super::*;
    use RunState::{Failed, Ok, Partial, Skipped};

    fn refused() -> Option<Stopped> {
        Some(Stopped::Failed(ConnectorError::Auth { host: "pd".to_owned(), status: 401 }))
    }

    #[rstest::rstest]
    #[case::whole(None, 1, 0, [Ok, Ok])]
    #[case::refused_at_once(refused(), 0, 0, [Failed, Partial])]
    #[case::refused_on_a_later_page(refused(), 0, 200, [Failed, Partial])]
    #[case::refused_after_a_window(refused(), 1, 0, [Partial, Partial])]
    #[case::stopped_at_once(Some(Stopped::Cancelled), 0, 0, [Skipped, Skipped])]
    #[case::stopped_on_a_later_page(Some(Stopped::Cancelled), 0, 200, [Partial, Partial])]
    #[case::stopped_after_an_empty_window(Some(Stopped::Cancelled), 1, 0, [Partial, Partial])]
    fn a_run_is_judged_by_what_it_brought(
        #[case] stopped: Option<Stopped>,
        #[case] walks: u32,
        #[case] fetched: u64,
        #[case] states: [RunState; 2],
    ) {
        let outcome = Outcome { stopped, walks, fetched, ..Outcome::default() };
        assert_eq!([of_run(&outcome, false), of_run(&outcome, true)], states);
    }

    #[test]
    fn nothing_asked_because_of_an_earlier_failure_proves_nothing() {
        let outcome = |stopped| Outcome { stopped, walks: 1, ..Outcome::default() };
        assert_eq!(of_groundless(&outcome(None)), Skipped);
        assert_eq!(of_groundless(&outcome(refused())), Partial, "a failure of its own is told");
    }

    #[rstest::rstest]
    #[case(Skipped, Ok, Ok)]
    #[case(Ok, Skipped, Ok)]
    #[case(Skipped, Skipped, Skipped)]
    #[case(Skipped, Failed, Failed)]
    #[case(Ok, Partial, Partial)]
    #[case(Partial, Ok, Partial)]
    fn a_stream_is_as_good_as_all_of_its_runs(
        #[case] before: RunState,
        #[case] run: RunState,
        #[case] after: RunState,
    ) {
        assert_eq!(of_stream(before, run), after);
    }

    #[rstest::rstest]
    #[case(&[], Skipped)]
    #[case(&[Skipped, Ok], Ok)]
    #[case(&[Failed, Failed], Failed)]
    #[case(&[Failed, Ok], Partial)]
    #[case(&[Partial, Ok], Partial)]
    fn a_source_is_as_good_as_its_streams(#[case] streams: &[RunState], #[case] source: RunState) {
        for asked in [false, true] {
            assert_eq!(of_source(streams.iter().map(|state| (*state, asked))), source);
        }
    }

    #[test]
    fn a_stream_that_asked_nothing_does_not_vouch_for_the_source() {
        assert_eq!(of_source([(Failed, true), (Ok, false)].into_iter()), Failed);
        assert_eq!(of_source([(Ok, true), (Ok, false)].into_iter()), Ok);
    }
}
