//! Double bookings: one person twice at once, or one post with two holders.

use fairlead_domain::Window;

use super::duty::Duty;
use crate::registry::{Better, MetricDef};

/// Definition of [`clashes`].
pub const DOUBLE_BOOKINGS: MetricDef = MetricDef {
    id: "double_bookings",
    title: "Double bookings",
    unit: "overlapping pairs of shifts",
    better: Better::Lower,
    formula: "pairs of primary, secondary or unknown-role shifts that overlap and share the person, or the schedule \
              and the role",
    source: "Fairlead",
    pitfalls: "Some teams mean it: one person may hold two quiet schedules, and a schedule may have two primaries. \
               Shifts that only touch do not overlap.",
};

/// Why two shifts clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClashKind {
    /// The same person holds both.
    Person,
    /// Two people hold the same role of the same schedule.
    Post,
}

/// Two shifts that overlap and should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Why.
    pub kind: ClashKind,
    /// Index of the shift that starts first, else the lower index.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// When both are held.
    pub window: Window,
}

/// The double bookings among `duties`, sorted by when they begin. O(n log n) plus the overlaps.
#[must_use]
pub fn clashes(duties: &[Duty<'_>]) -> Vec<Clash> {
    let held = |duty: &Duty<'_>| duty.answers() && (duty.person.is_some() || duty.withheld) && !duty.window.is_empty();
    let mut order: Vec<usize> = (0..duties.len()).filter(|index| held(&duties[*index])).collect();
    order.sort_by_key(|index| (duties[*index].window.start, *index));
    let mut running: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for second in order {
        let duty = &duties[second];
        running.retain(|first| duties[*first].window.end > duty.window.start);
        for first in running.iter().copied() {
            if let Some(kind) = clash_kind(&duties[first], duty) {
                found.push(Clash { kind, first, second, window: duties[first].window.intersect(duty.window) });
            }
        }
        running.push(second);
    }
    found.sort_by_key(|clash| (clash.window.start, clash.first, clash.second));
    found
}

/// Why two overlapping duties clash, if they do. Two withheld holders may be one and the same: no clash can be told.
fn clash_kind(a: &Duty<'_>, b: &Duty<'_>) -> Option<ClashKind> {
    match (a.person, b.person) {
        (Some(one), Some(other)) if one == other => Some(ClashKind::Person),
        (None, None) => None,
        _ if a.schedule == b.schedule && a.role == b.role => Some(ClashKind::Post),
        _ => None,
    }
}
