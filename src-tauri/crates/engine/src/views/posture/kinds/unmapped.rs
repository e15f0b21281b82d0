//! Sources name people, severities or services that nothing says what they are.

use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, UnmappedFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::counted_as;

pub(super) const KIND: Kind = Kind { name: "unmapped", judge };

fn judge(facts: &Facts) -> Outcome {
    match &facts.unmapped {
        Ok(unmapped) => Outcome::Found(finding(facts, unmapped).into_iter().collect()),
        Err(reason) => Outcome::NotWatched(reason.clone()),
    }
}

fn finding(facts: &Facts, unmapped: &UnmappedFact) -> Option<Finding> {
    let UnmappedFact { people, severities, services, sources } = unmapped;
    let total = people.len() + severities.len() + services.len();
    if total == 0 {
        return None;
    }
    let mut row = plain_row(KIND.name, "names", Class::Week, facts.now.floor_day());
    row.sources.clone_from(sources);
    row.value = Some(super::count(total));
    let kinds = [
        (people, "person", "people", "who may be the same as somebody else"),
        (services, "service", "services", "without team and tier"),
        (severities, "severity", "severities", "which count as unknown"),
    ];
    let there: Vec<_> = kinds.into_iter().filter(|(names, ..)| !names.is_empty()).collect();
    let what: Vec<String> = there.iter().map(|(names, one, many, _)| counted_as(names.len(), one, many)).collect();
    let reasons: Vec<String> = there.iter().map(|(_, _, many, why)| format!("{many} {why}")).collect();
    Some(Finding {
        title: format!("{} unmapped", what.join(", ")),
        reason: format!("Excluded from what is told by team, tier and severity: {}", reasons.join("; ")),
        unit: Some("count"),
        team: None,
        action: action("Map", None),
        why: why(
            "a source names a person, a severity or a service that the configuration does not know",
            Some("any"),
            there.iter().map(|(names, _, many, _)| format!("{many}: {}", names.join(", "))).collect(),
            sources.first().map(String::as_str),
        ),
        row,
    })
}
