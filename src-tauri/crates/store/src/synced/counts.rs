//! How many rows a source has of each kind.

use fairlead_domain::RecordKind;

use super::{Reader, SourceId};
use crate::error::StoreError;

const COUNTS: &str = "
  SELECT 'person' AS kind, count(*) AS rows FROM person_identity WHERE source_id = ?1 AND stated = 1
  UNION ALL SELECT 'team', count(*) FROM team WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'service', count(*) FROM service WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'schedule', count(*) FROM schedule WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'rotation', count(*) FROM rotation WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'escalation_policy', count(*) FROM escalation_policy WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'shift', count(*) FROM shift WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'incident', count(*) FROM incident WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'timeline_event', count(*) FROM timeline_event WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'page', count(*) FROM page WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'alert', count(*) FROM alert WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'silence', count(*) FROM silence WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'change', count(*) FROM change_event WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'leave', count(*) FROM leave WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'holiday', count(*) FROM holiday WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'maintenance', count(*) FROM maintenance WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'postmortem', count(*) FROM postmortem WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'action_item', count(*) FROM action_item WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'slo', count(*) FROM slo WHERE source_id = ?1 AND deleted_at IS NULL
  UNION ALL SELECT 'sli_hour', count(*) FROM sli_hour h JOIN slo o ON o.id = h.slo_id WHERE o.source_id = ?1
  UNION ALL SELECT 'slo_upstream', count(*) FROM slo_upstream u JOIN slo o ON o.id = u.slo_id WHERE o.source_id = ?1
  UNION ALL SELECT 'terms', count(DISTINCT stated_by) FROM source_terms WHERE source_id = ?1";

impl Reader<'_> {
    /// How many facts a source has of each kind, in the order of [`RecordKind::ALL`]. Reads every index of the source:
    /// for a diagnosis, not for a page.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn fact_counts(&self, source: SourceId) -> Result<Vec<(RecordKind, u64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(COUNTS)?;
        let rows = statement.query_map([source.0], |row| {
            let rows: i64 = row.get("rows")?;
            Ok((crate::column::Columns::word(row, "kind", RecordKind::from_word)?, u64::try_from(rows).unwrap_or(0)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
