//! Which kinds of posture rest on which records, and on which sources.

use fairlead_domain::run::RunState;
use fairlead_domain::{RecordKind, Timestamp};

use super::super::facts::SourceFact;
use super::super::kinds::AT_ONCE;
use crate::views::freshness::{Freshness, SourceRuns};

/// Which kinds rest on which records: while these cannot be read, those cannot be judged.
const FEEDS: &[(RecordKind, &[&str])] = &[
    (
        RecordKind::Shift,
        &["nobody_on_call", "gap_ahead", "leave_conflict", "rota_changed", "silence_ends", "rota_thin"],
    ),
    (RecordKind::Incident, &["major_open", "page_unacked", "incident_stale", "action_overdue", "review_missing"]),
    (RecordKind::Page, &["page_unacked", "woken"]),
    (RecordKind::SliHour, &["fast_burn", "budget_spent", "budget_soon", "hot_change"]),
    (RecordKind::Slo, &["fast_burn", "budget_spent", "budget_soon", "slo_blind", "hot_change"]),
    (RecordKind::Alert, &["alert_zombie", "silence_ends", "silence_bad"]),
    (RecordKind::Silence, &["silence_ends", "silence_bad"]),
    (RecordKind::Leave, &["leave_conflict"]),
    (RecordKind::Change, &["hot_change", "freeze_breach"]),
    (RecordKind::Maintenance, &["freeze_breach"]),
    (RecordKind::ActionItem, &["action_overdue"]),
    (RecordKind::Postmortem, &["review_missing"]),
    (RecordKind::Person, &["unmapped"]),
    (RecordKind::Service, &["unmapped"]),
    (RecordKind::Terms, &["forgetting"]),
];

/// Every source, and the kinds that rest on it; of a stale one only those that rest on what cannot be read.
pub(super) fn sources(freshness: &Freshness) -> Vec<SourceFact> {
    let fact = |(name, runs): (&String, &SourceRuns)| {
        let stale = runs.is_stale(freshness.as_of);
        let feeds = resting_on(runs, freshness.as_of);
        SourceFact {
            name: name.clone(),
            last_ok_at: if stale { runs.stale_since(freshness.as_of) } else { runs.last_ok_at() },
            stale,
            error: runs.error().map(|error| (error.code.clone(), error.message.clone())),
            refused: runs.error().is_some_and(|error| REFUSALS.contains(&error.code.as_str())),
            feeds,
        }
    };
    freshness.sources.iter().map(fact).collect()
}

/// The kinds of posture that rest on a source; of a stale one only those that rest on what cannot be read.
pub(in crate::views) fn resting_on(runs: &SourceRuns, as_of: Timestamp) -> Vec<&'static str> {
    let stale = runs.is_stale(as_of);
    let concerned = |kind: RecordKind| runs.streams_of(kind).any(|(_, stream)| !stale || stream.is_stale(as_of));
    let mut feeds: Vec<&'static str> = Vec::new();
    for (_, kinds) in FEEDS.iter().filter(|(record, _)| concerned(*record)) {
        feeds.extend(kinds.iter().filter(|kind| !feeds.contains(*kind)).copied().collect::<Vec<_>>());
    }
    feeds
}

/// The kinds of posture that rest on records of a kind.
pub(in crate::views) fn kinds_resting_on(record: RecordKind) -> impl Iterator<Item = &'static str> {
    FEEDS.iter().filter(move |(fed_by, _)| *fed_by == record).flat_map(|(_, kinds)| kinds.iter().copied())
}

/// Whether a kind of posture needs the lead at once, so that nothing is called quiet while it cannot be judged.
pub(in crate::views) fn hides_at_once(kind: &str) -> bool {
    AT_ONCE.contains(&kind)
}

/// Whether something that needs the lead at once is judged by a stream of this source that was not read whole, or
/// never.
pub(in crate::views) fn hides_now(runs: &SourceRuns) -> bool {
    let at_once = |kinds: &[&str]| kinds.iter().any(|kind| AT_ONCE.contains(kind));
    let not_whole = |state| matches!(state, RunState::Failed | RunState::Partial);
    let unread = |kind| runs.unread().any(|stream| stream.kinds.contains(&kind));
    FEEDS
        .iter()
        .filter(|(_, kinds)| at_once(kinds))
        .any(|(record, _)| unread(*record) || runs.streams_of(*record).any(|(_, stream)| not_whole(stream.state)))
}

/// Codes of a connector whose credentials are refused.
const REFUSALS: [&str; 3] = ["auth", "sign_in_page", "forbidden"];

/// What a configured source brings that was not read yet, with the source.
pub(super) fn awaited(freshness: &Freshness) -> Vec<(RecordKind, String)> {
    let of_source = |(name, runs): (&String, &SourceRuns)| {
        let planned = runs.planned.iter().flat_map(|stream| stream.kinds).copied();
        planned
            .filter(|kind| runs.streams_of(*kind).next().is_none())
            .map(|kind| (kind, name.clone()))
            .collect::<Vec<_>>()
    };
    freshness.sources.iter().flat_map(of_source).collect()
}

/// Whether a configured source brings such records and was read for them.
pub(super) fn reads(freshness: &Freshness, kind: RecordKind) -> bool {
    freshness.sources.values().any(|source| source.streams_of(kind).next().is_some())
}

/// Names of the sources that were read for such records.
pub(super) fn readers(freshness: &Freshness, kind: RecordKind) -> Vec<String> {
    let with = freshness.sources.iter().filter(|(_, source)| source.streams_of(kind).next().is_some());
    with.map(|(name, _)| name.clone()).collect()
}

/// Whether such records of some source could not be read at its last run, or never were.
pub(super) fn is_blind(freshness: &Freshness, kind: RecordKind) -> bool {
    freshness.sources.values().any(|source| {
        let streams: Vec<&str> = source.streams_of(kind).map(|(name, _)| name).collect();
        !streams.is_empty() && source.is_blind_for(&streams)
    })
}
