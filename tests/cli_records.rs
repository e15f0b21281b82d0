//! docs/jsonl.md: every example is a record, its tables name the fields of the types, and the example script works.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that cannot go on says why")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use fairlead_domain::{Record, RecordKind};
use serde_json::{Value, json};
use support::{Desk, list, text};

const DOCUMENT: &str = include_str!("../docs/jsonl.md");
const CONFIG: &str = "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n";

/// A row of a table: the field's shape, and whether it may be null.
#[derive(Debug)]
struct Row {
    shape: String,
    null: bool,
}

/// The section of a kind: what its table says, and its example.
fn section(kind: RecordKind) -> (BTreeMap<String, Row>, &'static str) {
    let head = format!("\n## {kind}\n");
    let start = DOCUMENT.find(&head).unwrap_or_else(|| panic!("docs/jsonl.md has no section {kind}"));
    let body = DOCUMENT[start + head.len()..].split("\n## ").next().unwrap();
    let mut rows = BTreeMap::new();
    for line in body.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        for name in cells[0].split(", ") {
            let name = name.trim_matches(['*', '`', ' ']);
            rows.insert(name.to_owned(), Row { shape: cells[1].to_owned(), null: cells[2] == "yes" });
        }
    }
    let example = body.lines().find(|line| line.starts_with("    {")).unwrap_or_else(|| panic!("{kind}: no example"));
    (rows, example.trim())
}

/// The fields of a value with those of objects within; what the table calls a person or a map is one field.
fn fields(prefix: &str, value: &Value, rows: &BTreeMap<String, Row>, found: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().unwrap() {
        if prefix.is_empty() && name == "kind" {
            continue;
        }
        let path = format!("{prefix}{name}");
        let shape = rows.get(&path).map_or("", |row| row.shape.as_str());
        match value {
            Value::Object(person) if shape == "person" => {
                assert_eq!(person.keys().collect::<Vec<_>>(), ["ext_id", "email", "name"], "{path}");
            }
            Value::Object(_) if shape != "map" => fields(&format!("{path}."), value, rows, found),
            Value::Array(entries) if entries.first().is_some_and(Value::is_object) && shape != "list of persons" => {
                entries.iter().for_each(|entry| fields(&format!("{path}[]."), entry, rows, found));
            }
            _ => {}
        }
        found.insert(path);
    }
}

#[test]
fn the_page_names_every_field_and_its_examples_are_records() {
    for kind in RecordKind::ALL {
        let (rows, example) = section(*kind);
        let given: Value = serde_json::from_str(example).unwrap();
        let record: Record = serde_json::from_value(given.clone()).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert_eq!(record.kind(), *kind);
        let written = serde_json::to_value(&record).unwrap();
        assert_eq!(written, given, "{kind}: the example names every field, in the way it is written");
        let mut found = BTreeSet::new();
        fields("", &written, &rows, &mut found);
        let listed: BTreeSet<String> = rows.keys().cloned().collect();
        assert_eq!(listed, found, "{kind}: the table of docs/jsonl.md (left) and the type (right)");
    }
}

#[test]
fn what_the_page_says_of_null_is_so() {
    for kind in RecordKind::ALL {
        let (rows, example) = section(*kind);
        for (name, row) in rows.iter().filter(|(name, _)| !name.contains(['.', '['])) {
            let mut value: Value = serde_json::from_str(example).unwrap();
            let collection = row.shape.starts_with("list") || row.shape == "map" || row.shape == "yes or no";
            value.as_object_mut().unwrap().shift_remove(name);
            let left_out = serde_json::from_value::<Record>(value.clone()).is_ok();
            assert_eq!(left_out, row.null || collection, "{kind}.{name} left out");
            value[name] = Value::Null;
            let null = serde_json::from_value::<Record>(value).is_ok();
            assert_eq!(null, row.null, "{kind}.{name} null");
        }
    }
}

#[test]
fn the_examples_of_the_page_are_imported() {
    let desk = Desk::with(CONFIG);
    let examples: Vec<&str> = RecordKind::ALL.iter().map(|kind| section(*kind).1).collect();
    let file = desk.write_beside("records.jsonl", &examples.join("\n"));
    let args = ["import", file.to_str().unwrap(), "--kind", "records"];
    let report = desk.ok(&args);
    assert_eq!(report["inserted"], RecordKind::ALL.len(), "{report:#}");
    let again = desk.ok(&args);
    assert_eq!((&again["inserted"], &again["updated"]), (&json!(0), &json!(0)), "{again:#}");
    let shown = desk.ok(&["incidents", "show", "import/41"]);
    assert_eq!(text(&shown, "/incident/title"), "Checkout is slow");
}

#[test]
fn the_script_turns_a_tracker_into_incidents() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/examples");
    let script = Command::new("python3").arg("tracker.py").arg("tracker.json").current_dir(examples).output();
    let Ok(output) = script else {
        eprintln!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let desk = Desk::with(CONFIG);
    let file = desk.write_beside("records.jsonl", &String::from_utf8(output.stdout).unwrap());
    let report = desk.ok(&["import", file.to_str().unwrap(), "--kind", "records"]);
    assert_eq!((&report["source"], &report["skipped"]), (&json!("tracker"), &json!(0)), "{report:#}");
    let listed = desk.ok(&["incidents", "list"]);
    let ids: Vec<&str> = list(&listed, "/incidents").iter().map(|one| text(one, "/id")).collect();
    assert_eq!(ids, ["tracker/OPS-43", "tracker/OPS-41"]);
    let shown = desk.ok(&["incidents", "show", "tracker/OPS-41"]);
    assert_eq!(shown["incident"]["acked_at"], "2026-11-22T10:04:30Z", "{shown:#}");
    assert_eq!(shown["incident"]["responders"][0]["person"], "Ines Duarte");
}

#[test]
fn lines_are_scrubbed_and_judged_one_by_one() {
    let desk = Desk::with(CONFIG);
    let incident = section(RecordKind::Incident).1;
    let mut hostile: Value = serde_json::from_str(incident).unwrap();
    hostile["ext_id"] = json!("42");
    hostile["title"] = json!("call +351 21 123 4567\nnow\u{202e}");
    hostile["url"] = json!("javascript:alert(1)");
    hostile["responders"] = json!([{ "person": { "name": "Ines +351 21 123 4567" } }]);
    let wrong = incident.replace("\"severity\":2", "\"severity\":9");
    let source = incident.replace("\"kind\"", "\"source\":\"no such/name\",\"kind\"");
    let lines = [&hostile.to_string(), "nonsense", &wrong, &source, "{\"kind\":\"meeting\"}"].join("\n");
    let file = desk.write_beside("records.jsonl", &lines);
    let report = desk.json(&["import", file.to_str().unwrap(), "--kind", "records"], 3);
    let told: Vec<&str> = list(&report, "/warnings").iter().map(|w| text(w, "/message")).collect();
    for (line, part) in [(2, "no record"), (3, "severity"), (4, "source"), (5, "no record")] {
        let begins = format!("line {line}");
        assert!(told.iter().any(|m| m.starts_with(&begins) && m.contains(part)), "{line}: {told:?}");
    }
    let shown = desk.ok(&["incidents", "show", "import/42"]);
    assert_eq!(text(&shown, "/incident/title"), "call now");
    assert_eq!(shown["incident"]["url"], Value::Null);
    assert!(desk.files().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("123 4567")));

    let table = desk.write_beside("table.csv", "id,created\n1,2026-11-22\n");
    let refused = desk.json(&["import", table.to_str().unwrap(), "--kind", "records"], 1);
    assert_eq!(refused["error"]["code"], "no_table", "{refused:#}");
}

#[test]
fn records_of_a_configured_source_are_refused() {
    let desk = Desk::with(&format!("{CONFIG}[[source]]\nname = \"rota\"\nkind = \"ical\"\nfile = \"rota.ics\"\n"));
    let line = section(RecordKind::Service).1.replace("\"kind\"", "\"source\":\"rota\",\"kind\"");
    let file = desk.write_beside("records.jsonl", &line);
    let refused = desk.json(&["import", file.to_str().unwrap(), "--kind", "records"], 2);
    assert!(text(&refused, "/error/message").contains("rota"), "{refused:#}");
}
