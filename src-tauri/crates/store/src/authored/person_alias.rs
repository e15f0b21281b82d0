//! Table `person_alias`: people whom somebody joined or parted by hand. Synced rows keep their own keys; the answer to
//! "who is this" is worked out at every read, so that a merge can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::revision::{By, Entry};
use super::{PersonHoursRow, PersonKind, Reader, Writer, person_hours, person_mark};
use crate::error::StoreError;

pub(super) const NAME: &str = "person_alias";

pub(super) const TABLE: &str = "
CREATE TABLE person_alias (
  subject    TEXT PRIMARY KEY,
  person_key TEXT NOT NULL,
  rev        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What is pointed to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonSubject {
    /// A whole person: merged into another.
    Person(Uuid),
    /// One identity of a source: parted from whom its e-mail makes it, or given to somebody.
    Identity {
        /// The source's name.
        source: String,
        /// The key within the source.
        ext_id: String,
    },
}

impl PersonSubject {
    fn key(&self) -> String {
        match self {
            Self::Person(key) => format!("person/{key}"),
            Self::Identity { source, ext_id } => format!("identity/{source}/{ext_id}"),
        }
    }
}

/// Who is meant.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Content {
    person_key: Uuid,
}

/// Who is whom at an instant, and what was said of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonAliases {
    aliases: BTreeMap<String, Uuid>,
    marks: BTreeMap<Uuid, PersonKind>,
    /// By `valid_from`.
    hours: Vec<PersonHoursRow>,
}

impl PersonAliases {
    /// The person behind an identity whose row says `key`. Merges are followed to their end; a circle of merges stands
    /// for the least key in it.
    #[must_use]
    pub fn resolve(&self, source: &str, ext_id: &str, key: Uuid) -> Uuid {
        let identity = PersonSubject::Identity { source: source.to_owned(), ext_id: ext_id.to_owned() };
        self.resolve_key(self.aliases.get(&identity.key()).copied().unwrap_or(key))
    }

    /// The person whom a key stands for.
    #[must_use]
    pub fn resolve_key(&self, key: Uuid) -> Uuid {
        let mut passed = BTreeSet::new();
        let mut at = key;
        while passed.insert(at) {
            match self.aliases.get(&PersonSubject::Person(at).key()) {
                Some(next) => at = *next,
                None => return at,
            }
        }
        // `at` lies on the circle; whoever led into it is not part of it.
        let mut least = at;
        let mut next = self.aliases.get(&PersonSubject::Person(at).key()).copied();
        while let Some(member) = next.filter(|member| *member != at) {
            least = least.min(member);
            next = self.aliases.get(&PersonSubject::Person(member).key()).copied();
        }
        least
    }

    /// Whether an identity was given to somebody, or a person merged into another.
    #[must_use]
    pub fn points(&self, subject: &PersonSubject) -> bool {
        self.aliases.contains_key(&subject.key())
    }

    /// What the account of a person stands for, where somebody said so. Of people who were merged, what was said of the
    /// one who stays goes first.
    #[must_use]
    pub fn mark(&self, person: Uuid) -> Option<PersonKind> {
        let person = self.resolve_key(person);
        self.marks
            .get(&person)
            .copied()
            .or_else(|| self.marks.iter().find(|(key, _)| self.resolve_key(**key) == person).map(|(_, kind)| *kind))
    }

    /// The zone of a person at an instant, where somebody said so.
    #[must_use]
    pub fn timezone(&self, person: Uuid, at: Timestamp) -> Option<&str> {
        self.hours_of(person, at).filter_map(|row| row.timezone.as_deref()).next_back()
    }

    /// The working hours of a person at an instant in minutes since midnight, where somebody said so.
    #[must_use]
    pub fn hours(&self, person: Uuid, at: Timestamp) -> Option<(u16, u16)> {
        self.hours_of(person, at).filter_map(|row| row.hours).next_back()
    }

    /// Everything that was said of a person's zone and hours, by when it begins to hold.
    #[must_use]
    pub fn hours_rows(&self, person: Uuid) -> Vec<&PersonHoursRow> {
        self.hours_of(person, Timestamp::LATEST).collect()
    }

    fn hours_of(&self, person: Uuid, at: Timestamp) -> impl DoubleEndedIterator<Item = &PersonHoursRow> {
        let person = self.resolve_key(person);
        self.hours.iter().filter(move |row| self.resolve_key(row.person) == person && row.valid_from <= at)
    }
}

impl Reader<'_> {
    /// Who was whom at an instant.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn person_aliases(&self, at: Timestamp) -> Result<PersonAliases, StoreError> {
        let rows = self.rows_at::<Content>(NAME, at)?;
        let aliases = rows.into_iter().map(|(subject, _, content)| (subject, content.person_key)).collect();
        let marks = self.rows_at::<person_mark::Content>(person_mark::NAME, at)?;
        let marks = marks.into_iter().filter_map(|(key, _, content)| Some((key.parse().ok()?, content.kind))).collect();
        let hours = self.rows_at::<PersonHoursRow>(person_hours::NAME, at)?;
        let mut hours: Vec<PersonHoursRow> = hours.into_iter().map(|(_, _, row)| row).collect();
        hours.sort_by_key(|row| (row.valid_from, row.person));
        Ok(PersonAliases { aliases, marks, hours })
    }
}

impl Writer<'_> {
    /// Points a person or an identity to somebody; `None` takes that back.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn set_person_alias(
        &mut self,
        subject: &PersonSubject,
        person: Option<Uuid>,
        by: &By,
    ) -> Result<i64, StoreError> {
        let key = subject.key();
        let verb = if person.is_some() { "person_alias.set" } else { "person_alias.remove" };
        self.save_person_alias(&key, person.map(|person_key| Content { person_key }), verb, by)
    }

    pub(super) fn save_person_alias(
        &mut self,
        key: &str,
        content: Option<Content>,
        verb: &'static str,
        by: &By,
    ) -> Result<i64, StoreError> {
        let entry = Entry { table: NAME, key, verb, expected: None };
        self.record(entry, content.as_ref(), by, |c, rev| match content {
            Some(Content { person_key }) => c
                .prepare_cached(
                    "INSERT INTO person_alias (subject, person_key, rev) VALUES (?1, ?2, ?3)
                     ON CONFLICT (subject) DO UPDATE SET person_key = excluded.person_key, rev = excluded.rev",
                )?
                .execute(params![key, person_key.to_string(), rev]),
            None => c.prepare_cached("DELETE FROM person_alias WHERE subject = ?1")?.execute([key]),
        })
    }
}
