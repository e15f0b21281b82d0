//! A lesser incident is open for too long.

use fairlead_domain::RecordKind;
use fairlead_domain::time::HOUR_MS;
use fairlead_metrics::posture::{Class, Part};

use super::super::facts::{Facts, IncidentFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::duration;

pub(super) const KIND: Kind = Kind { name: "incident_stale", judge };

/// Open for longer than this is too long, in milliseconds.
const TOO_LONG_MS: i64 = 24 * HOUR_MS;

fn judge(facts: &Facts) -> Outcome {
    let Some(incidents) = &facts.incidents else {
        return Outcome::NotWatched(format!(
            "{}, and none was imported",
            facts.lacking(RecordKind::Incident, "incidents")
        ));
    };
    let lesser = |incident: &&IncidentFact| incident.severity.is_none_or(|severity| severity >= 3);
    let stale = |incident: &&IncidentFact| facts.now.since(incident.created_at) > TOO_LONG_MS;
    Outcome::Found(incidents.iter().filter(lesser).filter(stale).map(|incident| finding(facts, incident)).collect())
}

fn finding(facts: &Facts, incident: &IncidentFact) -> Finding {
    let mut row = plain_row(KIND.name, &incident.id, Class::Today, incident.created_at);
    row.tier = incident.tier;
    row.part = Part::Incident;
    row.service.clone_from(&incident.service);
    row.sources = vec![incident.source.clone()];
    let age = facts.now.since(incident.created_at);
    row.value = Some(super::seconds(age));
    Finding {
        title: format!("{} {} is still open", incident.number, incident.title),
        reason: format!("Open for {}", duration(age)),
        unit: Some("secs"),
        team: incident.team.clone(),
        action: action("Open incident", incident.url.clone()),
        why: why(
            "an incident of severity 3 or less, or of none, is open for more than a day",
            Some("24 h"),
            vec![format!("{} opened {}", incident.number, incident.created_at)],
            Some(&incident.source),
        ),
        row,
    }
}
