//! Tables `leave` and `holiday`: when people are away.

use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::{Timestamp, Window};
use rusqlite::params;

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE leave (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_key     TEXT NOT NULL,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  start       INTEGER NOT NULL,
  end         INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  UNIQUE (source_id, ext_key)
) STRICT;
CREATE INDEX leave_by_end ON leave (end, start);
CREATE INDEX leave_by_identity ON leave (identity_id);
CREATE TABLE holiday (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_key    TEXT NOT NULL,
  name       TEXT NOT NULL,
  start      INTEGER NOT NULL,
  end        INTEGER NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_key)
) STRICT;
CREATE INDEX holiday_by_end ON holiday (end, start);
";

/// A person's leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveRow {
    /// The source's name.
    pub source: String,
    /// The key in the source.
    pub ext_key: String,
    /// Who; `None` when the entry could not be matched to a person.
    pub person: Option<PersonName>,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub holiday: Holiday,
}

const LEAVE: &str = upsert_sql!("leave", keys: source_id, ext_key; columns: identity_id, start, end);
const HOLIDAY: &str = upsert_sql!("holiday", keys: source_id, ext_key; columns: name, start, end);

impl Reader<'_> {
    /// The leaves that reach into a window, by start.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn leaves(&self, window: Window) -> Result<Vec<LeaveRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, l.ext_key, l.start, l.end, ",
            who_columns!(),
            " FROM leave l JOIN source s ON s.id = l.source_id LEFT JOIN person_identity who ON who.id = l.identity_id
             WHERE l.end > ?1 AND l.start < ?2 AND l.deleted_at IS NULL ORDER BY l.start, l.ext_key"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            Ok(LeaveRow {
                source: row.get("source")?,
                ext_key: row.get("ext_key")?,
                person: person_name(row)?,
                start: row.at("start")?,
                end: row.at("end")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The holidays that reach into a window, by start.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn holidays(&self, window: Window) -> Result<Vec<HolidayRow>, StoreError> {
        let sql = "SELECT s.name AS source, h.ext_key, h.name, h.start, h.end
            FROM holiday h JOIN source s ON s.id = h.source_id
            WHERE h.end > ?1 AND h.start < ?2 AND h.deleted_at IS NULL ORDER BY h.start, h.ext_key";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            let holiday = Holiday {
                ext_key: row.get("ext_key")?,
                name: row.get("name")?,
                start: row.at("start")?,
                end: row.at("end")?,
            };
            Ok(HolidayRow { source: row.get("source")?, holiday })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_leave(&mut self, source: SourceId, leave: &Leave) -> Result<Stored, StoreError> {
        let person = self.person(source, leave.person.as_ref())?;
        let values = params![source.0, leave.ext_key, person, leave.start.as_millis(), leave.end.as_millis()];
        Ok(upsert(self.connection, LEAVE, values)?.0)
    }

    pub(super) fn put_holiday(&mut self, source: SourceId, holiday: &Holiday) -> Result<Stored, StoreError> {
        let h = holiday;
        let values = params![source.0, h.ext_key, h.name, h.start.as_millis(), h.end.as_millis()];
        Ok(upsert(self.connection, HOLIDAY, values)?.0)
    }
}
