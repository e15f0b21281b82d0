//! Sets of time: sorted, disjoint, half-open spans, with union, intersection and difference.
//!
//! Built once in O(n log n); each operation is one sweep in O(n + m). Spans that touch are one span: `[1, 2)` and
//! `[2, 3)` are `[1, 3)`.

use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

/// A set of instants, as spans that are sorted, not empty, and neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans(Vec<Window>);

impl Spans {
    /// The union of some windows, in any order; empty ones count for nothing.
    #[must_use]
    pub fn of(windows: impl IntoIterator<Item = Window>) -> Self {
        let mut windows: Vec<Window> = windows.into_iter().filter(|window| !window.is_empty()).collect();
        windows.sort_unstable_by_key(|window| (window.start, window.end));
        windows.dedup_by(|next, held| {
            let joins = next.start <= held.end;
            if joins {
                held.end = held.end.max(next.end);
            }
            joins
        });
        Self(windows)
    }

    /// What lies in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of(self.0.iter().chain(&other.0).copied())
    }

    /// What lies in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let shared = a.intersect(**b);
            let ours_ends_first = a.end < b.end;
            if !shared.is_empty() {
                both.push(shared);
            }
            if ours_ends_first {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Self(both)
    }

    /// What lies in this and not in `other`.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut holes = other.0.iter().peekable();
        for window in &self.0 {
            let mut start = window.start;
            while let Some(hole) = holes.peek().filter(|hole| hole.start < window.end) {
                left.push(Window::new(start, hole.start));
                start = start.max(hole.end);
                if hole.end > window.end {
                    break;
                }
                holes.next();
            }
            left.push(Window::new(start, window.end));
        }
        left.retain(|window| !window.is_empty());
        Self(left)
    }

    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        let after = self.0.partition_point(|window| window.end <= at);
        self.0.get(after).is_some_and(|window| window.contains(at))
    }

    /// Whether no instant lies inside.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The spans, sorted.
    #[must_use]
    pub fn as_slice(&self) -> &[Window] {
        &self.0
    }

    /// Total length in milliseconds.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.0.iter().map(|window| window.millis()).sum()
    }

    /// Total length in hours.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.millis() as f64 / HOUR_MS as f64
    }
}

impl From<Window> for Spans {
    fn from(window: Window) -> Self {
        Self::of([window])
    }
}
