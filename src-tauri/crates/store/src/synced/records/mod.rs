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
        let reading = Reading { reader: self, source, range: *range };
        match kind {
            RecordKind::Person => reading.each_person(each),
            RecordKind::Team => reading.each_team(each),
            RecordKind::Service => reading.each_service(each),
            RecordKind::EscalationPolicy => reading.each_policy(each),
            RecordKind::Schedule => reading.each_schedule(each),
            RecordKind::Rotation => reading.each_rotation(each),
            RecordKind::Shift => reading.each_shift(each),
            RecordKind::Leave => reading.each_leave(each),
            RecordKind::Holiday => reading.each_holiday(each),
            RecordKind::Incident => reading.each_incident(each),
            RecordKind::TimelineEvent => reading.each_timeline_event(each),
            RecordKind::Page => reading.each_page(each),
            RecordKind::Postmortem => reading.each_postmortem(each),
            RecordKind::ActionItem => reading.each_action_item(each),
            RecordKind::Alert => reading.each_alert(each),
            RecordKind::Silence => reading.each_silence(each),
            RecordKind::Change => reading.each_change(each),
            RecordKind::Maintenance => reading.each_maintenance(each),
            RecordKind::Slo => reading.each_slo(each),
            RecordKind::SliHour => reading.each_hour(each),
            RecordKind::SloUpstream => reading.each_upstream(each),
            RecordKind::Terms => reading.each_terms(each),
        }
    }
}

/// One reading: of which source, and what of it.
#[derive(Debug, Clone, Copy)]
struct Reading<'r> {
    reader: &'r Reader<'r>,
    source: SourceId,
    range: RecordRange,
}

impl Reading<'_> {
    /// Values of a query for what is listed: the source, and the instant.
    const fn of_catalogue(self) -> [i64; 2] {
        [self.source.0, self.range.as_of.as_millis()]
    }

    /// Values of a query for spans of time: the source, the instant, and the range.
    const fn of_spans(self) -> [i64; 4] {
        [self.source.0, self.range.as_of.as_millis(), self.range.since(), self.range.until()]
    }

    /// The same for what happened at an instant, of which nothing is later than the instant asked for.
    fn of_moments(self) -> [i64; 4] {
        [self.source.0, self.range.as_of.as_millis(), self.range.since(), self.range.until_now()]
    }

    /// Runs a query and calls `each` with what `read` makes of every row.
    fn stream(
        self,
        sql: &'static str,
        values: impl Params,
        each: &mut Each<'_>,
        read: impl Fn(&Row<'_>) -> Result<Record, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
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
