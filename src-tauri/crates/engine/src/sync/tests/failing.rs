//! What goes wrong, and what it must not take with it.

use fairlead_connectors::{ConnectorError, Mode};
use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Window};
use fairlead_testkit::records::{incident, person};
use fairlead_testkit::upstream::{Shelf, Upstream};
use tokio_util::sync::CancellationToken;

use super::rig::{MINUTE, NOW, Rig, history, network};
use crate::EngineError;
use crate::sync::{Past, SyncLock, SyncRequest, nobody, sync};

fn people() -> Shelf {
    Shelf::new("people", Mode::Snapshot, &[RecordKind::Person]).with(NOW, person("p1", "p1@harbor.example"))
}

fn states(report: &crate::sync::SyncReport, source: usize) -> Vec<RunState> {
    report.sources[source].streams.iter().map(|stream| stream.state).collect()
}

#[tokio::test]
async fn a_failing_stream_stops_no_other() {
    let (rig, upstream) = Rig::of([people(), history(3, 6)]).await;
    upstream.break_stream("people", network());
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(states(&report, 0), [RunState::Failed, RunState::Ok]);
    assert_eq!(report.sources[0].state, RunState::Partial);
    assert_eq!(report.sources[0].error.as_ref().map(|e| e.code.as_str()), Some("network"));
    assert!(report.is_partial());
}

#[tokio::test]
async fn refused_credentials_stop_the_rest_of_that_source_only() {
    let (broken, sound) = (Upstream::new([people(), history(3, 6)]), Upstream::new([history(3, 6)]));
    broken.break_stream("people", ConnectorError::Auth { host: "pd".to_owned(), status: 401 });
    let rig = Rig::with(&[("pd", &broken), ("am", &sound)]).await;
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(states(&report, 1), [RunState::Failed, RunState::Skipped]);
    assert_eq!(broken.calls().len(), 1);
    assert_eq!(report.sources[0].state, RunState::Ok);
}

#[tokio::test]
async fn two_timeouts_in_a_row_park_the_source_and_no_other() {
    let timeout = || ConnectorError::Timeout { host: "pd".to_owned(), secs: 120 };
    let shelf = |name: &'static str| Shelf::new(name, Mode::Snapshot, &[]);
    let names = ["a", "b", "c", "d"];
    let (hung, sound) = (Upstream::new(names.map(shelf)), Upstream::new([history(3, 6)]));
    hung.break_stream("a", timeout());
    hung.break_stream("b", timeout());
    let rig = Rig::with(&[("pd", &hung), ("am", &sound)]).await;
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(states(&report, 1), [RunState::Failed, RunState::Failed, RunState::Skipped, RunState::Skipped]);
    assert_eq!(report.sources[1].error.as_ref().map(|e| e.code.as_str()), Some("timeout"));
    assert_eq!((hung.calls().len(), report.sources[0].state), (2, RunState::Ok));

    hung.mend();
    hung.break_stream("a", timeout());
    hung.break_stream("c", timeout());
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(states(&report, 1), [RunState::Failed, RunState::Ok, RunState::Failed, RunState::Ok], "not in a row");
}

#[tokio::test]
async fn credentials_refused_in_the_past_stop_the_source_too() {
    let (rig, upstream) =
        Rig::of([history(60, 6), Shelf::new("timeline", Mode::Created { overlap_secs: 0 }, &[])]).await;
    upstream.fail_request(3, ConnectorError::Auth { host: "pd".to_owned(), status: 401 });
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(upstream.calls().len(), 3);
    assert_eq!(report.sources[0].error.as_ref().map(|e| e.code.as_str()), Some("auth"));
}

#[tokio::test]
async fn an_answer_that_is_not_whole_covers_nothing_and_deletes_nothing() {
    let (rig, upstream) = Rig::of([history(3, 6), people()]).await;
    upstream.set_incomplete("incidents", true);
    let report = rig.sync(SyncRequest::default()).await;
    let stream = &report.sources[0].streams[0];
    assert_eq!((stream.state, stream.inserted, stream.covered_from), (RunState::Partial, 12, None));
    assert_eq!(stream.error.as_ref().map(|error| error.code.as_str()), Some("answer_incomplete"), "it says why");
    assert_eq!(report.warnings[0].code, "answer_incomplete");
    upstream.set_incomplete("incidents", false);
    rig.refresh().await;

    rig.later(30 * DAY_MS);
    upstream.set_incomplete("incidents", true);
    rig.refresh().await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-7), NOW)], "no hole is jumped");
}

#[tokio::test]
async fn a_mass_deletion_is_held_until_somebody_accepts_it() {
    let many = (0..40).fold(Shelf::new("services", Mode::Snapshot, &[RecordKind::Service]), |shelf, n| {
        let service = fairlead_domain::service::Service { ext_id: format!("s{n}"), name: format!("s{n}"), team: None };
        shelf.with(NOW, service)
    });
    let (rig, upstream) = Rig::of([many]).await;
    rig.refresh().await;
    upstream.keep_only("services", |record| record.key() == "s1");
    let mut held = 0;
    for _ in 0..3 {
        rig.later(120 * MINUTE);
        let report = rig.refresh().await;
        held += report.warnings.iter().filter(|w| w.code == "mass_delete_held").count();
        assert_eq!(report.sources[0].streams[0].tombstoned, 0);
    }
    assert!(held >= 2, "said at each sync from the second miss on");
    let accept = SyncRequest { accept_deletes: vec!["pd".to_owned()], ..SyncRequest::default() };
    assert_eq!(rig.sync(accept).await.sources[0].streams[0].tombstoned, 39);
}

#[tokio::test]
async fn a_second_sync_is_told_that_the_first_runs() {
    let (rig, _) = Rig::of([people()]).await;
    let _held = SyncLock::take(rig.dir.path()).unwrap();
    let second = sync(&rig.workspace, &SyncRequest::default(), &nobody(), &CancellationToken::new()).await;
    assert!(matches!(second, Err(EngineError::Busy { .. })));
}

#[tokio::test]
async fn only_what_is_due_is_read_when_that_is_asked_for() {
    let (rig, upstream) = Rig::of([people().every_secs(600), history(3, 6).every_secs(60)]).await;
    let due = || SyncRequest { due_only: true, past: Past::Leave, ..SyncRequest::default() };
    assert_eq!(states(&rig.sync(due()).await, 0), [RunState::Ok, RunState::Ok]);
    upstream.forget_calls();
    rig.later(MINUTE);
    assert_eq!(states(&rig.sync(due()).await, 0), [RunState::Skipped, RunState::Ok]);
    assert_eq!(upstream.calls().len(), 1);
}

#[tokio::test]
async fn a_clock_that_was_wrong_does_not_blind_a_stream() {
    let (rig, upstream) = Rig::of([history(3, 6)]).await;
    rig.clock.set(NOW.plus_days(365));
    rig.refresh().await;
    rig.clock.set(NOW);
    let at = NOW.plus_millis(-MINUTE);
    upstream.put("incidents", at, incident("new", at));
    let report = rig.refresh().await;
    assert_eq!(report.warnings[0].code, "clock_set_back");
    assert!(rig.incident_ids().await.contains(&"new".to_owned()));
    assert_eq!(rig.coverage("incidents").await.last().map(|w| w.end), Some(NOW));
    assert!(rig.refresh().await.warnings.is_empty(), "said once");
}

#[tokio::test]
async fn a_clock_that_is_off_from_the_upstreams_is_said() {
    let (rig, upstream) = Rig::of([people()]).await;
    upstream.set_skew(29_000);
    assert!(rig.refresh().await.warnings.is_empty());
    upstream.set_skew(-95_000);
    let report = rig.refresh().await;
    assert_eq!(report.warnings[0].code, "clock_skew");
    assert!(report.warnings[0].message.contains("-95 s"), "{}", report.warnings[0].message);
}

#[tokio::test]
async fn a_walk_that_the_database_forgot_is_walked_again() {
    let (rig, upstream) = Rig::of([history(3, 6).pages_of(4)]).await;
    rig.refresh().await;
    let (synced, handle) = (rig.workspace.synced.clone(), tokio::runtime::Handle::current());
    let first = upstream.calls().len() as u64;
    // Another writer ends the walk between its second and third page.
    upstream.watch(move |number| {
        if number == first + 2 {
            let synced = synced.clone();
            let guard = fairlead_store::synced::Guard { accept_deletes: false };
            handle.spawn(async move {
                synced
                    .write(move |w| {
                        let source = w.source("pd")?.id;
                        w.finish_walk(source, "incidents", &[], NOW, guard)
                    })
                    .await
                    .unwrap();
            });
        }
    });
    rig.clock.set(NOW.plus_days(1));
    let at = NOW.plus_hours(1);
    (0..20).for_each(|n| upstream.put("incidents", at, incident(&format!("n{n}"), at)));
    let report = rig.refresh().await;
    assert_eq!(report.sources[0].state, RunState::Ok);
    assert_eq!(rig.incidents().await.len(), 12 + 20);
}
