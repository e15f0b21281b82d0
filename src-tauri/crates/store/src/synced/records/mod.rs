//! Stored facts as the records that they were made from, one by one: what an export writes and an import reads back.
//!
//! Rows come by their key, over the index that makes it unique, so that nothing is sorted and nothing is held: a
//! million incidents need no more memory than one.

mod catalogue;
mod history;
mod incidents;
mod oncall;
mod signals;
mod slos;

use std::ops::ControlFlow;

use fairlead_domain::person::PersonRef;
use fairlead_domain::{Record, RecordKind, Timestamp, Window};
use rusqlite::{Params, Row};

pub use self::history::{EachRevision, HistoryRow};
use super::{Reader, SourceId};
use crate::error::StoreError;

/// Which facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRange {
    /// The instant at which they stood so. What happened later is left out; shifts, leave and other plans are not.
    pub as_of: Timestamp,
    /// Only what happened in it or reaches into it; catalogues (people, teams, services, schedules, SLOs) come whole.
    pub window: Option<Window>,
}

impl RecordRange {
    const fn since(&self) -> i64 {
        match self.window {
            Some(window) => window.start.as_millis(),
            None => i64::MIN,
        }
    }

    /// The first instant after the range, for spans of time.
    const fn until(&self) -> i64 {
        match self.window {
            Some(window) => window.end.as_millis(),
            None => i64::MAX,
        }
    }

    /// The same for what happened at an instant: not after `as_of`.
    fn until_now(&self) -> i64 {
        self.until().min(self.as_of.as_millis().saturating_add(1))
    }

    /// A time, unless it lies after `as_of`.
    fn known(&self, at: Option<Timestamp>) -> Option<Timestamp> {
        at.filter(|at| *at <= self.as_of)
    }
}

/// Called with each record; breaking ends the reading.
pub type Each<'e> = dyn FnMut(Record) -> ControlFlow<()> + 'e;

impl Reader<'_> {
    /// Calls `each` with every record of a kind that a source brought, by its key.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_record(
        &self,
        source: SourceId,
        kind: RecordKind,
        range: &RecordRange,
        each: &mut Each<'_>,
    ) -> Result<(), StoreError> {
        match kind {
            RecordKind::Person => self.each_person(source, each),
            RecordKind::Team => self.each_team(source, range, each),
            RecordKind::Service => self.each_service(source, range, each),
            RecordKind::EscalationPolicy => self.each_policy(source, range, each),
            RecordKind::Schedule => self.each_schedule(source, range, each),
            RecordKind::Rotation => self.each_rotation(source, range, each),
            RecordKind::Shift => self.each_shift(source, range, each),
            RecordKind::Leave => self.each_leave(source, range, each),
            RecordKind::Holiday => self.each_holiday(source, range, each),
            RecordKind::Incident => self.each_incident(source, range, each),
            RecordKind::TimelineEvent => self.each_timeline_event(source, range, each),
            RecordKind::Page => self.each_page(source, range, each),
            RecordKind::Postmortem => self.each_postmortem(source, range, each),
            RecordKind::ActionItem => self.each_action_item(source, range, each),
            RecordKind::Alert => self.each_alert(source, range, each),
            RecordKind::Silence => self.each_silence(source, range, each),
            RecordKind::Change => self.each_change(source, range, each),
            RecordKind::Maintenance => self.each_maintenance(source, range, each),
            RecordKind::Slo => self.each_slo(source, range, each),
            RecordKind::SliHour => self.each_hour(source, range, each),
            RecordKind::SloUpstream => self.each_upstream(source, range, each),
            RecordKind::Terms => self.each_terms(source, range, each),
        }
    }

    /// Runs a query and calls `each` with what `read` makes of every row.
    fn stream(
        &self,
        sql: &'static str,
        values: impl Params,
        each: &mut Each<'_>,
        read: impl Fn(&Row<'_>) -> Result<Record, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            if each(read(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The columns from which [`person_ref`] makes a reference, of `person_identity` joined as `who`.
macro_rules! ref_columns {
    () => {
        "who.ext_id AS who_id, coalesce(who.email, who.ref_email) AS who_email, \
         coalesce(who.name, who.ref_name) AS who_name"
    };
}
use ref_columns;

/// The reference to the person of a row; `None` when nobody was joined.
fn person_ref(row: &Row<'_>) -> rusqlite::Result<Option<PersonRef>> {
    let ext_id: Option<String> = row.get("who_id")?;
    if ext_id.is_none() {
        return Ok(None);
    }
    Ok(Some(PersonRef { ext_id, email: row.get("who_email")?, name: row.get("who_name")? }))
}
