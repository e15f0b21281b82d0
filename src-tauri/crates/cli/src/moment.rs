//! Instants as people write them.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use fairlead_domain::Timestamp;

use crate::exit::Failure;

/// An instant: RFC 3339, or a date, which is midnight in the workspace's zone.
///
/// # Errors
/// Wrong usage, with the name of the option.
pub fn instant(text: &str, option: &str, zone: Tz) -> Result<Timestamp, Failure> {
    if let Ok(at) = Timestamp::parse_rfc3339(text) {
        return Ok(at);
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        Failure::usage(format!("{option} {text:?} is no instant: write 2026-11-16T07:00:00Z or 2026-11-16"))
    })?;
    Ok(midnight(date, zone))
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
    use super::*;

    #[test]
    fn a_date_is_midnight_in_the_zone() {
        let at = instant("2026-07-01", "--from", chrono_tz::Europe::Lisbon).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-06-30T23:00:00Z");
    }

    #[test]
    fn a_midnight_that_is_skipped_is_the_first_time_after() {
        let at = instant("2026-04-24", "--from", chrono_tz::Africa::Cairo).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-04-23T22:00:00Z");
    }

    #[test]
    fn what_is_no_instant_is_refused_by_name() {
        let failure = instant("yesterday", "--since", chrono_tz::UTC).unwrap_err();
        assert!(failure.fault.message.contains("--since"));
    }
}
