//! Calendars made to hurt: nothing hangs, panics, or grows without bound, and what was left out is said.

use std::time::Duration;

use fairlead_testkit::effort::bounded;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::{calendar, event, read, read_within, shifts, window};

const FIXTURES: [&str; 5] = [
    include_str!("../fixtures/pagerduty.ics"),
    include_str!("../fixtures/goalert.ics"),
    include_str!("../fixtures/grafana.ics"),
    include_str!("../fixtures/linkedin.ics"),
    include_str!("../fixtures/rota.ics"),
];

/// Processor time, generous because the code is not optimised.
const PATIENCE: Duration = Duration::from_secs(60);

#[rstest]
#[case("FREQ=SECONDLY", "calendar_limit", 1)]
#[case("FREQ=MINUTELY", "calendar_limit", 1)]
#[case("FREQ=HOURLY", "calendar_limit", 2_000)]
#[case("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1", "calendar_limit", 1)]
#[case("FREQ=YEARLY;RSCALE=CHINESE", "calendar_rule", 1)]
#[case("FREQ=WEEKLY;BYDAY=XX", "calendar_rule", 1)]
#[case("FREQ=DAILY;COUNT=4000000000", "calendar_limit", 1)]
fn bombs_are_refused_with_a_note(#[case] rule: &str, #[case] code: &str, #[case] at_most: usize) {
    // COUNT is followed from 1950 on and does not get as far as the window.
    let start = if rule.contains("COUNT") { "19500101T080000Z" } else { "20240101T080000Z" };
    let batch = read(&event(&format!("DTSTART:{start}\nDURATION:PT1H\nRRULE:{rule}")), &json!({}));
    let note = batch.notes.iter().find(|note| note.code == code).unwrap_or_else(|| panic!("{:?}", batch.notes));
    assert!(note.incomplete && note.message.contains("one@harbor.example"));
    assert!(batch.complete.is_empty(), "nothing may vanish because of a limit");
    assert!(shifts(&batch).len() <= at_most, "{}", shifts(&batch).len());
}

#[rstest]
#[case("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
#[case("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
#[case("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")]
#[case("FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31")]
#[case("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31")]
#[case("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=200")]
#[case("FREQ=DAILY;BYMONTH=1;BYYEARDAY=200")]
#[case("FREQ=HOURLY;BYMONTH=1;BYYEARDAY=200")]
#[case("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=20")]
fn rules_that_never_come_true_end(#[case] rule: &str) {
    let events: Vec<_> = (0..2_000)
        .map(|i| {
            format!(
                "BEGIN:VEVENT\nUID:{i}\nSUMMARY:x\nDTSTART:20240101T080000Z\nDURATION:PT1H\nRRULE:{rule}\nEND:VEVENT"
            )
        })
        .collect();
    let batch = bounded(PATIENCE, move || read(&calendar(&events.join("\n")), &json!({}))).unwrap();
    assert!(shifts(&batch).len() <= 2_000, "no more than each event's own start");
}

#[test]
fn a_feed_has_a_bounded_number_of_occurrences_and_notes() {
    let events: Vec<_> = (0..30)
        .map(|i| format!("BEGIN:VEVENT\nUID:{i}\nSUMMARY:x\nDTSTART:20240101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=1,9\nEND:VEVENT"))
        .collect();
    let batch = read(&calendar(&events.join("\n")), &json!({}));
    assert_eq!(shifts(&batch).len(), 20_000);
    assert!(batch.notes.iter().any(|note| note.code == "calendar_limit" && note.incomplete));
    let odd: Vec<_> =
        (0..5_000).map(|i| format!("BEGIN:VEVENT\nUID:{i}\nDTSTART;TZID=Z{i}:20261123T080000\nEND:VEVENT")).collect();
    assert!(read(&calendar(&odd.join("\n")), &json!({})).notes.len() < 15);
}

#[test]
fn a_feed_as_large_as_is_accepted_is_read_in_time() {
    let mut feed = "BEGIN:VCALENDAR\n".to_owned();
    for i in 0.. {
        if feed.len() > (10 << 20) - 400 {
            break;
        }
        feed.push_str(&format!(
            "BEGIN:VEVENT\nUID:{i}@harbor\nSUMMARY:On Call - Ines Silva - Checkout\nDTSTART:20261123T080000Z\nDTEND:20261124T080000Z\nATTENDEE;CN=Ines:mailto:ines@harbor.example\nEND:VEVENT\n"
        ));
    }
    feed.push_str("END:VCALENDAR\n");
    let batch = bounded(PATIENCE, move || read(&feed, &json!({}))).unwrap();
    assert_eq!(shifts(&batch).len(), 20_000);
}

#[test]
fn the_window_bounds_how_far_a_series_is_followed() {
    let feed = event("DTSTART:19000101T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY");
    let far = fairlead_domain::Window::new(fairlead_domain::Timestamp::EARLIEST, fairlead_domain::Timestamp::LATEST);
    let batch = read_within(feed.as_bytes(), &json!({}), far);
    assert!((620..630).contains(&shifts(&batch).len()), "ten years back and two ahead, not {}", shifts(&batch).len());
}

#[test]
fn too_many_exceptions_are_cut_and_said() {
    let dates = vec!["20261124T080000Z"; 10_001].join(",");
    let batch = read(
        &event(&format!("DTSTART:20261123T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:{dates}")),
        &json!({}),
    );
    assert_eq!(batch.notes.iter().map(|n| n.code).collect::<Vec<_>>(), ["calendar_limit"]);
}

#[rstest]
#[case("BEGIN:VEVENT\n", "deep nesting")]
#[case("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "many calendars")]
#[case("BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n", "many zones")]
#[case("ATTENDEE;CN=\"", "open quotes")]
#[case("RRULE:FREQ=DAILY;BYDAY=", "open rules")]
#[case("\r\n ", "nothing but folds")]
#[case("DTSTART;TZID=\u{feff}=;;:,,,\n", "odd parameters")]
fn large_oddities_end(#[case] piece: &str, #[case] what: &str) {
    let text = format!("BEGIN:VCALENDAR\n{}", piece.repeat((2 << 20) / piece.len()));
    let settings = super::settings(&json!({})).expect("settings");
    let outcome = bounded(PATIENCE, move || {
        super::reading::read(text.as_bytes(), "x", &settings, window(), super::at(super::NOW))
    });
    let outcome = outcome.unwrap_or_else(|reason| panic!("{what}: {reason}"));
    if let Ok(batch) = outcome {
        assert!(shifts(&batch).is_empty(), "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_reader(which in 0..FIXTURES.len(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..24)) {
        let mut bytes = FIXTURES[which].as_bytes().to_vec();
        for (place, byte, how) in edits {
            let at = place.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => { bytes.remove(at); }
                _ => { let end = (at + usize::from(byte)).min(bytes.len()); let part = bytes[at..end].to_vec(); bytes.extend(part); }
            }
        }
        let settings = super::settings(&json!({})).expect("settings");
        if let Ok(batch) = super::reading::read(&bytes, "x", &settings, window(), super::at(super::NOW)) {
            for shift in shifts(&batch) {
                prop_assert!(shift.start < shift.end && shift.window().overlaps(window()));
            }
        }
    }

    #[test]
    fn no_rule_breaks_the_reader(rule in "(FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY))(;(INTERVAL=[0-9]{1,5}|COUNT=[0-9]{1,3}|UNTIL=20[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9](T[0-2][0-9]0000Z?)?|BYDAY=(-?[0-9]{0,2})(MO|TU|SU)|BYMONTHDAY=-?[0-9]{1,2}|BYMONTH=[0-9]{1,2}|BYSETPOS=-?[0-9]{1,3}|BYYEARDAY=-?[0-9]{1,3}|BYWEEKNO=-?[0-9]{1,2}|BYHOUR=[0-9]{1,2}|WKST=SU)){0,4}", zone in "(TZID=Europe/Berlin|TZID=America/New_York|VALUE=DATE-TIME)", year in 1_u16..9_999) {
        let feed = event(&format!("DTSTART;{zone}:{year:04}0131T023000\nDURATION:PT8H\nRRULE:{rule}"));
        let batch = bounded(Duration::from_secs(2), move || read(&feed, &json!({}))).map_err(TestCaseError::fail)?;
        prop_assert!(shifts(&batch).len() <= 2_001);
    }
}
