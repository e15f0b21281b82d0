//! Tests of the order of the Posture page.

mod arrange;
mod snooze;

use fairlead_domain::Timestamp;
use fairlead_domain::time::MINUTE_MS;

use super::{Class, Entry, Moment, Part, Row, SnoozeLimit};
use crate::registry::Better;

/// Monday, 16 November 2026, 07:00 UTC.
fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-16T07:00:00Z").unwrap()
}

fn in_minutes(minutes: i64) -> Timestamp {
    now().plus_millis(minutes * MINUTE_MS)
}

fn moment() -> Moment {
    Moment { now: now(), running_shift: None }
}

fn row(id: &str, kind: &'static str, class: Class) -> Row {
    Row {
        id: id.into(),
        kind,
        class,
        tier: None,
        due: None,
        since: in_minutes(-60),
        unknown: false,
        part: Part::Plain,
        service: None,
        sources: vec![],
        value: None,
        better: Better::Neither,
        snooze: SnoozeLimit::Week,
    }
}

fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.row.id.as_str()).collect()
}
