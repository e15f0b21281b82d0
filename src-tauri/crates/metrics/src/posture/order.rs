//! The order of the rows: (class, known before unknown, tier, due, since, id). No weights.
//!
//! One promotion: what is due inside the running shift, or within the next 2 hours, moves one class up. What was due
//! before the shift began is late, not sudden, and stays in its class.

use std::cmp::Ordering;

use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

use super::row::{Class, Entry, Row};
use crate::registry::{Better, MetricDef};

/// Definition of the order of the Posture page.
pub const POSTURE_ORDER: MetricDef = MetricDef {
    id: "posture_order",
    title: "Order of what needs you",
    unit: "position",
    better: Better::Neither,
    formula: "class (Now, Today, Week), then service tier, then what is due first, then the oldest; due inside the \
              running shift or within 2 h moves one class up",
    source: "Fairlead",
    pitfalls: "No weights and no score: two rows of one class are not compared by how bad they are. A service without a \
               tier counts as tier 2.",
};

/// Tier of a service that has none.
const DEFAULT_TIER: u8 = 2;
/// How far ahead a due time promotes.
const SOON_MS: i64 = 2 * HOUR_MS;

/// The instant that a list is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// As of when.
    pub now: Timestamp,
    /// The shift that runs at that instant, if one does.
    pub running_shift: Option<Window>,
}

impl Moment {
    /// The class of a row at this instant: its own, or one up when it is due soon.
    #[must_use]
    pub fn class_of(&self, row: &Row) -> Class {
        let soon = |due: Timestamp| self.now <= due && due <= self.now.plus_millis(SOON_MS);
        let in_shift = |due: Timestamp| self.running_shift.is_some_and(|shift| shift.contains(due));
        if row.due.is_some_and(|due| soon(due) || in_shift(due)) { row.class.promoted() } else { row.class }
    }
}

/// Compares two lines: the lesser comes first. A total order as long as ids are unique.
#[must_use]
pub fn compare(a: &Entry, b: &Entry) -> Ordering {
    key(a).cmp(&key(b))
}

fn key(entry: &Entry) -> impl Ord + '_ {
    let row = &entry.row;
    let due = row.due.unwrap_or(Timestamp::LATEST);
    (entry.class, row.unknown, row.tier.unwrap_or(DEFAULT_TIER), due, row.since, row.id.as_str(), row.kind)
}
