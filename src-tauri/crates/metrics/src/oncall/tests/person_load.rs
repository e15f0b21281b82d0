//! Hours of people by role and by night.

use chrono_tz::{Asia::Tokyo, Europe::Lisbon, Tz};
use fairlead_domain::schedule::ShiftRole::{self, Primary, Secondary, Shadow, Unknown};
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;

use super::duty;
use crate::oncall::{Nights, PersonLoad, ZonedDuty, on_call_hours, person_loads};

fn hours(from: i64, to: i64) -> Window {
    let midnight = Timestamp::parse_rfc3339("2026-11-16T00:00:00Z").unwrap();
    Window::new(midnight.plus_hours(from), midnight.plus_hours(to))
}

fn held(person: &'static str, role: ShiftRole, zone: Option<Tz>, window: Window) -> ZonedDuty<'static> {
    ZonedDuty { duty: duty("pay", Some(person), role, window), zone }
}

#[test]
fn hours_are_told_by_role_and_by_night() {
    let range = hours(0, 48);
    let duties = [
        held("ines", Primary, Some(Lisbon), hours(-10, 12)),
        held("ines", Secondary, Some(Lisbon), hours(6, 24)),
        held("yuki", Unknown, Some(Tokyo), hours(12, 24)),
        held("amara", Shadow, Some(Lisbon), hours(0, 48)),
        held("kim", Primary, None, hours(0, 1)),
        held("kim", Primary, Some(Lisbon), hours(1, 2)),
    ];
    let loads = person_loads(&duties, range, &mut Nights::over(range));
    let names: Vec<&str> = loads.keys().copied().collect();
    assert_eq!(names, ["ines", "kim", "yuki"], "who learns carries no hours");
    let ines = PersonLoad { primary: 12.0, secondary: 18.0, on_call: 24.0, night: Some(10.0), share: 0.5, shifts: 2 };
    assert_eq!(loads["ines"], ines, "both levels at once count once; the part before the range is not hers");
    // Tokyo is 9 h ahead: its night begins at 13:00 UTC and ends at 23:00.
    assert_eq!((loads["yuki"].primary, loads["yuki"].night), (12.0, Some(10.0)));
    assert_eq!((loads["kim"].on_call, loads["kim"].night), (2.0, None), "one shift's zone is not known");
}

proptest! {
    #[test]
    fn the_sum_is_that_of_the_plain_hours(
        rows in prop::collection::vec((0usize..3, 0usize..4, -20i64..60, 0i64..30), 0..20),
    ) {
        let range = hours(0, 48);
        let duties: Vec<ZonedDuty<'_>> = rows
            .iter()
            .map(|(person, role, start, length)| {
                let role = [Primary, Secondary, Shadow, Unknown][*role];
                held(["ines", "devon", "yuki"][*person], role, Some(Lisbon), hours(*start, start + length))
            })
            .collect();
        let plain: Vec<_> = duties.iter().map(|duty| duty.duty).collect();
        let plain = on_call_hours(&plain, range);
        let loads = person_loads(&duties, range, &mut Nights::over(range));
        for (person, load) in &loads {
            prop_assert!((load.on_call - plain[person]).abs() < 1e-9);
            prop_assert!(load.on_call <= load.primary + load.secondary + 1e-9);
            prop_assert!(load.night.unwrap() <= load.on_call + 1e-9);
        }
        prop_assert!(plain.iter().all(|(person, hours)| *hours == 0.0 || loads.contains_key(person)));
    }
}
