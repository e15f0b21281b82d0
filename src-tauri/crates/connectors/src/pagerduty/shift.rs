//! What shifts of both systems have in common.

use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Rotation, Schedule, Shift, ShiftRole};
use fairlead_domain::{Timestamp, Window};

use super::wire::Ref;

/// Where a schedule stands in the escalation policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    /// Least level at which it is asked.
    pub level: Option<u32>,
}

impl Seat {
    /// Whoever is asked first answers first; a schedule that no policy asks may be anything.
    pub const fn role(self) -> ShiftRole {
        match self.level {
            Some(1) => ShiftRole::Primary,
            Some(_) => ShiftRole::Secondary,
            None => ShiftRole::Unknown,
        }
    }
}

/// A schedule as it was read for a window.
#[derive(Debug, Default)]
pub(super) struct Rota {
    /// Its shifts.
    pub shifts: Vec<Shift>,
    /// Its layers or rotations.
    pub rotations: Vec<Rotation>,
    /// The schedule itself, where only its own page tells all of it.
    pub schedule: Option<Schedule>,
    /// Everyone whom it points to.
    pub users: Vec<Ref>,
}

/// The time of an entry; without an end up to the edge of what was asked for, and said so. `None` when it has no length.
pub(super) fn span(start: Option<Timestamp>, end: Option<Timestamp>, asked: Window) -> Option<(Window, bool)> {
    let start = start?;
    let span = Window::new(start, end.unwrap_or(asked.end));
    (!span.is_empty()).then_some((span, end.is_none()))
}

/// The key of a shift, which has no id: the same schedule, person and start are the same shift, also when its end moves.
/// A digest, so that no key names a person.
pub(super) fn key(schedule: &str, person: Option<&PersonRef>, start: Timestamp, rotation: &str) -> String {
    let who = person.and_then(PersonRef::identity).unwrap_or_default();
    let text = format!("{schedule}\n{who}\n{}\n{rotation}", start.as_secs());
    blake3::hash(text.as_bytes()).to_hex().chars().take(32).collect()
}
