//! Actions after severe incidents are late.

use std::collections::BTreeMap;

use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, OverdueFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{counted, duration};

pub(super) const KIND: Kind = Kind { name: "action_overdue", judge };

/// The least severe severity whose actions are followed.
const SEVERE: u8 = 2;

fn judge(facts: &Facts) -> Outcome {
    let overdue = match &facts.overdue {
        Ok(overdue) => overdue,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let mut late: BTreeMap<&str, Vec<&OverdueFact>> = BTreeMap::new();
    for item in overdue.iter().filter(|item| item.severity.is_some_and(|severity| severity <= SEVERE)) {
        late.entry(&item.source).or_default().push(item);
    }
    Outcome::Found(late.into_iter().map(|(source, items)| finding(facts, source, &items)).collect())
}

/// One row for all late actions of a source.
fn finding(facts: &Facts, source: &str, items: &[&OverdueFact]) -> Finding {
    let oldest = items.iter().map(|item| item.due).min().unwrap_or(facts.now);
    let mut row = plain_row(KIND.name, source, Class::Week, oldest);
    row.sources = vec![source.to_owned()];
    row.unknown = facts.is_blind(source, KIND.name);
    row.value = Some(super::count(items.len()));
    let age = duration(facts.now.since(oldest));
    let reason = match items {
        [item] => format!("{} is late by {age}", item.title),
        _ => format!("{} overdue, oldest {age}", items.len()),
    };
    Finding {
        title: format!("{} overdue", counted(items.len(), "action")),
        reason,
        unit: Some("count"),
        team: None,
        action: action("See actions", None),
        why: why(
            "an action of an incident of severity 1 or 2 is open after it was due",
            Some("severity ≤ 2"),
            items.iter().map(|item| format!("{} {}, due {}", item.ext_id, item.title, item.due)).collect(),
            Some(source),
        ),
        row,
    }
}
