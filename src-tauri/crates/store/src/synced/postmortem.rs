//! Table `postmortem`.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_domain::postmortem::Postmortem;
use rusqlite::params;

use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::millis;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE postmortem (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id       TEXT NOT NULL,
  incident     TEXT,
  title        TEXT NOT NULL,
  status       TEXT,
  published_at INTEGER,
  url          TEXT,
  rev          INTEGER NOT NULL DEFAULT 0,
  deleted_at   INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
";

const UPSERT: &str = upsert_sql!("postmortem", keys: source_id, ext_id;
    columns: incident, title, status, published_at, url);

impl Reader<'_> {
    /// Ids of the incidents, in their source, of which there was a postmortem at `at`, not even a draft left out.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn reviewed_incidents(&self, at: Timestamp) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT DISTINCT incident FROM postmortem
            WHERE incident IS NOT NULL AND (deleted_at IS NULL OR deleted_at > ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([at.as_millis()], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_postmortem(&mut self, source: SourceId, postmortem: &Postmortem) -> Result<Stored, StoreError> {
        let p = postmortem;
        let values = params![source.0, p.ext_id, p.incident, p.title, p.status, millis(p.published_at), p.url];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
