//! Somebody else is on call soon than at the last look.

use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, RotaChange};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{day_in, span_in, swap};

pub(super) const KIND: Kind = Kind { name: "rota_changed", judge };

fn judge(facts: &Facts) -> Outcome {
    match &facts.rota_changes {
        Ok(changes) => Outcome::Found(changes.iter().map(|change| finding(facts, change)).collect()),
        Err(reason) => Outcome::NotWatched(reason.clone()),
    }
}

fn finding(facts: &Facts, change: &RotaChange) -> Finding {
    let subject = format!("{}/{}@{}", change.source, change.schedule, change.window.start);
    let mut row = plain_row(KIND.name, &subject, Class::Today, change.seen);
    row.due = Some(change.window.start);
    row.sources = vec![change.source.clone()];
    row.unknown = facts.is_blind(&change.source, KIND.name);
    row.value = Some(super::seconds(change.window.millis()));
    let origin = change.origin.as_deref().filter(|_| !change.after.is_empty());
    let origin = origin.map_or_else(String::new, |origin| format!("{origin}, "));
    Finding {
        title: format!("{} {}", day_in(change.window.start, facts.timezone), swap(&change.before, &change.after)),
        reason: format!("{origin}{} {}", change.schedule, span_in(change.window, facts.timezone)),
        unit: Some("secs"),
        team: change.team.clone(),
        action: action("See the difference", Some("/oncall".to_owned())),
        why: why(
            "a shift of the next 14 days is held by others than at your last look",
            Some("14 d ahead"),
            vec![
                format!("{} to {}", change.window.start, change.window.end),
                format!("read {}; your last look {}", change.seen, facts.last_seen),
            ],
            Some(&change.source),
        ),
        row,
    }
}
