//! Removing and renaming a source.

use super::*;
use fairlead_domain::run::RunState;

use crate::synced::{RunEnd, StreamOk};

/// Tables and columns of the schema, without the inner tables of the full-text index.
fn tables(store: &std::path::Path) -> Vec<(String, bool, i64)> {
    let connection = rusqlite::Connection::open(store.join("synced.db")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND name NOT LIKE 'incident_search_%' ORDER BY name";
    let names: Vec<String> =
        connection.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let has_source = |name: &str| {
        let sql = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = 'source_id'";
        connection.query_row(sql, [name], |r| r.get::<_, i64>(0)).unwrap() > 0
    };
    let count = |name: &str| connection.query_row(&format!("SELECT count(*) FROM {name}"), [], |r| r.get(0)).unwrap();
    names.iter().map(|name| (name.clone(), has_source(name), count(name))).collect()
}

fn fill(w: &mut Writer<'_>, name: &str) -> Result<(), StoreError> {
    let source = w.ensure_source(name, "demo", NOW)?;
    let run = w.start_run(source, "all", NOW)?;
    w.begin_walk(source, "all")?;
    w.apply(source, "all", &samples(), NOW)?;
    let mut past = sample(RecordKind::Incident, true);
    if let Record::Incident(incident) = &mut past.record {
        incident.status = IncidentStatus::Resolved;
    }
    let frozen = shift("old", "P1", -24 * 40, -24 * 39);
    w.apply(source, "all", &[past, frozen.into()], NOW)?;
    w.apply(source, "all", &[shift("old", "P2", -24 * 40, -24 * 39).into()], NOW)?;
    // One vanishes for good, another is missed once.
    let window = fairlead_domain::Window::new(hours(-1), hours(24 * 9));
    let of = |kind| fairlead_domain::record::ReplaceSet { kind, parent: String::new(), window };
    w.begin_walk(source, "all")?;
    let guard = crate::synced::Guard { accept_deletes: true };
    w.finish_walk(source, "all", &[of(RecordKind::Holiday), of(RecordKind::Service)], NOW, guard)?;
    let covered = Some(window);
    w.stream_ok(source, "all", &StreamOk { covered, ..StreamOk::default() }, NOW)?;
    let end = RunEnd { state: RunState::Ok, counts: Default::default(), fetched: 1, requests: 1, error: None };
    w.finish_run(run, &end, NOW)
}

#[tokio::test]
async fn a_removed_source_leaves_no_row_in_any_table() {
    let (dir, store) = synced().await;
    store.write(|w| fill(w, "demo")).await.unwrap();
    for (name, has_source, rows) in tables(dir.path()) {
        assert!(rows > 0 || name == "suppression", "{name} has no sample: this test would not see what stays in it");
        assert!(has_source || rows > 0 || name == "suppression");
    }
    store.write(|w| w.delete_source("demo")).await.unwrap();
    for (name, _, rows) in tables(dir.path()) {
        assert!(rows == 0 || name == "meta", "{name} still has {rows} rows");
    }
    store.close().await.unwrap();
    let file = std::fs::read(dir.path().join("synced.db")).unwrap();
    for word in ["payments", "ines@harbor", "Fado"] {
        let found = file.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
        assert!(!found, "{word:?} is still in the file");
    }
}

#[tokio::test]
async fn removing_one_source_leaves_the_others() {
    let (dir, store) = synced().await;
    store.write(|w| fill(w, "keep")).await.unwrap();
    let before = tables(dir.path());
    store.write(|w| fill(w, "demo")).await.unwrap();
    store.write(|w| w.delete_source("demo")).await.unwrap();
    assert_eq!(tables(dir.path()), before);
}

#[tokio::test]
async fn a_renamed_source_keeps_its_rows() {
    with_source(|w, source| {
        w.apply(source, "s", &[shift("a", "P1", 1, 2).into()], NOW)?;
        let key = w.identities()?[0].person.key;
        w.ensure_source("taken", "ical", NOW)?;
        assert_eq!(w.rename_source("pd", "taken").unwrap_err().code(), "name_taken");
        w.rename_source("pd", "pager")?;
        assert_eq!(w.source("pager")?.id, source);
        assert_eq!(w.shifts(fairlead_domain::Window::new(NOW, hours(9)))?[0].source, "pager");
        assert_ne!(w.identities()?[0].person.key, key, "without an e-mail the key follows the source's name");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn coverage_grows_together_and_streams_resume() {
    with_source(|w, source| {
        let window = |from, to| fairlead_domain::Window::new(hours(from), hours(to));
        w.extend_coverage(source, "i", window(-10, -5))?;
        w.extend_coverage(source, "i", window(-2, 0))?;
        assert_eq!(w.coverage(source, "i")?, [window(-10, -5), window(-2, 0)], "a hole stays a hole");
        w.extend_coverage(source, "i", window(-5, -2))?;
        assert_eq!(w.coverage(source, "i")?, [window(-10, 0)]);
        let cursor = crate::synced::WalkCursor { cursor: "p2".into(), window: window(-1, 0) };
        w.save_walk(source, "i", Some(&cursor))?;
        w.stream_failed(source, "i", ("network", "no way"))?;
        let state = w.stream_state(source, "i")?.unwrap();
        assert_eq!((state.walk, state.covered), (Some(cursor), Some(window(-10, 0))));
        assert_eq!(state.last_error, Some(("network".into(), "no way".into())));
        w.stream_ok(source, "i", &StreamOk { watermark: Some(NOW), ..StreamOk::default() }, NOW)?;
        let state = w.stream_state(source, "i")?.unwrap();
        assert_eq!((state.walk, state.last_error, state.watermark), (None, None, Some(NOW)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn freshness_is_told_as_of_any_instant() {
    with_source(|w, source| {
        for (at, state) in [(0, RunState::Ok), (1, RunState::Failed)] {
            let run = w.start_run(source, "i", hours(at))?;
            let end = RunEnd { state, counts: Default::default(), fetched: 0, requests: 1, error: None };
            w.finish_run(run, &end, hours(at))?;
        }
        assert!(w.last_runs(hours(-1))?.is_empty());
        assert_eq!(w.last_runs(hours(0))?[0].end.state, RunState::Ok);
        assert_eq!(w.last_runs(hours(1))?[0].end.state, RunState::Failed);
        assert_eq!(w.last_ok_runs(hours(9))?[0].ended_at, hours(0));
        Ok(())
    })
    .await;
}
