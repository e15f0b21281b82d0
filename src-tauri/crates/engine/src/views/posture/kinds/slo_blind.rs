//! An SLO has no data although its source answers.

use fairlead_domain::slo::BudgetMethod;
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
    let blind = slos.iter().filter(|slo| !slo.source_failed && has_hours(slo)).filter_map(|slo| {
        let known_to = known_to(slo, end)?;
        (end.since(known_to) >= BLIND_HOURS * HOUR_MS).then(|| finding(facts, slo, known_to))
    });
    Outcome::Found(blind.collect())
}

/// Whether it is measured by the hour: a source's own figure stands without any.
fn has_hours(slo: &SloFact) -> bool {
    slo.entry.method != BudgetMethod::Upstream.word()
}

/// Since when nothing is known: the end of the newest hour. Where its window has none, its beginning; `None` where it was
/// first measured only after that time.
fn known_to(slo: &SloFact, end: Timestamp) -> Option<Timestamp> {
    let newest = slo.newest_hour.map(|hour| hour.plus_hours(1));
    let none = || slo.first_hour.is_none_or(|first| first < end).then_some(slo.entry.window.starts_at);
    newest.or_else(none)
}

fn finding(facts: &Facts, slo: &SloFact, known_to: Timestamp) -> Finding {
    let mut row = plain_row(KIND.name, &slo.entry.id, Class::Today, known_to);
    row.tier = slo.tier;
    row.unknown = true;
    row.service.clone_from(&slo.service);
    row.sources = vec![slo.entry.source.clone()];
    let age = facts.now.since(known_to);
    row.value = Some(super::seconds(age));
    let reason = match slo.newest_hour {
        Some(_) => {
            format!("Nothing since {}: not zero, {} unknown", clock_in(known_to, facts.timezone), duration(age))
        }
        None => format!("Nothing in its {} days: not zero, unknown", slo.entry.window.days),
    };
    Finding {
        title: format!("No data for {}", slo.label()),
        reason,
        unit: Some("secs"),
        team: slo.team.clone(),
        action: action("Explain", Some(format!("/slos?open={}", slo.entry.id))),
        why: why(
            "the source answers, but the SLO has had no measured hour for 2 hours",
            Some("2 h"),
            vec![match slo.newest_hour {
                Some(_) => format!("newest known hour ends {known_to}"),
                None => format!("no hour since {known_to} is known"),
            }],
            Some(&slo.entry.source),
        ),
        row,
    }
}
