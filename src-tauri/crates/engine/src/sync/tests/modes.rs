//! Each way in which a stream is read.

use fairlead_connectors::Mode;
use fairlead_domain::alert::Alert;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Record, RecordKind, Window};
use fairlead_testkit::records::{alert, incident, person, resolved, schedule, shift};
use fairlead_testkit::upstream::Shelf;
use rstest::rstest;

use super::rig::{MINUTE, NOW, Rig, ear, history};
use crate::sync::{Past, Progress, SyncRequest};

#[rstest]
#[case::updated(Mode::Updated { overlap_secs: 600 })]
#[case::feed(Mode::Feed { overlap_secs: 600 })]
#[case::created(Mode::Created { overlap_secs: 600 })]
#[tokio::test]
async fn after_an_absence_everything_since_is_read_without_a_hole(#[case] mode: Mode) {
    let at = NOW.plus_days(-1);
    let shelf = Shelf::new("incidents", mode, &[RecordKind::Incident]).with(at, incident("a", at));
    let (rig, upstream) = Rig::of([shelf]).await;
    rig.refresh().await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-7), NOW)]);

    let (meanwhile, back) = (NOW.plus_days(10), NOW.plus_days(30));
    upstream.put("incidents", meanwhile, resolved("a", at));
    upstream.put("incidents", back.plus_millis(-1), incident("b", back.plus_millis(-1)));
    upstream.forget_calls();
    rig.later(30 * DAY_MS);
    rig.refresh().await;

    let walks = upstream.walks("incidents");
    assert_eq!(walks[0].start, NOW.plus_millis(-10 * MINUTE), "the overlap is read again");
    assert!(walks.windows(2).all(|pair| pair[0].end == pair[1].start) && walks.last().unwrap().end == back);
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-7), back)]);
    let stored = rig.incidents().await;
    assert_eq!(stored.iter().map(|row| row.ext_id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(stored[1].status, IncidentStatus::Resolved);
}

#[tokio::test]
async fn a_window_that_is_replaced_forgets_what_no_longer_stands_in_it() {
    let mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let day = |n: i64| Window::new(NOW.plus_days(n), NOW.plus_days(n + 1));
    let shift_on = |n: i64, who: &str| shift("primary", who, day(n).start, day(n).end);
    let shifts = Shelf::new("shifts", mode, &[RecordKind::Shift])
        .with_span(day(1), shift_on(1, "ines@harbor.example"))
        .with_span(day(2), shift_on(2, "yuki@harbor.example"));
    let schedules = Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]).with(NOW, schedule("primary"));
    let (rig, upstream) = Rig::of([schedules, shifts]).await;
    let first = rig.refresh().await;
    assert_eq!(first.sources[0].streams[1].inserted, 2);

    upstream.keep_only("shifts", |record| matches!(record, Record::Shift(s) if s.start < day(2).start));
    let second = rig.refresh().await;
    assert_eq!(second.sources[0].streams[1].tombstoned, 1);
    let left = rig.workspace.synced.read(|r| r.shifts(Window::new(NOW, NOW.plus_days(60)))).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].person.as_ref().and_then(|p| p.email.as_deref()), Some("ines@harbor.example"));
}

#[tokio::test]
async fn a_window_to_replace_that_is_too_large_is_read_in_parts_and_whole() {
    let mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let far = Window::new(NOW.plus_days(55), NOW.plus_days(56));
    let shelf = Shelf::new("shifts", mode, &[RecordKind::Shift])
        .refusing_beyond_days(20)
        .with_span(far, shift("primary", "ines@harbor.example", far.start, far.end));
    let schedules = Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]).with(NOW, schedule("primary"));
    let (rig, upstream) = Rig::of([schedules, shelf]).await;
    for _ in 0..2 {
        upstream.forget_calls();
        let report = rig.refresh().await;
        assert_eq!(report.sources[0].state, RunState::Ok);
        assert_eq!(report.sources[0].streams[1].fetched, 1, "the far end is read at each sync");
        assert_eq!(rig.coverage("shifts").await, [Window::new(NOW.plus_days(-14), NOW.plus_days(60))]);
    }
}

#[tokio::test]
async fn a_list_is_believed_when_it_lacks_a_row_twice() {
    let people = (0..5).fold(Shelf::new("people", Mode::Snapshot, &[RecordKind::Person]), |shelf, n| {
        shelf.with(NOW, person(&format!("p{n}"), &format!("p{n}@harbor.example")))
    });
    let (rig, upstream) = Rig::of([people.pages_of(2)]).await;
    rig.refresh().await;
    upstream.keep_only("people", |record| record.key() != "p3");
    rig.refresh().await;
    let active = || async {
        let people = rig.workspace.synced.read(|r| r.identities()).await.unwrap();
        people.iter().filter(|p| p.active).count()
    };
    assert_eq!(active().await, 5, "one listing without somebody is not believed");
    rig.later(2 * 60 * MINUTE);
    rig.refresh().await;
    assert_eq!(active().await, 4);
}

#[tokio::test]
async fn what_only_shows_the_present_is_sampled_and_covers_nothing() {
    let firing = Window::new(NOW.plus_millis(-MINUTE), NOW.plus_days(1));
    let alerts = Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert])
        .with_span(firing, Alert { start: firing.start, ..alert("DiskFull", firing.start) });
    let (rig, upstream) = Rig::of([alerts]).await;
    let report = rig.refresh().await;
    assert_eq!(upstream.walks("alerts"), [Window::new(NOW, NOW)]);
    assert_eq!((report.sources[0].streams[0].inserted, report.sources[0].streams[0].covered_from), (1, None));
}

#[tokio::test]
async fn reading_the_same_again_writes_no_fact() {
    let (rig, _) = Rig::of([history(40, 5).pages_of(7)]).await;
    let first = rig.sync(SyncRequest::default()).await;
    assert_eq!(u64::from(first.sources[0].streams[0].inserted), 40 * 24 / 5);
    let again = rig.sync(SyncRequest { past: Past::Days(90), ..SyncRequest::default() }).await;
    let stream = &again.sources[0].streams[0];
    assert_eq!((stream.inserted, stream.updated, stream.tombstoned), (0, 0, 0));
}

#[tokio::test]
async fn the_order_of_rows_and_the_size_of_pages_do_not_matter() {
    let (plain, _) = Rig::of([history(40, 7)]).await;
    plain.sync(SyncRequest::default()).await;
    for (seed, rows) in [(1, 1), (2, 3), (3, 1_000)] {
        let (rig, _) = Rig::of([history(40, 7).shuffled(seed).pages_of(rows)]).await;
        rig.sync(SyncRequest::default()).await;
        assert_eq!(rig.incident_ids().await, plain.incident_ids().await);
    }
}

#[tokio::test]
async fn progress_tells_how_much_of_how_much() {
    let (rig, _) = Rig::of([history(7, 4).pages_of(10).telling_totals()]).await;
    let (listener, heard) = ear();
    rig.sync_told(SyncRequest::default(), &listener, &tokio_util::sync::CancellationToken::new()).await;
    let heard = heard.lock().unwrap();
    let steps: Vec<(u32, Option<u32>)> = heard
        .iter()
        .filter_map(|step| match step {
            Progress::Reading { done, total, backfill: false, .. } => Some((*done, *total)),
            _ => None,
        })
        .collect();
    assert_eq!(steps, [(10, Some(42)), (20, Some(42)), (30, Some(42)), (40, Some(42)), (42, Some(42))]);
    assert!(heard.contains(&Progress::Changed { tags: vec!["incidents".to_owned()] }));
    assert!(matches!(heard.last(), Some(Progress::Finished { state, error: None, .. }) if state == "ok"));
}
