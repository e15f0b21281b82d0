//! Table `person_alias`: people whom somebody joined or parted by hand. Synced rows keep their own keys; the answer to
//! "who is this" is worked out at every read, so that a merge can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "person_alias";

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

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    person_key: Uuid,
}

/// Who is whom at an instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonAliases(BTreeMap<String, Uuid>);

impl PersonAliases {
    /// The person behind an identity whose row says `key`. Merges are followed to their end; a circle of merges stands
    /// for the least key in it.
    #[must_use]
    pub fn resolve(&self, source: &str, ext_id: &str, key: Uuid) -> Uuid {
        let identity = PersonSubject::Identity { source: source.to_owned(), ext_id: ext_id.to_owned() };
        self.resolve_key(self.0.get(&identity.key()).copied().unwrap_or(key))
    }

    /// The person whom a key stands for.
    #[must_use]
    pub fn resolve_key(&self, key: Uuid) -> Uuid {
        let mut passed = BTreeSet::new();
        let mut at = key;
        while passed.insert(at) {
            match self.0.get(&PersonSubject::Person(at).key()) {
                Some(next) => at = *next,
                None => return at,
            }
        }
        // `at` lies on the circle; whoever led into it is not part of it.
        let mut least = at;
        let mut next = self.0.get(&PersonSubject::Person(at).key()).copied();
        while let Some(member) = next.filter(|member| *member != at) {
            least = least.min(member);
            next = self.0.get(&PersonSubject::Person(member).key()).copied();
        }
        least
    }
}

impl Reader<'_> {
    /// Who was whom at an instant.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn person_aliases(&self, at: Timestamp) -> Result<PersonAliases, StoreError> {
        let rows = self.rows_at::<Content>(NAME, at)?;
        Ok(PersonAliases(rows.into_iter().map(|(subject, _, content)| (subject, content.person_key)).collect()))
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
        let entry = Entry { table: NAME, key: &key, verb, expected: None };
        let content = person.map(|person_key| Content { person_key });
        self.record(entry, content.as_ref(), by, |c, rev| match person {
            Some(person) => c
                .prepare_cached(
                    "INSERT INTO person_alias (subject, person_key, rev) VALUES (?1, ?2, ?3)
                     ON CONFLICT (subject) DO UPDATE SET person_key = excluded.person_key, rev = excluded.rev",
                )?
                .execute(params![key, person.to_string(), rev]),
            None => c.prepare_cached("DELETE FROM person_alias WHERE subject = ?1")?.execute([&key]),
        })
    }
}
