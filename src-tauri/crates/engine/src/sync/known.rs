//! What is stored already and must be known before a source is read: by the scope, and by its connector.

use std::collections::BTreeMap;

use fairlead_connectors::Known;
use fairlead_domain::Timestamp;
use fairlead_domain::person::Person;
use fairlead_domain::record::Record;
use fairlead_domain::schedule::Schedule;
use fairlead_domain::service::Service;
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SourceId};

use crate::EngineError;
use crate::config::Scope;
use crate::workspace::Workspace;

/// The scope with what is stored, so that a record that names somebody by an id or a name alone is judged rightly, and
/// incidents that are stored as open are followed to their end.
pub(crate) async fn scope_of(
    workspace: &Workspace,
    source: &str,
    scope: &Scope,
    now: Timestamp,
) -> Result<Scope, EngineError> {
    let name = source.to_owned();
    let read = move |reader: &Reader<'_>| {
        Ok((known_people(reader)?, known_records(reader, &name, now)?, open_incidents(reader, &name)?))
    };
    let (people, records, open) = workspace.synced.read(read).await?;
    let mut scope = scope.clone();
    for (of, person) in &people {
        scope.learn(of, person);
    }
    for record in &records {
        scope.learn(source, record);
    }
    for incident in &open {
        scope.follow(source, incident);
    }
    Ok(scope)
}

/// The people whom any source lists, with its name: a calendar knows by their names whom a pager knows by e-mail.
fn known_people(reader: &Reader<'_>) -> Result<Vec<(String, Record)>, StoreError> {
    let stated = reader.identities()?.into_iter().filter(|row| row.stated);
    let people = stated.map(|row| {
        let person = Person {
            ext_id: row.ext_id,
            name: row.person.name,
            email: row.person.email,
            timezone: row.timezone,
            active: row.active,
        };
        (row.source, person.into())
    });
    Ok(people.collect())
}

/// Schedules, services and SLOs that are stored of a source.
fn known_records(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<Vec<Record>, StoreError> {
    let mut records: Vec<Record> = Vec::new();
    records.extend(schedules(reader, source, now)?.into_iter().map(Record::from));
    let services = reader.services(now)?.into_iter().filter(|row| row.source == source);
    records.extend(services.map(|row| Record::from(Service { ext_id: row.ext_id, name: row.name, team: row.team })));
    let slos = reader.slos(now)?.into_iter().filter(|row| row.source == source);
    records.extend(slos.map(|row| Record::from(row.slo)));
    Ok(records)
}

/// What a connector may need of what is stored.
pub(super) fn of_stream(
    reader: &Reader<'_>,
    (source, name): (SourceId, &str),
    stream: &str,
    now: Timestamp,
) -> Result<Known, StoreError> {
    let state = reader.stream_state(source, stream)?;
    Ok(Known {
        open_incidents: reader.open_incident_ids(source)?,
        firing_alerts: reader.open_alerts(source)?,
        slos: reader.source_slos(source)?,
        schedules: schedules(reader, name, now)?,
        levels: levels(reader, name, now)?,
        state: state.and_then(|state| state.state),
    })
}

/// Ids of the incidents of a source that are stored as open; none of a source that is not stored yet.
fn open_incidents(reader: &Reader<'_>, source: &str) -> Result<Vec<String>, StoreError> {
    let row = reader.sources()?.into_iter().find(|row| row.name == source);
    row.map_or(Ok(Vec::new()), |row| reader.open_incident_ids(row.id))
}

/// The schedules of a source.
fn schedules(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<Vec<Schedule>, StoreError> {
    let rows = reader.schedules(now)?.into_iter().filter(|row| row.source == source);
    Ok(rows.map(|row| row.schedule).collect())
}

/// The least level at which each schedule of a source is asked.
fn levels(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<BTreeMap<String, u32>, StoreError> {
    let mut levels = BTreeMap::new();
    for row in reader.escalation_policies(now)?.into_iter().filter(|row| row.source == source) {
        let Some(schedule) = row.schedule else { continue };
        let least = levels.entry(schedule).or_insert(row.level);
        *least = row.level.min(*least);
    }
    Ok(levels)
}

#[cfg(test)]
mod tests {
    use fairlead_domain::Item;
    use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
    use fairlead_store::{Mode, Synced};

    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_794_812_400);

    fn policy(id: &str, levels: &[&[&str]]) -> Item {
        let level = |(schedules, level): (&&[&str], u32)| PolicyLevel {
            level,
            timeout_secs: None,
            schedules: schedules.iter().map(|id| (*id).to_owned()).collect(),
            people: Vec::new(),
        };
        let levels = levels.iter().zip(1..).map(level).collect();
        Item::from(EscalationPolicy { ext_id: id.into(), name: id.into(), levels })
    }

    #[tokio::test]
    async fn a_schedule_has_the_least_level_of_all_policies_of_its_own_source() {
        let folder = tempfile::tempdir().unwrap();
        let store = Synced::open(folder.path(), Mode::ReadWrite, NOW).await.unwrap();
        let write = |w: &mut fairlead_store::synced::Writer<'_>| {
            let (own, other) = (w.ensure_source("pd", "pagerduty", NOW)?, w.ensure_source("og", "opsgenie", NOW)?);
            w.apply(own, "policies", &[policy("A", &[&[], &["S1"], &["S2"]]), policy("B", &[&["S2"]])], NOW)?;
            w.apply(other, "policies", &[policy("A", &[&["S1"]])], NOW)?;
            Ok(())
        };
        store.write(write).await.unwrap();
        let levels = store.read(|r| levels(r, "pd", NOW)).await.unwrap();
        assert_eq!(levels, BTreeMap::from([("S1".to_owned(), 2), ("S2".to_owned(), 1)]));
    }
}
