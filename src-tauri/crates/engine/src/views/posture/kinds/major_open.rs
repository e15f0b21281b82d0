//! A severe incident is open.

use fairlead_domain::RecordKind;
use fairlead_metrics::posture::{Class, Part, SnoozeLimit};

use super::super::facts::{Facts, IncidentFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::duration;

pub(super) const KIND: Kind = Kind { name: "major_open", judge };

/// The least severe severity that is severe.
const MAJOR: u8 = 2;

fn judge(facts: &Facts) -> Outcome {
    let Some(incidents) = &facts.incidents else {
        return Outcome::NotWatched(format!(
            "{}, and none was imported",
            facts.lacking(RecordKind::Incident, "incidents")
        ));
    };
    let major = incidents.iter().filter(|i| i.severity.is_some_and(|severity| severity <= MAJOR));
    Outcome::Found(major.map(|incident| finding(facts, incident)).collect())
}

fn finding(facts: &Facts, incident: &IncidentFact) -> Finding {
    let mut row = plain_row(KIND.name, &incident.id, Class::Now, incident.created_at);
    row.tier = incident.tier;
    row.part = Part::Incident;
    row.service.clone_from(&incident.service);
    row.sources = vec![incident.source.clone()];
    let open_millis = facts.now.since(incident.created_at);
    row.value = Some(super::seconds(open_millis));
    if incident.severity == Some(1) {
        row.snooze = SnoozeLimit::Never;
    }
    let severity = incident.severity.unwrap_or(MAJOR);
    let update = incident.updated_at.filter(|at| *at > incident.created_at);
    let update = update.map_or_else(String::new, |at| format!("; last update {} ago", duration(facts.now.since(at))));
    Finding {
        title: format!("SEV{severity} {} {}", incident.number, incident.title),
        reason: format!("Open for {}{update}", duration(open_millis)),
        unit: Some("secs"),
        team: incident.team.clone(),
        action: action("Open incident", incident.url.clone()),
        why: why(
            "an incident of severity 1 or 2 is open",
            Some("severity ≤ 2"),
            vec![format!("{} {}, opened {}", incident.number, incident.title, incident.created_at)],
            Some(&incident.source),
        ),
        row,
    }
}
