//! Copies of the databases: made, listed, checked, put back.

use std::path::{Path, PathBuf};

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp};
use fairlead_store::backup::{self, BackupFile};

use crate::EngineError;
use crate::sync::SyncLock;
use crate::workspace::{Access, Workspace};

/// A backup on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file name.
    pub file: String,
    /// `synced` or `authored`.
    pub database: &'static str,
    /// When it was made.
    pub at: Timestamp,
    /// Its size in bytes.
    pub bytes: u64,
}

impl From<BackupFile> for Backup {
    fn from(backup: BackupFile) -> Self {
        let file = backup.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { file, database: backup.database.stem(), at: backup.at, bytes: backup.bytes }
    }
}

/// Makes a verified backup of each database.
///
/// # Errors
/// Why one could not be made or believed.
pub async fn create(dir: &Path) -> Result<Vec<Backup>, EngineError> {
    let workspace = Workspace::open(dir, Access::Write).await?;
    let now = SystemClock.now();
    let made = vec![workspace.synced.backup(now).await?.into(), workspace.authored.backup(now).await?.into()];
    workspace.close().await?;
    Ok(made)
}

/// Every backup of the workspace, newest first.
///
/// # Errors
/// Why the folder could not be read.
pub fn list(dir: &Path) -> Result<Vec<Backup>, EngineError> {
    Ok(backup::list(dir)?.into_iter().map(Backup::from).collect())
}

/// Opens backups and checks them: the named one, or the newest of each database. Returns the ones that are good.
///
/// # Errors
/// What is wrong with one, [`EngineError::Unknown`] when there is none of this name.
pub fn verify(dir: &Path, file: Option<&str>) -> Result<Vec<Backup>, EngineError> {
    let chosen: Vec<BackupFile> = match file {
        Some(file) => vec![find(dir, file)?],
        None => {
            let mut newest: Vec<BackupFile> = Vec::new();
            for one in backup::list(dir)? {
                if !newest.iter().any(|other| other.database == one.database) {
                    newest.push(one);
                }
            }
            newest
        }
    };
    for one in &chosen {
        backup::verify(&one.path)?;
    }
    Ok(chosen.into_iter().map(Backup::from).collect())
}

/// Puts a backup in the place of its database; what was there is set aside. The configuration may be broken or missing.
///
/// # Errors
/// [`EngineError::Busy`] while another process writes, and why the backup was refused; the database is then as it was.
pub fn restore(dir: &Path, file: &str) -> Result<Backup, EngineError> {
    let found = find(dir, file)?;
    let _lock = SyncLock::take(dir)?;
    backup::restore(dir, found.database, &found.path, SystemClock.now())?;
    Ok(found.into())
}

fn find(dir: &Path, file: &str) -> Result<BackupFile, EngineError> {
    let wanted = PathBuf::from(file);
    let all = backup::list(dir)?;
    let found = all.into_iter().find(|backup| backup.path.file_name() == wanted.file_name());
    found.ok_or_else(|| EngineError::Unknown {
        what: "backup",
        name: file.to_owned(),
        hint: Some("`fairleadctl backup list` names them".to_owned()),
    })
}
