use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::time::{DAY_MS, HOUR_MS};

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn window(start: &str, end: &str) -> Window {
    Window::new(at(start), at(end))
}

fn weekly(text: &str) -> Coverage {
    Coverage::parse(text, Tz::UTC).unwrap()
}

#[rstest]
#[case::always("24x7", "24x7")]
#[case::slash("24/7", "24x7")]
#[case::days("Mon-Fri 09:00-18:00 Europe/Berlin", "Mon,Tue,Wed,Thu,Fri 09:00-18:00 Europe/Berlin")]
#[case::list("mon,Wed 9:00-17:30 Asia/Tokyo", "Mon,Wed 09:00-17:30 Asia/Tokyo")]
#[case::around_the_week("Fri-Mon 00:00-24:00 UTC", "Fri,Sat,Sun,Mon 00:00-24:00 UTC")]
#[case::several("Mon-Tue 09:00-18:00; Fri 22:00-06:00 UTC", "Mon,Tue 09:00-18:00; Fri 22:00-06:00 UTC")]
#[case::no_zone("Sun 10:00-12:00", "Sun 10:00-12:00 UTC")]
#[case::to_midnight("Sun 20:00-00:00", "Sun 20:00-24:00 UTC")]
fn a_rule_reads_and_writes(#[case] text: &str, #[case] written: &str) {
    let coverage = weekly(text);
    assert_eq!(coverage.to_string(), written);
    assert_eq!(Coverage::parse(written, Tz::Asia__Tokyo).unwrap(), coverage, "what is written means the same");
}

#[rstest]
#[case::empty("", "not days and hours")]
#[case::day("Mo 09:00-18:00 UTC", "\"Mo\" is no day")]
#[case::zone("Mon 09:00-18:00 Europe/Berln", "\"Europe/Berln\" is no time zone")]
#[case::time("Mon 09:60-18:00 UTC", "\"09:60\" is no time of day")]
#[case::bare_hour("Mon 9-18:00 UTC", "\"9\" is no time of day")]
#[case::sign("Mon +9:00-18:00 UTC", "\"+9:00\" is no time of day")]
#[case::length("Mon 09:00-09:00 UTC", "has no length")]
#[case::midnight("Mon 00:00-00:00 UTC", "has no length")]
#[case::begins_at_the_end("Mon 24:00-06:00 UTC", "has no length")]
#[case::twice("Mon-Wed,Tue 09:00-18:00 UTC", "names Tue twice")]
#[case::hanging("Mon 09:00-18:00; UTC", "not days and hours")]
fn a_bad_rule_says_what_is_wrong(#[case] text: &str, #[case] reason: &str) {
    let error = Coverage::parse(text, Tz::UTC).unwrap_err();
    assert!(error.reason.contains(reason), "{error}");
    assert!(error.to_string().contains("Mon-Fri 09:00-18:00 Europe/Berlin"), "the remedy is shown");
}

#[rstest]
// Berlin goes to summer time on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
#[case::before("Mon-Fri 09:00-18:00 Europe/Berlin", "2026-03-27T00:00:00Z", &[("2026-03-27T08:00:00Z", "2026-03-27T17:00:00Z")])]
#[case::after("Mon-Fri 09:00-18:00 Europe/Berlin", "2026-03-30T00:00:00Z", &[("2026-03-30T07:00:00Z", "2026-03-30T16:00:00Z")])]
#[case::short_night("Sat 22:00-06:00 Europe/Berlin", "2026-03-28T12:00:00Z", &[("2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z")])]
#[case::long_night("Sat 22:00-06:00 Europe/Berlin", "2026-10-24T12:00:00Z", &[("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z")])]
#[case::skipped_start("Sun 02:30-05:00 Europe/Berlin", "2026-03-29T00:00:00Z", &[("2026-03-29T01:30:00Z", "2026-03-29T03:00:00Z")])]
#[case::skipped_end("Sun 01:00-02:30 Europe/Berlin", "2026-03-29T00:00:00Z", &[("2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z")])]
#[case::repeated_start("Sun 02:30-05:00 Europe/Berlin", "2026-10-25T00:00:00Z", &[("2026-10-25T00:30:00Z", "2026-10-25T04:00:00Z")])]
#[case::half_hour_change("Sun 02:15-04:00 Australia/Lord_Howe", "2026-10-03T12:00:00Z", &[("2026-10-03T15:45:00Z", "2026-10-03T17:00:00Z")])]
#[case::the_clock_skips_midnight("Sun 00:00-08:00 Africa/Cairo", "2023-04-27T12:00:00Z", &[])]
#[case::skipped_midnight("Fri 00:00-08:00 Africa/Cairo", "2023-04-27T12:00:00Z", &[("2023-04-27T22:00:00Z", "2023-04-28T05:00:00Z")])]
#[case::reaches_in("Fri 22:00-06:00 UTC", "2026-11-21T00:00:00Z", &[("2026-11-21T00:00:00Z", "2026-11-21T06:00:00Z")])]
#[case::joined("Sat 00:00-12:00; Sat 10:00-14:00; Sat 14:00-15:00 UTC", "2026-11-21T00:00:00Z", &[("2026-11-21T00:00:00Z", "2026-11-21T15:00:00Z")])]
#[case::no_such_day("Mon 09:00-18:00 UTC", "2026-11-21T00:00:00Z", &[])]
fn spans_follow_the_wall_clock(#[case] rule: &str, #[case] start: &str, #[case] expected: &[(&str, &str)]) {
    let day = Window::new(at(start), at(start).plus_days(1));
    let expected: Vec<Window> = expected.iter().map(|(start, end)| window(start, end)).collect();
    assert_eq!(weekly(rule).spans(day), expected);
}

#[test]
fn a_day_that_a_zone_skipped_does_not_stop_the_walk() {
    // Samoa had no 30 December 2011: its hours move to the next day and join those there.
    let spans =
        weekly("Mon-Sun 09:00-17:00 Pacific/Apia").spans(window("2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z"));
    let hours: i64 = spans.iter().map(|span| span.millis() / HOUR_MS).sum();
    assert_eq!(spans.first().unwrap(), &window("2011-12-29T19:00:00Z", "2011-12-30T03:00:00Z"));
    assert_eq!((spans.len(), hours), (3, 24));
}

#[test]
fn always_is_the_window_itself() {
    let asked = window("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");
    assert_eq!(Coverage::Always.spans(asked), [asked]);
    assert_eq!(Coverage::Always.spans(Window::new(asked.end, asked.start)), []);
}

proptest! {
    #[test]
    fn whole_weeks_tile_every_zone(zone in 0..chrono_tz::TZ_VARIANTS.len(), start in 0_i64..2_000_000_000, days in 0_i64..40) {
        let coverage = Coverage::parse("Mon-Sun 00:00-24:00", chrono_tz::TZ_VARIANTS[zone]).unwrap();
        let asked = Window::new(Timestamp::from_secs(start), Timestamp::from_secs(start).plus_days(days));
        let covered: i64 = coverage.spans(asked).into_iter().map(Window::millis).sum();
        prop_assert_eq!(covered, days * DAY_MS);
    }

    #[test]
    fn parts_of_a_window_add_up_to_it(zone in 0..chrono_tz::TZ_VARIANTS.len(), start in 0_i64..2_000_000_000, cut in 1_i64..400) {
        let coverage = Coverage::parse("Mon-Fri 22:30-06:15; Sun 01:00-03:00", chrono_tz::TZ_VARIANTS[zone]).unwrap();
        let (start, middle) = (Timestamp::from_secs(start), Timestamp::from_secs(start).plus_hours(cut));
        let end = start.plus_hours(400);
        let sum = |from, to| coverage.spans(Window::new(from, to)).into_iter().map(Window::millis).sum::<i64>();
        prop_assert_eq!(sum(start, middle) + sum(middle, end), sum(start, end));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[MonTueFri0-9:;, x/A-Za-z-]{0,40}") {
        if let Ok(coverage) = Coverage::parse(&text, Tz::UTC) {
            prop_assert_eq!(Coverage::parse(&coverage.to_string(), Tz::UTC), Ok(coverage));
        }
    }
}
