//! The files of the databases: where they lie, and who may read them.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Database {
    /// What connectors bring.
    Synced,
    /// What people write.
    Authored,
}

impl Database {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Synced, Self::Authored];

    /// The name without its ending; backups begin with it.
    #[must_use]
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Authored => "authored",
        }
    }

    /// The file's path in a workspace.
    #[must_use]
    pub fn path(self, dir: &Path) -> PathBuf {
        dir.join(format!("{}.db", self.stem()))
    }

    /// Which database a path names; authored.db only when it says so.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Self::ALL.into_iter().find(|database| name.starts_with(database.stem()))
    }
}

/// The path with `suffix` after its ending, for example `-wal`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes a folder that only its owner can enter; an existing folder is left as it is.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|e| StoreError::io(dir, &e))
}

/// Creates an empty file that only its owner can read, before SQLite sees it: SQLite gives `-wal` and `-shm` the same mode.
pub(crate) fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| StoreError::io(path, &e))
}

/// Takes from others the right to read an existing file.
pub(crate) fn make_private(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(|e| StoreError::io(path, &e))?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(|e| StoreError::io(path, &e))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Whether a file is there; a symbolic link in its place is refused, because it could make us write elsewhere.
pub(crate) fn exists(path: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.file_type().is_symlink() => Err(StoreError::Symlink { file: path.to_path_buf() }),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::reading(path, &error)),
    }
}

/// Fails when the file cannot be opened for reading: SQLite would say no more than that it cannot be opened.
pub(crate) fn readable(path: &Path) -> Result<(), StoreError> {
    fs::File::open(path).map(drop).map_err(|e| StoreError::reading(path, &e))
}

/// Whose a file is and what its mode allows, in words.
pub(crate) fn rights(path: &Path) -> String {
    let Ok(about) = fs::metadata(path) else { return "its folder cannot be entered".to_owned() };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        format!("it belongs to user {} with mode {:03o}", about.uid(), about.permissions().mode() & 0o777)
    }
    #[cfg(not(unix))]
    {
        let read_only = about.permissions().readonly();
        if read_only { "it is marked read-only".to_owned() } else { "its rights forbid it".to_owned() }
    }
}

/// Length of a file in bytes; 0 when it is not there.
pub(crate) fn len(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |meta| meta.len())
}

/// Makes sure that a file, or a folder's list of names, is on the disk.
pub(crate) fn sync(path: &Path) -> Result<(), StoreError> {
    fs::File::open(path).and_then(|file| file.sync_all()).map_err(|e| StoreError::io(path, &e))
}
