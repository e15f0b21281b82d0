//! Table `service_alias`: which service a source's service is, where somebody said so by hand.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

pub(super) const NAME: &str = "service_alias";

pub(super) const TABLE: &str = "
CREATE TABLE service_alias (
  source  TEXT NOT NULL,
  ext_id  TEXT NOT NULL,
  service TEXT NOT NULL,
  rev     INTEGER NOT NULL,
  PRIMARY KEY (source, ext_id)
) STRICT, WITHOUT ROWID;
";

/// A service of a source, and which service of ours it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAliasRow {
    /// The source's name.
    pub source: String,
    /// The service's id or name in the source.
    pub ext_id: String,
    /// Our service's name.
    pub service: String,
}

impl Reader<'_> {
    /// Which service was which at an instant, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn service_aliases(&self, at: Timestamp) -> Result<Vec<ServiceAliasRow>, StoreError> {
        Ok(self.rows_at(NAME, at)?.into_iter().map(|(_, _, row)| row).collect())
    }
}

impl Writer<'_> {
    /// Says which service of ours a source's service is; `None` takes that back.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn set_service_alias(
        &mut self,
        source: &str,
        ext_id: &str,
        service: Option<&str>,
        by: &By,
    ) -> Result<i64, StoreError> {
        let key = format!("{source}/{ext_id}");
        let verb = if service.is_some() { "service_alias.set" } else { "service_alias.remove" };
        let content = service.map(|service| ServiceAliasRow {
            source: source.to_owned(),
            ext_id: ext_id.to_owned(),
            service: service.to_owned(),
        });
        self.save_service_alias(&key, content.as_ref(), verb, by)
    }

    /// Writes the row of `source/ext_id`.
    pub(super) fn save_service_alias(
        &mut self,
        key: &str,
        content: Option<&ServiceAliasRow>,
        verb: &'static str,
        by: &By,
    ) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key, verb, expected: None };
        self.record(entry, content, by, |c, rev| match content {
            Some(ServiceAliasRow { source, ext_id, service }) => c
                .prepare_cached(
                    "INSERT INTO service_alias (source, ext_id, service, rev) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (source, ext_id) DO UPDATE SET service = excluded.service, rev = excluded.rev",
                )?
                .execute(params![source, ext_id, service, rev]),
            None => c.prepare_cached("DELETE FROM service_alias WHERE source || '/' || ext_id = ?1")?.execute([key]),
        })
    }
}
