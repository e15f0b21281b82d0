//! Wall-clock times of a zone as instants.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use fairlead_domain::Timestamp;

/// The instant at which clocks in `zone` show this. Of two, the first; where clocks jump over it, the same distance
/// after the jump.
#[must_use]
pub fn instant(date: NaiveDate, time: NaiveTime, zone: Tz) -> Timestamp {
    let wall = NaiveDateTime::new(date, time);
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Timestamp::from_millis(at.timestamp_millis()),
        LocalResult::None => {
            let before = zone.from_local_datetime(&(wall - TimeDelta::hours(3)));
            let earlier =
                before.earliest().map_or_else(|| wall.and_utc().timestamp_millis(), |at| at.timestamp_millis());
            Timestamp::from_millis(earlier).plus_hours(3)
        }
    }
}
