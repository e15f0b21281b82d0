//! Incidents by their status at an instant. What is asked for is sought, so that a page of the few that are open costs
//! what it finds and not what history holds.

use fairlead_domain::incident::IncidentStatus;
use rusqlite::{Row, named_params};

use super::Reader;
use super::incident_list::{
    IncidentFilter, IncidentRow, incident_columns, incident_joins, incident_row, incident_where,
};
use super::incident_window::over_at;
use crate::column::to_json;
use crate::error::StoreError;

pub(super) const INDEX: &str = "
CREATE INDEX incident_ended ON incident (status) WHERE status IN ('resolved', 'closed', 'cancelled', 'merged');";

/// Incidents that are not over, or were not yet at `:at`: the only ones whose status then can be another than it is
/// now. Few, unless `:at` lies long ago. The indexes are named, because the planner takes those of a status for narrower.
pub(crate) const MOVING: &str = concat!(
    incident_columns!(),
    " FROM (SELECT id FROM incident INDEXED BY incident_open
          WHERE status IN ('open', 'acked', 'mitigated') AND id >= :first AND id < :last
        UNION ALL SELECT id FROM incident INDEXED BY incident_over
          WHERE status IN ('resolved', 'closed', 'cancelled', 'merged') AND id >= :first AND id < :last AND ",
    over_at!(),
    " > :at) maybe CROSS JOIN incident i ON i.id = maybe.id",
    incident_joins!(),
    "WHERE status_at IN (SELECT value FROM json_each(:statuses))
       AND (i.status IN ('open', 'acked', 'mitigated') OR status_at <> i.status) AND",
    incident_where!(),
    "ORDER BY i.id DESC LIMIT :limit"
);

/// Incidents that ended in one status and had done so at `:at`.
pub(crate) const ENDED: &str = concat!(
    incident_columns!(),
    " FROM incident i",
    incident_joins!(),
    "WHERE i.status IN ('resolved', 'closed', 'cancelled', 'merged') AND i.status = :status
       AND i.id >= :first AND i.id < :last AND status_at = i.status AND",
    incident_where!(),
    "ORDER BY i.id DESC LIMIT :limit"
);

/// The statuses that an incident can end in.
const ENDS: [IncidentStatus; 4] =
    [IncidentStatus::Resolved, IncidentStatus::Closed, IncidentStatus::Cancelled, IncidentStatus::Merged];

impl Reader<'_> {
    /// The newest `limit` incidents with an id in [first, last) and one of the filter's statuses at its instant, newest
    /// first.
    pub(super) fn incidents_by_status(
        &self,
        filter: &IncidentFilter,
        (first, last): (i64, i64),
        limit: i64,
    ) -> Result<Vec<IncidentRow>, StoreError> {
        let (at, source) = (filter.as_of.as_millis(), filter.source.map(|source| source.0));
        let read = |row: &Row<'_>| incident_row(row, filter.as_of);
        let statuses = to_json("statuses", &filter.statuses)?;
        let values = named_params! { ":at": at, ":source": source, ":first": first, ":last": last, ":limit": limit,
        ":statuses": statuses };
        let mut statement = self.connection.prepare_cached(MOVING)?;
        let mut incidents = statement.query_map(values, read)?.collect::<Result<Vec<IncidentRow>, _>>()?;
        let mut statement = self.connection.prepare_cached(ENDED)?;
        for status in ENDS.iter().filter(|status| filter.statuses.contains(status)) {
            let values = named_params! { ":at": at, ":source": source, ":first": first, ":last": last, ":limit": limit,
            ":status": status.word() };
            for row in statement.query_map(values, read)? {
                incidents.push(row?);
            }
        }
        incidents.sort_unstable_by_key(|incident| std::cmp::Reverse(incident.id));
        incidents.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(incidents)
    }
}
