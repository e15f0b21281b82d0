//! From facts to the list: every kind judges, the rows are put in order, the words follow them.

use std::collections::HashMap;

use fairlead_metrics::posture::{Class, Entry, Moment, Snooze, SnoozeUntil, arrange};

use super::answer::{Attention, AttentionClass, NotWatched, Snoozed};
use super::facts::Facts;
use super::kinds::{Finding, KINDS, Kind, Outcome};

/// What the kinds find in the facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Every finding, in the order of the kinds.
    pub findings: Vec<Finding>,
    /// Kinds whose data is not there.
    pub not_watched: Vec<NotWatched>,
}

/// A snooze, and the words that go with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// What it hides.
    pub snooze: Snooze,
    /// Why.
    pub reason: Option<String>,
}

/// The ranked list.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// Lines in order; snoozed ones last.
    pub attention: Vec<Attention>,
    /// The entries behind the lines that are awake, in order.
    pub awake: Vec<Entry>,
}

/// Judges `facts` by every kind.
#[must_use]
pub fn judge(facts: &Facts) -> Judged {
    let mut judged = Judged { findings: Vec::new(), not_watched: Vec::new() };
    for Kind { name, judge } in KINDS {
        match judge(facts) {
            Outcome::Found(found) => judged.findings.extend(found),
            Outcome::NotWatched(reason) => judged.not_watched.push(NotWatched { kind: (*name).to_owned(), reason }),
        }
    }
    judged
}

/// Arranges what was found for a moment.
#[must_use]
pub fn compose(findings: &[Finding], rests: &[Rest], moment: &Moment) -> Composed {
    let by_id: HashMap<&str, &Finding> = findings.iter().map(|finding| (finding.row.id.as_str(), finding)).collect();
    let rows = by_id.values().map(|finding| finding.row.clone()).collect();
    let snoozes: Vec<Snooze> = rests.iter().map(|rest| rest.snooze.clone()).collect();
    let list = arrange(rows, &snoozes, moment);
    let awake: Vec<Entry> = list.shown.into_iter().chain(list.more).collect();
    let lines = awake.iter().filter_map(|entry| line(&by_id, entry, None));
    let resting = list.snoozed.iter().filter_map(|entry| {
        let hides = |rest: &&Rest| rest.snooze.hides(entry, moment.now);
        line(&by_id, entry, rests.iter().find(hides))
    });
    Composed { attention: lines.chain(resting).collect(), awake }
}

/// The words of a line; every line comes from a finding, so `None` does not happen.
fn line(findings: &HashMap<&str, &Finding>, entry: &Entry, rest: Option<&Rest>) -> Option<Attention> {
    let finding = findings.get(entry.row.id.as_str())?;
    let snoozed = rest.map(snoozed);
    let mut why = finding.why.clone();
    for row in entry.absorbed.iter().chain(&entry.folded) {
        why.rows.extend(findings.get(row.id.as_str()).map(|other| format!("{}: {}", other.title, other.reason)));
    }
    let also: Vec<String> =
        entry.absorbed.iter().filter_map(|row| findings.get(row.id.as_str())).map(|f| f.title.clone()).collect();
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
        folded: entry.folded.iter().map(|row| row.id.clone()).collect(),
        why,
        snoozed_until: snoozed.as_ref().and_then(|snoozed| snoozed.until),
        snoozed,
        score: None,
    })
}

fn snoozed(rest: &Rest) -> Snoozed {
    let until = match rest.snooze.until {
        SnoozeUntil::Time(at) => Some(at),
        SnoozeUntil::Worse => None,
    };
    Snoozed { until, until_worse: until.is_none(), reason: rest.reason.clone(), at: rest.snooze.at }
}

const fn class(class: Class) -> AttentionClass {
    match class {
        Class::Now => AttentionClass::Now,
        Class::Today => AttentionClass::Today,
        Class::Week => AttentionClass::Week,
    }
}
