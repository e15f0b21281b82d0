//! Windows: published calendar examples, clock changes, months of different lengths.

use chrono::NaiveDate;
use fairlead_domain::slo::{CalendarUnit, SloWindow};
use fairlead_domain::time::HOUR_MS;
use proptest::prelude::*;
use rstest::rstest;

use super::{at, rolling};
use crate::slo::window::slo_span;

use CalendarUnit::{Month, Quarter, Week};

const NEW_YORK_NOON: (&str, &str) = ("America/New_York", "2022-01-01 12:00:00");
const NEW_YORK_EIGHT: (&str, &str) = ("America/New_York", "2022-09-01 08:00:00");
const BERLIN: (&str, &str) = ("Europe/Berlin", "2022-01-01 00:00:00");
const KOLKATA: (&str, &str) = ("Asia/Kolkata", "2022-01-01 00:00:00");
const UTC: (&str, &str) = ("UTC", "2022-01-01 00:00:00");

fn calendar(unit: CalendarUnit, count: u32, zone: &str, anchor: Option<&str>) -> SloWindow {
    SloWindow::Calendar { unit, count, timezone: zone.into(), anchor: anchor.map(str::to_owned) }
}

/// Boundaries by the IANA database. The week around a change of clocks has 167 or 169 hours; the third case is the
/// example of Kibana PR 143190, which keeps a fixed offset and is an hour off.
#[rstest]
#[case(NEW_YORK_NOON, Week, "2024-03-12T00:00:00Z", ["2024-03-09T17:00:00Z", "2024-03-16T16:00:00Z"], 167)]
#[case(NEW_YORK_NOON, Week, "2024-11-05T00:00:00Z", ["2024-11-02T16:00:00Z", "2024-11-09T17:00:00Z"], 169)]
#[case(NEW_YORK_EIGHT, Month, "2022-10-12T00:00:00Z", ["2022-10-01T12:00:00Z", "2022-11-01T12:00:00Z"], 744)]
#[case(BERLIN, Month, "2026-03-15T00:00:00Z", ["2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"], 743)]
#[case(BERLIN, Month, "2026-10-15T00:00:00Z", ["2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"], 745)]
#[case(KOLKATA, Quarter, "2026-05-01T00:00:00Z", ["2026-03-31T18:30:00Z", "2026-06-30T18:30:00Z"], 2_184)]
#[case(UTC, Month, "2024-02-29T23:00:00Z", ["2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"], 696)]
fn calendar_windows_follow_the_wall_clock(
    #[case] (zone, anchor): (&str, &str),
    #[case] unit: CalendarUnit,
    #[case] as_of: &str,
    #[case] bounds: [&str; 2],
    #[case] hours: u32,
) {
    let span = slo_span(&calendar(unit, 1, zone, Some(anchor)), at(as_of)).unwrap();
    let [start, end] = bounds.map(at);
    assert_eq!((span.period.start, span.period.end), (start, end));
    assert_eq!(span.window_hours(), f64::from(hours));
    assert_eq!((span.elapsed.start, span.elapsed.end), (start, at(as_of)));
}

#[rstest]
#[case::short_february("2026-02-28T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z")]
#[case::does_not_drift("2026-04-01T00:00:00Z", "2026-03-31T00:00:00Z", "2026-04-30T00:00:00Z")]
#[case::leap_february("2028-03-01T00:00:00Z", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z")]
#[case::before_the_anchor("2025-12-31T12:00:00Z", "2025-12-31T00:00:00Z", "2026-01-31T00:00:00Z")]
fn months_from_the_31st_end_on_the_last_day(#[case] as_of: &str, #[case] start: &str, #[case] end: &str) {
    let window = calendar(CalendarUnit::Month, 1, "UTC", Some("2026-01-31T00:00:00"));
    let span = slo_span(&window, at(as_of)).unwrap();
    assert_eq!((span.period.start, span.period.end), (at(start), at(end)));
}

/// A wall time that is skipped means the change, one that comes twice means the first.
#[rstest]
#[case::skipped_in_new_york("America/New_York", "2026-01-01T02:30:00", "2026-03-08T12:00:00Z", "2026-03-08T07:00:00Z")]
#[case::repeated_in_new_york("America/New_York", "2026-01-01T01:30:00", "2026-11-01T12:00:00Z", "2026-11-01T05:30:00Z")]
#[case::skipped_midnight_in_cairo(
    "Africa/Cairo",
    "2026-01-01T00:00:00",
    "2026-04-24T12:00:00Z",
    "2026-04-23T22:00:00Z"
)]
#[case::half_an_hour_on_lord_howe(
    "Australia/Lord_Howe",
    "2026-01-01T02:15:00",
    "2026-10-03T20:00:00Z",
    "2026-10-03T15:30:00Z"
)]
fn a_day_starts_also_where_its_wall_time_is_odd(
    #[case] zone: &str,
    #[case] anchor: &str,
    #[case] as_of: &str,
    #[case] start: &str,
) {
    let span = slo_span(&calendar(CalendarUnit::Day, 1, zone, Some(anchor)), at(as_of)).unwrap();
    assert_eq!(span.period.start, at(start));
}

#[rstest]
#[case(CalendarUnit::Day, "2026-11-18T00:00:00Z")]
#[case(CalendarUnit::Week, "2026-11-16T00:00:00Z")]
#[case(CalendarUnit::Month, "2026-11-01T00:00:00Z")]
#[case(CalendarUnit::Quarter, "2026-10-01T00:00:00Z")]
#[case(CalendarUnit::Year, "2026-01-01T00:00:00Z")]
fn without_an_anchor_a_unit_starts_where_it_does_naturally(#[case] unit: CalendarUnit, #[case] start: &str) {
    let span = slo_span(&calendar(unit, 1, "UTC", None), at("2026-11-18T13:20:00Z")).unwrap();
    assert_eq!((span.period.start, span.end), (at(start), at("2026-11-18T13:00:00Z")));
}

#[test]
fn a_rolling_window_ends_with_the_last_whole_hour() {
    let span = slo_span(&rolling(30.0), at("2026-11-16T07:59:59Z")).unwrap();
    assert_eq!((span.elapsed.start, span.end), (at("2026-10-17T07:00:00Z"), at("2026-11-16T07:00:00Z")));
    assert_eq!((span.elapsed_hours(), span.hours_ahead(), span.window_hours()), (720, 720, 720.0));
    assert_eq!(span.reads(), span.elapsed);
    let short = slo_span(&rolling(0.3), span.end).unwrap();
    assert_eq!((short.elapsed_hours(), short.read_hours()), (7, 72), "burn rates look back three days");
}

#[test]
fn a_fraction_of_a_day_keeps_its_hours() {
    for hours in 1..=2_000 {
        let days = format!("{:.6}", f64::from(hours) / 24.0).parse().unwrap();
        let span = slo_span(&rolling(days), at("2026-11-16T07:00:00Z")).unwrap();
        assert_eq!(span.elapsed_hours(), hours as u32);
    }
}

#[test]
fn no_partial_hour_is_counted_where_a_period_starts_at_half_past() {
    let window = calendar(CalendarUnit::Month, 1, "Asia/Kolkata", None);
    let span = |as_of: &str| slo_span(&window, at(as_of)).unwrap();
    assert_eq!(span("2026-10-31T18:45:00Z").elapsed_hours(), 0, "[18:30, 19:00) is no whole hour");
    assert_eq!(span("2026-10-31T18:45:00Z").elapsed.end, at("2026-10-31T18:30:00Z"), "empty, but not backwards");
    assert_eq!(span("2026-10-31T19:59:00Z").elapsed_hours(), 0);
    assert_eq!(span("2026-10-31T20:00:00Z").elapsed_hours(), 1);
    assert_eq!(span("2026-10-31T18:15:00Z").period.end, at("2026-10-31T18:30:00Z"));
}

#[rstest]
#[case(rolling(0.0), "bad_window")]
#[case(rolling(f64::NAN), "bad_window")]
#[case(rolling(1e9), "bad_window")]
#[case(calendar(CalendarUnit::Year, u32::MAX, "UTC", None), "bad_window")]
#[case(calendar(CalendarUnit::Year, 50, "UTC", None), "bad_window")]
#[case(calendar(CalendarUnit::Day, 1, "Mars/Olympus", None), "unknown_zone")]
#[case(calendar(CalendarUnit::Day, 1, "UTC", Some("2026-01-01T00:00:00Z")), "bad_anchor")]
fn a_window_that_cannot_be_laid_out_is_refused(#[case] window: SloWindow, #[case] code: &str) {
    assert_eq!(slo_span(&window, at("2026-11-16T07:00:00Z")).unwrap_err().code(), code);
}

proptest! {
    /// Periods tile time: the one that contains an instant begins where the one before ends.
    #[test]
    fn periods_tile_time(
        zone in prop::sample::select(vec![
            "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo",
        ]),
        unit in prop::sample::select(CalendarUnit::ALL.to_vec()),
        count in 1u32..4,
        (day, second) in (0i64..12_000, 0u32..86_400),
        (anchor_day, anchor_second) in (0i64..12_000, 0u32..86_400),
    ) {
        let wall = |day: i64, second: u32| {
            let date = NaiveDate::from_ymd_opt(2005, 1, 1).unwrap() + chrono::Days::new(day as u64);
            date.and_time(chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap())
        };
        let anchor = wall(anchor_day, anchor_second).format("%Y-%m-%dT%H:%M:%S").to_string();
        let window = calendar(unit, count, zone, Some(&anchor));
        let as_of = wall(day, second).and_utc().into();
        let span = slo_span(&window, as_of).unwrap();
        prop_assert!(span.period.contains(as_of));
        let before = slo_span(&window, span.period.start.plus_millis(-1)).unwrap();
        prop_assert_eq!(before.period.end, span.period.start);
        prop_assert!(i64::from(span.elapsed_hours()) * HOUR_MS <= span.period.millis());
    }
}

#[test]
fn months_follow_each_other_by_the_wall_clock_of_the_zone() {
    let zone: chrono_tz::Tz = "Europe/Lisbon".parse().unwrap();
    let months = crate::slo::months_back(zone, at("2026-11-16T07:00:00Z"), 3);
    let starts: Vec<String> = months.iter().map(|month| month.start.to_rfc3339()).collect();
    assert_eq!(starts, ["2026-11-01T00:00:00Z", "2026-09-30T23:00:00Z", "2026-08-31T23:00:00Z"]);
    assert!(months.windows(2).all(|pair| pair[1].end == pair[0].start));
}
