//! What is stored already and must be known before a source is read: by the scope, and by its connector.

use fairlead_connectors::Known;
use fairlead_domain::Timestamp;
use fairlead_domain::person::Person;
use fairlead_domain::record::Record;
use fairlead_domain::service::Service;
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SourceId};

use crate::EngineError;
use crate::config::Scope;
use crate::workspace::Workspace;

/// The scope with what is stored, so that a record that names somebody by an id or a name alone is judged rightly.
pub(crate) async fn scope_of(
    workspace: &Workspace,
    source: &str,
    scope: &Scope,
    now: Timestamp,
) -> Result<Scope, EngineError> {
    let name = source.to_owned();
    let (people, records) =
        workspace.synced.read(move |reader| Ok((known_people(reader)?, known_records(reader, &name, now)?))).await?;
    let mut scope = scope.clone();
    for (of, person) in &people {
        scope.learn(of, person);
    }
    for record in &records {
        scope.learn(source, record);
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
    let schedules = reader.schedules(now)?.into_iter().filter(|row| row.source == source);
    records.extend(schedules.map(|row| Record::from(row.schedule)));
    let services = reader.services(now)?.into_iter().filter(|row| row.source == source);
    records.extend(services.map(|row| Record::from(Service { ext_id: row.ext_id, name: row.name, team: row.team })));
    let slos = reader.slos(now)?.into_iter().filter(|row| row.source == source);
    records.extend(slos.map(|row| Record::from(row.slo)));
    Ok(records)
}

/// What a connector may need of what is stored.
pub(super) fn of_stream(reader: &Reader<'_>, source: SourceId, stream: &str) -> Result<Known, StoreError> {
    let state = reader.stream_state(source, stream)?;
    Ok(Known {
        open_incidents: reader.open_incident_ids(source)?,
        firing_alerts: reader.open_alerts(source)?,
        slos: reader.source_slos(source)?,
        state: state.and_then(|state| state.state),
    })
}
