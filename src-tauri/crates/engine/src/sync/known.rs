//! What is stored of a source already: for its connector, and for the scope to judge by.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::person::Person;
use fairlead_domain::record::Record;
use fairlead_domain::schedule::Schedule;
use fairlead_domain::service::Service;
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

/// People, schedules, services and SLOs that are stored of a source.
pub(super) fn records(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<Vec<Record>, StoreError> {
    let mut records: Vec<Record> = Vec::new();
    for row in reader.identities()?.into_iter().filter(|row| row.source == source && row.stated) {
        records.push(
            Person {
                ext_id: row.ext_id,
                name: row.person.name,
                email: row.person.email,
                timezone: row.timezone,
                active: row.active,
            }
            .into(),
        );
    }
    records.extend(schedules(reader, source, now)?.into_iter().map(Record::from));
    let services = reader.services(now)?.into_iter().filter(|row| row.source == source);
    records.extend(services.map(|row| Record::from(Service { ext_id: row.ext_id, name: row.name, team: row.team })));
    let slos = reader.slos(now)?.into_iter().filter(|row| row.source == source);
    records.extend(slos.map(|row| Record::from(row.slo)));
    Ok(records)
}

/// The schedules of a source.
pub(super) fn schedules(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<Vec<Schedule>, StoreError> {
    let rows = reader.schedules(now)?.into_iter().filter(|row| row.source == source);
    Ok(rows.map(|row| row.schedule).collect())
}

/// The least level at which each schedule of a source is asked.
pub(super) fn levels(reader: &Reader<'_>, source: &str, now: Timestamp) -> Result<BTreeMap<String, u32>, StoreError> {
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
