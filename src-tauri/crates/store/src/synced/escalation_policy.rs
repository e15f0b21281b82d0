//! Tables `escalation_policy` and `policy_level`.

use fairlead_domain::Timestamp;
use fairlead_domain::escalation::EscalationPolicy;
use rusqlite::params;

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::digest;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE escalation_policy (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  name       TEXT NOT NULL,
  parts      BLOB NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE TABLE policy_level (
  policy_id    INTEGER NOT NULL REFERENCES escalation_policy (id) ON DELETE CASCADE,
  ordinal      INTEGER NOT NULL,
  level        INTEGER NOT NULL,
  timeout_secs INTEGER,
  schedule     TEXT,
  identity_id  INTEGER REFERENCES person_identity (id) ON DELETE CASCADE,
  PRIMARY KEY (policy_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_level_by_identity ON policy_level (identity_id);
";

/// One whom a policy asks: a schedule, a person, or nobody at this level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// The source's name.
    pub source: String,
    /// The policy's id in the source.
    pub policy: String,
    /// The policy's name.
    pub name: String,
    /// 1 is asked first.
    pub level: u32,
    /// Seconds without acknowledgement before the next level is asked.
    pub timeout_secs: Option<u32>,
    /// The schedule asked, by the source's id.
    pub schedule: Option<String>,
    /// The person asked.
    pub person: Option<PersonName>,
}

const UPSERT: &str = upsert_sql!("escalation_policy", keys: source_id, ext_id; columns: name, parts);

impl Reader<'_> {
    /// Everyone whom the policies that existed at `at` ask, by source, policy and order.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn escalation_policies(&self, at: Timestamp) -> Result<Vec<PolicyRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, p.ext_id, p.name, l.level, l.timeout_secs, l.schedule, ",
            who_columns!(),
            " FROM escalation_policy p JOIN source s ON s.id = p.source_id JOIN policy_level l ON l.policy_id = p.id
             LEFT JOIN person_identity who ON who.id = l.identity_id
             WHERE p.deleted_at IS NULL OR p.deleted_at > ?1 ORDER BY s.name, p.ext_id, l.ordinal"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(PolicyRow {
                source: row.get("source")?,
                policy: row.get("ext_id")?,
                name: row.get("name")?,
                level: row.get("level")?,
                timeout_secs: row.get("timeout_secs")?,
                schedule: row.get("schedule")?,
                person: person_name(row)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_policy(&mut self, source: SourceId, policy: &EscalationPolicy) -> Result<Stored, StoreError> {
        let parts = digest("escalation levels", &policy.levels)?;
        let values = params![source.0, policy.ext_id, policy.name, parts];
        let (stored, id) = upsert(self.connection, UPSERT, values)?;
        let Some(id) = id else { return Ok(stored) };
        self.connection.prepare_cached("DELETE FROM policy_level WHERE policy_id = ?1")?.execute([id])?;
        let mut ordinal = 0_u32;
        for level in &policy.levels {
            let mut asked: Vec<(Option<&str>, Option<i64>)> =
                level.schedules.iter().map(|schedule| (Some(schedule.as_str()), None)).collect();
            for person in &level.people {
                asked.push((None, self.person(source, Some(person))?));
            }
            if asked.is_empty() {
                asked.push((None, None));
            }
            for (schedule, person) in asked {
                let sql = "INSERT INTO policy_level (policy_id, ordinal, level, timeout_secs, schedule, identity_id)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let values = params![id, ordinal, level.level, level.timeout_secs, schedule, person];
                self.connection.prepare_cached(sql)?.execute(values)?;
                ordinal += 1;
            }
        }
        Ok(stored)
    }
}
