//! Instants as people write them.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::time::Timestamp;

impl Timestamp {
    /// An instant as people write it: RFC 3339, or a date, which is midnight in `zone`. `None` for anything else.
    #[must_use]
    pub fn parse_written(text: &str, zone: Tz) -> Option<Self> {
        let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| midnight(date, zone));
        Self::parse_rfc3339(text).ok().or_else(date)
    }
}

/// The first instant of a day: midnight by the wall clock, or, where a clock change skips it, the first time after.
fn midnight(date: NaiveDate, zone: Tz) -> Timestamp {
    let mut wall = date.and_time(NaiveTime::MIN);
    for _ in 0..48 {
        if let Some(at) = wall.and_local_timezone(zone).earliest() {
            return at.to_utc().into();
        }
        wall += chrono::TimeDelta::minutes(15);
    }
    wall.and_utc().into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::midnight_in_the_zone("2026-07-01", chrono_tz::Europe::Lisbon, Some("2026-06-30T23:00:00Z"))]
    #[case::a_midnight_that_is_skipped("2026-04-24", chrono_tz::Africa::Cairo, Some("2026-04-23T22:00:00Z"))]
    #[case::an_instant("2026-07-01T10:00:00+02:00", chrono_tz::UTC, Some("2026-07-01T08:00:00Z"))]
    #[case::a_word("yesterday", chrono_tz::UTC, None)]
    #[case::a_day_that_is_none("2026-02-30", chrono_tz::UTC, None)]
    fn a_date_is_midnight_in_the_zone(#[case] text: &str, #[case] zone: Tz, #[case] at: Option<&str>) {
        assert_eq!(Timestamp::parse_written(text, zone).map(Timestamp::to_rfc3339).as_deref(), at);
    }
}
