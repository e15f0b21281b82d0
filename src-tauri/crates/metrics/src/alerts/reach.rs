//! What a silence matches, and since when it matches nothing.

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::silence::Silence;

use super::Matchers;

/// What matchers match at an instant, of the alerts that are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Matching alerts that fire, also the suppressed.
    pub firing: usize,
    /// The latest instant at which a matching alert fired; the instant itself while one does.
    pub last_match: Option<Timestamp>,
}

/// What `matchers` match at `at`, of `alerts`, which should be occurrences ([`super::occurrences()`]) so that none counts
/// twice. What lies after `at` is not looked at.
#[must_use]
pub fn reach<'a>(matchers: &Matchers, alerts: impl IntoIterator<Item = &'a Alert>, at: Timestamp) -> Reach {
    let mut reach = Reach { firing: 0, last_match: None };
    let past = |alert: &&Alert| alert.start <= at && alert.status != AlertStatus::Pending;
    for alert in alerts.into_iter().filter(past).filter(|alert| matchers.matches(&alert.labels)) {
        let fires = alert.end.is_none_or(|end| end > at);
        reach.firing += usize::from(fires);
        reach.last_match = reach.last_match.max(alert.end.filter(|_| !fires).or(Some(at)));
    }
    reach
}

/// Since when a silence in force has matched nothing; `None` while it matches, and when it is not in force at `at`.
///
/// `watched_since` is since when alerts were read without a hole: nothing is claimed of the time before it.
#[must_use]
pub fn idle_since(silence: &Silence, reach: Reach, watched_since: Timestamp, at: Timestamp) -> Option<Timestamp> {
    let in_force = silence.start <= at && at < silence.end;
    (in_force && reach.firing == 0)
        .then(|| silence.start.max(watched_since).max(reach.last_match.unwrap_or(Timestamp::EARLIEST)))
        .filter(|since| *since <= at)
}
