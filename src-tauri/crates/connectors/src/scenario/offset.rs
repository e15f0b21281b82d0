//! Instants of a scenario: a time of day, UTC, on a day counted from the anchor's day.

use fairlead_domain::Timestamp;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use serde::{Deserialize, Deserializer};

/// `-3d 02:30` is half past two in the morning, UTC, three days before the anchor's day; `0d 05:48` lies on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offset {
    /// Milliseconds from the midnight, UTC, that begins the anchor's day.
    millis: i64,
}

/// Farthest day that is accepted, either way: ten years.
const MAX_DAYS: i64 = 3_653;

impl Offset {
    /// Reads `DAYSd HH:MM`, for example `+2d 08:00`.
    ///
    /// # Errors
    /// Says what is wrong and shows the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("{text:?} is no offset: write days and a time of day, UTC, like \"-3d 02:30\"");
        let (day, time) = text.trim().split_once("d ").ok_or_else(fault)?;
        let (hour, minute) = time.trim().split_once(':').ok_or_else(fault)?;
        let day: i64 = day.parse().map_err(|_| fault())?;
        let hour: i64 = hour.parse().map_err(|_| fault())?;
        let minute: i64 = minute.parse().map_err(|_| fault())?;
        if day.abs() > MAX_DAYS || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
            return Err(fault());
        }
        Ok(Self { millis: day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS })
    }

    /// The instant, counted from the anchor's midnight.
    #[must_use]
    pub const fn after(self, midnight: Timestamp) -> Timestamp {
        midnight.plus_millis(self.millis)
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
