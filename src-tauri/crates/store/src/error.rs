//! What can go wrong with the databases, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why the store could not do what it was asked. A message names the file and the remedy; it never holds a row's content.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another process holds the write lock for longer than is waited for.
    #[error("{} is being written by another process: try again when it is done", file.display())]
    Busy {
        /// The database.
        file: PathBuf,
    },
    /// The file is damaged. It is left as it is.
    #[error("{} is damaged and was left untouched: {}", file.display(), restore_hint(backup.as_deref()))]
    Corrupt {
        /// The database.
        file: PathBuf,
        /// The newest backup that was verified.
        backup: Option<PathBuf>,
    },
    /// A newer program wrote the file.
    #[error("{} was written by a newer Fairlead (schema {found}, this one knows {known}): update Fairlead", file.display())]
    Newer {
        /// The database.
        file: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The file or its folder cannot be written.
    #[error("{} cannot be written: open the workspace read-only, or give your user the right to write there", file.display())]
    ReadOnly {
        /// The database.
        file: PathBuf,
    },
    /// The file cannot even be read.
    #[error("{} cannot be read by your user: {about}; give your user the right to read it, or run as its owner", file.display())]
    Unreadable {
        /// The file or folder.
        file: PathBuf,
        /// Whose it is, and its rights.
        about: String,
    },
    /// A read-only folder holds a database whose last changes still lie in its write-ahead log.
    #[error(
        "{} lies in a read-only folder and its last changes are still in the -wal file beside it: open it once where it can be written, or copy both files",
        file.display()
    )]
    PendingLog {
        /// The database.
        file: PathBuf,
    },
    /// No room is left.
    #[error("the disk with {} is full: nothing was stored; make room and try again", file.display())]
    Full {
        /// The database.
        file: PathBuf,
    },
    /// There is no database to read.
    #[error("{} does not exist: make the workspace first", file.display())]
    Missing {
        /// The database.
        file: PathBuf,
    },
    /// The path is a symbolic link.
    #[error("{} is a symbolic link and was not opened: put the file itself there", file.display())]
    Symlink {
        /// The database.
        file: PathBuf,
    },
    /// A file operation failed.
    #[error("{}: {reason}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A backup does not hold what it must.
    #[error("{} is no sound backup and was refused: {reason}", path.display())]
    BackupRefused {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No source has this name.
    #[error("there is no source named {name}")]
    UnknownSource {
        /// The name asked for.
        name: String,
    },
    /// Another source has this name.
    #[error("a source named {name} exists already: choose another name")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// A walk was to be ended that was never begun on this connection.
    #[error("the walk of {stream} was interrupted: begin it again at its first page")]
    WalkLost {
        /// The stream.
        stream: String,
    },
    /// Somebody changed the row since it was read.
    #[error("{subject} was changed meanwhile: reload it and make the change again")]
    Conflict {
        /// What was to be changed.
        subject: String,
    },
    /// A stored value is none that this program knows.
    #[error("{table}.{column} holds a value that is not understood")]
    Value {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A value cannot be turned into stored text.
    #[error("{what} could not be stored: {reason}")]
    Encode {
        /// What was to be stored.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// The database refused a statement.
    #[error("{}: {reason}", file.display())]
    Database {
        /// The database.
        file: PathBuf,
        /// What it said.
        reason: String,
    },
    /// A statement failed; becomes one of the others where the file is known.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

fn restore_hint(backup: Option<&Path>) -> String {
    match backup {
        Some(path) => format!("restore {}, the newest verified backup", path.display()),
        None => "there is no verified backup; set the file aside and sync again".to_owned(),
    }
}

impl StoreError {
    /// A stable code that consumers switch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy { .. } => "store_busy",
            Self::Corrupt { .. } => "store_corrupt",
            Self::Newer { .. } => "store_newer",
            Self::ReadOnly { .. } => "read_only",
            Self::Unreadable { .. } => "unreadable",
            Self::PendingLog { .. } => "read_only_pending_log",
            Self::Full { .. } => "disk_full",
            Self::Missing { .. } => "store_missing",
            Self::Symlink { .. } => "store_symlink",
            Self::Io { .. } => "store_io",
            Self::BackupRefused { .. } => "backup_refused",
            Self::UnknownSource { .. } => "unknown_source",
            Self::NameTaken { .. } => "name_taken",
            Self::WalkLost { .. } => "walk_lost",
            Self::Conflict { .. } => "changed_meanwhile",
            Self::Value { .. } => "store_value",
            Self::Encode { .. } => "store_encode",
            Self::Database { .. } | Self::Sqlite(_) => "store_failed",
        }
    }

    /// The same error with the database's name, sorted by what the reader can do about it.
    pub(crate) fn at(self, file: &Path) -> Self {
        let Self::Sqlite(error) = self else { return self };
        let file = file.to_path_buf();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { file },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                let backup = crate::backup::newest_verified(&file);
                Self::Corrupt { file, backup }
            }
            Some(ErrorCode::DiskFull) => Self::Full { file },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly { file },
            _ => Self::Database { file, reason: error.to_string() },
        }
    }

    /// A file, or the folder that it lies in, that could not be opened for reading.
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => {
                Self::Unreadable { file: path.to_path_buf(), about: crate::file::rights(path) }
            }
            _ => Self::io(path, error),
        }
    }

    /// A failed file operation.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let file = path.to_path_buf();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { file },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { file },
            _ => Self::Io { path: file, reason: error.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use rusqlite::ffi;

    use super::*;

    #[rstest]
    #[case(ffi::SQLITE_BUSY, "store_busy")]
    #[case(ffi::SQLITE_LOCKED, "store_busy")]
    #[case(ffi::SQLITE_FULL, "disk_full")]
    #[case(ffi::SQLITE_READONLY, "read_only")]
    #[case(ffi::SQLITE_CANTOPEN, "read_only")]
    #[case(ffi::SQLITE_CORRUPT, "store_corrupt")]
    #[case(ffi::SQLITE_NOTADB, "store_corrupt")]
    #[case(ffi::SQLITE_IOERR, "store_failed")]
    fn what_sqlite_says_becomes_a_code_and_names_the_file(#[case] sqlite: i32, #[case] code: &str) {
        let raw = rusqlite::Error::SqliteFailure(ffi::Error::new(sqlite), None);
        let error = StoreError::from(raw).at(Path::new("/w/synced.db"));
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains("/w/synced.db"), "{error}");
    }
}
