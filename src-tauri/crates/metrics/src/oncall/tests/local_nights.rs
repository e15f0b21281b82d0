//! Nights by the wall clock, over clock changes too.

use chrono::Timelike;
use chrono_tz::{Asia::Tokyo, Australia::Lord_Howe, Europe::Lisbon, Tz};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;
use rstest::rstest;

use crate::oncall::{Nights, Spans, local_nights};

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

#[rstest]
#[case::usual(Lisbon, "2026-11-16T12:00:00Z", "2026-11-16T22:00:00Z", 600)]
#[case::clocks_go_back(Lisbon, "2026-10-24T12:00:00Z", "2026-10-24T21:00:00Z", 660)]
#[case::clocks_go_forward(Lisbon, "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z", 540)]
#[case::half_an_hour(Lord_Howe, "2026-04-04T02:00:00Z", "2026-04-04T11:00:00Z", 630)]
#[case::no_clock_change(Tokyo, "2026-10-24T04:00:00Z", "2026-10-24T13:00:00Z", 600)]
fn a_night_is_as_long_as_it_is(#[case] zone: Tz, #[case] noon: &str, #[case] begins: &str, #[case] minutes: i64) {
    let day = Window::new(at(noon), at(noon).plus_hours(24));
    let start = at(begins);
    let night = Window::new(start, start.plus_millis(minutes * 60_000));
    assert_eq!(local_nights(zone, day).as_slice(), [night]);
}

#[test]
fn a_night_is_clipped_to_the_part_that_is_asked_for() {
    let day = Window::new(at("2026-11-16T00:00:00Z"), at("2026-11-18T00:00:00Z"));
    let mut nights = Nights::over(day);
    let part = Window::new(at("2026-11-16T07:00:00Z"), at("2026-11-16T23:00:00Z"));
    let ends = Window::new(part.start, at("2026-11-16T08:00:00Z"));
    let begins = Window::new(at("2026-11-16T22:00:00Z"), part.end);
    assert_eq!(nights.within(Lisbon, part), [ends, begins]);
    assert_eq!(nights.within(Lisbon, Window::new(ends.end, begins.start)), [], "the day between has none");
}

proptest! {
    #[test]
    fn nights_are_what_the_wall_clock_says(
        start in 1_700_000_000i64..1_900_000_000,
        hours in 1i64..400,
        zone in prop::sample::select(vec![Lisbon, Tokyo, Lord_Howe, Tz::America__New_York]),
    ) {
        let start = Timestamp::from_secs(start).floor_hour();
        let window = Window::new(start, start.plus_hours(hours));
        let nights = local_nights(zone, window);
        let mut known = Nights::over(window);
        prop_assert_eq!(Spans::of(known.within(zone, window)), nights.clone());
        let mut at = window.start;
        while at < window.end {
            let hour = at.to_utc().with_timezone(&zone).hour();
            prop_assert_eq!(nights.contains(at), !(8..22).contains(&hour), "{} in {}", at, zone);
            at = at.plus_millis(HOUR_MS / 4);
        }
    }
}
