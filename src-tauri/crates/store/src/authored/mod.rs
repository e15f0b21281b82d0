//! `authored.db`: what people write. No sync can open it for writing.
//!
//! A write is one transaction of three parts: the row as it is now, a revision with what it says, and an event that tells
//! who did it and when. One private function makes all three; history, undo and reads of the past rest on it.

mod clear;
mod event;
mod mapping;
mod meta;
mod page_rules;
mod person_alias;
mod person_hours;
mod person_mark;
mod revision;
mod seen;
mod service_alias;
mod service_owner;
mod setting;
mod snooze;

use std::path::{Path, PathBuf};

use fairlead_domain::Timestamp;
use rusqlite::Connection;

use crate::backup::{self, BackupFile};
use crate::connection::{self, Handle, Mode};
use crate::error::StoreError;
use crate::file::Database;

pub use event::EventRow;
pub use mapping::{MappingArea, MappingStep};
pub use page_rules::PageRulesRow;
pub use person_alias::{PersonAliases, PersonSubject};
pub use person_hours::PersonHoursRow;
pub use person_mark::PersonKind;
pub use revision::{By, RevisionRow};
pub use service_alias::ServiceAliasRow;
pub use service_owner::ServiceOwnerRow;
pub use snooze::SnoozeRow;

/// The migrations, oldest first.
pub(crate) const STEPS: &[&[&str]] = &[
    &[
        meta::TABLE,
        event::TABLE,
        revision::TABLE,
        person_alias::TABLE,
        service_alias::TABLE,
        setting::TABLE,
        snooze::TABLE,
        seen::TABLE,
    ],
    &[person_mark::TABLE, person_hours::TABLE, service_owner::TABLE, page_rules::TABLE, mapping::TABLE],
];

/// The open `authored.db` of a workspace. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Authored {
    handle: Handle,
    dir: PathBuf,
}

impl Authored {
    /// Opens the database in the folder `dir`; [`Mode::ReadWrite`] makes it, or brings it up to date after a backup.
    ///
    /// # Errors
    /// Returns why the file was left alone: damaged, of a newer program, not writable, a symbolic link.
    pub async fn open(dir: &Path, mode: Mode, now: Timestamp) -> Result<Self, StoreError> {
        let handle = connection::open(Database::Authored, dir, mode, now).await?;
        Ok(Self { handle, dir: dir.to_path_buf() })
    }

    /// Runs `read` in one read transaction: everything it sees is of one moment. Never blocks a writer.
    ///
    /// # Errors
    /// Returns what `read` returned, or why the database could not be read.
    pub async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.handle.read(move |connection| read(&Reader { connection })).await
    }

    /// Runs `write` in one `BEGIN IMMEDIATE` transaction; an error leaves nothing behind. When it returns, what was
    /// written survives a loss of power.
    ///
    /// # Errors
    /// Returns what `write` returned, or why the database could not be written.
    pub async fn write<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.handle.write(move |connection| write(&mut Writer { reader: Reader { connection } })).await
    }

    /// Makes a verified backup now.
    ///
    /// # Errors
    /// Returns why none could be made or believed.
    pub async fn backup(&self, now: Timestamp) -> Result<BackupFile, StoreError> {
        let dir = self.dir.clone();
        self.handle.apart(move |connection| backup::create(connection, Database::Authored, &dir, now)).await
    }

    /// Makes a verified backup when the last one is more than a day old.
    ///
    /// # Errors
    /// As [`Self::backup`].
    pub async fn backup_if_due(&self, now: Timestamp) -> Result<Option<BackupFile>, StoreError> {
        if backup::is_due(Database::Authored, &self.dir, now)? { self.backup(now).await.map(Some) } else { Ok(None) }
    }

    /// Writes the log back into the file and closes every connection, also those of clones.
    ///
    /// # Errors
    /// Returns why the log could not be written back.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.handle.close().await
    }
}

/// One consistent view of the database.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
}

/// One transaction that writes. It can read whatever a [`Reader`] can, its own changes included.
#[derive(Debug)]
pub struct Writer<'a> {
    reader: Reader<'a>,
}

impl<'a> std::ops::Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}
