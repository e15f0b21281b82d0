//! Occurrences out of looks at what fires now. Pure.
//!
//! Alertmanager shows the present alone: an alert that is over is no longer listed, and the end that it states for one
//! that fires is only how long it will believe its sender. So an end is known to lie between the last look that saw the
//! alert and the first that did not.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::time::SECOND_MS;

/// One look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// When it was answered.
    pub at: Timestamp,
    /// When the last whole look before it was begun; `None` at the first.
    pub before: Option<Timestamp>,
    /// Whether what is missing is over. It is not while a server that has just started waits to be told what fires.
    pub whole: bool,
}

/// What a look says of the alerts `seen` and of those that are stored as firing: the ones that fire, and those that
/// ended. A row that is stored already comes out as it is.
pub(super) fn occurrences(seen: Vec<Alert>, known: &[Alert], look: Look) -> Vec<Alert> {
    let mut stored: BTreeMap<&str, &Alert> = BTreeMap::new();
    for alert in known.iter().filter(|alert| alert.end.is_none()) {
        let newest = stored.entry(&alert.fingerprint).or_insert(alert);
        if newest.start < alert.start {
            *newest = alert;
        }
    }
    let mut firing: BTreeMap<String, Alert> = BTreeMap::new();
    for alert in seen {
        if firing.get(&alert.fingerprint).is_none_or(|same| alert.start < same.start) {
            firing.insert(alert.fingerprint.clone(), alert);
        }
    }
    let mut found = Vec::with_capacity(firing.len());
    for alert in known.iter().filter(|alert| alert.end.is_none()) {
        let goes_on = stored.get(alert.fingerprint.as_str()).is_some_and(|newest| newest.start == alert.start);
        match firing.get(&alert.fingerprint) {
            Some(now) if goes_on && is_same(alert, now, look) => {}
            Some(now) => found.push(ended(alert, now.start, look)),
            None if look.whole => found.push(ended(alert, look.at, look)),
            None => {}
        }
    }
    for (fingerprint, mut alert) in firing {
        if let Some(same) = stored.get(fingerprint.as_str()).filter(|same| is_same(same, &alert, look)) {
            alert.start = same.start;
        }
        found.push(alert);
    }
    found
}

/// Whether what fires is the stored occurrence. Another replica of its sender, or another peer, may state another start
/// for it; one that began after the last look that saw the stored one is another occurrence.
fn is_same(stored: &Alert, now: &Alert, look: Look) -> bool {
    now.start <= stored.start || look.before.is_some_and(|before| now.start <= before)
}

/// The occurrence, over by `by` at the latest, and seen at the look before.
fn ended(alert: &Alert, by: Timestamp, look: Look) -> Alert {
    let seen = look.before.unwrap_or(alert.start).max(alert.start);
    let end = by.max(alert.start.plus_millis(1));
    let off = end.since(seen).max(0);
    let resolution_secs = u32::try_from((off + SECOND_MS - 1) / SECOND_MS).unwrap_or(u32::MAX);
    Alert { end: Some(end), status: AlertStatus::Resolved, resolution_secs, ..alert.clone() }
}
