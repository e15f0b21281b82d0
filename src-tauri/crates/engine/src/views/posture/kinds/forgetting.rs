//! A source is about to forget what was not read, or to refuse its key.

use fairlead_domain::Timestamp;
use fairlead_domain::time::DAY_MS;
use fairlead_metrics::posture::{Class, Row};
use fairlead_metrics::registry::Better;

use super::super::facts::{Facts, KeptFact, TermsFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{day_in, duration};

pub(super) const KIND: Kind = Kind { name: "forgetting", judge };

/// An end within this time is near, in milliseconds.
const NEAR_MS: i64 = 14 * DAY_MS;
/// Less than this is not worth a reading of its own, in milliseconds: history is read in whole hours, and each source by
/// its own clock.
const SCRAP_MS: i64 = DAY_MS;

fn judge(facts: &Facts) -> Outcome {
    let terms = match &facts.terms {
        Ok(terms) => terms,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let keys = terms.iter().filter_map(|terms| key(facts, terms));
    let memories = terms.iter().filter_map(|terms| memory(facts, terms));
    Outcome::Found(keys.chain(memories).collect())
}

/// A row about `source` whose end comes at `due`.
fn row(facts: &Facts, (what, source): (&str, &str), due: Timestamp) -> Row {
    let since = due.plus_millis(-NEAR_MS);
    let mut row = plain_row(KIND.name, &format!("{what}/{source}"), Class::Week, since);
    row.due = Some(due);
    row.sources = vec![source.to_owned()];
    // A key that is refused already is what makes its source blind.
    let refused = facts.sources.iter().any(|s| s.name == source && s.stale && s.refused);
    row.unknown = refused || facts.is_blind(source, KIND.name);
    row.value = Some(super::seconds(due.since(facts.now)));
    row.better = Better::Higher;
    row
}

fn key(facts: &Facts, terms: &TermsFact) -> Option<Finding> {
    let (source, ends) = (terms.source.as_str(), terms.key_expires_at?);
    let left = ends.since(facts.now);
    if left > NEAR_MS {
        return None;
    }
    let day = day_in(ends, facts.timezone);
    let (title, reason) = if left > 0 {
        (format!("The key of {source} expires {day}"), format!("Expires in {}", duration(left)))
    } else {
        (format!("The key of {source} expired {day}"), format!("Expired {} ago", duration(-left)))
    };
    Some(Finding {
        title,
        reason: format!("{reason}; then {source} cannot be read"),
        unit: Some("secs"),
        team: None,
        action: action("Renew", Some(format!("/sources?open={source}"))),
        why: why(
            "the key of a source expires within 14 days",
            Some("14 d"),
            vec![format!("the key of {source} holds until {ends}; of a new one, write its end as token_expires")],
            Some(source),
        ),
        row: row(facts, ("key", source), ends),
    })
}

fn memory(facts: &Facts, terms: &TermsFact) -> Option<Finding> {
    let (source, KeptFact { kept_millis, read_from }) = (terms.source.as_str(), terms.kept?);
    // What lies between the edge of the upstream's memory and what was read is forgotten, the last of it then.
    let gone_at = read_from.plus_millis(kept_millis);
    let unread = gone_at.since(facts.now);
    if !(SCRAP_MS..=NEAR_MS).contains(&unread) {
        return None;
    }
    let covered = facts.now.since(read_from);
    Some(Finding {
        title: format!("{source} keeps {}; covered {}", duration(kept_millis), duration(covered)),
        reason: format!(
            "{} of history are unread and forgotten by {}",
            duration(unread),
            day_in(gone_at, facts.timezone)
        ),
        unit: Some("secs"),
        team: None,
        action: action("Backfill", Some(format!("/sources?open={source}"))),
        why: why(
            "the edge of a source's memory comes within 14 days of what was read of it",
            Some("14 d"),
            vec![format!(
                "read from {read_from} on; fairleadctl sync {source} --backfill {} reads the rest",
                kept_millis.div_euclid(DAY_MS).max(1)
            )],
            Some(source),
        ),
        row: row(facts, ("memory", source), gone_at),
    })
}
