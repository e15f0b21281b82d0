//! The past: how far, in which order, and where an upstream has forgotten it.

use fairlead_connectors::Backfill;
use fairlead_domain::Window;
use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use rstest::rstest;

use super::rig::{NOW, Rig, history};
use crate::sync::{Past, SyncRequest};

fn days(n: u32) -> SyncRequest {
    SyncRequest { past: Past::Days(n), ..SyncRequest::default() }
}

#[tokio::test]
async fn the_newest_tier_of_every_stream_comes_before_an_older_one_of_any() {
    let other = fairlead_testkit::upstream::Shelf::new(
        "timeline",
        fairlead_connectors::Mode::Created { overlap_secs: 0 },
        &[fairlead_domain::RecordKind::TimelineEvent],
    );
    let (rig, upstream) = Rig::of([history(400, 24), other]).await;
    rig.sync(SyncRequest::default()).await;
    let reached: Vec<(String, i64)> =
        upstream.calls().iter().map(|call| (call.stream.clone(), NOW.since(call.window.start) / DAY_MS)).collect();
    let place = |stream: &str, day: i64| reached.iter().position(|(s, d)| s == stream && *d == day).unwrap();
    assert!(place("incidents", 28) < place("timeline", 14), "stream after stream within a tier");
    assert!(place("timeline", 28) < place("incidents", 35), "tier after tier");
    for stream in ["incidents", "timeline"] {
        assert_eq!(rig.coverage(stream).await, [Window::new(NOW.plus_days(-90), NOW)]);
    }
    assert_eq!(upstream.calls().len(), 2 * 90_usize.div_ceil(7), "no request too many");
}

#[tokio::test]
async fn the_past_reaches_any_day_and_what_is_read_is_not_read_again() {
    let (rig, upstream) = Rig::of([history(400, 24)]).await;
    rig.sync(SyncRequest::default()).await;
    upstream.forget_calls();
    rig.sync(days(200)).await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-200), NOW)]);
    assert!(upstream.walks("incidents").iter().skip(1).all(|w| w.end <= NOW.plus_days(-90)));
    assert_eq!(rig.incidents().await.len(), 200);
    rig.sync(SyncRequest::default()).await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-200), NOW)], "nothing is lost by less");
}

#[tokio::test]
async fn windows_that_are_too_large_are_halved_once_and_not_for_each() {
    let wide = Some(Backfill { chunk_days: 16, slo_depth: false });
    let (rig, upstream) = Rig::of([history(90, 6).with_backfill(wide).refusing_beyond_days(5)]).await;
    let report = rig.sync(SyncRequest::default()).await;
    assert_eq!(report.sources[0].state, RunState::Ok);
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-90), NOW)]);
    assert_eq!(rig.incidents().await.len(), 360);
    let refused = upstream.walks("incidents").iter().filter(|w| w.millis() > 5 * DAY_MS).count();
    assert!(refused <= 3 * 2, "{refused} windows were refused");
}

#[rstest]
#[case::within_the_first_window(3)]
#[case::further_back(40)]
#[tokio::test]
async fn where_the_upstream_forgot_nothing_is_asked_again_until_somebody_says_so(#[case] memory_days: i64) {
    let from = NOW.plus_days(-memory_days);
    let (rig, upstream) = Rig::of([history(90, 24).remembering_from(from)]).await;
    rig.sync(SyncRequest::default()).await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(from, NOW)]);
    upstream.forget_calls();
    rig.sync(SyncRequest::default()).await;
    assert_eq!(upstream.calls().len(), 1, "only what is new");

    upstream.set_memory("incidents", None);
    rig.sync(days(90)).await;
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-90), NOW)]);
}

#[tokio::test]
async fn after_an_absence_longer_than_the_upstream_remembers_reading_goes_on_from_what_it_does() {
    let (rig, upstream) = Rig::of([history(20, 24)]).await;
    rig.refresh().await;
    rig.later(60 * DAY_MS);
    let back = NOW.plus_days(60);
    upstream.set_memory("incidents", Some(back.plus_days(-15)));
    let at = back.plus_days(-1);
    upstream.put("incidents", at, fairlead_testkit::records::incident("new", at));
    rig.refresh().await;
    assert!(rig.incident_ids().await.contains(&"new".to_owned()));
    let covered = rig.coverage("incidents").await;
    let honest = [Window::new(NOW.plus_days(-7), NOW), Window::new(back.plus_days(-15), back)];
    assert_eq!(covered, honest, "the hole is told");
}

#[tokio::test]
async fn one_step_reads_one_window_of_each_source_on_the_way_to_thirteen_months() {
    let (rig, upstream) = Rig::of([history(400, 24)]).await;
    rig.refresh().await;
    let step = || SyncRequest { past: Past::OneStep, due_only: true, ..SyncRequest::default() };
    upstream.forget_calls();
    rig.sync(step()).await;
    assert_eq!(upstream.walks("incidents"), [Window::new(NOW.plus_days(-14), NOW.plus_days(-7))]);
    for _ in 0..60 {
        rig.sync(step()).await;
    }
    assert_eq!(rig.coverage("incidents").await, [Window::new(NOW.plus_days(-396), NOW)]);
}
