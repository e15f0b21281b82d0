//! What a page counts of incidents: one pass over an index that holds all of it, so that a hundred thousand rows cost a
//! moment and no title is read that nobody asks for.

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{IncidentKind, IncidentStatus};
use rusqlite::types::ValueRef;
use rusqlite::{Row, named_params};

use super::incident::first_id;
use super::incident_list::{IncidentRow, incident_columns, incident_joins, incident_row, status_at};
use super::incident_search::match_text;
use super::{Reader, SourceId};
use crate::column::to_json;
use crate::error::StoreError;

pub(super) const INDEX: &str = "
CREATE INDEX incident_outline ON incident (created_at, source_id, kind, status, severity, severity_raw, service, acked_at,
  mitigated_at, resolved_at, closed_at, updated_at, is_test, deleted_at);";

/// So many hits of a search are sought one by one; of more, the whole is passed and sifted, which then costs less.
const SOUGHT: usize = 4_000;

/// An incident as it is counted, at the instant asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentOutline<'r> {
    /// [`IncidentRow::id`].
    pub id: i64,
    /// The source.
    pub source: SourceId,
    /// What the source means by it.
    pub kind: IncidentKind,
    /// Status at the instant.
    pub status: IncidentStatus,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source gave a word for the severity.
    pub severity_said: bool,
    /// The service's id or name in the source.
    pub service: Option<&'r str>,
    /// When the source made it.
    pub created_at: Timestamp,
    /// First acknowledgement.
    pub acked_at: Option<Timestamp>,
    /// Last resolution.
    pub resolved_at: Option<Timestamp>,
    /// When its follow-up was done.
    pub closed_at: Option<Timestamp>,
    /// A test or a drill.
    pub is_test: bool,
    /// Title, where it was asked for.
    pub title: Option<&'r str>,
}

/// Which incidents are passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineFilter {
    /// The instant at which they stood so.
    pub as_of: Timestamp,
    /// Created at or after.
    pub since: Option<Timestamp>,
    /// Created before.
    pub until: Option<Timestamp>,
    /// Words of the title or number; blank: any.
    pub text: Option<String>,
    /// Also their titles, which costs reading every row.
    pub titles: bool,
}

/// Read by position: by name, the search for the names would cost more than the rows.
macro_rules! outline_columns {
    ($title:literal) => {
        concat!(
            "SELECT i.id, i.source_id, i.kind, i.severity, i.severity_raw IS NOT NULL, i.service, i.created_at,
               i.acked_at, i.resolved_at, i.closed_at, i.is_test, ",
            $title,
            ", ",
            status_at!(),
            " FROM "
        )
    };
}

macro_rules! alive {
    () => {
        " i.created_at >= :since AND i.created_at < :until AND (i.deleted_at IS NULL OR i.deleted_at > :at)"
    };
}

pub(crate) const OUTLINES: &str = concat!(
    outline_columns!("NULL"),
    "incident i INDEXED BY incident_outline WHERE",
    alive!(),
    " ORDER BY i.created_at DESC"
);

pub(crate) const TITLED: &str = concat!(
    outline_columns!("i.title"),
    "incident i WHERE i.id >= :first AND i.id < :last AND",
    alive!(),
    " ORDER BY i.id DESC"
);

pub(crate) const SOUGHT_OUTLINES: &str = concat!(
    outline_columns!("i.title"),
    "json_each(:ids) hit CROSS JOIN incident i ON i.id = hit.value WHERE",
    alive!()
);

pub(crate) const HITS: &str = "SELECT rowid FROM incident_search
    WHERE incident_search MATCH :text AND rowid >= :first AND rowid < :last ORDER BY rowid";

pub(crate) const CHOSEN: &str = concat!(
    incident_columns!(),
    " FROM json_each(:ids) wanted CROSS JOIN incident i ON i.id = wanted.value",
    incident_joins!(),
    "WHERE i.created_at <= :at AND (i.deleted_at IS NULL OR i.deleted_at > :at) ORDER BY i.id DESC"
);

impl Reader<'_> {
    /// Passes incidents, newest first but for those of one millisecond and those that a search found.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_outline(
        &self,
        filter: &OutlineFilter,
        each: &mut dyn FnMut(IncidentOutline<'_>),
    ) -> Result<(), StoreError> {
        let at = filter.as_of.as_millis();
        let since = filter.since.map_or(i64::MIN, Timestamp::as_millis);
        let until = filter.until.map_or(i64::MAX, Timestamp::as_millis).min(at.saturating_add(1));
        let first = filter.since.map_or(i64::MIN, first_id);
        let last = first_id(Timestamp::from_millis(until));
        let typed = filter.text.as_deref().filter(|text| !text.trim().is_empty());
        let hits = match typed.map(match_text) {
            None => None,
            Some(None) => return Ok(()),
            Some(Some(text)) => Some(self.incident_hits(&text, first, last)?),
        };
        if let Some(hits) = hits.as_ref().filter(|hits| hits.len() <= SOUGHT) {
            let mut statement = self.connection.prepare_cached(SOUGHT_OUTLINES)?;
            let ids = to_json("ids", hits)?;
            let mut rows =
                statement.query(named_params! { ":ids": ids, ":at": at, ":since": since, ":until": until })?;
            while let Some(row) = rows.next()? {
                each(outline(row)?);
            }
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(if filter.titles { TITLED } else { OUTLINES })?;
        let mut rows = if filter.titles {
            statement
                .query(named_params! { ":at": at, ":since": since, ":until": until, ":first": first, ":last": last })?
        } else {
            statement.query(named_params! { ":at": at, ":since": since, ":until": until })?
        };
        while let Some(row) = rows.next()? {
            let outline = outline(row)?;
            if hits.as_ref().is_none_or(|hits| hits.binary_search(&outline.id).is_ok()) {
                each(outline);
            }
        }
        Ok(())
    }

    /// Ids of the incidents that a search finds, ascending.
    fn incident_hits(&self, text: &str, first: i64, last: i64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(HITS)?;
        let rows = statement
            .query_map(named_params! { ":text": text, ":first": first, ":last": last }, |row| row.get::<_, i64>(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// These incidents as they stood at `at`, newest first; those that are not there any more are left out.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn chosen_incidents(&self, ids: &[i64], at: Timestamp) -> Result<Vec<IncidentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(CHOSEN)?;
        let values = named_params! { ":ids": to_json("ids", ids)?, ":at": at.as_millis() };
        let rows = statement.query_map(values, |row| incident_row(row, at))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn outline<'r>(row: &'r Row<'_>) -> rusqlite::Result<IncidentOutline<'r>> {
    let at = |column: usize| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp::from_millis));
    let unknown = || rusqlite::Error::InvalidQuery;
    Ok(IncidentOutline {
        id: row.get(0)?,
        source: SourceId(row.get(1)?),
        kind: text(row, 2)?.and_then(IncidentKind::from_word).ok_or_else(unknown)?,
        status: text(row, 12)?.and_then(IncidentStatus::from_word).ok_or_else(unknown)?,
        severity: row.get(3)?,
        severity_said: row.get(4)?,
        service: text(row, 5)?,
        created_at: Timestamp::from_millis(row.get(6)?),
        acked_at: at(7)?,
        resolved_at: at(8)?,
        closed_at: at(9)?,
        is_test: row.get(10)?,
        title: text(row, 11)?,
    })
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        value => Ok(Some(value.as_str()?)),
    }
}
