//! Table `span_revision`: what a shift, a leave, a holiday or a maintenance window said before its past was changed, and
//! what an upstream says of a past that is frozen here.

use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window, words};
use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, SourceId, Writer};
use crate::column::{Columns, digest_bytes};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE span_revision (
  id        INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  ext_id    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  content   TEXT NOT NULL,
  digest    BLOB NOT NULL
) STRICT;
CREATE INDEX span_revision_by_row ON span_revision (source_id, kind, ext_id, reason, digest);
CREATE INDEX span_revision_by_time ON span_revision (at);
";

words! {
    /// Why a revision was written.
    RevisionReason {
        /// The row changed after it had begun; the revision holds what it said before.
        Changed = "changed",
        /// The upstream corrected the past without this row, which was removed.
        Superseded = "superseded",
        /// The row vanished while it ran and was ended; the revision holds what it said before.
        Cut = "cut",
        /// The row is frozen; the revision holds what the upstream says now, the row stays.
        Frozen = "frozen",
        /// The row is frozen and the upstream corrected the past without it; the row stays.
        FrozenVanished = "frozen_vanished",
        /// A coming row appeared in time that was known already; the revision holds what it says.
        ComingAdded = "coming_added",
        /// A coming row changed; the revision holds what it said before.
        ComingChanged = "coming_changed",
        /// A coming row vanished and was removed; the revision holds what it said before.
        ComingGone = "coming_gone",
    }
}

/// A revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// Row id.
    pub id: i64,
    /// The source's name.
    pub source: String,
    /// What kind of row.
    pub kind: RecordKind,
    /// The row's key in the source.
    pub ext_id: String,
    /// When it was written.
    pub at: Timestamp,
    /// Why.
    pub reason: RevisionReason,
    /// Content, as the reason says; times in UTC milliseconds, people by their key in the source.
    pub content: serde_json::Value,
}

/// A row of which a revision is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Revised<'a> {
    pub(super) source: SourceId,
    pub(super) kind: RecordKind,
    pub(super) ext_id: &'a str,
}

/// The order of the join is given: the shifts of the window are few, the revisions of all times are not.
pub(crate) const SHIFT_REVISIONS: &str = "SELECT r.id, s.name AS source, r.kind, r.ext_id, r.at, r.reason, r.content
     FROM shift x CROSS JOIN span_revision r ON r.source_id = x.source_id AND r.kind = 'shift' AND r.ext_id = x.ext_key
     JOIN source s ON s.id = r.source_id WHERE x.end > ?1 AND x.start < ?2
     UNION SELECT r.id, s.name AS source, r.kind, r.ext_id, r.at, r.reason, r.content
     FROM span_revision r JOIN source s ON s.id = r.source_id WHERE r.at >= ?3 AND r.at < ?4 AND r.kind = 'shift'
     ORDER BY 5, 1";

/// So long before and after a window its shifts are usually changed: how far ahead rotas are read, and until when they
/// are frozen.
const AROUND_MS: (i64, i64) = (60 * DAY_MS, 14 * DAY_MS);

impl Reader<'_> {
    /// The revisions of shifts that touch a window, oldest first: of those that lie in it, also gone ones, and what was
    /// written around it. Some may be about other times.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn shift_revisions(&self, window: Window) -> Result<Vec<RevisionRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(SHIFT_REVISIONS)?;
        let (before, after) = (window.start.plus_millis(-AROUND_MS.0), window.end.plus_millis(AROUND_MS.1));
        let around = [window.start, window.end, before, after].map(Timestamp::as_millis);
        let rows = statement.query_map(around, revision)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The revisions written in `[from, to)`, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn revisions(&self, from: Timestamp, to: Timestamp) -> Result<Vec<RevisionRow>, StoreError> {
        let sql = "SELECT r.id, s.name AS source, r.kind, r.ext_id, r.at, r.reason, r.content
            FROM span_revision r JOIN source s ON s.id = r.source_id WHERE r.at >= ?1 AND r.at < ?2 ORDER BY r.at, r.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([from.as_millis(), to.as_millis()], revision)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn revision(row: &Row<'_>) -> rusqlite::Result<RevisionRow> {
    Ok(RevisionRow {
        id: row.get("id")?,
        source: row.get("source")?,
        kind: row.word("kind", RecordKind::from_word)?,
        ext_id: row.get("ext_id")?,
        at: row.at("at")?,
        reason: row.word("reason", RevisionReason::from_word)?,
        content: row.json("content")?,
    })
}

impl Writer<'_> {
    /// Writes a revision.
    pub(super) fn revise(
        &self,
        row: Revised<'_>,
        reason: RevisionReason,
        content: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO span_revision (source_id, kind, ext_id, at, reason, content, digest)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let digest = digest_bytes(content.as_bytes());
        let Revised { source, kind, ext_id } = row;
        let values = params![source.0, kind.word(), ext_id, now.as_millis(), reason.word(), content, digest];
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Writes a revision unless the same was written before. Returns whether it was written.
    pub(super) fn revise_once(
        &self,
        row: Revised<'_>,
        reason: RevisionReason,
        content: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM span_revision
            WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3 AND reason = ?4 AND digest = ?5 LIMIT 1";
        let values =
            params![row.source.0, row.kind.word(), row.ext_id, reason.word(), digest_bytes(content.as_bytes())];
        if self.connection.prepare_cached(sql)?.query_row(values, |_| Ok(())).optional()?.is_some() {
            return Ok(false);
        }
        self.revise(row, reason, content, now)?;
        Ok(true)
    }
}
