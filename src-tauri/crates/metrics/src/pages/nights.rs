//! Nights and who was woken in them. A night is named by the date of its evening.

use chrono::{Days, NaiveDate, Timelike};
use fairlead_domain::Timestamp;
use fairlead_domain::time::HOUR_MS;

use super::hour_class::{PersonHours, minute_of_day};
use crate::chain::chains;
use crate::registry::{Better, MetricDef};

/// Definition of [`wakes`].
pub const WAKE_UPS: MetricDef = MetricDef {
    id: "wake_ups",
    title: "Wake-ups",
    unit: "count",
    better: Better::Lower,
    formula: "interruptions of a person in sleeping hours, each at least 60 min after the notification before it",
    source: "Fairlead; interruptions as in PagerDuty's analytics",
    pitfalls: "Being notified is not being asleep: somebody may have been awake, or slept through it. A long incident \
               counts once however often it rings.",
};

/// A notification less than so many milliseconds after the one before belongs to the same wake.
const SAME_WAKE_MS: i64 = HOUR_MS;

/// Somebody was woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wake {
    /// When.
    pub at: Timestamp,
    /// The date of the night's evening.
    pub night: NaiveDate,
}

/// The night that `at` lies in, by the date of its evening; `None` outside sleeping hours.
#[must_use]
pub fn night_of(at: Timestamp, hours: &PersonHours) -> Option<NaiveDate> {
    let local = at.to_utc().with_timezone(&hours.zone);
    let minute = minute_of_day(local.hour(), local.minute());
    let today = local.date_naive();
    match hours.sleeps(minute) {
        true if minute < hours.sleep_to => today.checked_sub_days(Days::new(1)),
        true => Some(today),
        false => None,
    }
}

/// The interruptions that notifications of one person make: one that comes less than `merge_millis` after the one before
/// belongs to it. `sent` in any order; each interruption is told by its first notification, oldest first.
#[must_use]
pub fn interruptions(sent: &[Timestamp], merge_millis: i64) -> Vec<Timestamp> {
    let mut sent = sent.to_vec();
    sent.sort_unstable();
    chains(&sent, merge_millis).into_iter().map(|chain| sent[chain.start]).collect()
}

/// The wakes that notifications of one person make, oldest first. `sent` in any order.
#[must_use]
pub fn wakes(sent: &[Timestamp], hours: &PersonHours) -> Vec<Wake> {
    let rung = interruptions(sent, SAME_WAKE_MS);
    rung.into_iter().filter_map(|at| Some(Wake { at, night: night_of(at, hours)? })).collect()
}
