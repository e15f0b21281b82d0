//! An open database of a workspace. Both are opened, read, written, backed up and closed in the same way; which rows a
//! transaction can reach is decided by the type of its content.

use std::path::{Path, PathBuf};

use fairlead_domain::Timestamp;
use rusqlite::Connection;

use crate::backup::{self, BackupFile};
use crate::connection::{self, Handle, Mode};
use crate::error::StoreError;
use crate::file::Database;

/// What a database keeps, and who may read and write it. A reader has no way to write, and neither can be made outside
/// this crate: whoever holds the one database's transaction cannot reach the other.
pub trait Content: 'static {
    /// The file.
    const DATABASE: Database;
    /// What is known of the database once it is open.
    type Facts: std::fmt::Debug + Clone + Send + 'static;
    /// One consistent view.
    type Reader<'c>;
    /// One transaction that writes.
    type Writer<'c>;

    /// Reads the facts; `None` where they were never written.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    fn facts(connection: &Connection) -> Result<Option<Self::Facts>, StoreError>;

    /// Writes the facts of a new database.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    fn first_facts(connection: &Connection) -> Result<Self::Facts, StoreError>;

    /// A view on an open transaction.
    fn reader(connection: &Connection) -> Self::Reader<'_>;

    /// Writes into an open transaction.
    fn writer<'c>(connection: &'c Connection, facts: &Self::Facts) -> Self::Writer<'c>;
}

/// An open database of a workspace. Clones share its connections.
#[derive(Debug)]
pub struct Store<C: Content> {
    pub(crate) handle: Handle,
    pub(crate) facts: C::Facts,
    dir: PathBuf,
}

// Derived, it would ask the same of the content, of which there is no value.
impl<C: Content> Clone for Store<C> {
    fn clone(&self) -> Self {
        Self { handle: self.handle.clone(), facts: self.facts.clone(), dir: self.dir.clone() }
    }
}

impl<C: Content> Store<C> {
    /// Opens the database in the folder `dir`; [`Mode::ReadWrite`] makes it, or brings it up to date after a backup.
    ///
    /// # Errors
    /// Returns why the file was left alone: damaged, of a newer program, not writable, a symbolic link.
    pub async fn open(dir: &Path, mode: Mode, now: Timestamp) -> Result<Self, StoreError> {
        let handle = connection::open(C::DATABASE, dir, mode, now).await?;
        // On the connection that writes, without a transaction: none that reads is opened before somebody reads.
        let known = match mode {
            Mode::ReadWrite => handle.apart(|connection| C::facts(connection)).await?,
            Mode::ReadOnly => handle.read(C::facts).await?,
        };
        let facts = match (known, mode) {
            (Some(facts), _) => facts,
            (None, Mode::ReadWrite) => handle.write(C::first_facts).await?,
            (None, Mode::ReadOnly) => return Err(StoreError::Value { table: "meta", column: "value" }),
        };
        Ok(Self { handle, facts, dir: dir.to_path_buf() })
    }

    /// Runs `read` in one read transaction: everything it sees is of one moment. Never blocks a writer.
    ///
    /// # Errors
    /// Returns what `read` returned, or why the database could not be read.
    pub async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&C::Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.handle.read(move |connection| read(&C::reader(connection))).await
    }

    /// Runs `write` in one `BEGIN IMMEDIATE` transaction; an error leaves nothing behind. What was written to
    /// authored.db survives a loss of power when it returns.
    ///
    /// # Errors
    /// Returns what `write` returned, or why the database could not be written.
    pub async fn write<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut C::Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let facts = self.facts.clone();
        self.handle.write(move |connection| write(&mut C::writer(connection, &facts))).await
    }

    /// Makes a verified backup now.
    ///
    /// # Errors
    /// Returns why none could be made or believed.
    pub async fn backup(&self, now: Timestamp) -> Result<BackupFile, StoreError> {
        let dir = self.dir.clone();
        self.handle.apart(move |connection| backup::create(connection, C::DATABASE, &dir, now)).await
    }

    /// Makes a verified backup when the last one is more than a day old.
    ///
    /// # Errors
    /// As [`Self::backup`].
    pub async fn backup_if_due(&self, now: Timestamp) -> Result<Option<BackupFile>, StoreError> {
        if backup::is_due(C::DATABASE, &self.dir, now)? { self.backup(now).await.map(Some) } else { Ok(None) }
    }

    /// Writes the log back into the file; for idle moments and the end of a sync.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        self.handle.checkpoint().await
    }

    /// Writes the log back into the file and closes every connection, also those of clones.
    ///
    /// # Errors
    /// Returns why the log could not be written back.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.handle.close().await
    }
}
