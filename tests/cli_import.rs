//! Incidents out of a CSV file, from the import to the list.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use serde_json::{Value, json};
use support::{Desk, column, list, text};

const CONFIG: &str = "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n";

const GOOD: &str = "\
id,number,title,status,severity,service,created_at,acked_at,resolved_at,responders
A1,1,Checkout is slow,resolved,SEV1,checkout,2026-11-01T10:00:00Z,2026-11-01T10:05:00Z,2026-11-01T11:00:00Z,ines@example.com
A2,2,Ledger lags,open,SEV2,ledger,2026-11-02T10:00:00Z,,,
A3,3,Checkout loses carts,acked,P3,checkout,2026-11-02T10:00:00+01:00,2026-11-02T09:01:00Z,,yuki@example.com
A4,4,Search is down,resolved,Mystery,search,2026-11-03T00:00:00Z,,2026-11-03T00:30:00Z,
A5,5,Checkout again,cancelled,SEV4,checkout,2026-11-04T12:00:00Z,,,
";

fn import(desk: &Desk, csv: &str, more: &[&str], code: i32) -> Value {
    let file = desk.write_beside("incidents.csv", csv);
    let file = file.to_str().unwrap();
    desk.json(&[&["import", file, "--kind", "incidents"], more].concat(), code)
}

fn ids(desk: &Desk, args: &[&str]) -> Vec<String> {
    let listed = desk.ok(&[&["incidents", "list"], args].concat());
    list(&listed, "/incidents").iter().map(|one| text(one, "/external_id").to_owned()).collect()
}

#[test]
fn a_rehearsal_shows_the_difference_and_stores_nothing() {
    let desk = Desk::with(CONFIG);
    let rehearsed = import(&desk, GOOD, &["--dry-run"], 0);
    assert_eq!(rehearsed["dry_run"], true);
    assert_eq!(rehearsed["rows"], 5);
    assert_eq!(ids(&desk, &[]), Vec::<String>::new());
    let imported = import(&desk, GOOD, &[], 0);
    assert_eq!(imported["inserted"], rehearsed["inserted"], "the rehearsal told the truth");

    let changed = GOOD.replace("Ledger lags,open", "Ledger lags much,open");
    let rehearsed = import(&desk, &changed, &["--dry-run"], 0);
    assert_eq!((&rehearsed["inserted"], &rehearsed["updated"]), (&json!(0), &json!(1)));
    let kept = desk.ok(&["incidents", "show", "import/A2"]);
    assert_eq!(text(&kept, "/incident/title"), "Ledger lags");
}

#[test]
fn status_names_what_is_open_in_text_that_can_do_nothing() {
    let desk = Desk::with(CONFIG);
    let open = (4..=8).map(|n| format!("B{n},{n},Minor {n},open,SEV4,search,2026-11-02T1{n}:00:00Z,,,\n"));
    let hostile = "B1,1,\"\u{1b}[2J[Ledger](http://evil) lags\nat once\",open,SEV2,ledger,2026-11-02T10:00:00Z,,,\n";
    import(&desk, &format!("{GOOD}{hostile}{}", open.collect::<String>()), &[], 0);
    let plain = desk.run(&["status"]).stdout;
    let named = plain.split_once("Incidents open: ").unwrap().1;
    let lines: Vec<&str> = named.lines().take(7).collect();
    assert_eq!(lines[0], "8");
    assert_eq!(lines[1], "       SEV2 2 Ledger lags (ledger), open, since 2026-11-02T10:00:00Z");
    assert!(lines[2].starts_with("       SEV2 1 ") && lines[2].ends_with("(ledger), open, since 2026-11-02T10:00:00Z"));
    assert!(lines[2].contains("[Ledger](http://evil) lags at once") && !plain.contains('\u{1b}'), "{}", lines[2]);
    assert_eq!(lines[6], "       and 3 more");

    let markdown = desk.run(&["status", "--md"]).stdout;
    assert!(markdown.contains("- Open: SEV2 2 Ledger lags \\(ledger\\), open since Mon 10:00 WET"), "{markdown}");
    assert!(markdown.contains("\\[Ledger\\]\\(http://evil\\) lags at once") && markdown.contains("\n- Open: 3 more"));
}

#[test]
fn the_same_file_again_changes_nothing() {
    let desk = Desk::with(CONFIG);
    let first = import(&desk, GOOD, &[], 0);
    let before = desk.ok(&["incidents", "list"]);
    let second = import(&desk, GOOD, &[], 0);
    assert_eq!((&second["inserted"], &second["updated"]), (&json!(0), &json!(0)));
    assert_eq!(second["unchanged"], first["inserted"]);
    assert_eq!(desk.ok(&["incidents", "list"])["incidents"], before["incidents"]);
}

#[test]
fn wrong_rows_are_told_by_line_and_the_others_are_stored() {
    let desk = Desk::with(CONFIG);
    let csv = format!(
        "{GOOD}A6,6,No time,open,SEV1,checkout,yesterday,,,\n,,,,,,,,,\nA7,7,Fine,open,SEV1,checkout,2026-11-05T00:00:00Z,,,\n\
                       A8,8,Too few\nA9,9,Ends first,resolved,SEV1,checkout,2026-11-05T10:00:00Z,,2026-11-05T09:00:00Z,\n"
    );
    let report = import(&desk, &csv, &[], 3);
    let told: Vec<&str> = list(&report, "/warnings").iter().map(|w| text(w, "/message")).collect();
    assert!(told.iter().any(|m| m.starts_with("line 7, column created_at:") && m.contains("yesterday")), "{told:?}");
    assert!(told.iter().any(|m| m.starts_with("line 10")), "{told:?}");
    assert!(report["skipped"].as_u64().unwrap() >= 2, "{report:#}");
    let stored = ids(&desk, &[]);
    assert!(stored.contains(&"A7".to_owned()) && !stored.contains(&"A6".to_owned()), "{stored:?}");

    let people = desk.run(&["import", desk.beside("incidents.csv").to_str().unwrap(), "--kind", "incidents"]);
    assert_eq!(people.code, Some(3));
    assert!(people.stderr.contains("warning: line 7"), "{}", people.stderr);
}

#[test]
fn incidents_are_listed_newest_first_and_filtered() {
    let desk = Desk::with(CONFIG);
    import(&desk, GOOD, &[], 0);
    assert_eq!(ids(&desk, &[]), ["A5", "A4", "A2", "A3", "A1"]);
    assert_eq!(ids(&desk, &["--status", "open,acked"]), ["A2", "A3"]);
    assert_eq!(ids(&desk, &["--query", "checkout"]), ["A5", "A3", "A1"]);
    assert_eq!(ids(&desk, &["--query", "check", "--status", "resolved"]), ["A1"], "the last word is a prefix");
    assert_eq!(ids(&desk, &["--query", "\" OR title:*"]), Vec::<String>::new(), "a query is words, no language");

    let since = ["--since", "2026-11-02T10:00:00Z"];
    assert_eq!(ids(&desk, &since), ["A5", "A4", "A2"], "since is inside");
    assert_eq!(ids(&desk, &["--until", "2026-11-02T10:00:00Z"]), ["A3", "A1"], "until is outside");
    let both = ["--since", "2026-11-02T09:00:00Z", "--until", "2026-11-02T10:00:00Z"];
    assert_eq!(ids(&desk, &both), ["A3"]);
    assert_eq!(ids(&desk, &["--since", "2026-11-03", "--until", "2026-11-04"]), ["A4"], "a date is midnight at home");

    let refused = desk.json(&["incidents", "list", "--status", "burning"], 2);
    assert!(text(&refused, "/error/message").contains("acked"), "{refused:#}");
}

#[test]
fn pages_join_without_hole_or_repetition() {
    let desk = Desk::with(CONFIG);
    import(&desk, GOOD, &[], 0);
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..5 {
        let mut args = vec!["incidents", "list", "--limit", "2"];
        if let Some(cursor) = &after {
            args.extend(["--after", cursor]);
        }
        let page = desk.ok(&args);
        seen.extend(list(&page, "/incidents").iter().map(|one| text(one, "/external_id").to_owned()));
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["A5", "A4", "A2", "A3", "A1"]);
    assert_eq!(after, None);
    let refused = desk.json(&["incidents", "list", "--after", "nonsense"], 2);
    assert!(text(&refused, "/error/message").contains("--after"), "{refused:#}");
}

#[test]
fn an_incident_is_shown_whole() {
    let desk = Desk::with(CONFIG);
    import(&desk, GOOD, &[], 0);
    let shown = desk.ok(&["incidents", "show", "import/A1"]);
    let listed = desk.ok(&["incidents", "list", "--until", "2026-11-02T00:00:00Z"]);
    assert_eq!(shown["incident"], listed["incidents"][0]);
    assert_eq!(
        shown["incident"],
        json!({
            "id": "import/A1", "source": "import", "external_id": "A1", "kind": "declared", "number": "1",
            "title": "Checkout is slow", "status": "resolved", "severity": 1, "service": "checkout",
            "created_at": "2026-11-01T10:00:00Z", "acked_at": "2026-11-01T10:05:00Z", "resolved_at": "2026-11-01T11:00:00Z",
            "responders": [{ "person": "ines@example.com", "role": null }], "url": null,
        })
    );
    let all = desk.ok(&["incidents", "list"]);
    let severities = column(list(&all, "/incidents"), "severity");
    assert_eq!(
        severities,
        [&json!(4), &Value::Null, &json!(2), &json!(3), &json!(1)],
        "an unknown word is no severity"
    );
    let missing = desk.json(&["incidents", "show", "import/A99"], 2);
    assert!(text(&missing, "/error/message").contains("A99"), "{missing:#}");
}

#[test]
fn the_past_is_told_as_it_was() {
    let desk = Desk::with(CONFIG);
    import(&desk, GOOD, &[], 0);
    let then = desk.ok(&["--as-of", "2026-11-01T10:30:00Z", "incidents", "list"]);
    assert_eq!(then["as_of"], "2026-11-01T10:30:00Z");
    assert_eq!(then["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(then["incidents"][0]["status"], "acked");
    assert_eq!(then["incidents"][0]["resolved_at"], Value::Null);
    desk.json(&["--as-of", "2199-01-01T00:00:00Z", "incidents", "list"], 2);
}

#[test]
fn a_known_export_is_recognised_and_said() {
    let desk = Desk::with(CONFIG);
    let goalert = "Created At (WET +0),Closed At (WET +0),Time to Ack,Time to Close,Alert ID,Status,Summary,Service Name\n\
                   2026-11-22 10:00:00.000,2026-11-22 11:00:00.000,00:04:30,01:00:00,41,Closed,Checkout is slow,Checkout\n";
    let first = import(&desk, goalert, &[], 0);
    assert_eq!((&first["preset"], &first["source"]), (&json!("goalert"), &json!("goalert-file")));
    let again = import(&desk, goalert, &["--preset", "goalert"], 0);
    assert_eq!((&again["inserted"], &again["updated"]), (&json!(0), &json!(0)));
    let shown = desk.ok(&["incidents", "show", "goalert-file/41"]);
    assert_eq!(shown["incident"]["acked_at"], "2026-11-22T10:04:30Z");

    let file = desk.beside("incidents.csv");
    let people = desk.run(&["import", file.to_str().unwrap(), "--kind", "incidents"]);
    assert!(people.stdout.starts_with("Read as an export of goalert."), "{}", people.stdout);
    let refused = import(&desk, goalert, &["--preset", "goalerts"], 2);
    assert!(text(&refused, "/error/message").contains("pagerduty, opsgenie, goalert"), "{refused:#}");

    let map = desk.write_beside("map.toml", "source = \"old-pager\"\n");
    let mapped = import(&desk, goalert, &["--preset", "goalert", "--map", map.to_str().unwrap()], 0);
    assert_eq!((&mapped["source"], &mapped["inserted"]), (&json!("old-pager"), &json!(2)));
}
