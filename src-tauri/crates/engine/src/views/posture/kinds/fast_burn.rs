//! A budget burns fast enough to page.

use fairlead_domain::RecordKind;
use fairlead_metrics::posture::{Class, Part};

use super::super::facts::{Facts, SloFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{duration, multiple};

pub(super) const KIND: Kind = Kind { name: "fast_burn", judge };

/// Share of the budget spent in an hour that pages (Google SRE Workbook ch. 5, table 5-6).
const HOUR_SHARE: f64 = 0.02;
/// Share of the budget spent in six hours that pages (same table).
const SIX_HOURS_SHARE: f64 = 0.05;

fn judge(facts: &Facts) -> Outcome {
    let Some(slos) = &facts.slos else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Slo, "SLOs"));
    };
    Outcome::Found(slos.iter().filter_map(|slo| finding(facts, slo)).collect())
}

/// The hour is the short window of the six hours, as far as whole hours can tell.
fn finding(facts: &Facts, slo: &SloFact) -> Option<Finding> {
    let hour_threshold = HOUR_SHARE * slo.window_hours;
    let six_threshold = SIX_HOURS_SHARE * slo.window_hours / 6.0;
    let (hour, six) = (slo.entry.burn.h1?, slo.entry.burn.h6);
    let by_hour = hour > hour_threshold;
    let by_six = hour > six_threshold && six.is_some_and(|six| six > six_threshold);
    if !by_hour && !by_six {
        return None;
    }
    let threshold = if by_hour { hour_threshold } else { six_threshold };
    let mut row = plain_row(KIND.name, &slo.entry.id, Class::Now, facts.now.floor_hour().plus_hours(-1));
    row.tier = slo.tier;
    row.part = Part::Symptom;
    row.service.clone_from(&slo.service);
    row.sources = vec![slo.entry.source.clone()];
    row.value = Some(hour);
    row.due = slo.entry.exhausts_at;
    let spent =
        slo.entry.exhausts_at.map_or_else(String::new, |at| format!(", spent in {}", duration(at.since(facts.now))));
    Some(Finding {
        title: format!("{} burns {}", slo.label(), multiple(hour)),
        reason: format!("Error budget burns {} in the last whole hour{spent}", multiple(hour)),
        unit: Some("x"),
        team: slo.team.clone(),
        action: action("Open SLO", Some(format!("/slos?open={}", slo.entry.id))),
        why: why(
            "the last hour, or the last six hours with it, burn above the paging threshold",
            Some(&multiple(threshold)),
            vec![format!("1 h {}, 6 h {}", multiple(hour), six.map_or_else(|| "unknown".to_owned(), multiple))],
            Some(&slo.entry.source),
        ),
        row,
    })
}
