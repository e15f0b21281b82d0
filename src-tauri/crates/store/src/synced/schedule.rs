//! Tables `schedule` and `rotation`.

use fairlead_domain::Timestamp;
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem};
use rusqlite::params;

use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE schedule (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  name       TEXT NOT NULL,
  system     TEXT NOT NULL,
  timezone   TEXT,
  team       TEXT,
  url        TEXT,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE TABLE rotation (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  schedule   TEXT NOT NULL,
  name       TEXT NOT NULL,
  ordinal    INTEGER NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
";

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub schedule: Schedule,
}

/// A rotation of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub rotation: Rotation,
}

const SCHEDULE: &str = upsert_sql!("schedule", keys: source_id, ext_id; columns: name, system, timezone, team, url);
const ROTATION: &str = upsert_sql!("rotation", keys: source_id, ext_id; columns: schedule, name, ordinal);

impl Reader<'_> {
    /// The schedules that existed at `at`, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn schedules(&self, at: Timestamp) -> Result<Vec<ScheduleRow>, StoreError> {
        let sql = "SELECT s.name AS source, c.ext_id, c.name, c.system, c.timezone, c.team, c.url
            FROM schedule c JOIN source s ON s.id = c.source_id
            WHERE c.deleted_at IS NULL OR c.deleted_at > ?1 ORDER BY s.name, c.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            let schedule = Schedule {
                ext_id: row.get("ext_id")?,
                name: row.get("name")?,
                system: row.word("system", ScheduleSystem::from_word)?,
                timezone: row.get("timezone")?,
                team: row.get("team")?,
                url: row.get("url")?,
            };
            Ok(ScheduleRow { source: row.get("source")?, schedule })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The rotations that existed at `at`, by source, schedule and order.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn rotations(&self, at: Timestamp) -> Result<Vec<RotationRow>, StoreError> {
        let sql = "SELECT s.name AS source, r.ext_id, r.schedule, r.name, r.ordinal
            FROM rotation r JOIN source s ON s.id = r.source_id
            WHERE r.deleted_at IS NULL OR r.deleted_at > ?1 ORDER BY s.name, r.schedule, r.ordinal, r.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            let rotation = Rotation {
                ext_id: row.get("ext_id")?,
                schedule: row.get("schedule")?,
                name: row.get("name")?,
                ordinal: row.get("ordinal")?,
            };
            Ok(RotationRow { source: row.get("source")?, rotation })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_schedule(&mut self, source: SourceId, schedule: &Schedule) -> Result<Stored, StoreError> {
        let s = schedule;
        let values = params![source.0, s.ext_id, s.name, s.system.word(), s.timezone, s.team, s.url];
        Ok(upsert(self.connection, SCHEDULE, values)?.0)
    }

    pub(super) fn put_rotation(&mut self, source: SourceId, rotation: &Rotation) -> Result<Stored, StoreError> {
        let r = rotation;
        Ok(upsert(self.connection, ROTATION, params![source.0, r.ext_id, r.schedule, r.name, r.ordinal])?.0)
    }
}
