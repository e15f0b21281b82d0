//! Gaps: declared coverage that nobody holds.
//!
//! - watched = declared coverage ∩ range;
//! - gaps = watched ∩ what was read − ⋃ covering shifts;
//! - not covered by reading = watched − what was read: there, nobody can say.
//!
//! A shift covers with a primary or unknown role and a person, also one who is withheld. Covered, gaps and unread time
//! tile the watched time exactly.

use fairlead_domain::Window;

use super::duty::Duty;
use super::spans::Spans;
use crate::registry::{Better, MetricDef};

/// Definition of the hours of [`Cover::gaps`].
pub const COVERAGE_GAP_HOURS: MetricDef = MetricDef {
    id: "coverage_gap_hours",
    title: "Coverage gaps",
    unit: "hours",
    better: Better::Lower,
    formula: "declared coverage ∩ range ∩ what was read − union of primary and unknown-role shifts with a person",
    source: "Fairlead; the rule that every hour of declared coverage has a primary: Google, Site Reliability \
             Engineering, ch. 11",
    pitfalls: "Without declared coverage there are no gaps to find. Time that was not read is no gap and no cover: it \
               is listed apart.",
};

/// How declared coverage is held. The three parts tile the watched time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// Held by a covering shift, and read.
    pub held: Spans,
    /// Read, and held by nobody.
    pub gaps: Spans,
    /// Inside the range, but not read.
    pub not_covered: Spans,
}

/// How `declared` coverage is held in `range`, as far as `read` reaches. The duties are those of one schedule (and
/// level): what one schedule holds does not cover another.
#[must_use]
pub fn cover(declared: &[Window], range: Window, read: &[Window], duties: &[Duty<'_>]) -> Cover {
    let watched = Spans::of(declared.iter().map(|window| window.intersect(range)));
    let read = Spans::of(read.iter().copied());
    let shifts = Spans::of(duties.iter().filter(|duty| duty.covers()).map(|duty| duty.window));
    let known = watched.intersect(&read);
    Cover { held: known.intersect(&shifts), gaps: known.subtract(&shifts), not_covered: watched.subtract(&read) }
}
