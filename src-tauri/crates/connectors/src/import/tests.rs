//! Imports: tables of files, what is said about rows, and what must be equal to calendars.

use std::io::BufReader;
use std::path::Path;

use fairlead_domain::incident::Incident;
use fairlead_domain::schedule::Shift;
use fairlead_domain::{Record, RecordKind};
use rstest::rstest;

use super::{Format, ImportError, ImportKind, Imported, Mapping, SeverityRule, read};

const HOME: chrono_tz::Tz = chrono_tz::Europe::Lisbon;

fn shifts_of(text: &str, mapping: &Mapping) -> Imported {
    // A small buffer, so that rows reach across its edge.
    let input = BufReader::with_capacity(64, text.as_bytes());
    read(ImportKind::Shifts, Format::Csv, input, mapping, HOME).expect("a file of shifts")
}

fn incidents_of(text: &str, mapping: &Mapping) -> Imported {
    read(ImportKind::Incidents, Format::Csv, text.as_bytes(), mapping, HOME).expect("a file of incidents")
}

fn shifts(imported: &Imported) -> Vec<&Shift> {
    let mut shifts = Vec::new();
    for item in &imported.items {
        if let Record::Shift(shift) = &item.record {
            shifts.push(shift);
        }
    }
    shifts
}

fn incidents(imported: &Imported) -> Vec<&Incident> {
    let mut incidents = Vec::new();
    for item in &imported.items {
        if let Record::Incident(incident) = &item.record {
            incidents.push(incident);
        }
    }
    incidents
}

fn issues(imported: &Imported) -> Vec<(u64, &str)> {
    imported.skipped.iter().map(|issue| (issue.line, issue.column.as_deref().unwrap_or("-"))).collect()
}

fn doubts(imported: &Imported) -> Vec<(u64, &str)> {
    imported.doubtful.iter().map(|issue| (issue.line, issue.column.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn a_row_becomes_a_schedule_a_person_and_a_shift() {
    let file = "schedule,person_email,person,start,end,tz,role,origin\n\
                Checkout,ines@harbor.example,Ines,2026-11-22 22:00,2026-11-23 06:00,Europe/Berlin,primary,override\n";
    let imported = shifts_of(file, &Mapping::default());
    assert_eq!(
        imported.counts.iter().map(|(k, n)| (k.word(), *n)).collect::<Vec<_>>(),
        [("person", 1), ("schedule", 1), ("shift", 1)]
    );
    let shift = shifts(&imported)[0];
    assert_eq!(
        (shift.start.to_rfc3339().as_str(), shift.end.to_rfc3339().as_str()),
        ("2026-11-22T21:00:00Z", "2026-11-23T05:00:00Z")
    );
    assert_eq!((shift.role.word(), shift.origin.word(), shift.schedule.as_str()), ("primary", "override", "Checkout"));
    assert_eq!(shift.person.as_ref().and_then(|p| p.email.as_deref()), Some("ines@harbor.example"));
    assert_eq!((imported.rows, imported.skipped_rows), (1, 0));
}

#[rstest]
#[case("2026-11-22T08:00:00+01:00", "2026-11-22T07:00:00Z")]
#[case("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z")]
#[case("2026-07-22 08:00:00", "2026-07-22T07:00:00Z")]
#[case("2026-07-22 08:00", "2026-07-22T07:00:00Z")]
#[case("2026-07-22T08:00", "2026-07-22T07:00:00Z")]
#[case("2026-07-22", "2026-07-21T23:00:00Z")]
#[case("2026-07-22 08:00:00 UTC", "2026-07-22T08:00:00Z")]
#[case("2026-07-22 08:00:00+0200", "2026-07-22T06:00:00Z")]
#[case("2026-07-22 08:00:00.250 +0200", "2026-07-22T06:00:00Z")]
#[case("1784703600", "2026-07-22T07:00:00Z")]
#[case("1784703600000", "2026-07-22T07:00:00Z")]
fn forms_of_times(#[case] text: &str, #[case] expected: &str) {
    let file = format!("person,start,end\nInes,{text},2027-01-01\n");
    let imported = shifts_of(&file, &Mapping::default());
    assert_eq!(
        shifts(&imported).first().map(|s| s.start.to_rfc3339()),
        Some(expected.to_owned()),
        "{:?}",
        imported.skipped
    );
}

#[rstest]
#[case("yesterday")]
#[case("2026-13-01 08:00")]
#[case("22/11/2026 08:00")]
#[case("1066-10-14 08:00")]
#[case("99999-01-01T00:00:00Z")]
#[case("12")]
fn what_is_no_time_is_an_issue_of_its_row(#[case] text: &str) {
    let file = format!("person,start,end\nInes,{text},2027-01-01\nYuki,2026-11-22,2026-11-23\n");
    let imported = shifts_of(&file, &Mapping::default());
    assert_eq!((issues(&imported), shifts(&imported).len()), (vec![(2, "start")], 1));
}

#[test]
fn a_time_that_the_clock_skips_or_repeats_is_read_and_said() {
    let file = "person,start,end,tz\nInes,2026-03-29 02:30,2026-03-29 06:00,Europe/Berlin\nYuki,2026-10-25 02:30,2026-10-25 06:00,Europe/Berlin\n";
    let imported = shifts_of(file, &Mapping::default());
    let starts: Vec<_> = shifts(&imported).iter().map(|s| s.start.to_rfc3339()).collect();
    assert_eq!(starts, ["2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z"]);
    assert_eq!(doubts(&imported), [(2, "start"), (3, "start")]);
}

#[test]
fn nights_of_a_clock_change_are_the_same_as_in_a_calendar() {
    let nights = [("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25"), ("2026-11-20", "2026-11-21")];
    let mut file = "person,start,end,tz\n".to_owned();
    let mut events = String::new();
    for (from, to) in nights {
        file.push_str(&format!("Ines,{from} 22:00,{to} 06:00,Europe/Berlin\n"));
        let at = |day: &str, time: &str| format!("{}T{time}", day.replace('-', ""));
        events.push_str(&format!(
            "BEGIN:VEVENT\nUID:{from}\nSUMMARY:Ines\nDTSTART;TZID=Europe/Berlin:{}\nDTEND;TZID=Europe/Berlin:{}\nEND:VEVENT\n",
            at(from, "220000"), at(to, "060000")
        ));
    }
    let imported = shifts_of(&file, &Mapping::default());
    let by_file: Vec<_> = shifts(&imported).iter().map(|s| (s.start, s.end)).collect();
    let by_calendar = crate::ical::tests::spans_of(&format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"));
    assert_eq!(by_file, by_calendar);
    let hours: Vec<_> = by_file.iter().map(|(start, end)| end.since(*start) / 3_600_000).collect();
    assert_eq!(hours, [7, 9, 8]);
}

#[test]
fn marks_line_ends_quotes_and_ragged_rows() {
    let file = "\u{feff}Schedule;Person Email;Start;End\r\n\
                \"Check;out\";ines@harbor.example;2026-11-22;2026-11-23\r\n\
                short;row\r\n\
                \r\n\
                \"two\r\nlines\";yuki@harbor.example;2026-11-22;2026-11-23;;\r\n\
                a;b@harbor.example;2026-11-22;2026-11-23;too;long\r\n\
                c;tomasz@harbor.example;2026-11-24;2026-11-23\r\n\
                d;;2026-11-22;2026-11-23\r\n";
    let imported = shifts_of(file, &Mapping::default());
    let names: Vec<_> = shifts(&imported).iter().map(|s| s.schedule.clone()).collect();
    assert_eq!(names, ["Check;out", "two lines"]);
    assert_eq!(issues(&imported), [(3, "-"), (7, "-"), (8, "End"), (9, "-")]);
    assert_eq!((imported.rows, imported.skipped_rows), (6, 4));
}

#[test]
fn reading_again_gives_the_same_and_a_repeated_row_counts_once() {
    let file =
        "person,start,end\nInes,2026-11-22,2026-11-23\nInes,2026-11-22 00:00,2026-11-23\nInes,2026-11-23,2026-11-24\n";
    let (a, b) = (shifts_of(file, &Mapping::default()), shifts_of(file, &Mapping::default()));
    assert_eq!(a, b);
    assert_eq!((issues(&a), shifts(&a).len()), (vec![(3, "-")], 2));
    assert!(a.skipped[0].message.contains("line 2"));
    let blank = shifts_of("person,start,end\n\n\nInes,never,2026-11-23\nYuki,never,2026-11-23\n", &Mapping::default());
    assert_eq!(issues(&blank), [(4, "start"), (5, "start")], "blank lines count as lines");
    let other_end = shifts_of(&file.replacen("2026-11-23\n", "2026-11-22 12:00\n", 1), &Mapping::default());
    assert_eq!(shifts(&other_end)[0].ext_key, shifts(&a)[0].ext_key, "a changed end is the same shift");
}

#[test]
fn incidents_with_words_of_their_own() {
    let file = "Incident ID,Summary,Priority,State,Created At,Acknowledged,Resolved At,Link,Assignees,Service,Phone\n\
                INC-1,Checkout down,P1,Resolved,2026-11-01 10:00,2026-11-01 10:05,2026-11-01 11:00,https://harbor.example/1,commander=Ines <ines@harbor.example>; yuki@harbor.example,checkout,+1 555 010 0199\n\
                INC-2,=cmd|' /C calc'!A0,Blocker,Weird,2026-11-02 10:00,,,javascript:alert(1),,,\n\
                INC-3,Known,sev-3,investigating,2026-11-03 10:00,,,,,search,\n\
                INC-4,Noise,Trivial,open,2026-11-03 10:00,,,,,,\n";
    let mapping = Mapping {
        severity: [("Trivial".to_owned(), SeverityRule::Word("ignore".into()))].into(),
        status: [("weird".to_owned(), "cancelled".to_owned())].into(),
        timezone: Some("Europe/Berlin".to_owned()),
        ..Mapping::default()
    };
    let imported = incidents_of(file, &mapping);
    let found = incidents(&imported);
    let line = |i: &Incident| format!("{} {:?} {} {}", i.ext_id, i.severity, i.status, i.created_at);
    assert_eq!(
        found.iter().map(|i| line(i)).collect::<Vec<_>>(),
        [
            "INC-1 Some(1) resolved 2026-11-01T09:00:00Z",
            "INC-2 None cancelled 2026-11-02T09:00:00Z",
            "INC-3 Some(3) acked 2026-11-03T09:00:00Z",
        ]
    );
    assert_eq!(found[0].responders.len(), 2);
    assert_eq!(found[0].responders[0].role.as_deref(), Some("commander"));
    assert_eq!((found[1].title.as_str(), found[1].url.as_deref()), ("=cmd|' /C calc'!A0", None), "text stays text");
    assert_eq!(found[1].severity_raw.as_deref(), Some("Blocker"));
    assert_eq!((doubts(&imported), issues(&imported)), (vec![(3, "Priority")], vec![(5, "-")]));
    assert!(!format!("{imported:?}").contains("0199"), "columns that are not known are not kept");
    assert_eq!(imported.counts.get(&RecordKind::Service), Some(&2));
}

#[rstest]
#[case("", "2026-11-01 10:05", "", "acked")]
#[case("", "", "2026-11-01 11:00", "resolved")]
#[case("", "", "", "open")]
#[case("Closed", "", "", "closed")]
#[case("nonsense", "", "2026-11-01 11:00", "resolved")]
fn without_a_known_status_the_times_decide(
    #[case] status: &str,
    #[case] acked: &str,
    #[case] resolved: &str,
    #[case] expected: &str,
) {
    let file = format!("id,status,created,acked,resolved\n1,{status},2026-11-01 10:00,{acked},{resolved}\n");
    assert_eq!(incidents(&incidents_of(&file, &Mapping::default()))[0].status.word(), expected);
}

#[test]
fn a_mapping_names_columns_zone_formats_and_delimiter() {
    let mapping: Mapping = serde_json::from_value(serde_json::json!({
        "source": "old-rota",
        "columns": { "person": "Mitarbeiter", "start": "Von", "end": "Bis" },
        "timezone": "W. Europe Standard Time",
        "date_formats": ["%d.%m.%Y %H:%M"],
        "delimiter": "|",
    }))
    .expect("a mapping");
    let imported = shifts_of("Mitarbeiter|Von|Bis\nInes +49 30 5550199|22.11.2026 08:00|22.11.2026 20:00\n", &mapping);
    let shift = shifts(&imported)[0];
    assert_eq!(
        (shift.start.to_rfc3339(), shift.end.to_rfc3339()),
        ("2026-11-22T07:00:00Z".into(), "2026-11-22T19:00:00Z".into())
    );
    assert_eq!(shift.person.as_ref().and_then(|p| p.name.as_deref()), Some("Ines"));
}

#[rstest]
#[case(serde_json::json!({ "columns": { "colour": "x" } }), "columns")]
#[case(serde_json::json!({ "timezone": "Nowhere" }), "timezone")]
#[case(serde_json::json!({ "date_formats": ["%Q"] }), "date_formats")]
#[case(serde_json::json!({ "severity": { "a": 9 } }), "severity")]
#[case(serde_json::json!({ "status": { "a": "b" } }), "status")]
#[case(serde_json::json!({ "source": "a/b" }), "source")]
#[case(serde_json::json!({ "delimiter": "\"" }), "delimiter")]
fn a_mapping_that_cannot_work_names_its_key(#[case] mapping: serde_json::Value, #[case] expected: &str) {
    let mapping: Mapping = serde_json::from_value(mapping).expect("readable");
    let kind = if expected == "columns" { ImportKind::Shifts } else { ImportKind::Incidents };
    match read(kind, Format::Csv, "id,created\n".as_bytes(), &mapping, HOME) {
        Err(ImportError::Mapping { key, .. }) => assert_eq!(key, expected),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case(ImportKind::Shifts, "", "empty")]
#[case(ImportKind::Shifts, "person,start\n", "missing_column")]
#[case(ImportKind::Incidents, "title,created\n", "missing_column")]
#[case(ImportKind::Shifts, "\u{1}\n", "missing_column")]
fn files_that_cannot_be_read_at_all(#[case] kind: ImportKind, #[case] text: &str, #[case] code: &str) {
    let error = read(kind, Format::Csv, text.as_bytes(), &Mapping::default(), HOME).expect_err("refused");
    assert_eq!(error.code(), code);
    let utf16 = read(kind, Format::Csv, &b"\xff\xfep\0"[..], &Mapping::default(), HOME).expect_err("refused");
    assert_eq!(utf16, ImportError::Encoding);
}

#[test]
fn what_was_written_as_records_is_read_as_the_same_records() {
    let csv = shifts_of("schedule,person,start,end\nCheckout,Ines,2026-11-22,2026-11-23\n", &Mapping::default());
    let lines: Vec<_> = csv.items.iter().map(|item| serde_json::to_string(&item.record).expect("JSON")).collect();
    let text = format!("\u{feff}{}\r\n\n", lines.join("\r\n"));
    let again = read(ImportKind::Shifts, Format::JsonLines, text.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert_eq!((&again.items, &again.counts), (&csv.items, &csv.counts));
}

#[rstest]
#[case("{", "no record")]
#[case("[]", "no record")]
#[case("{\"kind\":\"shift\"}", "no record: missing field `schedule`")]
#[case("{\"kind\":\"incident\"}", "incident does not belong")]
#[case(
    "{\"kind\":\"silence_of_lambs\"}",
    "\"silence_of_lambs\" is no kind of record, and as a row: there is no column for start"
)]
#[case("{\"kind\":7}", "no column for start")]
#[case("{\"kind\":\"service\",\"ext_id\":\"s\",\"name\":\"n\",\"team\":null}", "does not belong")]
#[case(
    "{\"kind\":\"person\",\"ext_id\":\" \",\"name\":\"n\",\"email\":null,\"timezone\":null,\"active\":true}",
    "no id"
)]
fn a_line_that_is_no_record_is_an_issue_and_the_rest_goes_on(#[case] bad: &str, #[case] message: &str) {
    let good = "{\"kind\":\"person\",\"ext_id\":\"p\",\"name\":\"Ines +1 555 010 0199\",\"email\":null,\"timezone\":null,\"active\":true}";
    let text = format!("{bad}\n{good}\n");
    let imported =
        read(ImportKind::Shifts, Format::JsonLines, text.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert_eq!((issues(&imported)[0].0, imported.items.len()), (1, 1));
    assert!(imported.skipped[0].message.contains(message), "{:?}", imported.skipped);
    assert!(!format!("{:?}", imported.items).contains("0199"));
}

#[test]
fn a_huge_line_is_left_out_without_being_kept() {
    let text = format!(
        "{}\n{{\"kind\":\"person\",\"ext_id\":\"p\",\"name\":\"Ines\",\"email\":null,\"timezone\":null,\"active\":true}}\n",
        "x".repeat(5 << 20)
    );
    let imported =
        read(ImportKind::Shifts, Format::JsonLines, text.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert_eq!((issues(&imported), imported.items.len()), (vec![(1, "-")], 1));
}

#[rstest]
#[case(r#"{"id":"I1","created":"2026-11-22 08:00","resolved":1795339000,"severity":2,"responders":["ines@harbor.example","Yuki"]}"#)]
#[case(r#"{"kind":"paged","Key":"I1","Started at":"2026-11-22T08:00:00Z","Resolved":1795339000,"sev":"P2","assignees":"ines@harbor.example;Yuki","note":{"a":1}}"#)]
#[case(r#"{"kind":"incident","ext_id":"I1","severity":2,"created_at":"2026-11-22T08:00:00Z","resolved_at":"2026-11-22T09:16:40Z","responders":[{"person":{"email":"ines@harbor.example"}},{"person":{"name":"Yuki"}}]}"#)]
fn a_line_is_a_row_or_a_record(#[case] line: &str) {
    let imported =
        read(ImportKind::Incidents, Format::JsonLines, line.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert!(imported.skipped.is_empty(), "{:?}", imported.skipped);
    let incidents = incidents(&imported);
    let [incident] = incidents.as_slice() else { panic!("one incident: {incidents:?}") };
    assert_eq!((incident.ext_id.as_str(), incident.severity, incident.responders.len()), ("I1", Some(2), 2));
    assert_eq!(
        (incident.created_at.to_rfc3339().as_str(), incident.status.word()),
        ("2026-11-22T08:00:00Z", "resolved")
    );
}

#[test]
fn a_timeline_names_the_kind_of_its_entries() {
    let line =
        r#"{"kind":"timeline_event","event_kind":"ack","ext_id":"t1","incident":"I1","at":"2026-11-22T08:00:00Z"}"#;
    let imported =
        read(ImportKind::Incidents, Format::JsonLines, line.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert_eq!(imported.counts.get(&RecordKind::TimelineEvent), Some(&1), "{:?}", imported.skipped);
}

#[test]
fn a_line_without_what_is_needed_says_what() {
    let line = r#"{"title":"x","created":"2026-11-22"}"#;
    let imported =
        read(ImportKind::Incidents, Format::JsonLines, line.as_bytes(), &Mapping::default(), HOME).expect("read");
    assert!(imported.skipped[0].message.contains("no column for id"), "{:?}", imported.skipped);
}

#[test]
fn a_large_file_is_read_row_by_row_and_issues_are_counted() {
    let mut text = "id,title,created\n".to_owned();
    for i in 0..50_000 {
        text.push_str(&format!("INC-{i},title,{}\n", if i % 10 == 0 { "never" } else { "2026-11-01 10:00" }));
    }
    let imported = incidents_of(&text, &Mapping::default());
    assert_eq!((imported.rows, imported.skipped_rows, imported.skipped.len()), (50_000, 5_000, 1_000));
    assert_eq!(imported.counts.get(&RecordKind::Incident), Some(&45_000));
}

#[rstest]
#[case("a.csv", "{", Format::Csv)]
#[case("a.jsonl", "id,", Format::JsonLines)]
#[case("a.NDJSON", "", Format::JsonLines)]
#[case("a", "  {\"kind\"", Format::JsonLines)]
#[case("a", "id,title", Format::Csv)]
fn the_format_is_found(#[case] name: &str, #[case] beginning: &str, #[case] expected: Format) {
    assert_eq!(Format::of(Path::new(name), beginning.as_bytes()), expected);
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_importer(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), header in 0..3_usize) {
        let head = [&b"id,title,created,status,severity\n"[..], b"person,start,end,tz\n", b""][header];
        let text = [head, &bytes].concat();
        for kind in [ImportKind::Shifts, ImportKind::Incidents] {
            for format in [Format::Csv, Format::JsonLines] {
                let imported = read(kind, format, text.as_slice(), &Mapping::default(), HOME);
                proptest::prop_assert!(imported.is_err() || imported.is_ok_and(|i| i.rows >= i.skipped_rows));
            }
        }
    }
}
