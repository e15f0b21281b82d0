//! `synced.db`: what connectors bring, kept beyond the upstreams' own memory.

mod acknowledgement;
mod action_item;
mod alert;
mod apply;
mod change_event;
mod counts;
mod coverage;
mod escalation_policy;
mod incident;
mod incident_grave;
mod incident_list;
mod incident_outline;
mod incident_search;
mod incident_severity;
mod incident_status;
mod incident_window;
mod leave;
mod maintenance;
mod meta;
mod page;
mod person_identity;
mod postmortem;
mod raw_doc;
mod records;
mod revision;
mod run_log;
mod schedule;
mod service;
mod shift;
mod silence;
mod sli_day;
mod sli_hour;
mod sli_packed;
mod slo;
mod slo_upstream;
mod source;
mod source_terms;
mod stream_state;
mod suppression;
mod sync_failure;
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

use fairlead_domain::person::PersonRef;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::error::StoreError;
use crate::file::Database;
use crate::store::{Content, Store};

pub use action_item::ActionItemRow;
pub use alert::AlertRow;
pub use apply::Counts;
pub use change_event::ChangeRow;
pub use escalation_policy::PolicyRow;
pub use incident::IncidentRevision;
pub use incident_grave::GRAVEST;
pub use incident_list::{IncidentFilter, IncidentPage, IncidentRow, ResponderRow};
pub use incident_outline::{IncidentOutline, OutlineFilter};
pub use incident_severity::UnmappedSeverity;
pub use leave::{HolidayRow, LeaveRow};
pub use maintenance::MaintenanceRow;
pub use page::PageRow;
pub use person_identity::{IdentityRow, PersonName};
pub use records::{Each, EachRevision, HistoryRow, RecordRange};
pub use revision::{RevisionReason, RevisionRow};
pub use run_log::RunFilter;
pub use schedule::{RotationRow, ScheduleRow};
pub use service::ServiceRow;
pub use shift::ShiftRow;
pub use silence::SilenceRow;
pub use sli_day::SliDayRow;
pub use sli_hour::SliHourRow;
pub use slo::SloRow;
pub use slo_upstream::SloUpstreamRow;
pub use source::{SourceId, SourceRow};
pub use source_terms::TermsRow;
pub use stream_state::{StreamOk, StreamState, WalkCursor};
pub use sync_run::{RunEnd, RunId, RunRow};
pub use team::{TeamMemberRow, TeamRow};
pub use timeline_event::TimelineRow;
pub use tombstone::{TombstoneReason, TombstoneRow};
pub(crate) use walk::TEMPORARY;
pub use walk::{Guard, MassDelete, WalkEnd};

/// The statements whose plans are checked.
#[cfg(test)]
pub(crate) mod plans {
    pub(crate) use super::action_item::OVERDUE;
    pub(crate) use super::alert::{BEGUN, FIRING, FIRING_AND_LIKE, REACHING};
    pub(crate) use super::incident_grave::{GRAVE, UNMAPPED};
    pub(crate) use super::incident_list::{LIST, SEARCH};
    pub(crate) use super::incident_outline::{CHOSEN, HITS, OUTLINES, SOUGHT_OUTLINES, TITLED};
    pub(crate) use super::incident_status::{ENDED, MOVING};
    pub(crate) use super::incident_window::{OPEN, RESOLVED};
    pub(crate) use super::page::OF_INCIDENT;
    pub(crate) use super::revision::SHIFT_REVISIONS;
    pub(crate) use super::run_log::{BEFORE as LOG_BEFORE, COUNT, FIRST, LAST};
    pub(crate) use super::shift::SHIFTS;
    pub(crate) use super::sli_day::{DAYS, DAYS_OF_ONE};
    pub(crate) use super::sli_hour::{HOURS, HOURS_OF_ONE};
    pub(crate) use super::sli_packed::PACKED_DAYS;
    pub(crate) use super::sync_failure::{FAILED, GOOD_AFTER, GOOD_BEFORE};
    pub(crate) use super::sync_run::{BEFORE, THIN};
    pub(crate) use super::vanish_sql::vanishing;
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
    &[incident_status::INDEX],
    &[page::PARTY],
    &[source_terms::TABLE],
    &[sli_packed::PACKED, incident_grave::INDEXES, sync_failure::INDEX, action_item::INDEXES, alert::ENDED],
    &[incident_outline::INDEX],
];

/// The open `synced.db` of a workspace.
pub type Synced = Store<Brought>;

/// What connectors bring.
#[derive(Debug)]
pub enum Brought {}

impl Content for Brought {
    const DATABASE: Database = Database::Synced;
    /// The workspace's id.
    type Facts = Uuid;
    type Reader<'c> = Reader<'c>;
    type Writer<'c> = Writer<'c>;

    fn facts(connection: &Connection) -> Result<Option<Uuid>, StoreError> {
        meta::workspace(connection)
    }

    fn first_facts(connection: &Connection) -> Result<Uuid, StoreError> {
        meta::workspace_or_new(connection)
    }

    fn reader(connection: &Connection) -> Reader<'_> {
        Reader { connection }
    }

    fn writer<'c>(connection: &'c Connection, workspace: &Uuid) -> Writer<'c> {
        Writer::new(connection, *workspace)
    }
}

impl Synced {
    /// The workspace's id: the name space of people's keys, and a part of every keychain key.
    #[must_use]
    pub const fn workspace_id(&self) -> Uuid {
        self.facts
    }

    /// Runs `write` as [`Store::write`] does, and then takes everything back: what it returns says what would happen.
    ///
    /// # Errors
    /// Returns what `write` returned, or why the database could not be written.
    pub async fn rehearse<T, F>(&self, write: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let workspace = self.workspace_id();
        self.handle
            .apart(move |connection| {
                let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
                let value = write(&mut Writer::new(&transaction, workspace))?;
                transaction.rollback()?;
                Ok(value)
            })
            .await
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
    press: raw_doc::Press,
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
            press: raw_doc::Press::default(),
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
