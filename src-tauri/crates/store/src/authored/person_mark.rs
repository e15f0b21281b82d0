//! Table `person_mark`: whether an account stands for one person, for several, or for none.

use fairlead_domain::words;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Writer;
use super::revision::{By, Entry};
use crate::error::StoreError;

pub(super) const NAME: &str = "person_mark";

pub(super) const TABLE: &str = "
CREATE TABLE person_mark (
  person TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  rev    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

words! {
    /// What an account stands for.
    PersonKind {
        /// One person.
        Person = "person",
        /// Several people; it covers a shift, but nobody's load can be told from it.
        Shared = "shared",
        /// A program; it covers a shift, and is nobody.
        Bot = "bot",
    }
}

/// What was said of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) kind: PersonKind,
}

impl Writer<'_> {
    /// Says what a person's account stands for; `None` takes that back.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn mark_person(&mut self, person: Uuid, kind: Option<PersonKind>, by: &By) -> Result<i64, StoreError> {
        let verb = if kind.is_some() { "person_mark.set" } else { "person_mark.remove" };
        self.save_mark(&person.to_string(), kind.map(|kind| Content { kind }), verb, by)
    }

    pub(super) fn save_mark(
        &mut self,
        person: &str,
        content: Option<Content>,
        verb: &'static str,
        by: &By,
    ) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key: person, verb, expected: None };
        self.record(entry, content.as_ref(), by, |c, rev| match content {
            Some(Content { kind }) => c
                .prepare_cached(
                    "INSERT INTO person_mark (person, kind, rev) VALUES (?1, ?2, ?3)
                     ON CONFLICT (person) DO UPDATE SET kind = excluded.kind, rev = excluded.rev",
                )?
                .execute(params![person, kind.word(), rev]),
            None => c.prepare_cached("DELETE FROM person_mark WHERE person = ?1")?.execute([person]),
        })
    }
}
