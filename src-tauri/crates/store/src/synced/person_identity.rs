//! Table `person_identity`: people as each source knows them. Facts point here; the person across sources is
//! `person_key`.
//!
//! What a [`Person`] record states and what mere references say are kept apart, so that neither the order of pages nor
//! two spellings of a name make a row flip to and fro.

use fairlead_domain::person::{Person, PersonRef, person_key};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::InOrder;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE person_identity (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  person_key TEXT NOT NULL,
  stated     INTEGER NOT NULL,
  name       TEXT,
  email      TEXT,
  timezone   TEXT,
  active     INTEGER NOT NULL DEFAULT 1,
  ref_name   TEXT,
  ref_email  TEXT,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX person_identity_by_key ON person_identity (person_key);
";

/// A person as one source knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// The source's name.
    pub source: String,
    /// The key within the source.
    pub ext_id: String,
    /// Who, and how to call them.
    pub person: PersonName,
    /// IANA zone as the source gives it.
    pub timezone: Option<String>,
    /// `false` when the source has deactivated or removed them.
    pub active: bool,
    /// The source lists the person; `false`: something merely points to them.
    pub stated: bool,
}

/// A person as rows show them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonName {
    /// The person across sources, before merges and splits by hand.
    pub key: Uuid,
    /// The key of the identity within the row's source.
    pub identity: String,
    /// Display name, else the e-mail, else the source's id.
    pub name: String,
    /// E-mail, normalised.
    pub email: Option<String>,
}

/// The columns from which [`person_name`] makes a [`PersonName`], of `person_identity` joined as `who`.
macro_rules! who_columns {
    () => {
        "who.person_key AS who_key, who.ext_id AS who_identity, coalesce(who.name, who.ref_name, who.email, who.ref_email, who.ext_id) AS who_name, \
         coalesce(who.email, who.ref_email) AS who_email"
    };
}
pub(super) use who_columns;

/// The person of a row read with [`who_columns!`]; `None` when nobody was joined.
pub(super) fn person_name(row: &Row<'_>) -> rusqlite::Result<Option<PersonName>> {
    let Some(text) = row.get::<_, Option<String>>("who_key")? else { return Ok(None) };
    let key = Uuid::parse_str(&text).map_err(|_| rusqlite::Error::InvalidQuery)?;
    let (identity, name, email) = (row.get("who_identity")?, row.get("who_name")?, row.get("who_email")?);
    Ok(Some(PersonName { key, identity, name, email }))
}

/// The same, where the columns of [`who_columns!`] come next.
pub(super) fn person_name_in(next: &mut InOrder<'_, '_>) -> rusqlite::Result<Option<PersonName>> {
    let key: Option<String> = next.value()?;
    let (identity, name, email): (Option<String>, Option<String>, _) = (next.value()?, next.value()?, next.value()?);
    let Some(((key, identity), name)) = key.zip(identity).zip(name) else { return Ok(None) };
    let key = Uuid::parse_str(&key).map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(Some(PersonName { key, identity, name, email }))
}

impl Reader<'_> {
    /// Every identity, by source and key.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn identities(&self) -> Result<Vec<IdentityRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, who.ext_id, who.timezone, who.active, who.stated, ",
            who_columns!(),
            " FROM person_identity who JOIN source s ON s.id = who.source_id ORDER BY s.name, who.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(IdentityRow {
                source: row.get("source")?,
                ext_id: row.get("ext_id")?,
                person: person_name(row)?.ok_or(rusqlite::Error::InvalidQuery)?,
                timezone: row.get("timezone")?,
                active: row.get("active")?,
                stated: row.get("stated")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity {
    key: Uuid,
    stated: bool,
    name: Option<String>,
    email: Option<String>,
    timezone: Option<String>,
    active: bool,
    ref_name: Option<String>,
    ref_email: Option<String>,
}

impl Writer<'_> {
    /// Stores a person whom the source lists. Of somebody who is gone upstreams often tell the name alone: the e-mail,
    /// which is who they are across sources, and the zone stay as they were known.
    pub(super) fn put_person(&mut self, source: SourceId, person: &Person) -> Result<Stored, StoreError> {
        let old = self.identity(source, &person.ext_id)?;
        let (ref_name, ref_email) =
            old.as_ref().map_or((None, None), |(_, o)| (o.ref_name.clone(), o.ref_email.clone()));
        let new = Identity {
            key: Uuid::nil(),
            stated: true,
            name: Some(person.name.clone()).filter(|name| !name.is_empty()),
            email: person.email.as_deref().and_then(fairlead_domain::text::normalise_email),
            timezone: person.timezone.clone(),
            active: person.active,
            ref_name,
            ref_email,
        };
        let new = match &old {
            Some((_, old)) if !new.active => Identity {
                email: new.email.or(old.email.clone()),
                timezone: new.timezone.or(old.timezone.clone()),
                ..new
            },
            _ => new,
        };
        let first = old.as_ref().is_none_or(|(_, o)| !o.stated);
        let (stored, _) = self.save_identity(source, &person.ext_id, old.as_ref(), new)?;
        Ok(if first { Stored::Inserted } else { stored })
    }

    /// The row of a person that a record points to, made when missing; `None` when the reference says nothing.
    pub(super) fn person(&self, source: SourceId, person: Option<&PersonRef>) -> Result<Option<i64>, StoreError> {
        let Some(person) = person else { return Ok(None) };
        let place = (source, person.clone());
        if let Some(known) = self.people.borrow().get(&place) {
            return Ok(*known);
        }
        let id = match person.identity() {
            Some(ext_id) => Some(self.refer(source, &ext_id, person)?),
            None => None,
        };
        self.people.borrow_mut().insert(place, id);
        Ok(id)
    }

    fn refer(&self, source: SourceId, ext_id: &str, person: &PersonRef) -> Result<i64, StoreError> {
        let old = self.identity(source, ext_id)?;
        let blank = Identity {
            key: Uuid::nil(),
            stated: false,
            name: None,
            email: None,
            timezone: None,
            active: true,
            ref_name: None,
            ref_email: None,
        };
        let mut new = old.as_ref().map_or(blank, |(_, o)| o.clone());
        let name = person.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        new.ref_name = least(new.ref_name, name);
        new.ref_email = least(new.ref_email, person.normal_email());
        Ok(self.save_identity(source, ext_id, old.as_ref(), new)?.1)
    }

    fn identity(&self, source: SourceId, ext_id: &str) -> Result<Option<(i64, Identity)>, StoreError> {
        let sql = "SELECT id, person_key, stated, name, email, timezone, active, ref_name, ref_email
            FROM person_identity WHERE source_id = ?1 AND ext_id = ?2";
        let row = self.connection.prepare_cached(sql)?.query_row(params![source.0, ext_id], |row| {
            let key: String = row.get("person_key")?;
            let identity = Identity {
                key: Uuid::parse_str(&key).unwrap_or_default(),
                stated: row.get("stated")?,
                name: row.get("name")?,
                email: row.get("email")?,
                timezone: row.get("timezone")?,
                active: row.get("active")?,
                ref_name: row.get("ref_name")?,
                ref_email: row.get("ref_email")?,
            };
            Ok((row.get("id")?, identity))
        });
        Ok(row.optional()?)
    }

    fn save_identity(
        &self,
        source: SourceId,
        ext_id: &str,
        old: Option<&(i64, Identity)>,
        mut new: Identity,
    ) -> Result<(Stored, i64), StoreError> {
        let email = new.email.as_deref().or(new.ref_email.as_deref());
        new.key = person_key(self.workspace, &self.source_name(source)?, ext_id, email);
        if let Some((id, old)) = old
            && *old == new
        {
            return Ok((Stored::Unchanged, *id));
        }
        let sql = "INSERT INTO person_identity
              (source_id, ext_id, person_key, stated, name, email, timezone, active, ref_name, ref_email)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (source_id, ext_id) DO UPDATE SET person_key = excluded.person_key, stated = excluded.stated,
              name = excluded.name, email = excluded.email, timezone = excluded.timezone, active = excluded.active,
              ref_name = excluded.ref_name, ref_email = excluded.ref_email
            RETURNING id";
        let id = self.connection.prepare_cached(sql)?.query_row(
            params![
                source.0,
                ext_id,
                new.key.to_string(),
                new.stated,
                new.name,
                new.email,
                new.timezone,
                new.active,
                new.ref_name,
                new.ref_email
            ],
            |row| row.get("id"),
        )?;
        Ok((if old.is_some() { Stored::Updated } else { Stored::Inserted }, id))
    }

    /// Recomputes the keys of a source's people after it was renamed.
    pub(super) fn rekey_people(&self, source: SourceId) -> Result<(), StoreError> {
        let sql = "SELECT ext_id FROM person_identity WHERE source_id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let all: Vec<String> = statement.query_map([source.0], |row| row.get("ext_id"))?.collect::<Result<_, _>>()?;
        for ext_id in all {
            if let Some(old) = self.identity(source, &ext_id)? {
                self.save_identity(source, &ext_id, Some(&old), old.1.clone())?;
            }
        }
        Ok(())
    }
}

/// The lesser of two texts, where both are known: the same whatever comes first.
fn least(a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
