//! What should follow incidents: late actions, missing postmortems.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Weekday};
use chrono_tz::Tz;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_store::StoreError;
use fairlead_store::synced::{GRAVEST, IncidentRow, Reader};

use super::super::facts::{OverdueFact, ReviewFact};
use super::feeds::readers;
use super::place::Place;
use crate::config::Config;
use crate::views::freshness::Freshness;

/// Follow-ups that were open and late at `now`.
pub(super) fn overdue(reader: &Reader<'_>, freshness: &Freshness) -> Result<Vec<OverdueFact>, StoreError> {
    let now = freshness.as_of;
    let mut facts = Vec::new();
    let mut severities: BTreeMap<String, Option<u8>> = BTreeMap::new();
    for item in reader.overdue_action_items(now)? {
        let Some(due) = item.due_at else { continue };
        let severity = match &item.incident {
            None => None,
            Some(id) => match severities.get(&format!("{}/{id}", item.source)) {
                Some(known) => *known,
                None => {
                    let found = severity_of(reader, freshness, &item.source, id)?;
                    severities.insert(format!("{}/{id}", item.source), found);
                    found
                }
            },
        };
        facts.push(OverdueFact { source: item.source, ext_id: item.ext_id, title: item.title, severity, due });
    }
    Ok(facts)
}

/// The severity of an incident that a tracker names: one of its own, else of any source that has this id.
fn severity_of(reader: &Reader<'_>, freshness: &Freshness, own: &str, id: &str) -> Result<Option<u8>, StoreError> {
    let others = freshness.sources.keys().map(String::as_str).filter(|name| *name != own);
    for source in std::iter::once(own).chain(others) {
        if let Some(incident) = reader.incident(source, id, freshness.as_of)? {
            return Ok(incident.severity);
        }
    }
    Ok(None)
}

/// The severe ones of `incidents` that are over and have no postmortem, not even a draft. Incidents from before the
/// postmortems were read are left out: nobody can say that theirs is missing.
pub(super) fn unreviewed(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    incidents: &[IncidentRow],
) -> Result<Vec<ReviewFact>, StoreError> {
    let now = freshness.as_of;
    let reviewed = reader.reviewed_incidents(now)?;
    let review_sources = readers(freshness, RecordKind::Postmortem);
    let mut read_from = Timestamp::EARLIEST;
    for name in &review_sources {
        let Some(runs) = freshness.sources.get(name) else { continue };
        for (stream, _) in runs.streams_of(RecordKind::Postmortem) {
            let Some(id) = runs.id else { continue };
            let covered = reader.coverage(id, stream)?;
            read_from = covered.first().map_or(read_from, |window| window.start.max(read_from));
        }
    }
    let missing = incidents.iter().filter(|incident| {
        let over = matches!(incident.status, IncidentStatus::Resolved | IncidentStatus::Closed);
        over && !incident.is_test && incident.created_at >= read_from && !reviewed.contains(&incident.ext_id)
    });
    let fact = |incident: &IncidentRow| {
        let severity = incident.severity.filter(|severity| *severity <= GRAVEST)?;
        let resolved_at = incident.resolved_at.or(incident.closed_at)?;
        let place = Place::of_incident(config, incident);
        Some(ReviewFact {
            id: format!("{}/{}", incident.source, incident.ext_id),
            source: incident.source.clone(),
            review_sources: review_sources.clone(),
            number: incident.number.clone().unwrap_or_else(|| incident.ext_id.clone()),
            title: incident.title.clone(),
            severity,
            service: place.service,
            tier: place.tier,
            team: place.team,
            resolved_at,
            working_days: working_days(resolved_at, now, config.workspace.timezone),
            url: incident.url.clone(),
        })
    };
    Ok(missing.filter_map(fact).collect())
}

/// Whole working days from `from` to `to`: how often the time of day of `from` came again on a day from Monday to Friday.
fn working_days(from: Timestamp, to: Timestamp, zone: Tz) -> u32 {
    let start = from.to_utc().with_timezone(&zone).naive_local();
    let end = to.to_utc().with_timezone(&zone).naive_local();
    let days = (1..).map_while(|n| start.checked_add_days(Days::new(n))).take_while(|at| *at <= end);
    let working = days.filter(|at| !matches!(at.weekday(), Weekday::Sat | Weekday::Sun));
    u32::try_from(working.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2026-11-13T12:00:00Z", "2026-11-16T11:59:59Z", 0)]
    #[case("2026-11-13T12:00:00Z", "2026-11-16T12:00:00Z", 1)]
    #[case("2026-11-13T12:00:00Z", "2026-11-20T12:00:00Z", 5)]
    #[case("2026-11-14T12:00:00Z", "2026-11-15T18:00:00Z", 0)]
    fn weekends_are_no_working_days(#[case] from: &str, #[case] to: &str, #[case] expected: u32) {
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        assert_eq!(working_days(at(from), at(to), chrono_tz::Europe::Lisbon), expected);
    }
}
