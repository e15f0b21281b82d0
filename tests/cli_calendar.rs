//! A rota in a real calendar server: instants, gaps, and a past that the feed no longer shows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp};
use serde_json::{Value, json};
use support::radicale::Radicale;
use support::{Desk, changes, list, text, warnings_of};

/// Nights from 22:00 to 06:00 by the clock of Berlin, over both clock changes of 2026; the night of the 25th is free.
const NIGHTS: &str = "BEGIN:VEVENT
UID:autumn
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20261023T220000
DTEND;TZID=Europe/Berlin:20261024T060000
RRULE:FREQ=DAILY;COUNT=4
EXDATE;TZID=Europe/Berlin:20261025T220000
SUMMARY:On call: Ines
ATTENDEE;CN=Ines:mailto:ines@example.com
END:VEVENT
BEGIN:VEVENT
UID:spring
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260327T220000
DTEND;TZID=Europe/Berlin:20260328T060000
RRULE:FREQ=DAILY;COUNT=3
SUMMARY:On call: Ines
ATTENDEE;CN=Ines:mailto:ines@example.com
END:VEVENT
";

/// The same, worked out by hand.
const INSTANTS: [(&str, &str); 6] = [
    ("2026-03-27T21:00:00Z", "2026-03-28T05:00:00Z"),
    ("2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
    ("2026-03-29T20:00:00Z", "2026-03-30T04:00:00Z"),
    ("2026-10-23T20:00:00Z", "2026-10-24T04:00:00Z"),
    ("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
    ("2026-10-26T21:00:00Z", "2026-10-27T05:00:00Z"),
];

const NIGHTS_AS_CSV: &str = "\
schedule,person_email,person,start,end,tz
Nights,ines@example.com,Ines,2026-10-23 22:00,2026-10-24 06:00,Europe/Berlin
Nights,ines@example.com,Ines,2026-10-24 22:00,2026-10-25 06:00,Europe/Berlin
Nights,ines@example.com,Ines,2026-10-26 22:00,2026-10-27 06:00,Europe/Berlin
Nights,ines@example.com,Ines,2026-03-27 22:00,2026-03-28 06:00,Europe/Berlin
Nights,ines@example.com,Ines,2026-03-28 22:00,2026-03-29 06:00,Europe/Berlin
Nights,ines@example.com,Ines,2026-03-29 22:00,2026-03-30 06:00,Europe/Berlin
";

const WORKING_HOURS: &str = "BEGIN:VEVENT
UID:days
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260302T090000
DTEND;TZID=Europe/Berlin:20260302T180000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231T000000Z
SUMMARY:On call: Yuki
ATTENDEE;CN=Yuki:mailto:yuki@example.com
END:VEVENT
";

/// Further back than any of these calendars.
const BACK: &[&str] = &["sync", "--backfill", "4000"];

fn calendar(events: &str) -> String {
    let zone = "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19961027T030000\n\
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n\
                BEGIN:DAYLIGHT\nDTSTART:19810329T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n\
                TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Desk//Rota//EN\n{zone}{events}END:VCALENDAR\n");
    text.replace('\n', "\r\n")
}

fn config(server: &Radicale, more: &str) -> String {
    format!(
        "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Berlin\"\n\
         [[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = \"{}\"\nschedule = \"Rota\"\n{more}",
        server.url("rota")
    )
}

fn spans(oncall: &Value, of: &str) -> Vec<(String, String)> {
    list(oncall, of).iter().map(|one| (text(one, "/start").to_owned(), text(one, "/end").to_owned())).collect()
}

fn by_hand() -> Vec<(String, String)> {
    INSTANTS.map(|(start, end)| (start.to_owned(), end.to_owned())).to_vec()
}

const YEAR: &[&str] = &["oncall", "--from", "2026-01-01", "--to", "2027-01-01"];

#[test]
fn nights_over_clock_changes_are_the_same_from_a_calendar_a_file_and_by_hand() {
    let server = Radicale::start();
    server.put("rota", &calendar(NIGHTS));
    let desk = Desk::with(&config(&server, ""));
    let synced = desk.ok(BACK);
    assert_eq!(synced["sources"][0]["state"], "ok", "{synced:#}");
    let read = desk.ok(YEAR);
    assert_eq!(spans(&read, "/shifts"), by_hand());
    let first = &read["shifts"][0];
    assert_eq!(
        (&first["schedule"], &first["source"], &first["person"], &first["email"], &first["origin"]),
        (&json!("Rota"), &json!("rota"), &json!("Ines"), &json!("ines@example.com"), &json!("ical"))
    );
    assert_eq!(changes(&desk.ok(BACK)), 0, "the same feed again is no news");

    let imported = Desk::with("[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n");
    let file = imported.write_beside("rota.csv", NIGHTS_AS_CSV);
    let report = imported.ok(&["import", file.to_str().unwrap(), "--kind", "shifts"]);
    assert_eq!(report["rows"], 6);
    let read = imported.ok(YEAR);
    assert_eq!(spans(&read, "/shifts"), by_hand());
    assert_eq!(read["shifts"][0]["origin"], "import");
    assert_eq!(read["shifts"][0]["email"], "ines@example.com");

    // Half-open: a shift that ends at the start of the range, or starts at its end, is not in it.
    let between = desk.ok(&["oncall", "--from", "2026-10-24T04:00:00Z", "--to", "2026-10-24T20:00:00Z"]);
    assert_eq!(spans(&between, "/shifts"), []);
    let within = desk.ok(&["oncall", "--from", "2026-10-25T00:00:00Z", "--to", "2026-10-25T00:00:01Z"]);
    assert_eq!(spans(&within, "/shifts"), [by_hand()[4].clone()], "not clipped");
    // On the night of the clock change she is on call at 02:30 both times.
    for at in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        let then = desk.ok(&["--as-of", at, "oncall"]);
        assert_eq!(then["on_call"][0]["email"], "ines@example.com", "{then:#}");
    }
    let then = desk.ok(&["--as-of", "2026-10-25T05:00:00Z", "oncall"]);
    assert_eq!(then["on_call"], json!([]));
}

#[test]
fn gaps_are_claimed_only_where_coverage_is_declared_and_not_met() {
    let server = Radicale::start();
    server.put("rota", &calendar(WORKING_HOURS));
    let desk = Desk::with(&config(&server, ""));
    desk.ok(BACK);
    let month = ["oncall", "--from", "2026-10-01", "--to", "2026-11-01"];
    let undeclared = desk.ok(&month);
    assert_eq!(undeclared["gaps"], json!([]), "nobody said that nights are to be covered");
    assert_eq!(list(&undeclared, "/shifts").len(), 22, "working days of October");

    let declared = |coverage: &str| config(&server, &format!("[schedule.Rota]\ncoverage = \"{coverage}\"\n"));
    desk.configure(&declared("Mon-Fri 09:00-18:00 Europe/Berlin"));
    let met = desk.ok(&month);
    assert_eq!(met["gaps"], json!([]), "no gap at night or on Sunday");

    desk.configure(&declared("Mon-Fri 09:00-20:00 Europe/Berlin"));
    let days = desk.ok(&["oncall", "--from", "2026-10-23", "--to", "2026-10-27"]);
    let gap = |start: &str, end: &str| json!({ "schedule": "Rota", "start": start, "end": end });
    let evenings =
        [gap("2026-10-23T16:00:00Z", "2026-10-23T18:00:00Z"), gap("2026-10-26T17:00:00Z", "2026-10-26T19:00:00Z")];
    assert_eq!(list(&days, "/gaps"), evenings);

    desk.configure(&declared("24x7"));
    let friday = desk.ok(&["oncall", "--from", "2026-10-23T12:00:00Z", "--to", "2026-10-26T10:00:00Z"]);
    assert_eq!(list(&friday, "/gaps"), [gap("2026-10-23T16:00:00Z", "2026-10-26T08:00:00Z")]);

    // Where nothing was read, nothing is claimed; that is said.
    let beyond = desk.ok(&["oncall", "--from", "2030-01-01", "--to", "2030-01-08"]);
    assert_eq!(beyond["gaps"], json!([]));
    let codes: Vec<&str> = list(&beyond, "/warnings").iter().map(|w| text(w, "/code")).collect();
    assert!(codes.contains(&"not_covered"), "{:#}", beyond["warnings"]);
}

/// A shift a day, from one day to another, counted from today.
fn daily(from: i64, days: i64, except: Option<i64>) -> String {
    let today = SystemClock.now().as_secs().div_euclid(86_400) * 86_400;
    let at = |day: i64| Timestamp::from_secs(today + day * 86_400).to_rfc3339().replace(['-', ':'], "");
    let except = except.map(|day| format!("EXDATE:{}\n", at(day))).unwrap_or_default();
    format!(
        "BEGIN:VEVENT\nUID:daily-{from}\nDTSTAMP:20260101T000000Z\nDTSTART:{}\nDTEND:{}\nRRULE:FREQ=DAILY;COUNT={days}\n\
         {except}SUMMARY:On call: Ines\nATTENDEE;CN=Ines:mailto:ines@example.com\nEND:VEVENT\n",
        at(from),
        at(from + 1)
    )
}

#[test]
fn a_feed_that_no_longer_shows_the_past_does_not_erase_it() {
    let server = Radicale::start();
    let past = daily(-120, 100, None);
    server.put("rota", &calendar(&format!("{past}{}", daily(-20, 60, None))));
    let desk = Desk::with(&config(&server, ""));
    desk.ok(&["sync"]);
    let now = SystemClock.now();
    let day = |days: i64| now.plus_days(days).to_rfc3339();
    let range = |from: i64, to: i64| desk.ok(&["oncall", "--from", &day(from), "--to", &day(to)])["shifts"].clone();
    let before = range(-200, 100);
    assert_eq!(before.as_array().unwrap().len(), 160);

    // The server shows the last weeks and what is to come.
    server.put("rota", &calendar(&daily(-20, 60, None)));
    assert_eq!(changes(&desk.ok(&["sync"])), 0);
    assert_eq!(range(-200, 100), before, "what the feed no longer speaks of stays");

    // What it still speaks of follows it.
    server.put("rota", &calendar(&daily(-20, 60, Some(10))));
    desk.ok(&["sync"]);
    let after = range(-200, 100);
    assert_eq!(after.as_array().unwrap().len(), 159, "the shift in ten days is gone");
    let gone: Vec<&Value> = list(&before, "").iter().filter(|shift| !list(&after, "").contains(shift)).collect();
    assert_eq!(gone.len(), 1);

    // A feed that is suddenly empty of what is to come is not believed without being told to.
    server.put("rota", &calendar(&daily(-20, 22, None)));
    let held = desk.json(&["sync"], 3);
    assert!(warnings_of(&held, "rota").contains(&"mass_delete_held"), "{held:#}");
    assert_eq!(range(-200, 100), after);
    desk.ok(&["sync", "--accept-deletes", "rota"]);
    assert_eq!(range(-200, 100).as_array().unwrap().len(), 122);
}
