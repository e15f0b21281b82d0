//! Which hours a window asks for.

use fairlead_domain::time::{HOUR_MS, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};

use super::api::Grid;

/// An hour is read from so long after its end, so that late samples are in.
const GRACE_MS: i64 = 2 * MINUTE_MS;

const HOUR: i64 = 3600;

/// Complete hours that begin in a window. The value at an instant describes the hour before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    /// Start of the first hour, in seconds.
    first: i64,
    /// End of the last hour, in seconds.
    end: i64,
}

impl Hours {
    /// The hours that begin in `window` and are complete at `now`.
    pub fn of(window: Window, now: Timestamp) -> Self {
        let up = |at: Timestamp| at.plus_millis(HOUR_MS - 1).floor_hour().as_secs();
        let complete = now.plus_millis(-GRACE_MS).floor_hour().as_secs();
        Self { first: up(window.start), end: up(window.end).min(complete) }
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.end <= self.first
    }

    /// Start of the first hour, in seconds.
    pub const fn first(self) -> i64 {
        self.first
    }

    /// End of the last hour, in seconds.
    pub const fn end(self) -> i64 {
        self.end
    }

    /// The instants to evaluate at.
    pub const fn grid(self) -> Grid {
        Grid { from: self.first + HOUR, to: self.end, step: HOUR }
    }

    /// The part of `window` that these hours cover.
    pub fn covered(self, window: Window) -> Window {
        let end = Timestamp::from_secs(self.end).min(window.end);
        Window::new(window.start, end.max(window.start))
    }
}

/// The hour that a value at `at` (seconds) describes.
pub(super) const fn hour_before(at: i64) -> Timestamp {
    Timestamp::from_secs(at - HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: i64, end: i64) -> Window {
        Window::new(Timestamp::from_secs(start), Timestamp::from_secs(end))
    }

    #[test]
    fn only_complete_hours_two_minutes_after_their_end() {
        let at = |now: i64| Hours::of(window(0, 10 * HOUR), Timestamp::from_secs(now));
        assert_eq!(at(3 * HOUR + 119).grid(), Grid { from: HOUR, to: 2 * HOUR, step: HOUR });
        assert_eq!(at(3 * HOUR + 120).grid(), Grid { from: HOUR, to: 3 * HOUR, step: HOUR });
        assert!(at(HOUR).is_empty());
    }

    #[test]
    fn windows_that_touch_share_no_hour_and_lose_none() {
        let now = Timestamp::from_secs(100 * HOUR);
        for cut in [5 * HOUR, 5 * HOUR + 1, 5 * HOUR + 1800, 6 * HOUR - 1] {
            let (older, newer) = (Hours::of(window(0, cut), now), Hours::of(window(cut, 10 * HOUR), now));
            assert_eq!(older.end, newer.first, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_not_complete_is_not_covered() {
        let asked = window(0, 5 * HOUR);
        let hours = Hours::of(asked, Timestamp::from_secs(3 * HOUR + 60));
        assert_eq!(hours.covered(asked), window(0, 2 * HOUR));
    }
}
