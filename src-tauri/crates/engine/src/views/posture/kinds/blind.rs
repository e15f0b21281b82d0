//! A source that others rest on cannot be read.

use fairlead_metrics::posture::{Class, Part, SnoozeLimit};

use super::super::facts::{Facts, SourceFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::clock_in;

pub(super) const KIND: Kind = Kind { name: "blind", judge };

/// Kinds that need the lead at once.
pub(in super::super) const AT_ONCE: [&str; 4] = ["page_unacked", "major_open", "nobody_on_call", "fast_burn"];

fn judge(facts: &Facts) -> Outcome {
    if facts.sources.is_empty() {
        return Outcome::NotWatched("no source is connected".to_owned());
    }
    let blind = facts.sources.iter().filter(|source| source.stale && !source.feeds.is_empty());
    Outcome::Found(blind.map(|source| finding(facts, source)).collect())
}

fn finding(facts: &Facts, source: &SourceFact) -> Finding {
    let since = source.last_ok_at.unwrap_or(facts.now);
    // Without a source of what must be seen at once the lead is as blind as can wait for the day.
    let urgent = source.refused || source.feeds.iter().any(|kind| AT_ONCE.contains(kind));
    let class = if urgent { Class::Now } else { Class::Today };
    let mut row = plain_row(KIND.name, &source.name, class, since);
    row.part = Part::Blind;
    row.unknown = true;
    row.sources = vec![source.name.clone()];
    row.value = source.last_ok_at.map(|at| super::seconds(facts.now.since(at)));
    row.snooze = SnoozeLimit::Day;
    let since_words = match source.last_ok_at {
        Some(at) => format!("since {}", clock_in(at, facts.timezone)),
        None => "yet".to_owned(),
    };
    let cause = source.error.as_ref().map_or("it was not read for two intervals", |(_, message)| message);
    let checks = source.feeds.len();
    let plural = if checks == 1 { "check" } else { "checks" };
    Finding {
        title: format!("Cannot see {} {since_words}", source.name),
        reason: format!("{checks} {plural} blind: {cause}"),
        unit: Some("secs"),
        team: None,
        action: action("Reconnect", Some(format!("/sources?open={}", source.name))),
        why: why(
            "a source failed at its last run, or was not read for two intervals",
            Some("2 intervals"),
            source.feeds.iter().map(|kind| format!("{kind} cannot be judged")).collect(),
            Some(&source.name),
        ),
        row,
    }
}
