//! People, teams, services, escalation policies.

use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::service::Service;
use fairlead_domain::team::{Team, TeamMember};

use super::{Each, Reading, person_ref, ref_columns};
use crate::error::StoreError;
use crate::synced::source_terms::terms;

impl Reading<'_> {
    pub(super) fn each_person(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, coalesce(name, '') AS name, email, timezone, active FROM person_identity
            WHERE source_id = ?1 AND stated ORDER BY ext_id";
        self.stream(sql, [self.source.0], each, |row| {
            let person = Person {
                ext_id: row.get("ext_id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                timezone: row.get("timezone")?,
                active: row.get("active")?,
            };
            Ok(person.into())
        })
    }

    pub(super) fn each_team(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT id, ext_id, name FROM team
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) ORDER BY ext_id";
        let at = self.range.as_of.as_millis();
        self.stream(sql, [self.source.0, at], each, |row| {
            let members = self.members(row.get("id")?, at)?;
            Ok(Team { ext_id: row.get("ext_id")?, name: row.get("name")?, members }.into())
        })
    }

    fn members(self, team: i64, at: i64) -> Result<Vec<TeamMember>, StoreError> {
        let sql = concat!(
            "SELECT nullif(m.role, '') AS role, ",
            ref_columns!(),
            " FROM team_member m JOIN person_identity who ON who.id = m.identity_id
             WHERE m.team_id = ?1 AND m.valid_from <= ?2 AND (m.valid_to IS NULL OR m.valid_to > ?2)
             ORDER BY who.ext_id, m.role"
        );
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map([team, at], |row| {
            Ok(TeamMember { person: person_ref(row)?.unwrap_or_default(), role: row.get("role")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn each_service(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, name, team FROM service
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) ORDER BY ext_id";
        self.stream(sql, self.of_catalogue(), each, |row| {
            Ok(Service { ext_id: row.get("ext_id")?, name: row.get("name")?, team: row.get("team")? }.into())
        })
    }

    pub(super) fn each_policy(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT id, ext_id, name FROM escalation_policy
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) ORDER BY ext_id";
        self.stream(sql, self.of_catalogue(), each, |row| {
            let levels = self.levels(row.get("id")?)?;
            Ok(EscalationPolicy { ext_id: row.get("ext_id")?, name: row.get("name")?, levels }.into())
        })
    }

    /// The levels of a policy; a row of it holds one schedule or one person.
    fn levels(self, policy: i64) -> Result<Vec<PolicyLevel>, StoreError> {
        let sql = concat!(
            "SELECT l.level, l.timeout_secs, l.schedule, ",
            ref_columns!(),
            " FROM policy_level l LEFT JOIN person_identity who ON who.id = l.identity_id
             WHERE l.policy_id = ?1 ORDER BY l.ordinal"
        );
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let mut rows = statement.query([policy])?;
        let mut levels: Vec<PolicyLevel> = Vec::new();
        while let Some(row) = rows.next()? {
            let (level, timeout_secs) = (row.get("level")?, row.get("timeout_secs")?);
            let schedule: Option<String> = row.get("schedule")?;
            let person: Option<PersonRef> = person_ref(row)?;
            match levels.last_mut().filter(|last| last.level == level) {
                Some(last) => {
                    last.schedules.extend(schedule);
                    last.people.extend(person);
                }
                None => levels.push(PolicyLevel {
                    level,
                    timeout_secs,
                    schedules: schedule.into_iter().collect(),
                    people: person.into_iter().collect(),
                }),
            }
        }
        Ok(levels)
    }

    pub(super) fn each_terms(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT t.stated_by, t.retention_secs, t.key_expires_at FROM source_terms t
            WHERE t.source_id = ?1 AND t.valid_from = (SELECT max(valid_from) FROM source_terms o
              WHERE o.source_id = t.source_id AND o.stated_by = t.stated_by AND o.valid_from <= ?2)
            ORDER BY t.stated_by";
        self.stream(sql, self.of_catalogue(), each, |row| Ok(terms(row)?.into()))
    }
}
