//! Table `service_owner`: team and tier of services, where somebody said so beside the configuration.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

pub(super) const NAME: &str = "service_owner";

pub(super) const TABLE: &str = "
CREATE TABLE service_owner (
  service   TEXT PRIMARY KEY,
  team      TEXT,
  tier      INTEGER,
  lifecycle TEXT,
  rev       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Who owns a service, and how much it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOwnerRow {
    /// Our service's name.
    pub service: String,
    /// The owning team.
    pub team: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// How far it is in its life, for example `production`.
    pub lifecycle: Option<String>,
}

impl Reader<'_> {
    /// Who owned what at an instant, by service.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn service_owners(&self, at: Timestamp) -> Result<Vec<ServiceOwnerRow>, StoreError> {
        Ok(self.rows_at(NAME, at)?.into_iter().map(|(_, _, row)| row).collect())
    }
}

impl Writer<'_> {
    /// Says team and tier of a service.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn set_service_owner(&mut self, row: &ServiceOwnerRow, by: &By) -> Result<i64, StoreError> {
        self.save_owner(&row.service, Some(row), "service_owner.set", by)
    }

    pub(super) fn save_owner(
        &mut self,
        service: &str,
        content: Option<&ServiceOwnerRow>,
        verb: &'static str,
        by: &By,
    ) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: service, verb, expected: None };
        self.record(entry, content, by, |c, rev| match content {
            Some(row) => c
                .prepare_cached(
                    "INSERT INTO service_owner (service, team, tier, lifecycle, rev) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (service) DO UPDATE SET team = excluded.team, tier = excluded.tier,
                       lifecycle = excluded.lifecycle, rev = excluded.rev",
                )?
                .execute(params![service, row.team, row.tier, row.lifecycle, rev]),
            None => c.prepare_cached("DELETE FROM service_owner WHERE service = ?1")?.execute([service]),
        })
    }
}
