//! The page on records that came through a sync.

use fairlead_connectors::Mode;
use fairlead_domain::RecordKind;
use fairlead_domain::run::RunState;
use fairlead_testkit::records::{alert, incident};
use fairlead_testkit::upstream::Shelf;
use tokio_util::sync::CancellationToken;

use super::{RunKind, SourceCondition, StreamReach, source_runs, sources_page};
use crate::sync::tests::rig::{MINUTE, NOW, Rig, network};
use crate::sync::{Past, SyncRequest, nobody};
use crate::views::posture::{Since, posture};

fn shelves() -> [Shelf; 2] {
    [
        Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident])
            .with(NOW.plus_hours(-1), incident("a", NOW.plus_hours(-1))),
        Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert]).with(NOW, alert("DiskFull", NOW)),
    ]
}

#[tokio::test]
async fn a_source_that_fails_says_since_when_what_it_blocks_what_is_kept_and_what_to_do() {
    let (rig, upstream) = Rig::of(shelves()).await;
    let page = async || sources_page(&rig.workspace, rig.workspace.clock.now()).await.unwrap();
    let unread = page().await;
    assert_eq!(
        (unread.headline.as_str(), unread.sources[0].condition),
        ("1 source connected, not read yet", SourceCondition::Unread)
    );
    assert!(unread.sources[0].trouble.as_ref().unwrap().blocks_all_clear);

    rig.refresh().await;
    let fresh = page().await;
    assert_eq!((fresh.headline.as_str(), fresh.answering), ("The source answers", 1));
    assert_eq!((fresh.sources[0].condition, &fresh.sources[0].trouble), (SourceCondition::Fresh, &None));

    upstream.break_stream("alerts", network());
    upstream.break_stream("incidents", network());
    let last_good = rig.workspace.clock.now();
    for _ in 0..3 {
        rig.later(10 * MINUTE);
        rig.refresh().await;
    }
    let page = page().await;
    assert_eq!(page.headline, "The source does not answer");
    let [source] = page.sources.as_slice() else { panic!("one source") };
    let trouble = source.trouble.as_ref().unwrap();
    assert_eq!((source.condition, trouble.code.as_str()), (SourceCondition::Failed, "network"));
    assert_eq!((trouble.since, trouble.failed_in_a_row), (Some(last_good), 3));
    assert!(trouble.blocks_all_clear && trouble.blocks.iter().any(|b| b.words == "open SEV1 and SEV2 incidents"));
    assert!(trouble.kept.starts_with("Alerts and incidents as read until"), "{}", trouble.kept);
    assert!(trouble.kept.contains("is not seen afterwards"), "an alert that came and went is lost: {}", trouble.kept);
    let alerts = source.streams.iter().find(|stream| stream.name == "alerts").unwrap();
    assert_eq!((alerts.reach, alerts.holes), (StreamReach::Present, 1));
    assert!(alerts.covered.iter().all(|span| span.to <= last_good));
}

#[tokio::test]
async fn a_source_of_which_a_stream_was_never_read_is_not_fresh_and_says_which() {
    let ([incidents, alerts], mut told) = (shelves(), Vec::new());
    for order in [[incidents.clone(), alerts.clone()], [alerts, incidents]] {
        let (rig, upstream) = Rig::of(order).await;
        let cancel = CancellationToken::new();
        let token = cancel.clone();
        // The first stream is read whole, the second is stopped at its first page.
        upstream.watch(move |number| {
            if number == 2 {
                token.cancel();
            }
        });
        let request = SyncRequest { past: Past::Leave, ..SyncRequest::default() };
        rig.sync_told(request, &nobody(), &cancel).await;
        upstream.watch(|_| {});

        let page = sources_page(&rig.workspace, NOW).await.unwrap();
        let trouble = page.sources[0].trouble.clone().unwrap();
        assert_eq!((page.sources[0].condition, trouble.code.as_str()), (SourceCondition::Partial, "not_read"));
        assert_eq!((trouble.stream.as_deref(), trouble.kept.as_str()), (None, "All that was read."));
        let posture = posture(&rig.workspace, NOW, Since::At(NOW)).await.unwrap();
        let [source] = posture.sources.as_slice() else { panic!("one source") };
        assert_eq!((source.state, source.hides_now), (RunState::Partial, trouble.blocks_all_clear));
        let warning = &posture.warnings[0];
        told.push((trouble.message, warning.code.clone(), warning.message.clone(), trouble.blocks_all_clear));

        rig.refresh().await;
        assert_eq!(sources_page(&rig.workspace, NOW).await.unwrap().sources[0].condition, SourceCondition::Fresh);
    }
    let due = |stream: &str, blocks_all_clear| {
        let (message, warning) = (format!("Not read yet: {stream}"), format!("pd: {stream} not read yet"));
        (message, "source_not_read".to_owned(), warning, blocks_all_clear)
    };
    assert_eq!(told, [due("alerts", false), due("incidents", true)]);
}

#[tokio::test]
async fn the_log_numbers_failures_and_says_what_was_stored() {
    let (rig, upstream) = Rig::of(shelves()).await;
    rig.refresh().await;
    upstream.break_stream("alerts", network());
    for _ in 0..2 {
        rig.later(10 * MINUTE);
        rig.refresh().await;
    }
    let now = rig.workspace.clock.now();
    let log = async |kind| source_runs(&rig.workspace, now, "pd", kind).await.unwrap();
    let all = log(RunKind::All).await;
    assert_eq!((all.summary.as_str(), all.runs.len(), all.more), ("2 failed in a row", 6, false));
    assert!(all.runs.is_sorted_by(|a, b| a.at >= b.at));
    let failed = log(RunKind::Failed).await;
    let attempts: Vec<_> = failed.runs.iter().map(|run| (run.stream.as_str(), run.attempt)).collect();
    assert_eq!(attempts, [("alerts", Some(2)), ("alerts", Some(1))]);
    assert!(failed.runs[0].words.contains("connection refused"));
    let changed = log(RunKind::Changed).await;
    assert!(changed.runs.iter().all(|run| run.changed > 0 && run.words == "1 read, 1 new"), "{:?}", changed.runs);
    let past = source_runs(&rig.workspace, NOW, "pd", RunKind::All).await.unwrap();
    assert_eq!(past.runs.len(), 2, "what came later is not told of an earlier instant");
    assert!(source_runs(&rig.workspace, now, "og", RunKind::All).await.is_err());
}
