//! Calendars of other programs, with a second opinion on when their events happen. They are not part of the project: the
//! variable names a folder that holds them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use fairlead_domain::{Timestamp, Window};
use fairlead_testkit::effort::used;
use serde_json::Value;

use crate::ical::expand::{MAX_PER_FEED, expand};
use crate::ical::feed::{Feed, Place};
use crate::ical::remark::Remarks;
use crate::ical::zone::{Zone, by_name};

/// Files where the two opinions differ, and why ours stands.
const DIFFER: &[(&str, &str)] = &[
    ("calendar_labs_same_day_dtend.ics", "a day that ends on itself lasts that day; there it has no length"),
    ("Germany_Holidays.ics", "the same"),
    ("rrule-exdate-mismatch.ics", "the same"),
    ("office_365_invalid_timezone.ics", "a zone that nobody defines is left out with a note; there it is read as UTC"),
    ("issue_526_calendar_with_event_subset.ics", "the same"),
    ("issue_526_calendar_with_events.ics", "the same"),
    ("issue_526_calendar_with_shuffeled_events.ics", "the same"),
    ("bad_custom_ms_tz2.ics", "the same, and an event of negative length is left out"),
    ("parsing_error.ics", "equal events without a UID count once"),
    ("biweekly-exdate-until.ics", "a series in UTC stays in UTC, whatever X-WR-TIMEZONE says"),
    ("daily-count-exdate-recurrence-id.ics", "an instance that ends before it starts is left out with a note"),
    (
        "end_before_start_event.ics",
        "an event that ends before it starts is left out with a note; there its ends are swapped",
    ),
    ("issue_132_swapped_start_and_end.ics", "the same"),
    ("festival-multiday-rrule.ics", "VALUE=DATE makes it a day, also when a time follows"),
    ("music-school-weekly-until.ics", "(GMT +01:00) is read as that offset; there it is not read"),
    ("windows-quoted-tz-rrule.ics", "start and end stand in different zones; there the start's is not read"),
    ("non-utc-until-ny.ics", "an UNTIL without Z is wall clock of the event; there it is UTC"),
    ("tentative-apple-calendar.ics", "cancelled events do not happen"),
    ("issue_18_cancel_status.ics", "cancelled instances do not happen"),
    ("test_date_duration.ics", "PT1W is a week, though it should be written P1W"),
];

fn instant(text: &str) -> Timestamp {
    if let Ok(at) = Timestamp::parse_rfc3339(text) {
        return at;
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").unwrap_or_else(|_| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date").and_hms_opt(0, 0, 0).expect("midnight")
    });
    local.and_utc().into()
}

type Found = BTreeMap<(Timestamp, Timestamp, String), usize>;

fn expected(opinion: &Value) -> Found {
    let mut found = Found::new();
    for row in opinion["occurrences"].as_array().into_iter().flatten() {
        let text = |i: usize| row[i].as_str().unwrap_or_default();
        let (start, end) = (instant(text(0)), instant(text(1)));
        if start < end {
            *found.entry((start, end, text(2).trim().to_owned())).or_default() += 1;
        }
    }
    found
}

fn ours(bytes: &[u8], window: Window) -> Found {
    let feed = Feed::read(bytes);
    let expansion = expand(&feed, window, chrono_tz::UTC, &mut Remarks::default());
    assert!(expansion.occurrences.len() <= MAX_PER_FEED);
    let mut found = Found::new();
    for o in &expansion.occurrences {
        let uid = if o.uid.starts_with("no-uid-") { String::new() } else { o.uid.trim().to_owned() };
        // The second opinion gives days as dates.
        let of_days = o.event.start.as_ref().is_some_and(|at| at.place == Place::Day);
        let home = o.calendar.zone.as_deref().and_then(by_name).filter(|_| of_days).unwrap_or(chrono_tz::UTC);
        let shown = |at| if of_days { Zone::Named(home).local(at).and_utc().into() } else { at };
        *found.entry((shown(o.start), shown(o.end), uid)).or_default() += 1;
    }
    found
}

/// How the two differ, a few lines.
fn difference(path: &Path, opinion: &Value) -> Option<String> {
    let bytes = fs::read(path).expect("a readable calendar");
    let before = used();
    let edge = |i: usize| instant(opinion["window"][i].as_str().unwrap_or("2026-01-01"));
    let window = if opinion["window"].is_array() {
        Window::new(edge(0), edge(1))
    } else {
        Window::new(instant("2016-01-01"), instant("2028-01-01"))
    };
    let ours = ours(&bytes, window);
    let took = used().zip(before).map(|(after, before)| after.saturating_sub(before));
    assert!(took.is_none_or(|took| took.as_secs() < 2), "{} took {took:?}", path.display());
    if opinion.get("error").is_some() {
        return None;
    }
    let theirs = expected(opinion);
    // Long lists were cut.
    let rows = opinion["occurrences"].as_array().map_or(0, Vec::len) as u64;
    let last = theirs.keys().map(|(start, ..)| *start).max().filter(|_| opinion["count"].as_u64() > Some(rows));
    let ours: Found = ours.into_iter().filter(|((start, ..), _)| last.is_none_or(|last| *start < last)).collect();
    let theirs: Found = theirs.into_iter().filter(|((start, ..), _)| last.is_none_or(|last| *start < last)).collect();
    let missing: Vec<_> = theirs
        .iter()
        .filter(|(k, n)| ours.get(*k) != Some(*n))
        .map(|(k, n)| format!("- {} {} {} x{n}", k.0, k.1, k.2))
        .collect();
    let added: Vec<_> = ours
        .iter()
        .filter(|(k, n)| theirs.get(*k) != Some(*n))
        .map(|(k, n)| format!("+ {} {} {} x{n}", k.0, k.1, k.2))
        .collect();
    let lines: Vec<_> = missing.iter().take(3).chain(added.iter().take(3)).cloned().collect();
    (!lines.is_empty())
        .then(|| format!("{} missing, {} more\n    {}", missing.len(), added.len(), lines.join("\n    ")))
}

/// A person's name and a time on call.
type Turn = (String, Timestamp, Timestamp);

/// Neighbours of one person joined, because the interface cuts some shifts at midnight; then those wholly inside.
fn turns(mut rows: Vec<Turn>, inside: Window) -> Vec<Turn> {
    rows.sort();
    let mut joined: Vec<Turn> = Vec::new();
    for row in rows {
        match joined.last_mut().filter(|last| last.0 == row.0 && last.2 == row.1) {
            Some(last) => last.2 = row.2,
            None => joined.push(row),
        }
    }
    joined.retain(|(_, start, end)| *start > inside.start && *end < inside.end);
    joined
}

fn final_shifts(answer: &Value) -> Vec<Turn> {
    let rows = answer["results"].as_array().into_iter().flatten();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.map(|row| (text(row, "user_username"), instant(&text(row, "shift_start")), instant(&text(row, "shift_end"))))
        .collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn an_exported_calendar_says_what_the_interface_says() {
    let Some(folder) = std::env::var_os("FAIRLEAD_PEERS_DIR") else {
        eprintln!("skipped: FAIRLEAD_PEERS_DIR names no folder with calendars of other programs");
        return;
    };
    let mut compared = 0;
    let names = fs::read_dir(Path::new(&folder).join("grafana-oncall_api")).expect("a folder");
    let mut paths: Vec<_> = names.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in &paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(id) = name.strip_prefix("export_").and_then(|name| name.strip_suffix(".ics")) else { continue };
        let prefix = format!("final_shifts_{id}_");
        let answer =
            paths.iter().find(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(&prefix)));
        let answer: Value =
            serde_json::from_slice(&fs::read(answer.expect("an answer")).expect("readable")).expect("JSON");
        let inside = Window::new(instant("2026-11-09T00:00:00Z"), instant("2027-01-20T00:00:00Z"));
        let batch = super::read(&fs::read_to_string(path).expect("readable"), &serde_json::json!({}));
        let turn = |s: &&fairlead_domain::schedule::Shift| {
            (s.person.as_ref().and_then(|p| p.name.clone()).unwrap_or_default(), s.start, s.end)
        };
        let ours = turns(super::shifts(&batch).iter().map(turn).collect(), inside);
        let theirs = turns(final_shifts(&answer), inside);
        assert_eq!(ours, theirs, "{name}");
        compared += ours.len();
    }
    assert!(compared > 200, "only {compared} shifts compared");
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn calendars_of_other_programs_happen_when_others_say() {
    let Some(folder) = std::env::var_os("FAIRLEAD_PEERS_DIR") else {
        eprintln!("skipped: FAIRLEAD_PEERS_DIR names no folder with calendars of other programs");
        return;
    };
    let folder = Path::new(&folder);
    let text = fs::read_to_string(folder.join("ical/expected_recurring-ical-events.json")).expect("the second opinion");
    let opinions: BTreeMap<String, Value> = serde_json::from_str(&text).expect("JSON");
    let mut wrong = Vec::new();
    for (name, opinion) in &opinions {
        let differs = difference(&folder.join(name), opinion);
        let listed = DIFFER.iter().find(|(listed, _)| name.ends_with(listed));
        match (differs, listed) {
            (Some(lines), None) => wrong.push(format!("{name}: {lines}")),
            (None, Some(_)) => wrong.push(format!("{name}: is listed as different but agrees")),
            _ => {}
        }
    }
    assert!(opinions.len() > 150, "only {} calendars", opinions.len());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
