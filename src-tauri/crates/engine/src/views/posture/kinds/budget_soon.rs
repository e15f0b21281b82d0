//! A budget will be spent within a week at the last day's pace.

use fairlead_domain::{RecordKind, Timestamp};
use fairlead_metrics::posture::Class;
use fairlead_metrics::registry::Better;

use super::super::facts::{Facts, SloFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{day_in, percent};

pub(super) const KIND: Kind = Kind { name: "budget_soon", judge };

/// Budgets that run out within so many days count.
const AHEAD_DAYS: i64 = 7;

fn judge(facts: &Facts) -> Outcome {
    let Some(slos) = &facts.slos else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Slo, "SLOs"));
    };
    let edge = facts.now.plus_days(AHEAD_DAYS);
    let soon = slos.iter().filter(|slo| slo.entry.state != "spent").filter_map(|slo| {
        let at = slo.entry.exhausts_at.filter(|at| *at <= edge)?;
        Some(finding(facts, slo, at))
    });
    Outcome::Found(soon.collect())
}

fn finding(facts: &Facts, slo: &SloFact, at: Timestamp) -> Finding {
    let mut row = plain_row(KIND.name, &slo.entry.id, Class::Today, facts.now);
    row.tier = slo.tier;
    row.due = Some(at);
    row.service.clone_from(&slo.service);
    row.sources = vec![slo.entry.source.clone()];
    row.value = slo.entry.budget_remaining;
    row.better = Better::Higher;
    let left = slo.entry.budget_remaining.map_or_else(|| "an unknown share".to_owned(), percent);
    Finding {
        title: format!("{} runs out soon", slo.label()),
        reason: format!("{left} left; spent {} at the last day's pace", day_in(at, facts.timezone)),
        unit: Some("ratio"),
        team: slo.team.clone(),
        action: action("Open SLO", Some(format!("/slos?open={}", slo.entry.id))),
        why: why(
            "the budget runs out within 7 days at the pace of the last 24 hours",
            Some("7 d ahead"),
            vec![format!("{left} left, spent at {at}")],
            Some(&slo.entry.source),
        ),
        row,
    }
}
