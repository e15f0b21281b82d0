//! Table `shift`: who is on call when. Several rows may cover one instant of one schedule.
//!
//! The past is evidence: a shift that has begun changes only with a revision, and one that ended more than
//! [`FREEZE_MS`] ago does not change at all, because upstreams recompute old rotas from today's settings. What changes
//! ahead leaves a revision too, so that the rota can be told as it was known at any instant.

use fairlead_domain::schedule::{Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use rusqlite::{OptionalExtension, Row, named_params, params};
use serde::Serialize;

use super::person_identity::{PersonName, person_name_in, who_columns};
use super::revision::{Revised, RevisionReason};
use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::{InOrder, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE shift (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_key     TEXT NOT NULL,
  schedule    TEXT NOT NULL,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  withheld    INTEGER NOT NULL,
  start       INTEGER NOT NULL,
  end         INTEGER NOT NULL,
  end_open    INTEGER NOT NULL,
  level       INTEGER,
  role        TEXT NOT NULL,
  origin      TEXT NOT NULL,
  replaced_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  rotation    TEXT,
  rev         INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  UNIQUE (source_id, ext_key)
) STRICT;
CREATE INDEX shift_by_end ON shift (end, start);
CREATE INDEX shift_by_schedule ON shift (source_id, schedule, end);
CREATE INDEX shift_by_identity ON shift (identity_id);
CREATE INDEX shift_by_replaced ON shift (replaced_id);
";

/// So many milliseconds after its end a row about time no longer changes.
pub(super) const FREEZE_MS: i64 = 14 * DAY_MS;

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow {
    /// The source's name.
    pub source: String,
    /// The schedule's id in the source.
    pub schedule: String,
    /// The schedule's name, else its id.
    pub schedule_name: String,
    /// The key in the source.
    pub ext_key: String,
    /// Who; `None` states that nobody is on call, or that it is withheld.
    pub person: Option<PersonName>,
    /// The person's zone as the source gives it.
    pub timezone: Option<String>,
    /// Somebody outside the team's scope holds the shift.
    pub withheld: bool,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// The source does not know the end.
    pub end_open: bool,
    /// Escalation level, the first is 1.
    pub level: Option<u32>,
    /// What the person is there for.
    pub role: ShiftRole,
    /// Why it is this person.
    pub origin: ShiftOrigin,
    /// Display name of whom an override or a swap replaced.
    pub replaced: Option<String>,
    /// The rotation's id in the source.
    pub rotation: Option<String>,
}

/// A shift's content by which it is compared and that a revision keeps. Times in UTC milliseconds, people by their key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Content {
    schedule: String,
    person: Option<String>,
    withheld: bool,
    start: i64,
    end: i64,
    end_open: bool,
    level: Option<u32>,
    role: String,
    origin: String,
    replaced: Option<String>,
    rotation: Option<String>,
}

impl Content {
    fn of(shift: &Shift) -> Self {
        Self {
            schedule: shift.schedule.clone(),
            person: shift.person.as_ref().and_then(fairlead_domain::person::PersonRef::identity),
            withheld: shift.withheld,
            start: shift.start.as_millis(),
            end: shift.end.as_millis(),
            end_open: shift.end_open,
            level: shift.level,
            role: shift.role.word().to_owned(),
            origin: shift.origin.word().to_owned(),
            replaced: shift.replaced.as_ref().and_then(fairlead_domain::person::PersonRef::identity),
            rotation: shift.rotation.clone(),
        }
    }

    /// Whether both have no end and were merely read up to different instants.
    fn differs_in_open_end_alone(&self, other: &Self) -> bool {
        self.end_open && other.end_open && *self == Self { end: self.end, ..other.clone() }
    }

    /// Whether the other reading merely reached less than a day further: the edge of what is read moves with every sync,
    /// and a row that follows it each time would be news without news.
    fn is_only_seen_further(&self, other: &Self) -> bool {
        self.differs_in_open_end_alone(other) && (0..DAY_MS).contains(&other.end.saturating_sub(self.end))
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            schedule: row.get("schedule")?,
            person: row.get("person")?,
            withheld: row.get("withheld")?,
            start: row.get("start")?,
            end: row.get("end")?,
            end_open: row.get("end_open")?,
            level: row.get("level")?,
            role: row.get("role")?,
            origin: row.get("origin")?,
            replaced: row.get("replaced")?,
            rotation: row.get("rotation")?,
        })
    }
}

pub(crate) const SHIFTS: &str = concat!(
    "SELECT s.name AS source, x.schedule, coalesce(c.name, x.schedule) AS schedule_name, x.ext_key, x.withheld, x.start,
       x.end, x.end_open, x.level, x.role, x.origin, x.rotation, who.timezone,
       coalesce(was.name, was.ref_name, was.email, was.ref_email, was.ext_id) AS replaced, ",
    who_columns!(),
    " FROM shift x JOIN source s ON s.id = x.source_id
     LEFT JOIN schedule c ON c.source_id = x.source_id AND c.ext_id = x.schedule
     LEFT JOIN person_identity who ON who.id = x.identity_id
     LEFT JOIN person_identity was ON was.id = x.replaced_id
     WHERE x.end > ?1 AND x.start < ?2 AND x.deleted_at IS NULL
       AND (s.archived_at IS NULL OR x.start < s.archived_at) ORDER BY x.start, s.name, x.schedule, x.ext_key"
);

impl Reader<'_> {
    /// The shifts that reach into a window, by start, as the sources state them: not clipped. Of a source that is not read
    /// any more, what had not begun when it was archived is not known.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn shifts(&self, window: Window) -> Result<Vec<ShiftRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(SHIFTS)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            let mut next = InOrder::of(row);
            Ok(ShiftRow {
                source: next.value()?,
                schedule: next.value()?,
                schedule_name: next.value()?,
                ext_key: next.value()?,
                withheld: next.value()?,
                start: next.at()?,
                end: next.at()?,
                end_open: next.value()?,
                level: next.value()?,
                role: next.word(ShiftRole::from_word)?,
                origin: next.word(ShiftOrigin::from_word)?,
                rotation: next.value()?,
                timezone: next.value()?,
                replaced: next.value()?,
                person: person_name_in(&mut next)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_shift(
        &mut self,
        (source, stream): (SourceId, &str),
        shift: &Shift,
        now: Timestamp,
    ) -> Result<Stored, StoreError> {
        let said = Content::of(shift);
        let row = Revised { source, kind: RecordKind::Shift, ext_id: &shift.ext_key };
        let known = self.shift_content(source, &shift.ext_key)?;
        if known.as_ref().is_none_or(|(_, deleted)| *deleted) && self.is_news_ahead((source, stream), shift, now)? {
            self.revise(row, RevisionReason::ComingAdded, &to_json("shift", &said)?, now)?;
        }
        let Some((old, deleted)) = known else {
            self.save_shift(source, shift)?;
            return Ok(Stored::Inserted);
        };
        if !deleted && (old == said || old.is_only_seen_further(&said)) {
            return Ok(Stored::Unchanged);
        }
        if !deleted && now.as_millis().saturating_sub(old.end) > FREEZE_MS {
            self.revise_once(row, RevisionReason::Frozen, &to_json("shift", &said)?, now)?;
            return Ok(Stored::Unchanged);
        }
        if !deleted && !old.differs_in_open_end_alone(&said) {
            let coming = old.start > now.as_millis();
            let reason = if coming { RevisionReason::ComingChanged } else { RevisionReason::Changed };
            self.revise(row, reason, &to_json("shift", &old)?, now)?;
        }
        self.save_shift(source, shift)?;
        Ok(Stored::Updated)
    }

    /// Whether a coming shift that is not shown yet begins in time of which all was known: it was not there before. The
    /// edge of what is read moves on with every sync, and what it meets is no news.
    fn is_news_ahead(
        &self,
        (source, stream): (SourceId, &str),
        shift: &Shift,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if shift.start <= now {
            return Ok(false);
        }
        Ok(self.coverage(source, stream)?.iter().any(|read| read.contains(shift.start)))
    }

    fn shift_content(&self, source: SourceId, ext_key: &str) -> Result<Option<(Content, bool)>, StoreError> {
        let sql = "SELECT x.schedule, who.ext_id AS person, x.withheld, x.start, x.end, x.end_open, x.level, x.role,
              x.origin, was.ext_id AS replaced, x.rotation, x.deleted_at IS NOT NULL AS deleted
            FROM shift x LEFT JOIN person_identity who ON who.id = x.identity_id
            LEFT JOIN person_identity was ON was.id = x.replaced_id
            WHERE x.source_id = ?1 AND x.ext_key = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row(params![source.0, ext_key], |row| Ok((Content::read(row)?, row.get("deleted")?)));
        Ok(row.optional()?)
    }

    fn save_shift(&self, source: SourceId, shift: &Shift) -> Result<(), StoreError> {
        let sql = "INSERT INTO shift (source_id, ext_key, schedule, identity_id, withheld, start, end, end_open, level,
              role, origin, replaced_id, rotation)
            VALUES (:source, :key, :schedule, :person, :withheld, :start, :end, :open, :level, :role, :origin, :replaced,
              :rotation)
            ON CONFLICT (source_id, ext_key) DO UPDATE SET schedule = excluded.schedule,
              identity_id = excluded.identity_id, withheld = excluded.withheld, start = excluded.start,
              end = excluded.end, end_open = excluded.end_open, level = excluded.level, role = excluded.role,
              origin = excluded.origin, replaced_id = excluded.replaced_id, rotation = excluded.rotation,
              rev = rev + 1, deleted_at = NULL";
        self.connection.prepare_cached(sql)?.execute(named_params! {
            ":source": source.0,
            ":key": shift.ext_key,
            ":schedule": shift.schedule,
            ":person": self.person(source, shift.person.as_ref())?,
            ":withheld": shift.withheld,
            ":start": shift.start.as_millis(),
            ":end": shift.end.as_millis(),
            ":open": shift.end_open,
            ":level": shift.level,
            ":role": shift.role.word(),
            ":origin": shift.origin.word(),
            ":replaced": self.person(source, shift.replaced.as_ref())?,
            ":rotation": shift.rotation,
        })?;
        Ok(())
    }
}
