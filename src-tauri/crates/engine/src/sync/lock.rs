//! `sync.lock`: one process at a time writes synced.db. Readers never ask for it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::EngineError;

/// Held while this process may write synced.db; released when dropped, and by the system when the process dies.
#[derive(Debug)]
pub struct SyncLock {
    _file: File,
}

impl SyncLock {
    /// Takes the lock of the workspace in `dir` without waiting.
    ///
    /// # Errors
    /// [`EngineError::Busy`] when another process holds it; [`EngineError::Folder`] when the file cannot be made.
    pub fn take(dir: &Path) -> Result<Self, EngineError> {
        let path = lock_path(dir);
        let file = open_private(&path).map_err(|source| EngineError::Folder { path: path.clone(), source })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(EngineError::Busy { path }),
            Err(TryLockError::Error(source)) => Err(EngineError::Folder { path, source }),
        }
    }
}

fn lock_path(dir: &Path) -> PathBuf {
    dir.join("sync.lock")
}

fn open_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_refused_until_the_first_is_done() {
        let dir = tempfile::tempdir().unwrap();
        let first = SyncLock::take(dir.path()).unwrap();
        assert!(matches!(SyncLock::take(dir.path()), Err(EngineError::Busy { .. })));
        drop(first);
        assert!(SyncLock::take(dir.path()).is_ok());
    }
}
