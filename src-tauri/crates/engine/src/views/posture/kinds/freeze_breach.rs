//! Something was changed inside a freeze.

use fairlead_metrics::posture::Class;

use super::super::facts::{ChangeFact, Facts};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::clock_in;

pub(super) const KIND: Kind = Kind { name: "freeze_breach", judge };

fn judge(facts: &Facts) -> Outcome {
    let Some(changes) = &facts.freeze_breaches else {
        return Outcome::NotWatched("a source of changes and a calendar of freezes are needed".to_owned());
    };
    Outcome::Found(changes.iter().map(|change| finding(facts, change)).collect())
}

fn finding(facts: &Facts, change: &ChangeFact) -> Finding {
    let mut row = plain_row(KIND.name, &format!("{}@{}", change.title, change.at), Class::Today, change.at);
    row.tier = change.tier;
    row.service.clone_from(&change.service);
    row.sources = vec![change.source.clone()];
    Finding {
        title: format!("Changed during {}", change.freeze),
        reason: format!("{} at {}", change.title, clock_in(change.at, facts.timezone)),
        unit: None,
        team: None,
        action: action("See changes", None),
        why: why(
            "a change of the last day lies inside a freeze",
            None,
            vec![format!("{} at {} during {}", change.title, change.at, change.freeze)],
            Some(&change.source),
        ),
        row,
    }
}
