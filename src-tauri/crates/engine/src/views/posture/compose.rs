//! From facts to the list: every kind judges, the rows are put in order, the words follow them.

use std::collections::HashMap;

use fairlead_domain::Window;
use fairlead_metrics::posture::{Class, Entry, Moment, Snooze, SnoozeUntil, arrange};

use super::answer::{Attention, AttentionClass, NotWatched};
use super::facts::Facts;
use super::kinds::{Finding, KINDS, Kind, Outcome};

/// The ranked list, and the kinds that say nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// Lines in order; snoozed ones last, with their time.
    pub attention: Vec<Attention>,
    /// Kinds whose data is not there.
    pub not_watched: Vec<NotWatched>,
}

/// Judges `facts` by every kind and arranges what was found.
#[must_use]
pub fn compose(facts: &Facts, snoozes: &[Snooze], running_shift: Option<Window>) -> Composed {
    compose_with(KINDS, facts, snoozes, running_shift)
}

fn compose_with(kinds: &[Kind], facts: &Facts, snoozes: &[Snooze], running_shift: Option<Window>) -> Composed {
    let mut not_watched = Vec::new();
    let mut findings: HashMap<String, Finding> = HashMap::new();
    for kind in kinds {
        match (kind.judge)(facts) {
            Outcome::Found(found) => findings.extend(found.into_iter().map(|f| (f.row.id.clone(), f))),
            Outcome::NotWatched(reason) => not_watched.push(NotWatched { kind: kind.name.to_owned(), reason }),
        }
    }
    let rows = findings.values().map(|finding| finding.row.clone()).collect();
    let list = arrange(rows, snoozes, &Moment { now: facts.now, running_shift });
    let awake = list.shown.into_iter().chain(list.more).filter_map(|entry| line(&findings, &entry, None));
    let resting = list.snoozed.iter().filter_map(|entry| {
        let snooze = snoozes.iter().find(|snooze| snooze.row == entry.row.id);
        line(&findings, entry, snooze)
    });
    let attention = awake.chain(resting).collect();
    Composed { attention, not_watched }
}

/// The words of a line; every line comes from a finding, so `None` does not happen.
fn line(findings: &HashMap<String, Finding>, entry: &Entry, snooze: Option<&Snooze>) -> Option<Attention> {
    let finding = findings.get(&entry.row.id)?;
    let mut why = finding.why.clone();
    for row in entry.absorbed.iter().chain(&entry.folded) {
        why.rows.extend(findings.get(&row.id).map(|other| format!("{}: {}", other.title, other.reason)));
    }
    let also: Vec<String> =
        entry.absorbed.iter().filter_map(|row| findings.get(&row.id)).map(|f| f.title.clone()).collect();
    let reason =
        if also.is_empty() { finding.reason.clone() } else { format!("{}; {}", finding.reason, also.join(", ")) };
    let title = match entry.folded.len() {
        0 => finding.title.clone(),
        more => format!("{}, and {more} more like it", finding.title),
    };
    Some(Attention {
        id: entry.row.id.clone(),
        kind: entry.row.kind.to_owned(),
        class: class(entry.class),
        tier: entry.row.tier,
        title,
        reason,
        value: entry.row.value,
        unit: finding.unit.map(str::to_owned),
        since: Some(entry.row.since),
        due: entry.row.due,
        team: finding.team.clone(),
        service: entry.row.service.clone(),
        action: finding.action.clone(),
        absorbed: entry.absorbed.iter().chain(&entry.folded).map(|row| row.id.clone()).collect(),
        why,
        snoozed_until: snooze.and_then(|snooze| match snooze.until {
            SnoozeUntil::Time(at) => Some(at),
            SnoozeUntil::Worse => None,
        }),
        score: None,
    })
}

const fn class(class: Class) -> AttentionClass {
    match class {
        Class::Now => AttentionClass::Now,
        Class::Today => AttentionClass::Today,
        Class::Week => AttentionClass::Week,
    }
}
