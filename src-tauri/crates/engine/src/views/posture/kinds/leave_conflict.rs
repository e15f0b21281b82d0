//! Somebody is on call while on leave.

use fairlead_domain::RecordKind;
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, LeaveFact, ScheduleFact, ShiftFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::day_in;

pub(super) const KIND: Kind = Kind { name: "leave_conflict", judge };

/// Shifts that begin within so many days count.
const AHEAD_DAYS: i64 = 7;

fn judge(facts: &Facts) -> Outcome {
    let (Some(schedules), Some(leaves)) = (&facts.schedules, &facts.leaves) else {
        let lacks = if facts.leaves.is_none() { (RecordKind::Leave, "leave") } else { (RecordKind::Shift, "shifts") };
        return Outcome::NotWatched(facts.lacking(lacks.0, lacks.1));
    };
    let edge = facts.now.plus_days(AHEAD_DAYS);
    let mut found = Vec::new();
    for schedule in schedules {
        for shift in schedule.shifts.iter().filter(|shift| shift.window.start < edge) {
            let away = leaves.iter().find(|leave| {
                leave.person_key.is_some()
                    && leave.person_key == shift.person_key
                    && leave.window.overlaps(shift.window)
                    && leave.window.end > facts.now
            });
            found.extend(away.map(|leave| finding(facts, schedule, shift, leave)));
        }
    }
    Outcome::Found(found)
}

fn finding(facts: &Facts, schedule: &ScheduleFact, shift: &ShiftFact, leave: &LeaveFact) -> Finding {
    let both = leave.window.intersect(shift.window);
    let name = shift.person.as_deref().unwrap_or("Somebody");
    let mut row = plain_row(
        KIND.name,
        &format!("{}/{}/{name}@{}", schedule.source, schedule.name, shift.window.start),
        Class::Today,
        facts.now,
    );
    row.due = Some(both.start.max(facts.now));
    row.sources = vec![schedule.source.clone()];
    row.value = Some(super::seconds(both.millis()));
    Finding {
        title: format!("{name} is on call during leave"),
        reason: format!("{} on {}", schedule.name, day_in(both.start.max(facts.now), facts.timezone)),
        unit: Some("secs"),
        team: schedule.team.clone(),
        action: action("See cover", Some("/oncall".to_owned())),
        why: why(
            "a shift of the next 7 days overlaps the person's leave",
            Some("7 d ahead"),
            vec![
                format!("shift {} to {}", shift.window.start, shift.window.end),
                format!("leave {} to {}", leave.window.start, leave.window.end),
            ],
            Some(&schedule.source),
        ),
        row,
    }
}
