//! Declared coverage will be empty soon.

use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{RecordKind, Window};
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, ScheduleFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{duration, span_in};

pub(super) const KIND: Kind = Kind { name: "gap_ahead", judge };

/// Gaps that begin within so many milliseconds count.
const AHEAD_MS: i64 = 72 * HOUR_MS;

fn judge(facts: &Facts) -> Outcome {
    let Some(schedules) = &facts.schedules else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Shift, "shifts"));
    };
    if schedules.iter().all(|schedule| schedule.due_now.is_none()) {
        return Outcome::NotWatched("coverage is not declared for any schedule".to_owned());
    }
    let soon = |gap: &&Window| gap.start > facts.now && gap.start.since(facts.now) <= AHEAD_MS;
    let found = schedules
        .iter()
        .flat_map(|schedule| schedule.gaps.iter().filter(soon).map(|gap| finding(facts, schedule, *gap)))
        .collect();
    Outcome::Found(found)
}

fn finding(facts: &Facts, schedule: &ScheduleFact, gap: Window) -> Finding {
    let mut row =
        plain_row(KIND.name, &format!("{}/{}@{}", schedule.source, schedule.name, gap.start), Class::Today, facts.now);
    row.due = Some(gap.start);
    row.sources = vec![schedule.source.clone()];
    row.value = Some(super::seconds(gap.millis()));
    let when = span_in(gap, facts.timezone);
    Finding {
        title: format!("Gap in {}", schedule.name),
        reason: format!("{when}, {}", duration(gap.millis())),
        unit: Some("secs"),
        team: schedule.team.clone(),
        action: action("Copy cover request", Some("/oncall".to_owned())),
        why: why(
            "declared coverage is empty within the next 72 hours",
            Some("72 h ahead"),
            vec![format!("{} to {}", gap.start, gap.end)],
            Some(&schedule.source),
        ),
        row,
    }
}
