//! A sync that somebody stops: what came stays, and nothing is said of the source that is not so.

use fairlead_connectors::Mode;
use fairlead_domain::RecordKind;
use fairlead_domain::run::RunState;
use fairlead_testkit::records::incident;
use fairlead_testkit::upstream::{Shelf, Upstream};
use tokio_util::sync::CancellationToken;

use super::rig::{MINUTE, NOW, Rig, history};
use crate::sync::{Past, StreamReport, SyncRequest, nobody};
use crate::views::freshness::Freshness;

/// Reads up to now, and is stopped at the request of this number.
async fn stopped_at(rig: &Rig, upstream: &Upstream, number: u64) -> StreamReport {
    let (cancel, base) = (CancellationToken::new(), upstream.calls().len() as u64);
    let token = cancel.clone();
    upstream.watch(move |at| {
        if at == base + number {
            token.cancel();
        }
    });
    let request = SyncRequest { past: Past::Leave, ..SyncRequest::default() };
    let mut report = rig.sync_told(request, &nobody(), &cancel).await;
    upstream.watch(|_| {});
    report.sources.remove(0).streams.remove(0)
}

async fn freshness(rig: &Rig) -> Freshness {
    let (plan, now) = (rig.workspace.plan(), rig.workspace.clock.now());
    rig.workspace.synced.read(move |reader| Freshness::read(reader, &plan, now)).await.unwrap()
}

#[tokio::test]
async fn a_stream_that_is_stopped_before_its_first_page_was_not_tried() {
    let (rig, upstream) = Rig::of([history(3, 6).every_secs(600)]).await;
    rig.refresh().await;
    rig.later(11 * MINUTE);
    let report = stopped_at(&rig, &upstream, 1).await;
    assert_eq!((report.state, report.requests), (RunState::Skipped, 1));
    assert_eq!(report.error.map(|error| error.code), Some("cancelled".to_owned()));
    let runs = &freshness(&rig).await.sources["pd"];
    assert_eq!(
        (runs.state(), runs.last_ok_at(), runs.error()),
        (RunState::Ok, Some(NOW), None),
        "the run before stands"
    );
    let due = SyncRequest { due_only: true, past: Past::Leave, ..SyncRequest::default() };
    assert_eq!(rig.sync(due).await.sources[0].state, RunState::Ok, "and the stream is still due");
}

#[tokio::test]
async fn a_source_that_was_stopped_at_its_very_first_page_is_said_to_be_unread() {
    let (rig, upstream) = Rig::of([history(3, 6)]).await;
    stopped_at(&rig, &upstream, 1).await;
    let freshness = freshness(&rig).await;
    assert_eq!(freshness.sources["pd"].state(), RunState::Skipped);
    assert_eq!(freshness.warnings()[0].code, "source_not_read");
}

#[tokio::test]
async fn what_came_before_somebody_stopped_is_kept_and_counted_but_makes_nothing_fresh() {
    let shelf = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]).pages_of(200);
    let many = (1..=2_400).fold(shelf, |shelf, n| {
        let at = NOW.plus_millis(-n * 30_000);
        shelf.with(at, incident(&format!("i{n:05}"), at))
    });
    let (rig, upstream) = Rig::of([many]).await;
    let report = stopped_at(&rig, &upstream, 9).await;
    assert_eq!((report.state, report.error.map(|error| error.code)), (RunState::Partial, Some("cancelled".to_owned())));
    assert!(report.inserted >= 1_000, "{} rows came in whole batches", report.inserted);
    assert_eq!(rig.incident_ids().await.len(), report.inserted as usize);
    assert_eq!(freshness(&rig).await.sources["pd"].state(), RunState::Skipped);
    assert_eq!(rig.coverage("incidents").await, []);
}
