//! Silences end soon while what they hold back still fires.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, SilenceFact, Silenced};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{clock_in, counted};

pub(super) const KIND: Kind = Kind { name: "silence_ends", judge };

fn judge(facts: &Facts) -> Outcome {
    let (silences, edge) = match (&facts.silences, &facts.next_shift_ends) {
        (Ok(silences), Ok(edge)) => (silences, *edge),
        (Err(reason), _) => return Outcome::NotWatched(reason.clone()),
        (_, Err(reason)) => {
            return Outcome::NotWatched(format!("when the next shift ends is not known: {reason}"));
        }
    };
    let mut ends: BTreeMap<(&str, Timestamp), Vec<Ending<'_>>> = BTreeMap::new();
    for silence in silences.iter().filter(|silence| silence.end < edge) {
        let frees: Vec<&Silenced> = silence.holds.iter().filter(|alert| is_last(silences, silence, alert)).collect();
        if !frees.is_empty() {
            ends.entry((&silence.source, silence.end)).or_default().push(Ending { silence, frees });
        }
    }
    Outcome::Found(ends.into_iter().map(|((source, end), group)| finding(facts, source, end, &group)).collect())
}

/// A silence, and the alerts that nothing holds back once it has ended.
struct Ending<'a> {
    silence: &'a SilenceFact,
    frees: Vec<&'a Silenced>,
}

/// Whether no other silence of its source holds an alert back for longer.
fn is_last(silences: &[SilenceFact], silence: &SilenceFact, alert: &Silenced) -> bool {
    let longer = |other: &&SilenceFact| other.source == silence.source && other.end > silence.end;
    !silences.iter().filter(longer).any(|other| other.holds.iter().any(|held| held.id == alert.id))
}

/// One row for all silences of a source that end together.
fn finding(facts: &Facts, source: &str, end: Timestamp, group: &[Ending<'_>]) -> Finding {
    let since = group.iter().map(|ending| ending.silence.start).min().unwrap_or(end);
    let held: BTreeMap<&str, &Silenced> =
        group.iter().flat_map(|ending| &ending.frees).map(|alert| (alert.id.as_str(), *alert)).collect();
    let held: Vec<&Silenced> = held.into_values().collect();
    let paging = held.iter().filter(|alert| alert.pages).count();
    let mut row = plain_row(KIND.name, &format!("{source}@{end}"), Class::Today, since);
    row.due = Some(end);
    row.tier = held.iter().filter_map(|alert| alert.tier).min();
    row.service = held.first().and_then(|alert| alert.service.clone());
    if held.iter().any(|alert| alert.service != row.service) {
        row.service = None;
    }
    row.sources = vec![source.to_owned()];
    row.unknown = facts.is_blind(source, KIND.name);
    row.value = Some(super::count(group.len()));
    let names: Vec<&str> = held.iter().map(|alert| alert.name.as_str()).collect();
    let then = match paging {
        0 => "none will page".to_owned(),
        n => format!("{n} will page"),
    };
    let ends = if group.len() == 1 { "ends" } else { "end" };
    Finding {
        title: format!("{} {ends} {}", counted(group.len(), "silence"), clock_in(end, facts.timezone)),
        reason: format!("{then}; still firing: {}", names.join(", ")),
        unit: Some("count"),
        team: None,
        action: action("Decide", None),
        why: why(
            "a silence ends before the next shift does and holds back an alert that fires",
            Some("end of the next shift"),
            group.iter().map(line).collect(),
            Some(source),
        ),
        row,
    }
}

fn line(Ending { silence, frees }: &Ending<'_>) -> String {
    let comment = silence.comment.as_deref().unwrap_or("without a reason");
    let held: Vec<&str> = frees.iter().map(|alert| alert.name.as_str()).collect();
    format!("{} until {}: {comment}; holds back {}", silence.ext_id, silence.end, held.join(", "))
}
