//! Classes and nights by wall clocks, across a clock change too.

use chrono::NaiveDate;
use fairlead_domain::Timestamp;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn night(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[rstest]
#[case::just_before_sleep_ends("2026-11-16T07:59:59Z", false, HourClass::Sleep)]
#[case::work_begins("2026-11-16T08:00:00Z", false, HourClass::Business)]
#[case::work_has_ended("2026-11-16T18:00:00Z", false, HourClass::Off)]
#[case::sleep_begins("2026-11-16T22:00:00Z", false, HourClass::Sleep)]
#[case::saturday_noon("2026-11-14T12:00:00Z", false, HourClass::Off)]
#[case::saturday_night("2026-11-14T23:00:00Z", false, HourClass::Sleep)]
#[case::holiday("2026-11-16T12:00:00Z", true, HourClass::Off)]
fn an_hour_has_the_class_of_the_persons_clock(#[case] when: &str, #[case] day_off: bool, #[case] expected: HourClass) {
    assert_eq!(hour_class(at(when), &PersonHours::usual(chrono_tz::Europe::Lisbon), day_off), expected);
}

#[test]
fn one_instant_is_work_here_and_sleep_there() {
    let noon = at("2026-11-16T14:30:00Z");
    assert_eq!(hour_class(noon, &PersonHours::usual(chrono_tz::Europe::Lisbon), false), HourClass::Business);
    assert_eq!(hour_class(noon, &PersonHours::usual(chrono_tz::Asia::Tokyo), false), HourClass::Sleep);
}

#[test]
fn hours_follow_the_rule_of_their_day() {
    // 07:30 UTC is 08:30 in Lisbon before the clocks go back on 25 October, and 07:30 after.
    let hours = PersonHours::usual(chrono_tz::Europe::Lisbon);
    assert_eq!(hour_class(at("2026-10-23T07:30:00Z"), &hours, false), HourClass::Business);
    assert_eq!(hour_class(at("2026-10-26T07:30:00Z"), &hours, false), HourClass::Sleep);
}

#[test]
fn an_evening_and_its_morning_are_one_night() {
    let hours = PersonHours::usual(chrono_tz::Europe::Lisbon);
    assert_eq!(night_of(at("2026-11-15T22:30:00Z"), &hours), Some(night("2026-11-15")));
    assert_eq!(night_of(at("2026-11-16T03:00:00Z"), &hours), Some(night("2026-11-15")));
    assert_eq!(night_of(at("2026-11-16T09:00:00Z"), &hours), None);
}

#[test]
fn what_follows_within_a_minute_is_the_same_interruption() {
    let sent = ["2026-11-16T03:02:29Z", "2026-11-16T03:00:00Z", "2026-11-16T03:00:59Z", "2026-11-16T03:01:30Z"].map(at);
    assert_eq!(interruptions(&sent, 60_000), [at("2026-11-16T03:00:00Z")], "a chain holds together by its links");
    assert_eq!(interruptions(&sent[..2], 60_000).len(), 2);
}

#[test]
fn a_long_incident_wakes_once_and_another_one_again() {
    let hours = PersonHours::usual(chrono_tz::Europe::Lisbon);
    let sent = ["2026-11-16T01:00:00Z", "2026-11-16T01:05:00Z", "2026-11-16T03:30:00Z", "2026-11-16T12:00:00Z"].map(at);
    let found: Vec<(Timestamp, NaiveDate)> = wakes(&sent, &hours).into_iter().map(|w| (w.at, w.night)).collect();
    assert_eq!(found, [(sent[0], night("2026-11-15")), (sent[2], night("2026-11-15"))]);
}

proptest! {
    #[test]
    fn interruptions_are_some_of_what_was_sent_and_lie_apart(
        secs in proptest::collection::vec(0_i64..100_000, 0..40), merge in 0_i64..600_000,
    ) {
        let sent: Vec<Timestamp> = secs.into_iter().map(Timestamp::from_secs).collect();
        let found = interruptions(&sent, merge);
        prop_assert!(found.iter().all(|at| sent.contains(at)));
        prop_assert!(found.windows(2).all(|pair| pair[1].since(pair[0]) >= merge));
        prop_assert_eq!(found.is_empty(), sent.is_empty());
    }
}
