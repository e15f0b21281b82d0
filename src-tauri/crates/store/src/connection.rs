//! Opening: checks before anything is touched, settings of a connection, and the pools.

use std::path::{Path, PathBuf};
use std::time::Duration;

use deadpool_sqlite::{Config, Hook, HookError, InteractError, Object, Pool, PoolConfig, PoolError, Runtime};
use fairlead_domain::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::backup;
use crate::error::StoreError;
use crate::file::{self, Database};
use crate::migrations;

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Created when missing, migrated when old.
    ReadWrite,
    /// Never written; the folder may be read-only.
    ReadOnly,
}

/// Connections that read at the same time.
const READERS: usize = 3;
/// How long a write waits for another process, in milliseconds.
const BUSY_MS: u64 = 5_000;
/// The write-ahead log is cut back to this after a checkpoint, in bytes.
const WAL_BYTES: i64 = 64 * 1024 * 1024;
/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 128;

/// An open database: one connection that writes, a few that read.
#[derive(Debug, Clone)]
pub(crate) struct Handle {
    pub(crate) path: PathBuf,
    pub(crate) mode: Mode,
    writer: Option<Pool>,
    readers: Pool,
}

/// Opens one database of the workspace in `dir`, making or migrating it in [`Mode::ReadWrite`].
pub(crate) async fn open(database: Database, dir: &Path, mode: Mode, now: Timestamp) -> Result<Handle, StoreError> {
    let path = database.path(dir);
    let (prepare, folder) = (path.clone(), dir.to_path_buf());
    let immutable = tokio::task::spawn_blocking(move || match mode {
        Mode::ReadWrite => make_ready(database, &folder, &prepare, now).map(|()| false),
        Mode::ReadOnly => check_readable(database, &folder, &prepare),
    })
    .await
    .map_err(|e| StoreError::Io { path: path.clone(), reason: e.to_string() })??;
    let writer = match mode {
        Mode::ReadWrite => Some(pool(database, &path, 1, false)?),
        Mode::ReadOnly => None,
    };
    let address = if immutable { PathBuf::from(immutable_uri(&path)) } else { path.clone() };
    let readers = pool(database, &address, READERS, true)?;
    Ok(Handle { path, mode, writer, readers })
}

impl Handle {
    /// Runs `read` in one transaction, so that all it sees is of one moment.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let connection = self.take(&self.readers).await?;
        let path = self.path.clone();
        let result = connection.interact(move |c| {
            let transaction = Transaction::new(c, TransactionBehavior::Deferred)?;
            let value = read(&transaction)?;
            transaction.finish()?;
            Ok(value)
        });
        result.await.map_err(|e| self.interrupted(&e))?.map_err(|e: StoreError| e.at(&path))
    }

    /// Runs `write` in one `BEGIN IMMEDIATE` transaction that is committed only when it returns `Ok`.
    pub(crate) async fn write<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let connection = self.take(self.writer()?).await?;
        let path = self.path.clone();
        let result = connection.interact(move |c| {
            let transaction = Transaction::new(c, TransactionBehavior::Immediate)?;
            let value = write(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        result.await.map_err(|e| self.interrupted(&e))?.map_err(|e: StoreError| e.at(&path))
    }

    /// Runs `work` on the writing connection outside a transaction, for backups and checkpoints.
    pub(crate) async fn apart<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let connection = self.take(self.writer()?).await?;
        let path = self.path.clone();
        connection.interact(work).await.map_err(|e| self.interrupted(&e))?.map_err(|e| e.at(&path))
    }

    fn writer(&self) -> Result<&Pool, StoreError> {
        self.writer.as_ref().ok_or_else(|| StoreError::ReadOnly { file: self.path.clone() })
    }

    async fn take(&self, pool: &Pool) -> Result<Object, StoreError> {
        pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
                StoreError::from(error).at(&self.path)
            }
            other => StoreError::Database { file: self.path.clone(), reason: other.to_string() },
        })
    }

    fn interrupted(&self, error: &InteractError) -> StoreError {
        StoreError::Database { file: self.path.clone(), reason: format!("the work on it stopped: {error}") }
    }

    /// Writes the log back into the file and closes every connection.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        if self.mode == Mode::ReadWrite {
            self.checkpoint().await?;
        }
        self.readers.close();
        if let Some(writer) = &self.writer {
            writer.close();
        }
        Ok(())
    }

    /// Writes the log back into the file and empties it; does nothing while a reader needs it.
    pub(crate) async fn checkpoint(&self) -> Result<(), StoreError> {
        self.apart(|c| {
            c.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })
        .await
    }
}

/// A pool of connections to one file, each set up before its first use.
fn pool(database: Database, path: &Path, size: usize, reader: bool) -> Result<Pool, StoreError> {
    let config = Config { path: path.to_path_buf(), pool: Some(PoolConfig::new(size)) };
    let set_up = Hook::sync_fn(move |connection, _| match connection.lock() {
        Ok(mut connection) => configure(&mut connection, database, reader).map_err(HookError::Backend),
        Err(_) => Err(HookError::message("a new connection is in use already")),
    });
    let fail = |reason: String| StoreError::Database { file: path.to_path_buf(), reason };
    let builder = config.builder(Runtime::Tokio1).map_err(|e| fail(e.to_string()))?;
    builder.post_create(set_up).build().map_err(|e| fail(e.to_string()))
}

/// Most of a database that a reader keeps in memory, in KiB. Posture of 200 SLOs reads 4 MiB, twice what SQLite would keep, so
/// that each look read all of it from the file again. A small database takes no more than it is large.
const READER_CACHE_KIB: i64 = 8 * 1024;

/// Sets what every statement on the connection relies on.
pub(crate) fn configure(connection: &mut Connection, database: Database, reader: bool) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    match database {
        Database::Synced => connection.pragma_update(None, "synchronous", "normal")?,
        Database::Authored => {
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "fullfsync", true)?;
            connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        }
    }
    if reader {
        connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        return connection.pragma_update(None, "query_only", true);
    }
    connection.pragma_update_and_check(None, "journal_size_limit", WAL_BYTES, |_| Ok(()))?;
    // What was deleted on a person's wish must not linger in free pages.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    match database {
        Database::Synced => connection.execute_batch(crate::synced::TEMPORARY),
        Database::Authored => Ok(()),
    }
}

/// Creates or migrates the file, or says why it must be left alone.
fn make_ready(database: Database, dir: &Path, path: &Path, now: Timestamp) -> Result<(), StoreError> {
    file::make_private_dir(dir)?;
    if !file::exists(path)? {
        file::create_private(path)?;
    } else if file::len(path) == 0 && backup::newest_verified(path).is_some() {
        return Err(StoreError::Corrupt { file: path.to_path_buf(), backup: backup::newest_verified(path) });
    }
    file::readable(path)?;
    if is_marked_read_only(path) {
        return Err(StoreError::ReadOnly { file: path.to_path_buf() });
    }
    let prepare = || -> Result<(), StoreError> {
        let version = check(database, path, OpenFlags::SQLITE_OPEN_READ_ONLY, path)?;
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        configure(&mut connection, database, false)?;
        if version > 0 && version < migrations::newest(database) {
            backup::create(&mut connection, database, dir, now)?;
        }
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        file::make_private(path)?;
        migrations::run(database, path, &mut connection)
    };
    prepare().map_err(|e| e.at(path))
}

/// Checks a file that will only be read. `true`: it must be opened as a file that nobody changes.
fn check_readable(database: Database, dir: &Path, path: &Path) -> Result<bool, StoreError> {
    if !file::exists(path)? {
        return Err(StoreError::Missing { file: path.to_path_buf() });
    }
    file::readable(path)?;
    let plain = if is_marked_read_only(dir) { None } else { Some(check(database, path, READ, path)) };
    let version = match plain {
        Some(Ok(version)) => return require_current(database, path, version).map(|()| false),
        Some(Err(StoreError::Sqlite(error))) if !needs_immutable(&error) => {
            return Err(StoreError::Sqlite(error).at(path));
        }
        Some(Err(error @ StoreError::Newer { .. })) => return Err(error),
        Some(Err(_)) | None if file::len(&file::beside(path, "-wal")) > 0 => {
            return Err(StoreError::PendingLog { file: path.to_path_buf() });
        }
        Some(Err(_)) | None => {
            check(database, Path::new(&immutable_uri(path)), READ_URI, path).map_err(|e| e.at(path))?
        }
    };
    require_current(database, path, version).map(|()| true)
}

const READ: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY;
const READ_URI: OpenFlags = READ.union(OpenFlags::SQLITE_OPEN_URI);

/// The file's schema version, once it is sure that the file can be understood. Nothing is written.
fn check(database: Database, address: &Path, flags: OpenFlags, file: &Path) -> Result<i64, StoreError> {
    let connection = Connection::open_with_flags(address, flags)?;
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    let known = migrations::newest(database);
    if found > known {
        return Err(StoreError::Newer { file: file.to_path_buf(), found, known });
    }
    Ok(found)
}

/// An old file cannot be read without being migrated first, which needs a folder that can be written.
fn require_current(database: Database, path: &Path, version: i64) -> Result<(), StoreError> {
    if version == migrations::newest(database) {
        Ok(())
    } else {
        Err(StoreError::ReadOnly { file: path.to_path_buf() })
    }
}

/// SQLite cannot make the `-shm` file beside a database in a folder that is not ours to write.
fn needs_immutable(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

/// Whether nobody may write there; asked of the mode, because a superuser is refused nothing.
fn is_marked_read_only(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.permissions().readonly())
}

/// SQLite's address of a file that nobody will change while it is open.
fn immutable_uri(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?mode=ro&immutable=1")
}
