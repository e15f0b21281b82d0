//! Something was changed inside a freeze.

use std::collections::BTreeMap;

use fairlead_domain::change::ChangeKind;
use fairlead_metrics::posture::Class;

use super::super::facts::{ChangeFact, Facts};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{clock_in, counted};

pub(super) const KIND: Kind = Kind { name: "freeze_breach", judge };

/// So many changes are named in the line; the rest is counted.
const NAMED: usize = 3;

fn judge(facts: &Facts) -> Outcome {
    let changes = match &facts.freeze_breaches {
        Ok(changes) => changes,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let mut broken: BTreeMap<&str, Vec<&ChangeFact>> = BTreeMap::new();
    for change in changes {
        broken.entry(&change.freeze).or_default().push(change);
    }
    Outcome::Found(broken.into_iter().filter_map(|(freeze, changes)| finding(facts, freeze, &changes)).collect())
}

/// One row for all changes inside a freeze, the oldest first.
fn finding(facts: &Facts, freeze: &str, changes: &[&ChangeFact]) -> Option<Finding> {
    let first = changes.first()?;
    let mut row = plain_row(KIND.name, freeze, Class::Today, first.at);
    row.tier = changes.iter().filter_map(|change| change.tier).min();
    let of_one = changes.iter().all(|change| change.service == first.service);
    row.service = first.service.clone().filter(|_| of_one);
    row.sources = changes.iter().map(|change| change.source.clone()).collect();
    row.sources.sort();
    row.sources.dedup();
    row.value = Some(super::count(changes.len()));
    let noun = if changes.iter().all(|change| change.kind == ChangeKind::Deploy) { "deploy" } else { "change" };
    let named = |change: &&ChangeFact| format!("{} at {}", change.title, clock_in(change.at, facts.timezone));
    let names: Vec<String> = changes.iter().take(NAMED).map(named).collect();
    let more = match changes.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Finding {
        title: format!("{} during {freeze}", counted(changes.len(), noun)),
        reason: format!("{}{more}", names.join(", ")),
        unit: Some("count"),
        team: None,
        action: action("See changes", None),
        why: why(
            "a change of the last day lies inside a freeze",
            None,
            changes.iter().map(|change| format!("{} at {} during {freeze}", change.title, change.at)).collect(),
            Some(&first.source),
        ),
        row,
    })
}
