//! Incidents by what happened to them around an instant: which were open, which were resolved. Both follow indexes, so
//! that they cost what they find and not what history holds.

use fairlead_domain::{Timestamp, Window};
use rusqlite::{Row, named_params};

use super::Reader;
use super::incident_list::{IncidentRow, incident_columns, incident_joins, incident_row};
use super::source::still_read;
use crate::error::StoreError;

/// When an incident was over at the latest. The index and the reads must say the very same.
macro_rules! over_at {
    () => {
        "max(coalesce(closed_at, resolved_at, updated_at, created_at),
           coalesce(resolved_at, closed_at, updated_at, created_at))"
    };
}

pub(super) use over_at;

pub(super) const INDEXES: &str = concat!(
    "CREATE INDEX incident_over ON incident (",
    over_at!(),
    ") WHERE status IN ('resolved', 'closed', 'cancelled', 'merged');
    CREATE INDEX incident_by_resolution ON incident (resolved_at) WHERE resolved_at IS NOT NULL;"
);

pub(crate) const OPEN: &str = concat!(
    incident_columns!(),
    " FROM (SELECT id FROM incident INDEXED BY incident_open WHERE status IN ('open', 'acked', 'mitigated')
        UNION ALL SELECT id FROM incident INDEXED BY incident_over
          WHERE status IN ('resolved', 'closed', 'cancelled', 'merged') AND ",
    over_at!(),
    " > :at) maybe CROSS JOIN incident i ON i.id = maybe.id",
    incident_joins!(),
    "WHERE i.created_at <= :at AND (i.deleted_at IS NULL OR i.deleted_at > :at)
       AND status_at IN ('open', 'acked', 'mitigated') AND ",
    still_read!(":at"),
    " ORDER BY i.id DESC"
);

pub(crate) const RESOLVED: &str = concat!(
    incident_columns!(),
    " FROM incident i",
    incident_joins!(),
    "WHERE i.resolved_at > :after AND i.resolved_at <= :at AND i.created_at <= :at
       AND (i.deleted_at IS NULL OR i.deleted_at > :at) ORDER BY i.resolved_at"
);

impl Reader<'_> {
    /// The incidents of sources that were read which somebody still had to act on at `at`, newest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn open_incidents(&self, at: Timestamp) -> Result<Vec<IncidentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(OPEN)?;
        let read = |row: &Row<'_>| incident_row(row, at);
        let rows = statement.query_map(named_params! { ":at": at.as_millis() }, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The incidents whose last resolution lies in (start, end], by that, as they stood at the end.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn resolved_incidents(&self, window: Window) -> Result<Vec<IncidentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(RESOLVED)?;
        let bounds = named_params! { ":after": window.start.as_millis(), ":at": window.end.as_millis() };
        let rows = statement.query_map(bounds, |row: &Row<'_>| incident_row(row, window.end))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
