//! Table `service`.

use fairlead_domain::Timestamp;
use fairlead_domain::service::Service;
use rusqlite::params;

use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE service (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  name       TEXT NOT NULL,
  team       TEXT,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
";

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// The owning team's id in the source.
    pub team: Option<String>,
}

const UPSERT: &str = upsert_sql!("service", keys: source_id, ext_id; columns: name, team);

impl Reader<'_> {
    /// The services that existed at `at`, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn services(&self, at: Timestamp) -> Result<Vec<ServiceRow>, StoreError> {
        let sql = "SELECT s.name AS source, v.ext_id, v.name, v.team FROM service v JOIN source s ON s.id = v.source_id
            WHERE v.deleted_at IS NULL OR v.deleted_at > ?1 ORDER BY s.name, v.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(ServiceRow {
                source: row.get("source")?,
                ext_id: row.get("ext_id")?,
                name: row.get("name")?,
                team: row.get("team")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_service(&mut self, source: SourceId, service: &Service) -> Result<Stored, StoreError> {
        let values = params![source.0, service.ext_id, service.name, service.team];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
