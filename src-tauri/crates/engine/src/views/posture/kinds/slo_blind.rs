//! An SLO has no data although its source answers.

use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, SloFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{clock_in, duration};

pub(super) const KIND: Kind = Kind { name: "slo_blind", judge };

/// Whole hours without data after which an SLO is blind.
const BLIND_HOURS: i64 = 2;

fn judge(facts: &Facts) -> Outcome {
    let Some(slos) = &facts.slos else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Slo, "SLOs"));
    };
    let end = facts.now.floor_hour();
    let blind = slos.iter().filter(|slo| !slo.source_failed).filter_map(|slo| {
        let known_to = slo.newest_hour?.plus_hours(1);
        (end.since(known_to) >= BLIND_HOURS * HOUR_MS).then(|| finding(facts, slo, known_to))
    });
    Outcome::Found(blind.collect())
}

fn finding(facts: &Facts, slo: &SloFact, known_to: Timestamp) -> Finding {
    let mut row = plain_row(KIND.name, &slo.entry.id, Class::Today, known_to);
    row.tier = slo.tier;
    row.unknown = true;
    row.service.clone_from(&slo.service);
    row.sources = vec![slo.entry.source.clone()];
    let age = facts.now.since(known_to);
    row.value = Some(super::seconds(age));
    Finding {
        title: format!("No data for {}", slo.label()),
        reason: format!("Nothing since {}: not zero, {} unknown", clock_in(known_to, facts.timezone), duration(age)),
        unit: Some("secs"),
        team: slo.team.clone(),
        action: action("Explain", Some(format!("/slos?open={}", slo.entry.id))),
        why: why(
            "the source answers, but the SLO has had no measured hour for 2 hours",
            Some("2 h"),
            vec![format!("newest known hour ends {known_to}")],
            Some(&slo.entry.source),
        ),
        row,
    }
}
