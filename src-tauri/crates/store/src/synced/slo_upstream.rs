//! Table `slo_upstream`: what upstreams themselves say of an SLO's budget; a row where the figure changed.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::SloUpstream;
use rusqlite::{OptionalExtension, params};

use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE slo_upstream (
  slo_id    INTEGER NOT NULL REFERENCES slo (id) ON DELETE CASCADE,
  at        INTEGER NOT NULL,
  remaining REAL NOT NULL,
  PRIMARY KEY (slo_id, at)
) STRICT, WITHOUT ROWID;
";

/// The upstream's figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SloUpstreamRow {
    /// [`super::SloRow::id`].
    pub slo: i64,
    /// Since when the upstream said so.
    pub at: Timestamp,
    /// Budget remaining, 1 = untouched, < 0 = overspent.
    pub remaining: f64,
}

impl Reader<'_> {
    /// Of every SLO, the figure that its upstream gave last at or before `at`.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo_upstreams(&self, at: Timestamp) -> Result<Vec<SloUpstreamRow>, StoreError> {
        let sql = "SELECT u.slo_id, u.at, u.remaining FROM slo o JOIN slo_upstream u ON u.slo_id = o.id
              AND u.at = (SELECT max(at) FROM slo_upstream WHERE slo_id = o.id AND at <= ?1)
            ORDER BY u.slo_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(SloUpstreamRow { slo: row.get("slo_id")?, at: row.at("at")?, remaining: row.get("remaining")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_upstream(&mut self, source: SourceId, figure: &SloUpstream) -> Result<Stored, StoreError> {
        let slo = self.slo_id(source, &figure.slo)?;
        let at = figure.at.as_millis();
        let sql = "SELECT at, remaining FROM slo_upstream WHERE slo_id = ?1 AND at <= ?2 ORDER BY at DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>("at")?, row.get::<_, f64>("remaining")?));
        let before = statement.query_row([slo, at], row).optional()?;
        let same = |known: f64| known.to_bits() == figure.budget_remaining.to_bits();
        if before.is_some_and(|(_, remaining)| same(remaining)) {
            return Ok(Stored::Unchanged);
        }
        let sql = "INSERT INTO slo_upstream (slo_id, at, remaining) VALUES (?1, ?2, ?3)
            ON CONFLICT (slo_id, at) DO UPDATE SET remaining = excluded.remaining";
        self.connection.prepare_cached(sql)?.execute(params![slo, at, figure.budget_remaining])?;
        // An older figure may come later: the next row then says nothing new.
        let sql = "SELECT at, remaining FROM slo_upstream WHERE slo_id = ?1 AND at > ?2 ORDER BY at LIMIT 1";
        if let Some((next, remaining)) = self.connection.prepare_cached(sql)?.query_row([slo, at], row).optional()?
            && same(remaining)
        {
            self.connection
                .prepare_cached("DELETE FROM slo_upstream WHERE slo_id = ?1 AND at = ?2")?
                .execute([slo, next])?;
        }
        Ok(if before.is_some_and(|(known, _)| known == at) { Stored::Updated } else { Stored::Inserted })
    }
}
