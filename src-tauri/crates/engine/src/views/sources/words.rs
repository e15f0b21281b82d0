//! What the Sources page says: what is lost while a source is not read, what is kept, and what to do.

use chrono_tz::Tz;
use fairlead_connectors::{Mode, Stream};
use fairlead_domain::Timestamp;

use super::answer::{SourceCondition, SourceOverview};
use crate::views::freshness::SourceRuns;
use crate::views::posture::kinds_resting_on;
use crate::views::wording::{capitalised, clock_in, counted, listed};

/// The answer of the page in a sentence.
pub(super) fn headline(answering: usize, sources: &[SourceOverview]) -> String {
    let unread = sources.iter().all(|source| source.condition == SourceCondition::Unread);
    match (answering, sources.len()) {
        (_, 0) => "No source is connected".to_owned(),
        (0, all) if unread => format!("{} connected, not read yet", counted(all, "source")),
        (0, 1) => "The source does not answer".to_owned(),
        (0, all) => format!("None of {all} sources answers"),
        (1, 1) => "The source answers".to_owned(),
        (some, all) if some == all => format!("All {all} sources answer"),
        (some, all) => format!("{some} of {all} sources answer"),
    }
}

/// A kind of posture as what is not known while it cannot be judged.
pub(super) fn of_kind(kind: &str) -> &'static str {
    match kind {
        "page_unacked" => "unacknowledged pages",
        "major_open" => "open SEV1 and SEV2 incidents",
        "nobody_on_call" => "whether somebody is on call",
        "fast_burn" => "budgets that burn fast",
        "gap_ahead" => "gaps in the rota ahead",
        "leave_conflict" => "shifts during leave",
        "rota_changed" => "changes of the rota",
        "silence_ends" => "silences about to end",
        "woken" => "who was woken at night",
        "budget_spent" => "spent budgets",
        "budget_soon" => "budgets about to run out",
        "slo_blind" => "SLOs without measurements",
        "incident_stale" => "incidents without an update",
        "alert_zombie" => "alerts that fire for days",
        "hot_change" => "deploys that burn a budget",
        "freeze_breach" => "changes inside a freeze",
        "silence_bad" => "silences that match nothing",
        "action_overdue" => "overdue actions",
        "review_missing" => "missing postmortems",
        "rota_thin" => "how thin the rota is",
        "unmapped" => "people and services to map",
        "forgetting" => "history about to be forgotten",
        _ => "a check of Posture",
    }
}

/// The kinds of posture that streams feed.
pub(super) fn of_streams<'a>(streams: impl Iterator<Item = &'a Stream>) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for record in streams.flat_map(|stream| stream.kinds) {
        kinds.extend(kinds_resting_on(*record).filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>());
    }
    kinds
}

/// What to do about a failure.
pub(super) fn next_step(code: &str) -> &'static str {
    match code {
        "auth" => "Enter a new token, or give this one the right to read. Reading goes on where it stopped.",
        "sign_in_page" => "Sign in again or renew the token; a proxy in front may want a browser session.",
        "forbidden" => "Give the key the right that is named. The rest is read meanwhile.",
        "secret_unreadable" => "Check where the secret is kept, or enter it again.",
        "rate_limited" => "Nothing to do: it is asked again as soon as it allows.",
        "too_large" | "body_too_large" => "Narrow the source, or split it in two.",
        "network" => "Check that the host is right and runs, and that a VPN or proxy is up.",
        "tls" => "Check the certificate; a private authority goes into tls.",
        "timeout" => "Check whether it is overloaded; raise timeout_secs if it always takes long.",
        "upstream" => "It has a fault of its own: look at its status page. It is asked again by itself.",
        "decode" => "Check that the address leads to the interface itself, not to a page in front of it.",
        "file" => "Check the path, and that the file may be read.",
        "config" => "Mend the setting that is named.",
        "not_read" => "Read it now.",
        "late" => "Read it now. It is read by itself only while the window is open.",
        _ => "Retry. If it stays, run fairleadctl doctor.",
    }
}

/// What is kept of a source while it is not read, and whether the hole is filled later.
pub(super) fn kept(runs: &SourceRuns, as_of: Timestamp, zone: Tz) -> String {
    let failing: Vec<&Stream> = runs
        .planned
        .iter()
        .filter(|stream| runs.streams.get(stream.name).is_none_or(|last| last.is_stale(as_of)))
        .collect();
    let read: Vec<&&Stream> = failing.iter().filter(|stream| runs.streams.contains_key(stream.name)).collect();
    let last = read.iter().filter_map(|stream| runs.streams.get(stream.name)?.last_ok_at).max();
    let Some(last) = last else {
        let kept =
            if runs.streams.is_empty() { "Nothing is kept yet: nothing was read." } else { "All that was read." };
        return kept.to_owned();
    };
    let names: Vec<String> = read.iter().map(|stream| stream.name.replace('_', " ")).collect();
    let kept = format!("{} as read until {}.", sentence(&names), clock_in(last, zone));
    let lost = failing.iter().any(|stream| stream.mode == Mode::Observed);
    let after = if lost {
        " It shows only its present: what happens meanwhile is not seen afterwards."
    } else {
        " What happened meanwhile is read as soon as it answers."
    };
    kept + after
}

/// Words as the beginning of a sentence: `Alerts and silences`.
fn sentence(words: &[String]) -> String {
    if words.is_empty() { "What was read".to_owned() } else { capitalised(&listed(words)) }
}

#[cfg(test)]
mod tests {
    use fairlead_domain::RecordKind;

    use super::*;

    #[test]
    fn every_kind_that_rests_on_records_has_words() {
        let mut seen = 0;
        for record in RecordKind::ALL {
            for kind in kinds_resting_on(*record) {
                assert_ne!(of_kind(kind), of_kind("none of them"), "{kind}");
                seen += 1;
            }
        }
        assert!(seen > 20);
    }

    #[test]
    fn words_begin_a_sentence() {
        assert_eq!(sentence(&["sli counts".to_owned(), "slos".to_owned()]), "Sli counts and slos");
        assert_eq!(sentence(&[]), "What was read");
    }
}
