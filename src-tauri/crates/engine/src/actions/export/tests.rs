//! An export that is stopped.

use std::sync::atomic::{AtomicU64, Ordering};

use fairlead_testkit::records::incident;

use super::*;
use crate::actions::init::init;
use crate::workspace::Access;

#[tokio::test]
async fn an_export_that_is_stopped_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let desk = dir.path().join("desk");
    init(&desk).await.unwrap();
    let workspace = Workspace::open(&desk, Access::Write).await.unwrap();
    let now = workspace.clock.now();
    let items: Vec<_> =
        (0..3 * i32::try_from(STEP).unwrap()).map(|n| incident(&format!("I{n:06}"), now).into()).collect();
    let stored = move |w: &mut fairlead_store::synced::Writer<'_>| {
        let source = w.ensure_source("pd", "pagerduty", now)?;
        w.apply(source, "incidents", &items, now)
    };
    workspace.synced.write(stored).await.unwrap();

    let request = ExportRequest {
        dir: dir.path().join("out"),
        include_people: true,
        window: None,
        as_of: now.plus_hours(1),
        csv: true,
    };
    let (cancel, heard) = (CancellationToken::new(), Arc::new(AtomicU64::new(0)));
    let (stop, most) = (cancel.clone(), Arc::clone(&heard));
    let listener: ExportListener = Arc::new(move |kind, records| {
        if kind == RecordKind::Incident && records >= STEP {
            most.store(records, Ordering::Relaxed);
            stop.cancel();
        }
    });
    let stopped = export(&workspace, &request, &listener, &cancel).await;
    assert!(matches!(stopped, Err(EngineError::Cancelled { .. })), "{stopped:?}");
    assert_eq!(heard.load(Ordering::Relaxed), STEP, "it stopped in the middle");
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["desk"], "neither the folder nor a part of it");

    let done = export(&workspace, &request, &listener, &CancellationToken::new()).await.unwrap();
    assert_eq!(done.records, 3 * STEP);
}
