//! Table `source_terms`: what is stated about a source itself; a row where the statement changed.

use fairlead_domain::Timestamp;
use fairlead_domain::terms::{Terms, TermsBy};
use rusqlite::{OptionalExtension, Row, params};

use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE source_terms (
  source_id      INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  stated_by      TEXT NOT NULL,
  valid_from     INTEGER NOT NULL,
  retention_secs INTEGER,
  key_expires_at INTEGER,
  PRIMARY KEY (source_id, stated_by, valid_from)
) STRICT, WITHOUT ROWID;
";

/// The terms of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsRow {
    /// The source's name.
    pub source: String,
    /// What is stated.
    pub terms: Terms,
}

/// The statement of a row.
pub(super) fn terms(row: &Row<'_>) -> rusqlite::Result<Terms> {
    Ok(Terms {
        stated_by: row.word("stated_by", TermsBy::from_word)?,
        retention_secs: row.get("retention_secs")?,
        key_expires_at: row.at_opt("key_expires_at")?,
    })
}

impl Reader<'_> {
    /// What held for every source at `at`, by source and speaker. What was said first stands for the time before.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn source_terms(&self, at: Timestamp) -> Result<Vec<TermsRow>, StoreError> {
        let sql = "SELECT s.name AS source, t.stated_by, t.retention_secs, t.key_expires_at
            FROM source s CROSS JOIN source_terms t ON t.source_id = s.id
              AND t.valid_from = (SELECT max(valid_from) FROM source_terms o
                WHERE o.source_id = t.source_id AND o.stated_by = t.stated_by AND o.valid_from <= ?1)
            ORDER BY s.name, t.stated_by";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement
            .query_map([at.as_millis()], |row| Ok(TermsRow { source: row.get("source")?, terms: terms(row)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_terms(&mut self, source: SourceId, said: &Terms, now: Timestamp) -> Result<Stored, StoreError> {
        let sql = "SELECT stated_by, retention_secs, key_expires_at, valid_from FROM source_terms
            WHERE source_id = ?1 AND stated_by = ?2 ORDER BY valid_from DESC LIMIT 1";
        let values = params![source.0, said.stated_by.word()];
        let row = |row: &Row<'_>| Ok((terms(row)?, row.at("valid_from")?));
        let before = self.connection.prepare_cached(sql)?.query_row(values, row).optional()?;
        if before.as_ref().is_some_and(|(known, _)| known == said) {
            return Ok(Stored::Unchanged);
        }
        // Nothing is known of the time before the first reading; what was said then stands for it. A clock that was set
        // back must not make the older statement the newer one.
        let from = before.as_ref().map_or(Timestamp::EARLIEST, |(_, since)| now.max(*since));
        let sql = "INSERT INTO source_terms (source_id, stated_by, valid_from, retention_secs, key_expires_at)
            VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (source_id, stated_by, valid_from) DO UPDATE SET
              retention_secs = excluded.retention_secs, key_expires_at = excluded.key_expires_at";
        let values = params![
            source.0,
            said.stated_by.word(),
            from.as_millis(),
            said.retention_secs,
            millis(said.key_expires_at)
        ];
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(if before.is_none() { Stored::Inserted } else { Stored::Updated })
    }
}
