//! The log of runs, and when a stream was sampled.

use fairlead_domain::Window;
use fairlead_domain::record::Item;
use fairlead_domain::run::RunState;

use super::{NOW, hours, with_source};
use crate::synced::{Counts, RunEnd, RunFilter};

fn end(state: RunState, inserted: u64) -> RunEnd {
    let error = (state == RunState::Failed).then(|| ("network".to_owned(), "pd cannot be reached".to_owned()));
    RunEnd { state, counts: Counts { inserted, ..Counts::default() }, fetched: inserted, requests: 1, error }
}

/// Ends of the runs of one stream in hours from now, with their states.
async fn sampled<const N: usize>(runs: [(i64, RunState); N]) -> Vec<(i64, i64)> {
    with_source(move |w, source| {
        for (at, state) in runs {
            w.log_run(source, "alerts", (hours(at), hours(at)), &end(state, 1))?;
        }
        let spans = w.sampled((source, "alerts"), Window::new(hours(-100), NOW))?;
        let hour = |at: fairlead_domain::Timestamp| at.since(NOW) / 3_600_000;
        Ok(spans.into_iter().map(|span| (hour(span.start), hour(span.end))).collect())
    })
    .await
}

#[tokio::test]
async fn what_lies_between_two_answers_over_a_failure_was_not_sampled() {
    use RunState::{Failed, Ok, Partial};
    assert_eq!(sampled([]).await, []);
    assert_eq!(sampled([(-5, Failed)]).await, []);
    assert_eq!(sampled([(-50, Ok), (-40, Ok), (-1, Ok)]).await, [(-50, -1)]);
    assert_eq!(sampled([(-200, Ok), (-40, Ok)]).await, [(-100, -40)], "it was sampled before the window too");
    let hole = [(-50, Ok), (-40, Ok), (-30, Failed), (-20, Failed), (-10, Ok), (0, Ok)];
    assert_eq!(sampled(hole).await, [(-50, -40), (-10, 0)]);
    assert_eq!(sampled([(-50, Ok), (-40, Partial), (-30, Failed)]).await, [(-50, -50)], "and is not now");
}

#[tokio::test]
async fn the_log_is_newest_first_and_can_be_narrowed() {
    let told = with_source(|w, source| {
        let place = (source, "alerts");
        for (at, state, inserted) in
            [(-4, RunState::Ok, 3), (-3, RunState::Ok, 0), (-2, RunState::Failed, 0), (-1, RunState::Failed, 0)]
        {
            w.log_run(source, "alerts", (hours(at), hours(at)), &end(state, inserted))?;
        }
        w.log_run(source, "silences", (hours(-1), hours(-1)), &end(RunState::Ok, 1))?;
        let ends = |filter, limit| {
            let runs = w.stream_runs(place, hours(-1), filter, limit)?;
            Ok::<_, crate::StoreError>(runs.iter().map(|run| run.ended_at.since(NOW) / 3_600_000).collect::<Vec<_>>())
        };
        let all = (ends(RunFilter::All, 2)?, ends(RunFilter::Failed, 9)?, ends(RunFilter::Changed, 9)?);
        assert_eq!(w.stream_runs(place, hours(-3), RunFilter::All, 9)?.len(), 2, "not what came after the instant");
        assert_eq!(w.failed_runs(place, hours(-3), hours(-1))?, 2);
        assert_eq!(w.failed_runs(place, hours(-2), hours(-1))?, 1);
        Ok(all)
    })
    .await;
    assert_eq!(told, (vec![-1, -2], vec![-1, -2], vec![-4]));
}

#[tokio::test]
async fn of_an_archived_source_what_had_not_begun_is_not_known() {
    let starts = with_source(|w, source| {
        let rows = [("past", -9, -5), ("running", -1, 5), ("coming", 5, 9)];
        let items: Vec<Item> =
            rows.iter().map(|(key, from, to)| Item::from(super::shift(key, "P1", *from, *to))).collect();
        w.apply(source, "shifts", &items, NOW)?;
        let keys = |w: &crate::synced::Writer<'_>| {
            let rows = w.shifts(Window::new(hours(-20), hours(20)))?;
            Ok::<_, crate::StoreError>(rows.iter().map(|row| row.start.since(NOW) / 3_600_000).collect::<Vec<_>>())
        };
        let before = keys(w)?;
        w.archive_source("pd", NOW)?;
        let archived = keys(w)?;
        w.ensure_source("pd", "pagerduty", NOW)?;
        Ok((before, archived, keys(w)?))
    })
    .await;
    assert_eq!(starts, (vec![-9, -1, 5], vec![-9, -1], vec![-9, -1, 5]));
}
