//! Tables `team` and `team_member`. Who belongs to a team is kept with the time for which it held.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_domain::team::Team;
use rusqlite::{OptionalExtension, params};

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE team (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  name       TEXT NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE TABLE team_member (
  team_id     INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  identity_id INTEGER NOT NULL REFERENCES person_identity (id) ON DELETE CASCADE,
  role        TEXT NOT NULL,
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER,
  PRIMARY KEY (team_id, identity_id, role, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_member_by_identity ON team_member (identity_id);
";

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Display name.
    pub name: String,
}

/// A person in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMemberRow {
    /// The source's name.
    pub source: String,
    /// The team's id in the source.
    pub team: String,
    /// Who.
    pub person: PersonName,
    /// The source's word for the role.
    pub role: Option<String>,
}

const UPSERT: &str = upsert_sql!("team", keys: source_id, ext_id; columns: name);

impl Reader<'_> {
    /// The teams that existed at `at`, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn teams(&self, at: Timestamp) -> Result<Vec<TeamRow>, StoreError> {
        let sql = "SELECT s.name AS source, t.ext_id, t.name FROM team t JOIN source s ON s.id = t.source_id
            WHERE t.deleted_at IS NULL OR t.deleted_at > ?1 ORDER BY s.name, t.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(TeamRow { source: row.get("source")?, ext_id: row.get("ext_id")?, name: row.get("name")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who belonged to which team at `at`.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn team_members(&self, at: Timestamp) -> Result<Vec<TeamMemberRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, t.ext_id AS team, m.role, ",
            who_columns!(),
            " FROM team_member m JOIN team t ON t.id = m.team_id JOIN source s ON s.id = t.source_id
             JOIN person_identity who ON who.id = m.identity_id
             WHERE m.valid_from <= ?1 AND (m.valid_to IS NULL OR m.valid_to > ?1)
               AND (t.deleted_at IS NULL OR t.deleted_at > ?1)
             ORDER BY s.name, t.ext_id, who_name, m.role"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| {
            Ok(TeamMemberRow {
                source: row.get("source")?,
                team: row.get("team")?,
                person: person_name(row)?.ok_or(rusqlite::Error::InvalidQuery)?,
                role: row.get::<_, Option<String>>("role")?.filter(|role| !role.is_empty()),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_team(&mut self, source: SourceId, team: &Team, now: Timestamp) -> Result<Stored, StoreError> {
        let (stored, id) = upsert(self.connection, UPSERT, params![source.0, team.ext_id, team.name])?;
        let id = match id {
            Some(id) => id,
            None => self.team_id(source, &team.ext_id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
        };
        // Nothing is known of the time before the first reading; its members stand for it.
        let from = if stored == Stored::Inserted { Timestamp::EARLIEST } else { now };
        let mut members = BTreeSet::new();
        for member in &team.members {
            if let Some(person) = self.person(source, Some(&member.person))? {
                members.insert((person, member.role.clone().unwrap_or_default()));
            }
        }
        Ok(stored.and(self.put_members(id, &members, from, now)?))
    }

    fn team_id(&self, source: SourceId, ext_id: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT id FROM team WHERE source_id = ?1 AND ext_id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![source.0, ext_id], |row| row.get("id")).optional()?)
    }

    fn put_members(
        &self,
        team: i64,
        members: &BTreeSet<(i64, String)>,
        from: Timestamp,
        now: Timestamp,
    ) -> Result<Stored, StoreError> {
        let sql = "SELECT identity_id, role FROM team_member WHERE team_id = ?1 AND valid_to IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let known: BTreeSet<(i64, String)> = statement
            .query_map([team], |row| Ok((row.get("identity_id")?, row.get("role")?)))?
            .collect::<Result<_, _>>()?;
        for (person, role) in known.difference(members) {
            let sql = "DELETE FROM team_member
                WHERE team_id = ?1 AND identity_id = ?2 AND role = ?3 AND valid_to IS NULL AND valid_from >= ?4";
            self.connection.prepare_cached(sql)?.execute(params![team, person, role, now.as_millis()])?;
            let sql = "UPDATE team_member SET valid_to = ?4
                WHERE team_id = ?1 AND identity_id = ?2 AND role = ?3 AND valid_to IS NULL";
            self.connection.prepare_cached(sql)?.execute(params![team, person, role, now.as_millis()])?;
        }
        for (person, role) in members.difference(&known) {
            let sql = "INSERT INTO team_member (team_id, identity_id, role, valid_from) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET valid_to = NULL";
            self.connection.prepare_cached(sql)?.execute(params![team, person, role, from.as_millis()])?;
        }
        Ok(if known == *members { Stored::Unchanged } else { Stored::Updated })
    }
}
