//! What stored facts said before they changed: what an export writes beside the facts.

use std::ops::ControlFlow;

use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::{RecordKind, Timestamp};
use rusqlite::{Row, params};
use serde_json::{Value, json};

use super::RecordRange;
use crate::column::Columns;
use crate::error::StoreError;
use crate::synced::revision::RevisionReason;
use crate::synced::slo::{slo_columns, slo_row};
use crate::synced::{Reader, SourceId};

/// One revision of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRow {
    /// What kind of fact.
    pub kind: RecordKind,
    /// Its key in the source.
    pub key: String,
    /// When the change was read.
    pub at: Timestamp,
    /// Why it was written down.
    pub reason: RevisionReason,
    /// What the fact said until then, or as the reason says. Of spans of time: times in UTC milliseconds, people by their
    /// key in the source. Of incidents: `status` and `severity`. Of SLOs: the definition.
    pub said: Value,
}

/// Called with each revision; breaking ends the reading.
pub type EachRevision<'e> = dyn FnMut(HistoryRow) -> ControlFlow<()> + 'e;

impl Reader<'_> {
    /// Calls `each` with every revision of a source's facts that was written in the range and not after its instant: of
    /// spans of time in the order in which they were written, of incidents and SLOs by their key.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn each_revision(
        &self,
        source: SourceId,
        range: &RecordRange,
        each: &mut EachRevision<'_>,
    ) -> Result<(), StoreError> {
        let mut going = true;
        for (sql, read) in SOURCES {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![source.0, range.since(), range.until_now()])?;
            while let Some(row) = rows.next()?.filter(|_| going) {
                going = each(read(row)?).is_continue();
            }
        }
        Ok(())
    }
}

type Read = fn(&Row<'_>) -> Result<HistoryRow, StoreError>;

/// Where revisions lie, and what is made of their rows. Values: ?1 source, ?2 and ?3 the range.
const SOURCES: [(&str, Read); 3] = [
    (
        "SELECT kind, ext_id, at, reason, content FROM span_revision
         WHERE source_id = ?1 AND at >= ?2 AND at < ?3 ORDER BY id",
        span,
    ),
    (
        "SELECT i.ext_id, r.seen_at AS at, r.old_status, r.old_severity
         FROM incident i CROSS JOIN incident_revision r ON r.incident_id = i.id
         WHERE i.source_id = ?1 AND r.seen_at >= ?2 AND r.seen_at < ?3 ORDER BY i.ext_id, r.seen_at, r.id",
        incident,
    ),
    (
        concat!(
            slo_columns!(),
            "WHERE o.source_id = ?1 AND d.valid_to >= ?2 AND d.valid_to < ?3 ORDER BY o.ext_id, d.valid_from"
        ),
        slo,
    ),
];

fn span(row: &Row<'_>) -> Result<HistoryRow, StoreError> {
    Ok(HistoryRow {
        kind: row.word("kind", RecordKind::from_word)?,
        key: row.get("ext_id")?,
        at: row.at("at")?,
        reason: row.word("reason", RevisionReason::from_word)?,
        said: row.json("content")?,
    })
}

fn incident(row: &Row<'_>) -> Result<HistoryRow, StoreError> {
    let status = row.word("old_status", IncidentStatus::from_word)?;
    let severity: Option<u8> = row.get("old_severity")?;
    Ok(HistoryRow {
        kind: RecordKind::Incident,
        key: row.get("ext_id")?,
        at: row.at("at")?,
        reason: RevisionReason::Changed,
        said: json!({ "status": status.word(), "severity": severity }),
    })
}

fn slo(row: &Row<'_>) -> Result<HistoryRow, StoreError> {
    let at = row.at("valid_to")?;
    let slo = slo_row(row)?.slo;
    let said = serde_json::to_value(&slo);
    let said = said.map_err(|e| StoreError::Encode { what: "an SLO's definition", reason: e.to_string() })?;
    Ok(HistoryRow { kind: RecordKind::Slo, key: slo.ext_id, at, reason: RevisionReason::Changed, said })
}
