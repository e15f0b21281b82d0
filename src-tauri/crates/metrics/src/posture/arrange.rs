//! From rows to the list on the page.

use super::absorb::{absorb, fold};
use super::order::{Moment, compare};
use super::row::{Entry, Row};
use super::snooze::Snooze;

/// Most lines that are shown at once.
pub const SHOWN: usize = 7;

/// The list: what is shown, what is behind "and n more", and what rests.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posture {
    /// At most [`SHOWN`] lines, in order.
    pub shown: Vec<Entry>,
    /// The lines after them, in order.
    pub more: Vec<Entry>,
    /// Lines that are snoozed, in order.
    pub snoozed: Vec<Entry>,
}

/// Arranges rows for a moment. The order in which rows and snoozes come does not matter.
#[must_use]
pub fn arrange(rows: Vec<Row>, snoozes: &[Snooze], moment: &Moment) -> Posture {
    let line = |row: Row| Entry { class: moment.class_of(&row), row, absorbed: Vec::new(), folded: Vec::new() };
    let lines = sorted(absorb(sorted(rows.into_iter().map(line).collect())));
    let rests = |line: &Entry| snoozes.iter().any(|snooze| snooze.hides(line, moment.now));
    let (snoozed, awake): (Vec<Entry>, Vec<Entry>) = lines.into_iter().partition(rests);
    let mut shown = fold(awake);
    let more = shown.split_off(shown.len().min(SHOWN));
    Posture { shown, more, snoozed }
}

fn sorted(mut lines: Vec<Entry>) -> Vec<Entry> {
    lines.sort_by(compare);
    lines
}
