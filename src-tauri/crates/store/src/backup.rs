//! Backups: made through SQLite's backup interface, believed only after the copy was opened and checked.

use std::path::{Path, PathBuf};

use fairlead_domain::Timestamp;
use fairlead_domain::time::DAY_MS;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::StoreError;
use crate::file::{self, Database};
use crate::migrations;

/// Backups of so many days are kept, the last of each day.
const DAILY: usize = 14;
/// Backups of so many months are kept, the last of each month.
const MONTHLY: usize = 12;
/// Pages copied at once; the lock is given up in between only when another process asks.
const PAGES: i32 = 4_096;
/// The row of `meta` that a backup must bring along.
const SENTINEL: &str = "backup_sentinel";

/// A backup on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Of which database.
    pub database: Database,
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, to the second.
    pub at: Timestamp,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Makes a verified backup in `<dir>/backups` and removes the ones that are older than is kept.
pub(crate) fn create(
    connection: &mut Connection,
    database: Database,
    dir: &Path,
    now: Timestamp,
) -> Result<BackupFile, StoreError> {
    let folder = dir.join("backups");
    file::make_private_dir(&folder)?;
    let path = folder.join(format!("{}-{}.db", database.stem(), stamp(now)));
    let token = now.as_millis().to_string();
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [SENTINEL, &token],
    )?;
    let draft = file::beside(&path, ".part");
    discard(&draft)?;
    let made = copy(connection, &draft).and_then(|()| verify_copy(&draft, database, Some(&token)));
    if let Err(error) = made {
        discard(&draft)?;
        return Err(error);
    }
    let sum = sum_of(&draft)?;
    keep(&draft, &path)?;
    write_sum(&path, &sum)?;
    for old in outdated(&list(dir)?, database) {
        discard(&old)?;
        discard(&sum_file(&old))?;
    }
    Ok(BackupFile { database, bytes: file::len(&path), path, at: Timestamp::from_secs(now.as_secs()) })
}

/// Whether the last backup is more than a day old.
pub(crate) fn is_due(database: Database, dir: &Path, now: Timestamp) -> Result<bool, StoreError> {
    let last = list(dir)?.into_iter().filter(|b| b.database == database).map(|b| b.at).max();
    Ok(last.is_none_or(|at| now.since(at) > DAY_MS))
}

/// Every backup of the workspace in `dir`, newest first.
///
/// # Errors
/// Returns why the folder could not be read.
pub fn list(dir: &Path) -> Result<Vec<BackupFile>, StoreError> {
    let folder = dir.join("backups");
    if !file::exists(&folder)? {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(|e| StoreError::reading(&folder, &e))? {
        let path = entry.map_err(|e| StoreError::io(&folder, &e))?.path();
        if let Some((database, at)) = parse_name(&path) {
            found.push(BackupFile { database, at, bytes: file::len(&path), path });
        }
    }
    found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.path.cmp(&b.path)));
    Ok(found)
}

/// Opens a backup and checks all of it: the sum of its bytes, structure, schema version, and the row that was written just
/// before.
///
/// # Errors
/// Returns what is wrong with it.
pub fn verify(backup: &Path) -> Result<(), StoreError> {
    let database = parse_name(backup).map(|(database, _)| database).or_else(|| Database::of(backup));
    let database = database.ok_or_else(|| refused(backup, "its name says not which database it is of"))?;
    verify_copy(backup, database, None)
}

/// Puts a backup in the place of a database that nobody has open. The files that were there are set aside as
/// `*.before-restore-<time>`.
///
/// # Errors
/// Returns why the backup was refused or could not be put in place; the database is then as it was.
pub fn restore(dir: &Path, database: Database, backup: &Path, now: Timestamp) -> Result<(), StoreError> {
    verify_copy(backup, database, None)?;
    if let Some((of, _)) = parse_name(backup)
        && of != database
    {
        return Err(refused(backup, "it is of the other database"));
    }
    let target = database.path(dir);
    let draft = file::beside(&target, ".restoring");
    discard(&draft)?;
    let source =
        Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|e| refuse(backup, &e))?;
    copy(&source, &draft).map_err(|e| e.at(&target))?;
    file::sync(&draft)?;
    for suffix in ["", "-wal", "-shm"] {
        let old = file::beside(&target, suffix);
        if file::exists(&old)? {
            let aside = file::beside(&target, &format!(".before-restore-{}{suffix}", stamp(now)));
            std::fs::rename(&old, &aside).map_err(|e| StoreError::io(&old, &e))?;
        }
    }
    keep(&draft, &target)
}

/// The newest backup of the database at `path` that stands up to a check.
pub(crate) fn newest_verified(path: &Path) -> Option<PathBuf> {
    let database = Database::of(path)?;
    let backups = list(path.parent()?).ok()?;
    let mut own = backups.into_iter().filter(|b| b.database == database);
    own.find(|b| verify_copy(&b.path, database, None).is_ok()).map(|b| b.path)
}

/// Copies a whole database into a new private file.
fn copy(from: &Connection, to: &Path) -> Result<(), StoreError> {
    file::create_private(to)?;
    let mut target = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    Backup::new(from, &mut target)?.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
    // A copy must be whole in one file: with a log beside it, it could not be moved or read from a read-only folder.
    target.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    target.close().map_err(|(_, error)| StoreError::Sqlite(error))
}

/// Where the sum of a backup's bytes lies. SQLite's own check sees a broken structure, not a changed value.
fn sum_file(backup: &Path) -> PathBuf {
    file::beside(backup, ".blake3")
}

/// BLAKE3 of a file, as hexadecimal digits.
fn sum_of(path: &Path) -> Result<String, StoreError> {
    let failed = |e: std::io::Error| StoreError::reading(path, &e);
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut std::fs::File::open(path).map_err(failed)?, &mut hasher).map_err(failed)?;
    Ok(hasher.finalize().to_hex().to_string())
}

fn write_sum(backup: &Path, sum: &str) -> Result<(), StoreError> {
    let path = sum_file(backup);
    let draft = file::beside(&path, ".part");
    discard(&draft)?;
    file::create_private(&draft)?;
    std::fs::write(&draft, sum).map_err(|e| StoreError::io(&draft, &e))?;
    keep(&draft, &path)
}

/// Compares a backup with its sum; one that has none, as older ones, is not refused for it.
fn check_sum(backup: &Path) -> Result<(), StoreError> {
    let path = sum_file(backup);
    if !file::exists(&path)? {
        return Ok(());
    }
    let told = std::fs::read_to_string(&path).map_err(|e| StoreError::reading(&path, &e))?;
    if told.trim() == sum_of(backup)? {
        return Ok(());
    }
    Err(refused(backup, "its bytes are not those that were written: it was changed or damaged since"))
}

fn verify_copy(path: &Path, database: Database, token: Option<&str>) -> Result<(), StoreError> {
    check_sum(path)?;
    let copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|e| refuse(path, &e))?;
    let version: i64 = copy.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(|e| refuse(path, &e))?;
    if !(1..=migrations::newest(database)).contains(&version) {
        return Err(refused(path, "its schema version is not one this program knows"));
    }
    let verdict: String =
        copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0)).map_err(|e| refuse(path, &e))?;
    if verdict != "ok" {
        return Err(refused(path, &verdict));
    }
    let found: Option<String> = copy
        .query_row("SELECT value FROM meta WHERE key = ?1", [SENTINEL], |r| r.get(0))
        .optional()
        .map_err(|e| refuse(path, &e))?;
    match (found, token) {
        (None, _) => Err(refused(path, "the row that marks a whole backup is missing")),
        (Some(found), Some(token)) if found != token => Err(refused(path, "it is an older state than was copied")),
        (Some(_), _) => Ok(()),
    }
}

/// Makes a finished draft durable under its name.
fn keep(draft: &Path, path: &Path) -> Result<(), StoreError> {
    file::sync(draft)?;
    std::fs::rename(draft, path).map_err(|e| StoreError::io(path, &e))?;
    path.parent().map_or(Ok(()), file::sync)
}

fn discard(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path, &error)),
        _ => Ok(()),
    }
}

/// Backups beyond the last of each of the newest [`DAILY`] days and [`MONTHLY`] months.
fn outdated(newest_first: &[BackupFile], database: Database) -> Vec<PathBuf> {
    let (mut days, mut months) = (Vec::<String>::new(), Vec::<String>::new());
    let mut old = Vec::new();
    for backup in newest_first.iter().filter(|b| b.database == database) {
        let text = backup.at.to_rfc3339();
        let first_of = |seen: &mut Vec<String>, part: usize, limit: usize| {
            let period = text.chars().take(part).collect::<String>();
            let first = !seen.contains(&period) && seen.len() < limit;
            if first {
                seen.push(period);
            }
            first
        };
        let (daily, monthly) = (first_of(&mut days, 10, DAILY), first_of(&mut months, 7, MONTHLY));
        if !daily && !monthly {
            old.push(backup.path.clone());
        }
    }
    old
}

/// `20261116T070000Z`: sorts by time and is allowed in every file system.
fn stamp(at: Timestamp) -> String {
    at.to_rfc3339().replace(['-', ':'], "")
}

fn parse_name(path: &Path) -> Option<(Database, Timestamp)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".db")?;
    let (stem, stamp) = name.rsplit_once('-')?;
    let database = Database::ALL.into_iter().find(|database| database.stem() == stem)?;
    let (date, time) = (stamp.get(..8)?, stamp.get(9..15)?);
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        date.get(..4)?,
        date.get(4..6)?,
        date.get(6..)?,
        time.get(..2)?,
        time.get(2..4)?,
        time.get(4..)?
    );
    Some((database, Timestamp::parse_rfc3339(&text).ok()?))
}

fn refused(path: &Path, reason: &str) -> StoreError {
    StoreError::BackupRefused { path: path.to_path_buf(), reason: reason.to_owned() }
}

fn refuse(path: &Path, error: &rusqlite::Error) -> StoreError {
    refused(path, &error.to_string())
}
