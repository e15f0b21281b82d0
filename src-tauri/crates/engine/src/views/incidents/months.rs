//! The month of an instant by the wall clock of a zone. Incidents come by time, so that the month seldom changes.

use chrono::{Datelike, NaiveDate, TimeZone};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};

use super::facets::Values;

/// The month that was met last.
pub(super) struct Months {
    zone: Tz,
    last: Window,
    place: usize,
}

impl Months {
    pub(super) const fn of(zone: Tz) -> Self {
        Self { zone, last: Window::new(Timestamp::EARLIEST, Timestamp::EARLIEST), place: 0 }
    }

    /// The place of the month of `at`.
    pub(super) fn place(&mut self, at: Timestamp, values: &mut Values) -> usize {
        if !self.last.contains(at) {
            let wall = at.to_utc().with_timezone(&self.zone);
            let (year, month) = (wall.year(), wall.month());
            let (after_year, after) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            // A zone whose clock has no such midnight: the month is looked up again for each row, and is right.
            let start = self.midnight(year, month).unwrap_or(at);
            let end = self.midnight(after_year, after).unwrap_or(at);
            self.last = Window::new(start, end);
            self.place = values.place(&format!("{year:04}-{month:02}"));
        }
        self.place
    }

    fn midnight(&self, year: i32, month: u32) -> Option<Timestamp> {
        let midnight = NaiveDate::from_ymd_opt(year, month, 1)?.and_hms_opt(0, 0, 0)?;
        Some(self.zone.from_local_datetime(&midnight).earliest()?.to_utc().into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_month_is_that_of_the_wall_clock() {
        let mut months = Months::of(chrono_tz::Asia::Tokyo);
        let mut values = Values::of(&BTreeSet::new(), []);
        let told = ["2026-11-30T15:30:00Z", "2026-11-30T14:30:00Z", "2026-11-01T00:00:00Z", "2026-12-31T15:00:00Z"]
            .map(|text| months.place(Timestamp::parse_rfc3339(text).unwrap(), &mut values));
        told.iter().for_each(|place| values.count(*place));
        assert_eq!(told, [0, 1, 1, 2]);
        let keys: Vec<String> = values.told().into_iter().map(|value| value.key).collect();
        assert_eq!(keys, ["2026-12", "2026-11", "2027-01"]);
    }
}
