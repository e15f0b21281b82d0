//! When events happen: clock changes, replaced and deleted instances, zones, forms of the standard.

use rstest::rstest;
use serde_json::json;

use super::{at, calendar, event, read, read_within, shifts, spans};
use fairlead_domain::Window;

const ROTA: &str = include_str!("../fixtures/rota.ics");

fn between(feed: &str, from: &str, to: &str) -> Vec<String> {
    spans(&read_within(feed.as_bytes(), &json!({}), Window::new(at(from), at(to))))
}

/// 22:00–06:00 every night ends at 06:00 on the wall, also when the clock changes in between.
#[rstest]
#[case("Europe/Berlin", "2026-03-28T12:00:00Z", "03-28T21:00/03-29T04:00")]
#[case("Europe/Berlin", "2026-10-24T12:00:00Z", "10-24T20:00/10-25T05:00")]
#[case("Europe/Lisbon", "2026-03-28T12:00:00Z", "03-28T22:00/03-29T05:00")]
#[case("Europe/Lisbon", "2026-10-24T12:00:00Z", "10-24T21:00/10-25T06:00")]
#[case("America/New_York", "2026-03-07T20:00:00Z", "03-08T03:00/03-08T10:00")]
#[case("America/New_York", "2026-10-31T20:00:00Z", "11-01T02:00/11-01T11:00")]
#[case("Australia/Lord_Howe", "2026-04-04T05:00:00Z", "04-04T11:00/04-04T19:30")]
#[case("Australia/Lord_Howe", "2026-10-03T05:00:00Z", "10-03T11:30/10-03T19:00")]
#[case("W. Europe Standard Time", "2026-03-28T12:00:00Z", "03-28T21:00/03-29T04:00")]
#[case("/freeassociation.sourceforge.net/Europe/Berlin", "2026-03-28T12:00:00Z", "03-28T21:00/03-29T04:00")]
fn a_night_is_wall_clock(#[case] zone: &str, #[case] from: &str, #[case] expected: &str) {
    let feed =
        event(&format!("DTSTART;TZID={zone}:20260101T220000\nDTEND;TZID={zone}:20260102T060000\nRRULE:FREQ=DAILY"));
    let to = at(from).plus_hours(20).to_rfc3339();
    assert_eq!(between(&feed, from, &to), [expected]);
    let by_duration = feed.replace(&format!("DTEND;TZID={zone}:20260102T060000"), "DURATION:PT8H");
    assert_eq!(between(&by_duration, from, &to), [expected], "a length means the same");
}

#[test]
fn deleted_moved_and_cancelled_instances() {
    assert_eq!(
        between(ROTA, "2026-11-19T12:00:00Z", "2026-11-24T12:00:00Z"),
        ["11-19T21:00/11-20T05:00", "11-21T22:00/11-22T05:00", "11-23T21:00/11-24T05:00"],
    );
    let batch = read(ROTA, &json!({}));
    let moved = shifts(&batch).into_iter().find(|s| s.start == at("2026-11-21T22:00:00Z")).expect("the moved night");
    assert_eq!(moved.person.as_ref().and_then(|p| p.name.as_deref()), Some("Tomasz"));
    assert_eq!(
        moved.ext_key,
        format!("nights@harbor.example@{}", at("2026-11-21T21:00:00Z").as_secs()),
        "a moved night keeps its key"
    );
    assert_eq!(shifts(&batch).len(), 667 - 2, "nights from 1 March to 27 December of the next year");
}

#[test]
fn an_instance_moved_into_the_window_is_found() {
    let feed = calendar(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Ines\nDTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:1\nSUMMARY:Ines\nRECURRENCE-ID:20260119T080000Z\nDTSTART:20261123T080000Z\nDTEND:20261123T160000Z\nEND:VEVENT",
    );
    assert_eq!(between(&feed, "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z"), ["11-23T08:00/11-23T16:00"]);
    assert_eq!(between(&feed, "2026-01-01T00:00:00Z", "2026-11-30T00:00:00Z").len(), 3);
}

#[test]
fn this_and_future_moves_what_follows() {
    let feed = calendar(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Ines\nDTSTART:20261102T080000Z\nDTEND:20261102T160000Z\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:1\nSUMMARY:Yuki\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261104T080000Z\nDTSTART:20261104T100000Z\nDTEND:20261104T120000Z\nEND:VEVENT",
    );
    let batch = read(&feed, &json!({}));
    assert_eq!(
        spans(&batch),
        ["11-02T08:00/11-02T16:00", "11-03T08:00/11-03T16:00", "11-04T10:00/11-04T12:00", "11-05T10:00/11-05T12:00"]
    );
    assert_eq!(shifts(&batch)[3].person.as_ref().and_then(|p| p.name.as_deref()), Some("Yuki"));
}

#[rstest]
#[case("DTSTART:20261102T080000Z\nDTEND:20261102T160000Z", &["11-02T08:00/11-02T16:00"])]
#[case("DTSTART;VALUE=DATE:20261102", &["11-02T00:00/11-03T00:00"])]
#[case("DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261102", &["11-02T00:00/11-03T00:00"])]
#[case("DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261109", &["11-02T00:00/11-09T00:00"])]
#[case("DTSTART:20260702T080000\nDURATION:P1DT2H", &["07-02T07:00/07-03T09:00"])]
#[case("DTSTART;TZID=Europe/Berlin:20260328T220000\nDURATION:PT8H", &["03-28T21:00/03-29T05:00"])]
#[case("DTSTART;TZID=Europe/Berlin:20260328T220000\nDURATION:P1D", &["03-28T21:00/03-29T20:00"])]
#[case("DTSTART;TZID=Europe/Berlin:20260329T023000\nDURATION:PT1H", &["03-29T01:30/03-29T02:30"])]
#[case("DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT1H", &["10-25T00:30/10-25T01:30"])]
#[case("DTSTART:20261102T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261116", &["11-02T08:00/11-02T09:00", "11-09T08:00/11-09T09:00", "11-16T08:00/11-16T09:00"])]
#[case("DTSTART;TZID=Europe/Berlin:20261102T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261109T070000Z", &["11-02T07:00/11-02T08:00", "11-09T07:00/11-09T08:00"])]
#[case("DTSTART;TZID=Europe/Berlin:20261102T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261109T075959", &["11-02T07:00/11-02T08:00"])]
#[case("DTSTART:20261102T080000Z\nDURATION:PT1H\nRDATE:20261104T080000Z,20261105T080000Z\nEXDATE:20261105T080000Z", &["11-02T08:00/11-02T09:00", "11-04T08:00/11-04T09:00"])]
#[case("DTSTART:20261102T080000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261104T080000Z/PT3H", &["11-02T08:00/11-02T09:00", "11-04T08:00/11-04T11:00"])]
#[case("DTSTART:20261102T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261103", &["11-02T08:00/11-02T09:00", "11-04T08:00/11-04T09:00"])]
#[case("DTSTART:20261102T080000Z\nDTEND:20261102T160000Z\nSTATUS:CANCELLED", &[])]
#[case("DTSTART:20261102T080000Z", &[])]
fn forms_of_times(#[case] lines: &str, #[case] expected: &[&str]) {
    assert_eq!(spans(&read(&event(lines), &json!({}))), expected, "floating times are Lisbon's");
}

#[test]
fn monday_to_friday_over_a_year_has_each_working_day() {
    let feed = event(
        "DTSTART;TZID=America/New_York:20260105T090000\nDTEND;TZID=America/New_York:20260105T170000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    );
    let days = between(&feed, "2026-01-01T05:00:00Z", "2027-01-01T05:00:00Z");
    assert_eq!(days.len(), 259);
    assert_eq!((days[0].as_str(), days[150].as_str()), ("01-05T14:00/01-05T22:00", "08-03T13:00/08-03T21:00"));
}

#[rstest]
#[case("FREQ=DAILY;INTERVAL=3")]
#[case("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU")]
#[case("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO")]
#[case("FREQ=MONTHLY")]
#[case("FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR")]
#[case("FREQ=MONTHLY;BYMONTHDAY=31,-1")]
#[case("FREQ=YEARLY")]
#[case("FREQ=YEARLY;INTERVAL=2;BYMONTH=2,11;BYMONTHDAY=3")]
#[case("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO")]
#[case("FREQ=HOURLY;INTERVAL=35")]
#[case("FREQ=DAILY;BYHOUR=8,20;BYSETPOS=-1")]
fn beginning_near_the_window_changes_nothing(#[case] rule: &str) {
    let feed = event(&format!("DTSTART;TZID=Europe/Berlin:20240331T023000\nDURATION:PT30M\nRRULE:{rule}"));
    // Counting forbids to begin later; a count that is never reached is the same rule.
    let counted =
        event(&format!("DTSTART;TZID=Europe/Berlin:20240331T023000\nDURATION:PT30M\nRRULE:{rule};COUNT=19000"));
    for days in [-300, -37, 0, 200] {
        let from = at(super::NOW).plus_days(days);
        let window = Window::new(from, from.plus_days(190));
        let of = |feed: &str| spans(&read_within(feed.as_bytes(), &json!({}), window));
        assert_eq!(of(&feed), of(&counted), "{rule} from {from}");
    }
    assert!(!between(&feed, "2024-01-01T00:00:00Z", "2027-12-01T00:00:00Z").is_empty());
}

const OWN_ZONE: &str = "BEGIN:VTIMEZONE\nTZID:Harbor time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n\
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";

#[test]
fn a_zone_that_only_the_calendar_defines_is_followed() {
    let night = |zone: &str| {
        format!(
            "BEGIN:VEVENT\nUID:1\nSUMMARY:Ines\nDTSTART;TZID={zone}:20260101T220000\nDTEND;TZID={zone}:20260102T060000\nRRULE:FREQ=DAILY\nEND:VEVENT"
        )
    };
    let own = read(&calendar(&format!("{OWN_ZONE}\n{}", night("Harbor time"))), &json!({}));
    let berlin = read(&calendar(&night("Europe/Berlin")), &json!({}));
    assert!(own.notes.is_empty(), "{:?}", own.notes);
    assert_eq!(spans(&own), spans(&berlin));
}

#[test]
fn an_unknown_zone_is_said_and_never_read_as_another() {
    let batch = read(&event("DTSTART;TZID=Nowhere/Land:20261123T080000\nDURATION:PT8H"), &json!({}));
    assert!(shifts(&batch).is_empty());
    assert_eq!((batch.notes[0].code, batch.notes[0].incomplete), ("unknown_zone", true));
    assert!(batch.notes[0].message.contains("Nowhere/Land") && batch.complete.is_empty());
    let old = read(&event("DTSTART;TZID=Nowhere/Land:20191123T080000\nDURATION:PT8H"), &json!({}));
    assert!(!old.notes[0].incomplete && !old.complete.is_empty(), "an event long past hides nothing in the window");
}

#[test]
fn text_is_unfolded_as_octets_and_any_line_end_is_taken() {
    let plain = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Tomasz Zieliński\nDTSTART:20261123T080000Z\nDURATION:PT8H\nEND:VEVENT\nEND:VCALENDAR\n";
    let mut folded = plain.as_bytes().to_vec();
    let inside = plain.find('ń').expect("a letter of two octets") + 1;
    folded.splice(inside..inside, *b"\r\n ");
    let mut with_mark = b"\xef\xbb\xbf".to_vec();
    with_mark.extend(plain.as_bytes());
    let latin: Vec<u8> = plain.replace("Zieliński", "Müller").chars().map(|c| c as u8).collect();
    let name = |feed: &[u8]| {
        let batch = read_within(feed, &json!({}), super::window());
        shifts(&batch)[0].person.as_ref().and_then(|p| p.name.clone()).expect("a name")
    };
    for feed in [folded, with_mark, plain.replace('\n', "\r").into_bytes(), plain.replace('\n', "\r\n").into_bytes()] {
        assert_eq!(name(&feed), "Tomasz Zieliński");
    }
    assert_eq!(name(&latin), "Tomasz Müller");
}

#[test]
fn several_calendars_and_shared_uids_are_told_apart() {
    let one = event("DTSTART:20261123T080000Z\nDURATION:PT1H");
    let two = calendar(
        "BEGIN:VEVENT\nUID:same\nSUMMARY:Ines\nDTSTART:20261124T080000Z\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEVENT\nUID:same\nSUMMARY:Yuki\nDTSTART:20261125T080000Z\nDURATION:PT1H\nEND:VEVENT",
    );
    let batch = read(&format!("{one}{two}{one}"), &json!({}));
    assert_eq!(spans(&batch).len(), 3);
    let keys: std::collections::BTreeSet<_> = shifts(&batch).iter().map(|s| s.ext_key.clone()).collect();
    assert_eq!(keys.len(), 3);
    let newer = two.replace("SUMMARY:Yuki", "SEQUENCE:2\r\nSUMMARY:Yuki");
    assert_eq!(spans(&read(&newer, &json!({}))), ["11-25T08:00/11-25T09:00"], "the newest version of an event holds");
}

#[test]
fn a_calendar_in_an_unknown_zone_is_read_in_the_workspaces_and_said() {
    let feed =
        event("DTSTART:20260702T080000\nDURATION:PT1H").replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-TIMEZONE:Nowhere");
    let batch = read(&feed, &json!({}));
    assert_eq!(spans(&batch), ["07-02T07:00/07-02T08:00"]);
    assert_eq!((batch.notes[0].code, batch.notes[0].incomplete), ("unknown_zone", false));
    let berlin = feed.replace("Nowhere", "W. Europe Standard Time");
    assert_eq!(spans(&read(&berlin, &json!({}))), ["07-02T06:00/07-02T07:00"]);
}

#[test]
fn an_event_that_never_ends_is_left_out_and_said() {
    let batch = read(&event("DTSTART:20261102T080000Z\nDTEND:99991231T235959Z"), &json!({}));
    assert!(shifts(&batch).is_empty());
    assert_eq!((batch.notes[0].code, batch.notes[0].incomplete), ("event_dropped", true));
}
