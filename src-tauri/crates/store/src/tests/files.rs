//! The files themselves: rights, damage, versions, backups.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::backup::{list, restore, verify};
use crate::{Authored, Database, file};

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

async fn fill(store: &Synced) {
    store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "all", &samples(), NOW).map(drop)
        })
        .await
        .unwrap();
}

async fn sources(store: &Synced) -> usize {
    store.read(|r| Ok(r.sources()?.len())).await.unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_any_file() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("workspace");
    let store = Synced::open(&dir, Mode::ReadWrite, NOW).await.unwrap();
    let authored = Authored::open(&dir, Mode::ReadWrite, NOW).await.unwrap();
    fill(&store).await;
    store.backup(NOW).await.unwrap();
    authored.backup(NOW).await.unwrap();
    assert_eq!((mode(&dir), mode(&dir.join("backups"))), (0o700, 0o700));
    let mut seen = 0;
    for folder in [dir.clone(), dir.join("backups")] {
        for file in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
            seen += 1;
        }
    }
    assert!(seen >= 6, "databases, logs and backups were looked at");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_in_the_place_of_the_database_is_refused() {
    let dir = TempDir::new().unwrap();
    let target = dir.path().join("elsewhere");
    fs::write(&target, "mine").unwrap();
    std::os::unix::fs::symlink(&target, dir.path().join("synced.db")).unwrap();
    let refused = Synced::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap_err();
    assert_eq!(refused.code(), "store_symlink");
    assert_eq!(fs::read_to_string(target).unwrap(), "mine");
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_folder_is_read_when_nothing_is_pending() {
    let (dir, store) = synced().await;
    fill(&store).await;
    let copy = TempDir::new().unwrap();
    for name in ["synced.db", "synced.db-wal"] {
        fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    set_mode(copy.path(), 0o500);
    let pending = Synced::open(copy.path(), Mode::ReadOnly, NOW).await.unwrap_err();
    assert_eq!(pending.code(), "read_only_pending_log");
    set_mode(copy.path(), 0o700);

    store.close().await.unwrap();
    set_mode(dir.path(), 0o500);
    let readable = Synced::open(dir.path(), Mode::ReadOnly, NOW).await.unwrap();
    assert_eq!(sources(&readable).await, 1);
    let refused = readable.write(|w| w.ensure_source("x", "y", NOW)).await.unwrap_err();
    assert_eq!(refused.code(), "read_only");
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["synced.db"], "nothing was made beside it");
    set_mode(dir.path(), 0o700);
}

#[tokio::test]
async fn reading_goes_on_beside_a_writer() {
    let (dir, store) = synced().await;
    let reader = Synced::open(dir.path(), Mode::ReadOnly, NOW).await.unwrap();
    fill(&store).await;
    assert_eq!(sources(&reader).await, 1);
    assert_eq!(reader.workspace_id(), store.workspace_id());
    let missing = Synced::open(&dir.path().join("none"), Mode::ReadOnly, NOW).await.unwrap_err();
    assert_eq!(missing.code(), "store_missing");
}

#[tokio::test]
async fn a_newer_file_is_left_untouched() {
    let (dir, store) = synced().await;
    store.close().await.unwrap();
    let path = dir.path().join("synced.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    for mode in [Mode::ReadWrite, Mode::ReadOnly] {
        let refused = Synced::open(dir.path(), mode, NOW).await.unwrap_err();
        assert_eq!(refused.code(), "store_newer");
        assert!(refused.to_string().contains("schema 99"), "{refused}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_damaged_file_is_named_with_its_newest_sound_backup_and_not_recreated() {
    let (dir, store) = synced().await;
    fill(&store).await;
    let sound = store.backup(NOW).await.unwrap().path;
    let broken = store.backup(hours(24)).await.unwrap().path;
    store.close().await.unwrap();
    let path = dir.path().join("synced.db");
    // The root of one of its trees: opening alone would not notice.
    let mut bytes = fs::read(&broken).unwrap();
    bytes[4096 * 3..4096 * 4].fill(0xff);
    fs::write(&broken, &bytes).unwrap();
    assert_eq!(verify(&broken).unwrap_err().code(), "backup_refused");
    verify(&sound).unwrap();
    for damage in [b"not a database, but long enough to be taken for one".repeat(99), Vec::new()] {
        fs::write(&path, &damage).unwrap();
        let refused = Synced::open(dir.path(), Mode::ReadWrite, hours(26)).await.unwrap_err();
        assert_eq!(refused.code(), "store_corrupt");
        assert!(refused.to_string().contains(&sound.display().to_string()), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), damage, "left as it is");
    }
    assert_eq!(restore(dir.path(), Database::Synced, &broken, hours(2)).unwrap_err().code(), "backup_refused");
    assert!(fs::read(&path).unwrap().is_empty(), "a refused backup changes nothing");
    restore(dir.path(), Database::Synced, &sound, hours(2)).unwrap();
    let again = Synced::open(dir.path(), Mode::ReadWrite, hours(2)).await.unwrap();
    assert_eq!(sources(&again).await, 1);
    assert!(dir.path().join("synced.db.before-restore-20261116T090000Z").exists());
}

#[tokio::test]
async fn a_value_that_was_changed_in_a_backup_is_noticed_by_the_sum_beside_it() {
    let (_dir, store) = synced().await;
    fill(&store).await;
    let backup = store.backup(NOW).await.unwrap().path;
    verify(&backup).unwrap();
    let mut bytes = fs::read(&backup).unwrap();
    let at = bytes.windows(9).position(|nine| nine == b"pagerduty").unwrap();
    bytes[at..at + 9].copy_from_slice(b"pagerdull");
    fs::write(&backup, &bytes).unwrap();
    let refused = verify(&backup).unwrap_err();
    assert_eq!(refused.code(), "backup_refused");
    assert!(refused.to_string().contains("changed or damaged"), "{refused}");
    fs::remove_file(file::beside(&backup, ".blake3")).unwrap();
    verify(&backup).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_may_not_be_read_is_told_from_one_that_may_not_be_written() {
    let (dir, store) = synced().await;
    store.close().await.unwrap();
    let path = dir.path().join("synced.db");
    set_mode(&path, 0o000);
    let denied = StoreError::reading(&path, &std::io::ErrorKind::PermissionDenied.into());
    assert_eq!(denied.code(), "unreadable");
    let told = denied.to_string();
    assert!(told.contains("synced.db cannot be read") && told.contains("with mode 000"), "{told}");
    assert!(!told.contains("written"), "{told}");
    // A superuser is refused nothing.
    if fs::File::open(&path).is_err() {
        for mode in [Mode::ReadWrite, Mode::ReadOnly] {
            assert_eq!(Synced::open(dir.path(), mode, NOW).await.unwrap_err().code(), "unreadable");
        }
    }
}

#[tokio::test]
async fn a_backup_of_the_other_database_is_refused() {
    let (dir, store) = synced().await;
    let backup = store.backup(NOW).await.unwrap().path;
    let refused = restore(dir.path(), Database::Authored, &backup, NOW).unwrap_err();
    assert_eq!(refused.code(), "backup_refused");
}

#[tokio::test]
async fn backups_are_daily_and_thinned() {
    let dir = TempDir::new().unwrap();
    let store = Authored::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    assert!(store.backup_if_due(NOW).await.unwrap().is_some());
    assert!(store.backup_if_due(hours(24)).await.unwrap().is_none(), "not more than a day");
    assert!(store.backup_if_due(hours(25)).await.unwrap().is_some());
    for day in 2..60 {
        store.backup(hours(day * 24)).await.unwrap();
        store.backup(hours(day * 24 + 3)).await.unwrap();
    }
    let kept = list(dir.path()).unwrap();
    let recent = kept.iter().filter(|b| b.at > hours((59 - 14) * 24 + 3)).count();
    assert_eq!(recent, 14, "the last of each of 14 days");
    assert_eq!(kept.len(), 14 + 2, "and the last of November and of December beside January's");
    assert!(kept.iter().all(|b| b.database == Database::Authored));
    let names = fs::read_dir(dir.path().join("backups")).unwrap().map(|entry| entry.unwrap().path());
    let sums = names.filter(|path| path.extension().is_some_and(|ending| ending == "blake3")).count();
    assert_eq!(sums, kept.len(), "the sum of a backup goes with it");
}
