//! Words for a severity that nobody has mapped.

use fairlead_domain::Timestamp;

use super::Reader;
use crate::error::StoreError;

/// A source's word for a severity that means none of ours yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnmappedSeverity {
    /// The source's name.
    pub source: String,
    /// Its word.
    pub word: String,
    /// How many incidents have it.
    pub incidents: u32,
}

impl Reader<'_> {
    /// The words for a severity that were not understood, of incidents made by `at`, by source and word.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn unmapped_severities(&self, at: Timestamp) -> Result<Vec<UnmappedSeverity>, StoreError> {
        let sql = "SELECT s.name AS source, i.severity_raw AS word, count(*) AS incidents
            FROM incident i INDEXED BY incident_unmapped JOIN source s ON s.id = i.source_id
            WHERE i.severity IS NULL AND i.severity_raw IS NOT NULL AND i.created_at <= ?1
              AND (i.deleted_at IS NULL OR i.deleted_at > ?1)
            GROUP BY s.name, i.severity_raw ORDER BY s.name, i.severity_raw";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(UnmappedSeverity {
                source: row.get("source")?,
                word: row.get("word")?,
                incidents: row.get("incidents")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
