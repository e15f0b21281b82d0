//! Table `postmortem`.

use fairlead_domain::Timestamp;
use fairlead_domain::postmortem::Postmortem;
use rusqlite::params;

use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis};
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

/// A postmortem document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostmortemRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub postmortem: Postmortem,
}

const UPSERT: &str = upsert_sql!("postmortem", keys: source_id, ext_id;
    columns: incident, title, status, published_at, url);

impl Reader<'_> {
    /// The postmortems that existed at `at`, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn postmortems(&self, at: Timestamp) -> Result<Vec<PostmortemRow>, StoreError> {
        let sql = "SELECT s.name AS source, p.ext_id, p.incident, p.title, p.status, p.published_at, p.url
            FROM postmortem p JOIN source s ON s.id = p.source_id
            WHERE p.deleted_at IS NULL OR p.deleted_at > ?1 ORDER BY s.name, p.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            let postmortem = Postmortem {
                ext_id: row.get("ext_id")?,
                incident: row.get("incident")?,
                title: row.get("title")?,
                status: row.get("status")?,
                published_at: row.at_opt("published_at")?,
                url: row.get("url")?,
            };
            Ok(PostmortemRow { source: row.get("source")?, postmortem })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_postmortem(&mut self, source: SourceId, postmortem: &Postmortem) -> Result<Stored, StoreError> {
        let p = postmortem;
        let values = params![source.0, p.ext_id, p.incident, p.title, p.status, millis(p.published_at), p.url];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
