//! A budget is spent.

use fairlead_domain::RecordKind;
use fairlead_metrics::posture::Class;
use fairlead_metrics::registry::Better;

use super::super::facts::{Facts, SloFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{capitalised, day_in, percent};

pub(super) const KIND: Kind = Kind { name: "budget_spent", judge };

fn judge(facts: &Facts) -> Outcome {
    let Some(slos) = &facts.slos else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Slo, "SLOs"));
    };
    let spent = slos.iter().filter(|slo| slo.entry.state == "spent");
    Outcome::Found(spent.map(|slo| finding(facts, slo)).collect())
}

fn finding(facts: &Facts, slo: &SloFact) -> Finding {
    let mut row = plain_row(KIND.name, &slo.entry.id, Class::Today, facts.now);
    row.tier = slo.tier;
    row.service.clone_from(&slo.service);
    row.sources = vec![slo.entry.source.clone()];
    row.value = slo.entry.budget_remaining;
    row.better = Better::Higher;
    let left = slo.entry.budget_remaining.map_or_else(|| "unknown".to_owned(), percent);
    let few = slo.entry.too_few_events.as_ref().map(|few| capitalised(&few.words));
    let back = match slo.entry.recovers_at {
        Some(at) => format!("recovers {} without further errors", day_in(at, facts.timezone)),
        None => "does not recover within its window".to_owned(),
    };
    Finding {
        title: format!("{} is out of budget", slo.label()),
        reason: format!("{}; {back}", few.unwrap_or_else(|| format!("{left} left"))),
        unit: Some("ratio"),
        team: slo.team.clone(),
        action: action("Decide", Some(format!("/slos?open={}", slo.entry.id))),
        why: why(
            "no error budget is left, and no decision is recorded",
            Some("≤ 0 %"),
            vec![format!("{} over {} days by {}", left, slo.entry.window.days, slo.entry.method)],
            Some(&slo.entry.source),
        ),
        row,
    }
}
