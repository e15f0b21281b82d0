//! Which class of hour an instant is for a person.

use chrono::{Datelike, Timelike, Weekday};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, words};

use crate::registry::{Better, MetricDef};

/// Definition of the counts of pages by class.
pub const PAGES_BY_CLASS: MetricDef = MetricDef {
    id: "pages_by_class",
    title: "Pages by hour class",
    unit: "count",
    better: Better::Lower,
    formula: "interruptions by the person's wall clock: sleep 22:00–08:00, else off on weekends and days off, else \
              business within the person's hours (08:00–18:00 unless configured), else off",
    source: "classes as in PagerDuty's analytics; per person, and sleep before weekend, by Fairlead",
    pitfalls: "A page in sleeping hours does not tell whether anybody slept. Where the person's zone is not known the \
               workspace's is taken, which puts pages of people elsewhere into the wrong class.",
};

/// Minutes of a day.
const DAY_MINUTES: u16 = 1_440;

words! {
    /// What an hour is to a person.
    HourClass {
        /// Working hours of a working day.
        Business = "business",
        /// Neither working nor sleeping hours.
        Off = "off",
        /// Sleeping hours.
        Sleep = "sleep",
    }
}

/// A person's wall clock and hours, in minutes since midnight, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonHours {
    /// The zone.
    pub zone: Tz,
    /// Start of work, 0 to 1439.
    pub work_from: u16,
    /// End of work, 1 to 1440, after the start.
    pub work_to: u16,
    /// Start of sleep in the evening, after `sleep_to`.
    pub sleep_from: u16,
    /// End of sleep in the morning.
    pub sleep_to: u16,
}

impl PersonHours {
    /// Work from 08:00 to 18:00 and sleep from 22:00 to 08:00 by the wall clock of `zone`.
    #[must_use]
    pub const fn usual(zone: Tz) -> Self {
        Self { zone, work_from: 8 * 60, work_to: 18 * 60, sleep_from: 22 * 60, sleep_to: 8 * 60 }
    }

    /// Whether a minute of the day is one of sleep.
    pub(super) const fn sleeps(&self, minute: u16) -> bool {
        minute >= self.sleep_from || minute < self.sleep_to
    }
}

/// The class of `at` for a person. `day_off`: the person has that day off beside the weekend. Sleep goes before a day
/// off, a day off before working hours.
#[must_use]
pub fn hour_class(at: Timestamp, hours: &PersonHours, day_off: bool) -> HourClass {
    let local = at.to_utc().with_timezone(&hours.zone);
    let minute = minute_of_day(local.hour(), local.minute());
    let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    let working = hours.work_from <= minute && minute < hours.work_to;
    match (hours.sleeps(minute), weekend || day_off, working) {
        (true, _, _) => HourClass::Sleep,
        (false, true, _) | (false, false, false) => HourClass::Off,
        (false, false, true) => HourClass::Business,
    }
}

/// Minutes since midnight of a wall clock.
pub(super) fn minute_of_day(hour: u32, minute: u32) -> u16 {
    u16::try_from(hour * 60 + minute).unwrap_or(DAY_MINUTES - 1)
}
