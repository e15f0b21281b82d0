//! Declared coverage is empty at this moment.

use fairlead_domain::RecordKind;
use fairlead_metrics::posture::{Class, SnoozeLimit};

use super::super::facts::{Facts, ScheduleFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};

pub(super) const KIND: Kind = Kind { name: "nobody_on_call", judge };

fn judge(facts: &Facts) -> Outcome {
    let Some(schedules) = &facts.schedules else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Shift, "shifts"));
    };
    if schedules.iter().all(|schedule| schedule.due_now.is_none()) {
        return Outcome::NotWatched("coverage is not declared for any schedule".to_owned());
    }
    let empty = schedules.iter().filter(|schedule| schedule.due_now == Some(true) && !schedule.held_now);
    Outcome::Found(empty.map(|schedule| finding(facts, schedule)).collect())
}

fn finding(facts: &Facts, schedule: &ScheduleFact) -> Finding {
    let since = schedule.empty_since.unwrap_or(facts.now);
    let mut row = plain_row(KIND.name, &format!("{}/{}", schedule.source, schedule.name), Class::Now, since);
    row.sources = vec![schedule.source.clone()];
    row.snooze = SnoozeLimit::Never;
    let next = match &schedule.backup {
        Some(backup) => format!("next escalation: {backup}"),
        None => "no backup is declared".to_owned(),
    };
    Finding {
        title: format!("Nobody on call for {}", schedule.name),
        reason: format!("Declared coverage is empty; {next}"),
        unit: None,
        team: schedule.team.clone(),
        action: action("Copy cover request", Some("/oncall".to_owned())),
        why: why(
            "declared coverage has no primary at this moment",
            Some("0 people"),
            schedule.gaps.iter().map(|gap| format!("gap {} to {}", gap.start, gap.end)).collect(),
            Some(&schedule.source),
        ),
        row,
    }
}
