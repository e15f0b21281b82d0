//! The log of runs: what is thinned out of it, and the failures that are found in it.

use fairlead_domain::Window;
use fairlead_domain::run::RunState;
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::Database;
use crate::synced::{Counts, RunEnd, RunRow};

/// Hours from now, how it ended, and how much it changed.
type Run = (i64, RunState, u64);

fn end(state: RunState, inserted: u64) -> RunEnd {
    RunEnd { state, counts: Counts { inserted, ..Counts::default() }, fetched: 0, requests: 1, error: None }
}

fn log(w: &mut Writer<'_>, source: SourceId, stream: &str, (at, state, inserted): Run) -> Result<(), StoreError> {
    w.stream_started(source, stream, hours(at))?;
    w.log_run(source, stream, (hours(at), hours(at)), &end(state, inserted))
}

/// What is left of runs once the last of them has ended, by the rule itself: in hours from now.
fn kept(runs: &[Run]) -> Vec<i64> {
    let last = hours(runs.last().unwrap().0);
    let keeps = |(at, state, inserted): &&Run| {
        let later = |other: &Run| {
            other.1 == RunState::Ok && other.0 > *at && hours(other.0).floor_day() == hours(*at).floor_day()
        };
        *state != RunState::Ok || *inserted > 0 || last.since(hours(*at)) <= 7 * 86_400_000 || !runs.iter().any(later)
    };
    runs.iter().filter(keeps).map(|run| run.0).collect()
}

#[tokio::test]
async fn of_runs_that_changed_nothing_the_last_of_each_day_is_kept() {
    let (dir, store) = synced().await;
    // Every five hours for thirty days, two weeks of them with the lid closed.
    let awake = (0..144).map(|n| n * 5 - 720).filter(|at| !(-500..-164).contains(at));
    let runs: Vec<Run> = awake
        .map(|at| match at % 7 {
            0 => (at, RunState::Failed, 0),
            1 => (at, RunState::Ok, 3),
            _ => (at, RunState::Ok, 0),
        })
        .collect();
    let logged = runs.clone();
    let write = store.write(move |w| {
        let source = w.ensure_source("pd", "pagerduty", NOW)?;
        for run in logged {
            log(w, source, "i", run)?;
            // Another stream's runs are its own affair.
            log(w, source, "other", run)?;
        }
        Ok(())
    });
    write.await.unwrap();
    store.close().await.unwrap();
    let connection = Connection::open(Database::Synced.path(dir.path())).unwrap();
    for stream in ["i", "other"] {
        let mut statement =
            connection.prepare("SELECT ended_at FROM sync_run WHERE stream = ?1 ORDER BY ended_at").unwrap();
        let rows = statement.query_map([stream], |row| row.get::<_, i64>(0)).unwrap();
        let found: Vec<i64> = rows.map(|at| (at.unwrap() - NOW.as_millis()) / 3_600_000).collect();
        assert_eq!(found, kept(&runs));
        assert!(found.len() < runs.len() - 20, "{} of {}", found.len(), runs.len());
    }
}

/// Stretches in which a stream could not be read: its number, since when, and the good run that ended it.
fn stretches(runs: &[(usize, i64, RunState)]) -> Vec<(usize, Option<i64>, i64, Option<i64>)> {
    let mut found = Vec::new();
    for stream in 0..2 {
        let (mut good, mut failing) = (None, None);
        for (_, at, state) in runs.iter().filter(|run| run.0 == stream) {
            match state {
                RunState::Failed => failing = failing.or(Some((good, *at))),
                RunState::Ok => {
                    found.extend(failing.take().map(|(since, first)| (stream, since, first, Some(*at))));
                    good = Some(*at);
                }
                RunState::Partial | RunState::Skipped => {}
            }
        }
        found.extend(failing.map(|(since, first)| (stream, since, first, None)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn failures_tell_the_same_stretches_as_all_runs(
        runs in proptest::collection::vec((0..2_usize, 0..5_usize), 0..40), from in 0..40_i64, to in 0..41_i64)
    {
        let state = |n: usize| [RunState::Ok, RunState::Ok, RunState::Failed, RunState::Failed, RunState::Partial][n];
        let runs: Vec<(usize, i64, RunState)> =
            (0..).zip(&runs).map(|(at, (stream, ended))| (*stream, at, state(*ended))).collect();
        let names = ["a", "b"];
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let logged = runs.clone();
        let found: Vec<RunRow> = runtime.block_on(with_source(move |w, source| {
            for (stream, at, state) in logged {
                log(w, source, names[stream], (at, state, 1))?;
            }
            w.failures(Window::new(hours(from), hours(to)))
        }));
        let place = |run: &RunRow| {
            (usize::from(run.stream == "b"), run.ended_at.since(NOW) / 3_600_000, run.end.state)
        };
        let found: Vec<_> = found.iter().map(place).collect();
        let inside: Vec<_> = runs.into_iter().filter(|(_, at, _)| (from..to).contains(at)).collect();
        prop_assert!(found.is_sorted_by_key(|run| run.1));
        prop_assert_eq!(stretches(&found), stretches(&inside));
    }
}
