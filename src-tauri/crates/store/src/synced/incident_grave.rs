//! Incidents that ask for something after they are over: severe ones for a postmortem, and those whose source's word for the
//! severity means none yet for a mapping. Both are few, and are sought.

use fairlead_domain::Timestamp;
use rusqlite::{Row, named_params, params};

use super::Reader;
use super::incident::first_id;
use super::incident_list::{IncidentRow, incident_columns, incident_joins, incident_row};
use crate::error::StoreError;

/// The least severe severity of [`Reader::grave_incidents`].
pub const GRAVEST: u8 = 2;

/// Each index says its own condition in the words of the query that rests on it.
pub(super) const INDEXES: &str = "
CREATE INDEX incident_grave ON incident (severity) WHERE severity <= 2;
CREATE INDEX incident_unmapped ON incident (id, severity_raw, source_id, created_at, deleted_at)
  WHERE severity IS NULL AND severity_raw IS NOT NULL;";

pub(crate) const GRAVE: &str = concat!(
    incident_columns!(),
    " FROM (SELECT id FROM incident INDEXED BY incident_grave
          WHERE severity <= 2 AND severity = 1 AND id >= :first AND id < :last
        UNION ALL SELECT id FROM incident INDEXED BY incident_grave
          WHERE severity <= 2 AND severity = 2 AND id >= :first AND id < :last) grave
     CROSS JOIN incident i ON i.id = grave.id",
    incident_joins!(),
    "WHERE i.deleted_at IS NULL OR i.deleted_at > :at ORDER BY i.id DESC LIMIT :limit"
);

pub(crate) const UNMAPPED: &str = "SELECT DISTINCT s.name, i.severity_raw
    FROM incident i INDEXED BY incident_unmapped JOIN source s ON s.id = i.source_id
    WHERE i.severity IS NULL AND i.severity_raw IS NOT NULL AND i.id >= ?1 AND i.id < ?2
      AND (i.deleted_at IS NULL OR i.deleted_at > ?3) ORDER BY s.name, i.severity_raw";

impl Reader<'_> {
    /// The newest `limit` incidents of severity 1 and 2 that were made at `since` or later, as they stood at `at`, newest
    /// first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn grave_incidents(&self, since: Timestamp, at: Timestamp, limit: u32) -> Result<Vec<IncidentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(GRAVE)?;
        let values = named_params! { ":first": first_id(since), ":last": first_id(at.plus_millis(1)),
        ":at": at.as_millis(), ":limit": limit };
        let rows = statement.query_map(values, |row: &Row<'_>| incident_row(row, at))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The words for a severity that mean none yet of incidents made at `since` or later and by `at`, each with the source's
    /// name, by source and word.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn unmapped_words(&self, since: Timestamp, at: Timestamp) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(UNMAPPED)?;
        let values = params![first_id(since), first_id(at.plus_millis(1)), at.as_millis()];
        let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
