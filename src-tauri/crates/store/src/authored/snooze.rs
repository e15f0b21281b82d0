//! Table `snooze`: items that somebody put off until an instant, or until they are worse.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "snooze";

pub(super) const TABLE: &str = "
CREATE TABLE snooze (
  item   TEXT PRIMARY KEY,
  until  INTEGER NOT NULL,
  reason TEXT,
  rev    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// How bad an item was when it was put off, so that "worse" can be told.
pub(super) const WORSE: &str = "
ALTER TABLE snooze ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snooze ADD COLUMN until_worse INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snooze ADD COLUMN class TEXT;
ALTER TABLE snooze ADD COLUMN value REAL;
";

/// An item that was put off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SnoozeRow {
    /// The item's id.
    pub item: String,
    /// When it was put off, to the second.
    #[serde(default)]
    pub at: Timestamp,
    /// Until when, to the second; `None`: until it is worse.
    pub until: Option<Timestamp>,
    /// The word of its class then.
    #[serde(default)]
    pub class: Option<String>,
    /// Its number then.
    #[serde(default)]
    pub value: Option<f64>,
    /// Why.
    pub reason: Option<String>,
}

impl Reader<'_> {
    /// The snoozes that were in force at an instant, by item. One that holds until worse is in force until it is taken
    /// back: whether the item is worse is not known here.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn snoozes(&self, at: Timestamp) -> Result<Vec<SnoozeRow>, StoreError> {
        let rows = self.rows_at::<SnoozeRow>(NAME, at)?;
        Ok(rows.into_iter().map(|(_, _, row)| row).filter(|row| row.until.is_none_or(|until| until > at)).collect())
    }
}

impl Writer<'_> {
    /// Puts an item off.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn snooze(&mut self, snooze: &SnoozeRow, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: &snooze.item, verb: "snooze.set", expected: None };
        self.record(entry, Some(snooze), by, |c, rev| {
            c.prepare_cached(
                "INSERT INTO snooze (item, at, until, until_worse, class, value, reason, rev)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (item) DO UPDATE SET at = excluded.at, until = excluded.until,
                   until_worse = excluded.until_worse, class = excluded.class, value = excluded.value,
                   reason = excluded.reason, rev = excluded.rev",
            )?
            .execute(params![
                snooze.item,
                snooze.at.as_millis(),
                // The column cannot be empty; whoever reads it alone must not think that the snooze is over.
                snooze.until.unwrap_or(Timestamp::LATEST).as_millis(),
                snooze.until.is_none(),
                snooze.class,
                snooze.value,
                snooze.reason,
                rev
            ])
        })
    }

    /// Takes a snooze back.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn wake(&mut self, item: &str, by: &By) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: item, verb: "snooze.remove", expected: None };
        self.record(entry, None::<&SnoozeRow>, by, |c, _| {
            c.prepare_cached("DELETE FROM snooze WHERE item = ?1")?.execute([item])
        })
    }
}
