//! The file format: what is refused, and with which words.

use rstest::rstest;

use super::super::offset::Offset;
use super::super::opening::parse;
use super::super::wall;
use super::*;

#[rstest]
#[case("0d 00:00", 0)]
#[case("-3d 02:30", (-3 * 24 * 60 + 150) * 60_000)]
#[case("+2d 08:00", (2 * 24 * 60 + 480) * 60_000)]
fn an_offset_is_a_day_and_a_time(#[case] text: &str, #[case] millis: i64) {
    let midnight = Timestamp::from_millis(1_000_000);
    assert_eq!(Offset::parse(text).unwrap().after(midnight), midnight.plus_millis(millis));
}

#[rstest]
fn anything_else_is_no_offset(
    #[values("", "3d", "3 08:00", "d 08:00", "1d 24:00", "1d 08:60", "1d -1:00", "9999999d 00:00", "1d 8")] text: &str,
) {
    assert!(Offset::parse(text).unwrap_err().contains("-3d 02:30"));
}

#[rstest]
#[case::before("2026-10-25", "00:30", "2026-10-24T23:30:00Z")]
#[case::twice_is_the_first("2026-10-25", "01:30", "2026-10-25T00:30:00Z")]
#[case::after("2026-10-25", "08:00", "2026-10-25T08:00:00Z")]
#[case::skipped_lies_after("2026-03-29", "01:30", "2026-03-29T01:30:00Z")]
fn wall_clocks_change(#[case] date: &str, #[case] time: &str, #[case] utc: &str) {
    let time = chrono::NaiveTime::parse_from_str(time, "%H:%M").unwrap();
    let at = wall::instant(date.parse().unwrap(), time, chrono_tz::Tz::Europe__Lisbon);
    assert_eq!(at.to_rfc3339(), utc);
}

/// A small sound scenario.
const SMALL: &str = r#"
anchor = "2030-01-07T09:00:00Z"
seed = 1
history_days = 3
syncs = ["0d 08:00", "0d 09:00"]
team = [{ id = "t", name = "T" }]
person = [{ id = "p", name = "P", email = "p@example.org", timezone = "Europe/Paris", team = "t", role = "lead" }]
service = [{ id = "s", name = "S", team = "t", policy = "e" }]
policy = [{ id = "e", name = "E", levels = [{ timeout_mins = 5, schedules = ["r"] }] }]
override = [{ schedule = "r", person = "p", start = "1d 00:00", end = "2d 00:00" }]
action = [{ id = "a", title = "A", owner = "p", created = "-1d 00:00", incident = "i" }]
holiday = [{ name = "H", date = "2030-01-06", timezone = "Europe/Paris" }]
leave = [{ person = "p", start = "3d 00:00", end = "4d 00:00" }]

[[schedule]]
id = "r"
name = "R"
role = "primary"
timezone = "Europe/Paris"
team = "t"
rotation = { id = "l", name = "L", first_day = -7, at = "09:00", days = 7, people = ["p"] }

[[incident]]
id = "i"
number = "I-1"
title = "I"
severity = 2
service = "s"
start = "0d 02:00"
acked = 3
resolved = 40

[[slo]]
id = "o"
name = "O"
service = "s"
objective = 0.99
window_days = 30
description = "D"
traffic = { per_hour = 10.0, swing = 0.5, peak_hour = 12, weekend = 1.0 }
background_burn = 0.1
"#;

#[test]
fn the_small_scenario_is_sound() {
    parse("small", SMALL).unwrap();
}

#[rstest]
#[case::unknown_key("seed = 1", "seed = 1\nsead = 2", "unknown field `sead`")]
#[case::syncs("\"0d 09:00\"]", "\"0d 10:00\"]", "end at the anchor")]
#[case::team("team = \"t\", role", "team = \"x\", role", "the team \"x\"")]
#[case::policy("policy = \"e\"", "policy = \"x\"", "the policy \"x\"")]
#[case::level("schedules = [\"r\"]", "schedules = [\"x\"]", "policy e names the schedule \"x\"")]
#[case::person_of_override(
    "override = [{ schedule = \"r\", person = \"p\"",
    "override = [{ schedule = \"r\", person = \"x\"",
    "an override names the person \"x\""
)]
#[case::empty_override("end = \"2d 00:00\"", "end = \"1d 00:00\"", "the end must lie after the start")]
#[case::turns("days = 7", "days = 0", "schedule r")]
#[case::handover("at = \"09:00\"", "at = \"9\"", "no time of day")]
#[case::zone("timezone = \"Europe/Paris\"\nteam", "timezone = \"Paris\"\nteam", "no IANA time zone")]
#[case::severity("severity = 2", "severity = 6", "incident I-1")]
#[case::order("acked = 3", "acked = 41", "acked ≤ mitigated ≤ resolved")]
#[case::incident("incident = \"i\"", "incident = \"x\"", "action a names the incident \"x\"")]
#[case::objective("objective = 0.99", "objective = 99.0", "slo o: the objective")]
#[case::month("window_days = 30", "window_days = 0", "needs a `timezone`")]
#[case::date("2030-01-06", "6 January", "no date")]
#[case::offset("start = \"0d 02:00\"", "start = \"02:00\"", "no offset")]
fn a_broken_scenario_says_what_is_wrong(#[case] good: &str, #[case] bad: &str, #[case] said: &str) {
    assert!(SMALL.contains(good), "the case no longer fits");
    let issue = parse("small", &SMALL.replacen(good, bad, 1)).expect_err("must be refused");
    assert!(issue.message.contains(said) && issue.message.contains("small"), "{}", issue.message);
}
