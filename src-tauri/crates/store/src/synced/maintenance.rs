//! Table `maintenance`: planned work and change freezes.

use fairlead_domain::Window;
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use rusqlite::params;

use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE maintenance (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_key    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  start      INTEGER NOT NULL,
  end        INTEGER NOT NULL,
  services   TEXT NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_key)
) STRICT;
CREATE INDEX maintenance_by_end ON maintenance (end, start);
";

/// A span of time set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaintenanceRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub maintenance: Maintenance,
}

const UPSERT: &str = upsert_sql!("maintenance", keys: source_id, ext_key; columns: kind, title, start, end, services);

impl Reader<'_> {
    /// Maintenance and freezes that reach into a window, by start.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn maintenance(&self, window: Window) -> Result<Vec<MaintenanceRow>, StoreError> {
        let sql = "SELECT s.name AS source, m.ext_key, m.kind, m.title, m.start, m.end, m.services
            FROM maintenance m JOIN source s ON s.id = m.source_id
            WHERE m.end > ?1 AND m.start < ?2 AND m.deleted_at IS NULL ORDER BY m.start, m.ext_key";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            let maintenance = Maintenance {
                ext_key: row.get("ext_key")?,
                kind: row.word("kind", MaintenanceKind::from_word)?,
                title: row.get("title")?,
                start: row.at("start")?,
                end: row.at("end")?,
                services: row.json("services")?,
            };
            Ok(MaintenanceRow { source: row.get("source")?, maintenance })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_maintenance(&mut self, source: SourceId, work: &Maintenance) -> Result<Stored, StoreError> {
        let values = params![
            source.0,
            work.ext_key,
            work.kind.word(),
            work.title,
            work.start.as_millis(),
            work.end.as_millis(),
            to_json("services of maintenance", &work.services)?
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
