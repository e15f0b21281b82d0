//! What keeps a database from being written, and files of earlier versions: a clear error, and nothing lost.

use std::fs;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::*;
use crate::backup::{list, verify};
use crate::synced::IncidentFilter;
use crate::{Database, synced};

async fn titles(store: &Synced) -> Vec<String> {
    let filter = IncidentFilter { limit: 100_000, ..IncidentFilter::at(hours(100)) };
    let read = store.read(move |r| Ok(r.incidents(&filter)?.incidents.into_iter().map(|row| row.title).collect()));
    read.await.unwrap()
}

async fn put(store: &Synced, title: &str, rows: i64) -> Result<(), StoreError> {
    let title = title.to_owned();
    let write = store.write(move |w| {
        let source = w.ensure_source("pd", "pagerduty", NOW)?;
        let items: Vec<Item> = (0..rows).map(|n| incident(&format!("{title}{n}"), &title, 0).into()).collect();
        w.apply(source, "incidents", &items, NOW).map(drop)
    });
    write.await
}

#[tokio::test]
async fn a_database_that_another_process_writes_is_said_to_be_busy_and_loses_nothing() {
    let (dir, store) = synced().await;
    put(&store, "before", 1).await.unwrap();
    let path = dir.path().join("synced.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = put(&store, "during", 1).await.unwrap_err();
    assert_eq!(refused.code(), "store_busy");
    assert!(refused.to_string().contains(&path.display().to_string()) && refused.to_string().contains("try again"));
    assert_eq!(titles(&store).await, ["before"], "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    put(&store, "after", 1).await.unwrap();
    assert_eq!(titles(&store).await.len(), 2);
}

#[tokio::test]
async fn a_full_disk_is_said_and_takes_back_the_whole_batch() {
    let (dir, store) = synced().await;
    put(&store, "before", 3).await.unwrap();
    let limit = |pages: i64| {
        store.handle.apart(move |c| {
            c.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, i64>(0))
                .map_err(StoreError::from)
        })
    };
    let pages = limit(1).await.unwrap();
    let refused = put(&store, "during", 5_000).await.unwrap_err();
    assert_eq!(refused.code(), "disk_full");
    let text = refused.to_string();
    assert!(text.contains("synced.db") && text.contains("nothing was stored") && text.contains("make room"), "{text}");
    assert_eq!(titles(&store).await, ["before", "before", "before"]);
    limit(pages + 100_000).await.unwrap();
    put(&store, "after", 5_000).await.unwrap();
    assert_eq!(titles(&store).await.len(), 5_003);
    store.close().await.unwrap();
    let check: String = Connection::open(dir.path().join("synced.db"))
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}

/// A file as a program left it that knew `steps` migrations, with an incident in it.
fn earlier(dir: &std::path::Path, steps: usize) {
    let path = Database::Synced.path(dir);
    let mut connection = Connection::open(&path).unwrap();
    let texts: Vec<String> = synced::STEPS[..steps].iter().map(|step| step.concat()).collect();
    Migrations::new(texts.iter().map(|sql| M::up(sql)).collect()).to_latest(&mut connection).unwrap();
    connection
        .execute_batch(
            "INSERT INTO meta VALUES ('workspace_id', '9f2f3c1e-6a54-4f0a-8a57-2f1d3c5b7a90');
             INSERT INTO source (name, kind, created_at) VALUES ('pd', 'pagerduty', 0);
             INSERT INTO incident (id, source_id, ext_id, kind, title, status, created_at, is_test, parts)
               VALUES (65536, 1, 'Q1', 'paged', 'From long ago', 'open', 1, 0, x'00');",
        )
        .unwrap();
}

fn version(path: &std::path::Path) -> usize {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
    let version = Connection::open(path).unwrap().query_row("PRAGMA user_version", [], read).unwrap();
    usize::try_from(version).unwrap()
}

#[tokio::test]
async fn a_file_of_every_earlier_version_is_backed_up_and_then_brought_up_to_date() {
    let newest = synced::STEPS.len();
    assert!(newest >= 3, "there are earlier versions");
    for steps in 1..newest {
        let dir = TempDir::new().unwrap();
        earlier(dir.path(), steps);
        let refused = Synced::open(dir.path(), Mode::ReadOnly, NOW).await.unwrap_err();
        assert_eq!(refused.code(), "read_only", "an old file is not read without being brought up to date");

        let store = Synced::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
        assert_eq!(version(&Database::Synced.path(dir.path())), newest);
        assert_eq!(titles(&store).await, ["From long ago"], "from version {steps}");
        assert_eq!(store.workspace_id().to_string(), "9f2f3c1e-6a54-4f0a-8a57-2f1d3c5b7a90");
        put(&store, "since", 1).await.unwrap();

        let backups = list(dir.path()).unwrap();
        assert_eq!((backups.len(), backups[0].at), (1, NOW));
        verify(&backups[0].path).unwrap();
        assert_eq!(version(&backups[0].path), steps, "it was made before anything was changed");
        let copy = Connection::open(&backups[0].path).unwrap();
        let title: String = copy.query_row("SELECT title FROM incident", [], |row| row.get(0)).unwrap();
        assert_eq!(title, "From long ago");
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_whose_backup_cannot_be_made_is_not_changed() {
    let dir = TempDir::new().unwrap();
    earlier(dir.path(), 1);
    // A file in the place of the folder: no backup can lie there.
    fs::write(dir.path().join("backups"), "").unwrap();
    Synced::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap_err();
    assert_eq!(version(&Database::Synced.path(dir.path())), 1);
}
