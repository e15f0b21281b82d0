//! `synced.db`: what connectors bring, kept beyond the upstreams' own memory.

mod action_item;
mod alert;
mod apply;
mod change_event;
mod counts;
mod coverage;
mod escalation_policy;
mod incident;
mod incident_list;
mod incident_search;
mod incident_severity;
mod incident_window;
mod leave;
mod maintenance;
mod meta;
mod page;
mod person_identity;
mod postmortem;
mod raw_doc;
mod revision;
mod schedule;
mod service;
mod shift;
mod silence;
mod sli_day;
mod sli_hour;
mod slo;
mod slo_upstream;
mod source;
mod stream_state;
mod suppression;
mod sync_run;
mod team;
mod timeline_event;
mod tombstone;
mod upsert;
mod vanish;
mod vanish_sql;
mod walk;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::path::{Path, PathBuf};

use fairlead_domain::Timestamp;
use fairlead_domain::person::PersonRef;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::backup::{self, BackupFile};
use crate::connection::{self, Handle, Mode};
use crate::error::StoreError;
use crate::file::Database;

pub use action_item::ActionItemRow;
pub use alert::AlertRow;
pub use apply::Counts;
pub use change_event::ChangeRow;
pub use escalation_policy::PolicyRow;
pub use incident::IncidentRevision;
pub use incident_list::{IncidentFilter, IncidentPage, IncidentRow, ResponderRow};
pub use incident_severity::UnmappedSeverity;
pub use leave::{HolidayRow, LeaveRow};
pub use maintenance::MaintenanceRow;
pub use page::PageRow;
pub use person_identity::{IdentityRow, PersonName};
pub use postmortem::PostmortemRow;
pub use revision::{RevisionReason, RevisionRow};
pub use schedule::{RotationRow, ScheduleRow};
pub use service::ServiceRow;
pub use shift::ShiftRow;
pub use silence::SilenceRow;
pub use sli_day::SliDayRow;
pub use sli_hour::SliHourRow;
pub use slo::SloRow;
pub use slo_upstream::SloUpstreamRow;
pub use source::{SourceId, SourceRow};
pub use stream_state::{StreamOk, StreamState, WalkCursor};
pub use sync_run::{RunEnd, RunId, RunRow, RunState};
pub use team::{TeamMemberRow, TeamRow};
pub use timeline_event::TimelineRow;
pub use tombstone::{TombstoneReason, TombstoneRow};
pub(crate) use walk::TEMPORARY;
pub use walk::{Guard, MassDelete, WalkEnd};

/// The statements whose plans are checked.
#[cfg(test)]
pub(crate) mod plans {
    pub(crate) use super::incident_list::{LIST, SEARCH};
    pub(crate) use super::incident_window::{OPEN, RESOLVED};
    pub(crate) use super::shift::SHIFTS;
    pub(crate) use super::sli_day::DAYS;
    pub(crate) use super::sli_hour::HOURS;
}

/// The migrations, oldest first.
pub(crate) const STEPS: &[&[&str]] = &[
    &[
        meta::TABLE,
        source::TABLE,
        stream_state::TABLE,
        coverage::TABLE,
        sync_run::TABLE,
        raw_doc::TABLE,
        tombstone::TABLE,
        suppression::TABLE,
        person_identity::TABLE,
        team::TABLE,
        service::TABLE,
        schedule::TABLE,
        escalation_policy::TABLE,
        shift::TABLE,
        revision::TABLE,
        incident::TABLE,
        incident_search::TABLE,
        timeline_event::TABLE,
        page::TABLE,
        alert::TABLE,
        silence::TABLE,
        change_event::TABLE,
        leave::TABLE,
        maintenance::TABLE,
        postmortem::TABLE,
        action_item::TABLE,
        slo::TABLE,
        sli_hour::TABLE,
        sli_day::TABLE,
        slo_upstream::TABLE,
    ],
    &[incident_window::INDEXES],
    &[page::PARTY],
];

/// The open `synced.db` of a workspace. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Synced {
    handle: Handle,
    dir: PathBuf,
    workspace: Uuid,
}

impl Synced {
    /// Opens the database in the folder `dir`; [`Mode::ReadWrite`] makes it, or brings it up to date after a backup.
    ///
    /// # Errors
    /// Returns why the file was left alone: damaged, of a newer program, not writable, a symbolic link.
    pub async fn open(dir: &Path, mode: Mode, now: Timestamp) -> Result<Self, StoreError> {
        let handle = connection::open(Database::Synced, dir, mode, now).await?;
        let workspace = match mode {
            Mode::ReadWrite => handle.write(meta::workspace_or_new).await?,
            Mode::ReadOnly => handle.read(meta::workspace).await?,
        };
        Ok(Self { handle, dir: dir.to_path_buf(), workspace })
    }

    /// The workspace's id: the name space of people's keys, and a part of every keychain key.
    #[must_use]
    pub const fn workspace_id(&self) -> Uuid {
        self.workspace
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

    /// Runs `write` in one `BEGIN IMMEDIATE` transaction; an error leaves nothing behind.
    ///
    /// # Errors
    /// Returns what `write` returned, or why the database could not be written.
    pub async fn write<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let workspace = self.workspace;
        self.handle.write(move |connection| write(&mut Writer::new(connection, workspace))).await
    }

    /// Runs `write` as [`Self::write`] does, and then takes everything back: what it returns says what would happen.
    ///
    /// # Errors
    /// Returns what `write` returned, or why the database could not be written.
    pub async fn rehearse<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let workspace = self.workspace;
        self.handle
            .apart(move |connection| {
                let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
                let value = write(&mut Writer::new(&transaction, workspace))?;
                transaction.rollback()?;
                Ok(value)
            })
            .await
    }

    /// Makes a verified backup now.
    ///
    /// # Errors
    /// Returns why none could be made or believed.
    pub async fn backup(&self, now: Timestamp) -> Result<BackupFile, StoreError> {
        let dir = self.dir.clone();
        self.handle.apart(move |connection| backup::create(connection, Database::Synced, &dir, now)).await
    }

    /// Makes a verified backup when the last one is more than a day old.
    ///
    /// # Errors
    /// As [`Self::backup`].
    pub async fn backup_if_due(&self, now: Timestamp) -> Result<Option<BackupFile>, StoreError> {
        if backup::is_due(Database::Synced, &self.dir, now)? { self.backup(now).await.map(Some) } else { Ok(None) }
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

/// One consistent view of the database.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
}

/// One transaction that writes. It can read whatever a [`Reader`] can, its own changes included.
#[derive(Debug)]
pub struct Writer<'a> {
    reader: Reader<'a>,
    workspace: Uuid,
    /// People that this transaction has looked up, so that a page of shifts asks once for each.
    people: RefCell<HashMap<(SourceId, PersonRef), Option<i64>>>,
    /// SLOs that this transaction has looked up.
    slos: RefCell<HashMap<(SourceId, String), i64>>,
    /// Titles and numbers of incidents that must be indexed.
    words: BTreeMap<i64, (String, Option<String>)>,
    /// Days whose roll-up must be recomputed.
    dirty_days: BTreeSet<(i64, i64)>,
    total_changes_before: u64,
    temporary_changes: u64,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection, workspace: Uuid) -> Self {
        Self {
            reader: Reader { connection },
            workspace,
            people: RefCell::default(),
            slos: RefCell::default(),
            words: BTreeMap::new(),
            dirty_days: BTreeSet::new(),
            total_changes_before: connection.total_changes(),
            temporary_changes: 0,
        }
    }

    /// Rows written to the file by this transaction so far, by SQLite's own count. The walk's list of seen keys lies
    /// in memory and is not counted.
    #[must_use]
    pub fn rows_written(&self) -> u64 {
        let all = self.reader.connection.total_changes().saturating_sub(self.total_changes_before);
        all.saturating_sub(self.temporary_changes)
    }
}

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}
