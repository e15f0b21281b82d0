//! Table `person_hours`: zone and working hours of people, each from a day on. What the configuration says has no date
//! and holds where nothing is said here.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Writer;
use super::revision::{By, Entry};
use crate::error::StoreError;

pub(super) const NAME: &str = "person_hours";

pub(super) const TABLE: &str = "
CREATE TABLE person_hours (
  person     TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  timezone   TEXT,
  from_mins  INTEGER,
  to_mins    INTEGER,
  rev        INTEGER NOT NULL,
  PRIMARY KEY (person, valid_from)
) STRICT, WITHOUT ROWID;
";

/// Zone and hours of a person from an instant on, until the next row of the person that says the same thing anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonHoursRow {
    /// The person's key.
    pub person: Uuid,
    /// From when on, to the second.
    pub valid_from: Timestamp,
    /// IANA zone; `None`: as before.
    pub timezone: Option<String>,
    /// Working hours, minutes since midnight, start and end; `None`: as before.
    pub hours: Option<(u16, u16)>,
}

impl PersonHoursRow {
    fn key(&self) -> String {
        format!("{}/{}", self.person, self.valid_from.as_millis())
    }
}

impl Writer<'_> {
    /// Says zone and hours of a person from an instant on. What the row of the same instant said and this one leaves
    /// open stays.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn set_person_hours(&mut self, row: &PersonHoursRow, by: &By) -> Result<i64, StoreError> {
        let mut row = PersonHoursRow { valid_from: Timestamp::from_secs(row.valid_from.as_secs()), ..row.clone() };
        let key = row.key();
        let before = self.rows_at::<PersonHoursRow>(NAME, Timestamp::LATEST)?;
        if let Some((_, _, before)) = before.into_iter().find(|(known, _, _)| *known == key) {
            row.timezone = row.timezone.or(before.timezone);
            row.hours = row.hours.or(before.hours);
        }
        self.save_hours(&key, Some(&row), "person_hours.set", by)
    }

    pub(super) fn save_hours(
        &mut self,
        key: &str,
        content: Option<&PersonHoursRow>,
        verb: &'static str,
        by: &By,
    ) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key, verb, expected: None };
        self.record(entry, content, by, |c, rev| match content {
            Some(row) => c
                .prepare_cached(
                    "INSERT INTO person_hours (person, valid_from, timezone, from_mins, to_mins, rev)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (person, valid_from) DO UPDATE SET timezone = excluded.timezone,
                       from_mins = excluded.from_mins, to_mins = excluded.to_mins, rev = excluded.rev",
                )?
                .execute(params![
                    row.person.to_string(),
                    row.valid_from.as_millis(),
                    row.timezone,
                    row.hours.map(|(from, _)| from),
                    row.hours.map(|(_, to)| to),
                    rev
                ]),
            None => c.prepare_cached("DELETE FROM person_hours WHERE person || '/' || valid_from = ?1")?.execute([key]),
        })
    }
}
