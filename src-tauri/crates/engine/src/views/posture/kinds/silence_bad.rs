//! Silences that say no reason, lie too long, or hold back nothing.

use std::collections::BTreeMap;

use fairlead_domain::time::DAY_MS;
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, SilenceFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{counted, duration};

pub(super) const KIND: Kind = Kind { name: "silence_bad", judge };

/// Older than this is too old, in milliseconds.
const TOO_OLD_MS: i64 = 7 * DAY_MS;

fn judge(facts: &Facts) -> Outcome {
    let silences = match &facts.silences {
        Ok(silences) => silences,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let mut bad: BTreeMap<&str, Vec<&SilenceFact>> = BTreeMap::new();
    for silence in silences.iter().filter(|silence| !faults(facts, silence).is_empty()) {
        bad.entry(&silence.source).or_default().push(silence);
    }
    Outcome::Found(bad.into_iter().map(|(source, group)| finding(facts, source, &group)).collect())
}

/// What is wrong with a silence.
fn faults(facts: &Facts, silence: &SilenceFact) -> Vec<&'static str> {
    let faults = [
        (silence.held_lately == Some(false), NOTHING),
        (facts.now.since(silence.start) > TOO_OLD_MS, OLD),
        (silence.comment.is_none(), UNSAID),
    ];
    faults.into_iter().filter(|(so, _)| *so).map(|(_, fault)| fault).collect()
}

const NOTHING: &str = "matches nothing for 24 h";
const OLD: &str = "older than 7 d";
const UNSAID: &str = "without a comment";

/// One row for all such silences of a source.
fn finding(facts: &Facts, source: &str, group: &[&SilenceFact]) -> Finding {
    let since = group.iter().map(|silence| silence.start).min().unwrap_or(facts.now);
    let mut row = plain_row(KIND.name, source, Class::Week, since);
    row.sources = vec![source.to_owned()];
    row.unknown = facts.is_blind(source, KIND.name);
    row.value = Some(super::count(group.len()));
    let of = |fault: &str| group.iter().filter(|silence| faults(facts, silence).contains(&fault)).count();
    let parts: Vec<String> = [NOTHING, OLD, UNSAID]
        .into_iter()
        .filter(|fault| of(fault) > 0)
        .map(|fault| match (fault, of(fault)) {
            (NOTHING, n) if n > 1 => format!("{n} match nothing for 24 h"),
            (fault, n) => format!("{n} {fault}"),
        })
        .collect();
    let are = if group.len() == 1 { "is" } else { "are" };
    Finding {
        title: format!("{} {are} to be cleaned up", counted(group.len(), "silence")),
        reason: format!("{}; oldest {}", parts.join(", "), duration(facts.now.since(since))),
        unit: Some("count"),
        team: None,
        action: action("Remove", None),
        why: why(
            "a silence has no comment, is older than 7 days, or matches nothing for 24 h",
            Some("no comment, 7 d, 24 h"),
            group
                .iter()
                .map(|silence| {
                    format!("{} since {}: {}", silence.ext_id, silence.start, faults(facts, silence).join(", "))
                })
                .collect(),
            Some(source),
        ),
        row,
    }
}
