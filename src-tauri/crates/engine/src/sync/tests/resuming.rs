//! A sync that is cut anywhere and begun again stores what an undisturbed one does.

use fairlead_connectors::Mode;
use fairlead_domain::{RecordKind, Window};
use fairlead_testkit::records::incident;
use fairlead_testkit::upstream::Shelf;
use proptest::prelude::*;
use tokio_util::sync::CancellationToken;

use super::rig::{NOW, Rig, history, network};
use crate::sync::{SyncRequest, nobody};

/// How a sync is cut.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// The network fails at the request.
    Fails,
    /// Somebody cancels at the request.
    Cancelled,
    /// The whole sync is dropped at the request, as when the process dies.
    Dropped,
}

async fn cut_at(rig: &Rig, upstream: &fairlead_testkit::upstream::Upstream, number: u64, cut: Cut) {
    let cancel = CancellationToken::new();
    let base = upstream.calls().len() as u64;
    match cut {
        Cut::Fails => upstream.fail_request(number, network()),
        Cut::Cancelled | Cut::Dropped => {
            let token = cancel.clone();
            upstream.watch(move |at| {
                if at == base + number {
                    token.cancel();
                }
            });
        }
    }
    let listener = nobody();
    if matches!(cut, Cut::Dropped) {
        let never = CancellationToken::new();
        let whole = rig.sync_told(SyncRequest::default(), &listener, &never);
        futures_util::pin_mut!(whole);
        futures_util::future::select(Box::pin(cancel.cancelled()), whole).await;
    } else {
        rig.sync_told(SyncRequest::default(), &listener, &cancel).await;
    }
    upstream.watch(|_| {});
}

fn check(seed: u64, cuts: &[(u64, Cut)]) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let shelf = || history(60, 5).pages_of(20).shuffled(seed);
        let (plain, _) = Rig::of([shelf()]).await;
        plain.sync(SyncRequest::default()).await;
        let (rig, upstream) = Rig::of([shelf()]).await;
        for (number, cut) in cuts {
            cut_at(&rig, &upstream, *number, *cut).await;
            // What is said to be covered is stored.
            for covered in rig.coverage("incidents").await {
                let due = plain.incidents().await.into_iter().filter(|row| covered.contains(row.created_at)).count();
                let held = rig.incidents().await.into_iter().filter(|row| covered.contains(row.created_at)).count();
                prop_assert_eq!(held, due);
            }
        }
        rig.sync(SyncRequest::default()).await;
        prop_assert_eq!(rig.incident_ids().await, plain.incident_ids().await);
        prop_assert_eq!(rig.coverage("incidents").await, vec![Window::new(NOW.plus_days(-90), NOW)]);
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn a_sync_that_is_cut_anywhere_converges(
        seed in 1_u64..1_000,
        cuts in prop::collection::vec((1_u64..30, prop_oneof![Just(Cut::Fails), Just(Cut::Cancelled), Just(Cut::Dropped)]), 1..4),
    ) {
        check(seed, &cuts)?;
    }
}

#[tokio::test]
async fn a_window_is_gone_on_with_from_the_last_stored_page() {
    let many = || {
        let shelf = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]).pages_of(200);
        (1..=2_400).fold(shelf, |shelf, n| {
            let at = NOW.plus_millis(-n * 30_000);
            shelf.with(at, incident(&format!("i{n:05}"), at))
        })
    };
    let (rig, upstream) = Rig::of([many()]).await;
    upstream.fail_request(9, network());
    rig.sync(SyncRequest::default()).await;
    let stored = rig.incident_ids().await.len();
    assert!((1_000..2_400).contains(&stored), "{stored} rows came in whole batches");
    upstream.mend();
    upstream.forget_calls();
    rig.refresh().await;
    assert!(upstream.calls()[0].cursor.is_some(), "the first pages are not asked for again");
    assert_eq!(rig.incident_ids().await.len(), 2_400);
    assert_eq!(rig.coverage("incidents").await[0].end, NOW);
}
