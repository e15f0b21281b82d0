//! Tables `tombstone` and `missing`: what vanished upstream, and what was missed once and may be back next time.

use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{RecordKind, Timestamp, words};
use rusqlite::{OptionalExtension, params};

use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE tombstone (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  ext_id    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (source_id, kind, ext_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_by_time ON tombstone (at);
CREATE TABLE missing (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  ext_id    TEXT NOT NULL,
  since     INTEGER NOT NULL,
  PRIMARY KEY (source_id, kind, ext_id)
) STRICT, WITHOUT ROWID;
";

/// A row counts as gone when two complete listings at least so many milliseconds apart lack it.
const MISSES_APART_MS: i64 = HOUR_MS;

words! {
    /// Why a row is no longer shown.
    TombstoneReason {
        /// Complete listings lack it.
        Missing = "missing",
        /// The upstream states its time without it.
        Replaced = "replaced",
    }
}

/// A row that vanished upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TombstoneRow {
    /// The source's name.
    pub source: String,
    /// What kind of row.
    pub kind: RecordKind,
    /// The row's key in the source.
    pub ext_id: String,
    /// When it was taken as gone.
    pub at: Timestamp,
    /// Why.
    pub reason: TombstoneReason,
}

impl Reader<'_> {
    /// What vanished in `[from, to)` and has not come back, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn tombstones(&self, from: Timestamp, to: Timestamp) -> Result<Vec<TombstoneRow>, StoreError> {
        let sql = "SELECT s.name AS source, t.kind, t.ext_id, t.at, t.reason
            FROM tombstone t JOIN source s ON s.id = t.source_id WHERE t.at >= ?1 AND t.at < ?2 ORDER BY t.at, t.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([from.as_millis(), to.as_millis()], |row| {
            Ok(TombstoneRow {
                source: row.get("source")?,
                kind: row.word("kind", RecordKind::from_word)?,
                ext_id: row.get("ext_id")?,
                at: row.at("at")?,
                reason: row.word("reason", TombstoneReason::from_word)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn entomb(
        &self,
        place: (SourceId, RecordKind, &str),
        reason: TombstoneReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO tombstone (source_id, kind, ext_id, at, reason) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET at = excluded.at, reason = excluded.reason";
        let (source, kind, key) = place;
        let values = params![source.0, kind.word(), key, now.as_millis(), reason.word()];
        self.connection.prepare_cached(sql)?.execute(values)?;
        self.found_again(place)
    }

    /// Removes the tombstone of a row that came back.
    pub(super) fn exhume(&self, source: SourceId, kind: RecordKind, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM tombstone WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3";
        self.connection.prepare_cached(sql)?.execute(params![source.0, kind.word(), key])?;
        Ok(())
    }

    /// Whether a row was missed before, long enough ago. A first miss is noted.
    pub(super) fn is_missed_again(
        &self,
        source: SourceId,
        kind: RecordKind,
        key: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT since FROM missing WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3";
        let place = params![source.0, kind.word(), key];
        let since: Option<i64> =
            self.connection.prepare_cached(sql)?.query_row(place, |row| row.get("since")).optional()?;
        if let Some(since) = since {
            return Ok(now.as_millis().saturating_sub(since) >= MISSES_APART_MS);
        }
        let sql = "INSERT INTO missing (source_id, kind, ext_id, since) VALUES (?1, ?2, ?3, ?4)";
        self.connection.prepare_cached(sql)?.execute(params![source.0, kind.word(), key, now.as_millis()])?;
        Ok(false)
    }

    fn found_again(&self, (source, kind, key): (SourceId, RecordKind, &str)) -> Result<(), StoreError> {
        let sql = "DELETE FROM missing WHERE source_id = ?1 AND kind = ?2 AND ext_id = ?3";
        self.connection.prepare_cached(sql)?.execute(params![source.0, kind.word(), key])?;
        Ok(())
    }

    /// Forgets the misses of everything that this walk saw.
    pub(super) fn forget_misses(&self, source: SourceId, stream: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM missing WHERE source_id = ?1 AND EXISTS (SELECT 1 FROM temp.walk_key w
            WHERE w.source_id = missing.source_id AND w.stream = ?2 AND w.kind = missing.kind AND w.key = missing.ext_id)";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream])?;
        Ok(())
    }
}
