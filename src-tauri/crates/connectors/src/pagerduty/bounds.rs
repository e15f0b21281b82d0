//! A window as PagerDuty takes it.

use fairlead_domain::{Timestamp, Window};

use crate::http::Share;

/// The bounds of a window: always both, because one alone is met with a month of the server's choice, and always in UTC,
/// because a time without an offset is read in the account's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The second in which the window begins.
    pub since: String,
    /// The second after the one in which it ends: whether bounds belong to the answer is not documented, and what comes
    /// twice is stored once.
    pub until: String,
}

impl Bounds {
    pub fn of(window: Window) -> Self {
        let until = Timestamp::from_secs(window.end.as_secs() + 1);
        Self { since: Timestamp::from_secs(window.start.as_secs()).to_rfc3339(), until: until.to_rfc3339() }
    }

    /// The parameters of a question.
    pub fn query(&self) -> [(&str, &str); 3] {
        [("since", &self.since), ("until", &self.until), ("time_zone", "UTC")]
    }
}

/// Which part of the quota pays: a window that ends before now is the past.
pub(super) fn share(window: Window, now: Timestamp) -> Share {
    if window.end < now { Share::Backfill } else { Share::Incremental }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_utc_and_hold_the_whole_window() {
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let window = Window::new(at("2026-11-16T08:00:00.750+01:00"), at("2026-11-16T09:00:00Z"));
        let bounds = Bounds::of(window);
        assert_eq!((bounds.since.as_str(), bounds.until.as_str()), ("2026-11-16T07:00:00Z", "2026-11-16T09:00:01Z"));
    }
}
