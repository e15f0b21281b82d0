//! Who is who and what is which service: said by hand, shown, counted where it is missing, and taken back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use serde_json::{Value, json};
use support::{Desk, column, list, text};

const CONFIG: &str = "[workspace]\nname = \"Desk\"\nme = \"mara@example.com\"\ntimezone = \"Europe/Lisbon\"\n\
[service.checkout]\ntier = 1\nteam = \"platform\"\n";

/// A login, a name, an address that many share, and a program.
const INCIDENTS: &str = "\
id,title,status,severity,service,created,responders
A1,Checkout is slow,open,SEV1,checkout,2026-11-01T10:00:00Z,ines; Ines Duarte
A2,Ledger lags,open,Blocker,ledger,2026-11-02T10:00:00Z,ines@example.com
A3,Mail waits,resolved,Blocker,mailer,2026-11-03T10:00:00Z,deploy-bot@example.com
";

/// An account holds two shifts at once.
const SHIFTS: &str = "\
schedule,person,start,end
eu,oncall@example.com,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z
us,oncall@example.com,2026-11-01T12:00:00Z,2026-11-02T12:00:00Z
eu,ines@example.com,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z
us,ines@example.com,2026-11-03T00:00:00Z,2026-11-04T00:00:00Z
eu,devon@example.com,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z
us,devon@example.com,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z
";

fn desk() -> Desk {
    let desk = Desk::with(CONFIG);
    for (kind, csv) in [("incidents", INCIDENTS), ("shifts", SHIFTS)] {
        let file = desk.write_beside(&format!("{kind}.csv"), csv);
        desk.ok(&["import", file.to_str().unwrap(), "--kind", kind]);
    }
    desk
}

fn person<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let found = list(answer, "/people").iter().find(|person| person["name"] == name || person["email"] == name);
    found.unwrap_or_else(|| panic!("no {name}: {answer:#}"))
}

fn service<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let found = list(answer, "/services").iter().find(|service| service["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}: {answer:#}"))
}

/// `source:id` of the first identity of somebody.
fn identity(of: &Value) -> String {
    format!("{}:{}", text(of, "/identities/0/source"), text(of, "/identities/0/external_id"))
}

const NOVEMBER: [&str; 2] = ["--as-of", "2026-11-04T00:00:00Z"];

#[test]
fn a_login_is_suggested_a_name_never_and_nothing_is_done_by_itself() {
    let desk = desk();
    let answer = desk.ok(&["people"]);
    assert_eq!(answer["unmapped"], 2);
    let names: Vec<&Value> = column(&list(&answer, "/people")[..2], "name");
    assert_eq!(names, ["Ines Duarte", "ines"], "the unmapped come first");
    let suggested: Vec<(&str, &str)> =
        list(&answer, "/suggestions").iter().map(|s| (text(s, "/kind"), text(s, "/command"))).collect();
    let login = format!("people map {} ines@example.com", identity(person(&answer, "ines")));
    assert!(suggested.contains(&("map", &login)), "{suggested:?}");
    assert!(!suggested.iter().any(|(_, command)| command.contains("Duarte")), "{suggested:?}");
    assert!(suggested.contains(&("mark", "people mark deploy-bot@example.com --as bot")), "{suggested:?}");

    let then = desk.ok(&[&NOVEMBER[..], &["people"]].concat());
    let shared = "people mark oncall@example.com --as shared";
    let commands = column(list(&then, "/suggestions"), "command");
    assert!(commands.contains(&&json!(shared)), "{commands:?}");
    for person in ["ines@", "devon@"] {
        let marked = commands.iter().any(|command| command.as_str().unwrap().contains(&format!("mark {person}")));
        assert!(!marked, "one shift after the other, and two at once, are a person's: {commands:?}");
    }
    assert!(desk.run(&["people"]).stdout.contains("Perhaps: people map"));
}

#[test]
fn people_are_mapped_marked_and_dated_and_each_step_is_taken_back() {
    let desk = desk();
    let before = desk.ok(&["people"]);
    let login = identity(person(&before, "ines"));
    let mapped = desk.ok(&["people", "map", &login, "ines@example.com"]);
    assert_eq!(mapped["unmapped"], 1);
    assert_eq!(list(person(&mapped, "ines@example.com"), "/identities").len(), 2, "{mapped:#}");
    desk.json(&["people", "map", &login, "ines@example.com"], 2);
    desk.json(&["people", "map", "nobody:x", "ines@example.com"], 2);

    let marked = desk.ok(&["people", "mark", "deploy-bot@example.com", "--as", "bot"]);
    assert_eq!(person(&marked, "deploy-bot@example.com")["kind"], "bot");
    let still = column(list(&marked, "/suggestions"), "command").iter().any(|c| c.as_str().unwrap().contains("bot"));
    assert!(!still, "what was said is not suggested");

    let zone = ["people", "set", "ines@example.com", "--timezone", "Asia/Tokyo", "--from", "2026-01-01"];
    let dated = desk.ok(&[&zone[..], &["--hours", "09:00-17:00"]].concat());
    let ines = person(&dated, "ines@example.com");
    assert_eq!((text(ines, "/timezone"), text(ines, "/hours")), ("Asia/Tokyo", "09:00-17:00"));
    assert_eq!(ines["dated"][0]["valid_from"], "2026-01-01T00:00:00Z");
    let later = ["people", "set", "ines@example.com", "--timezone", "Europe/Berlin", "--from", "2099-01-01"];
    let later = desk.ok(&later);
    let ines = person(&later, "ines@example.com");
    assert_eq!(text(ines, "/timezone"), "Asia/Tokyo", "what begins to hold later does not hold now");
    assert_eq!(ines["dated"][0]["valid_to"], ines["dated"][1]["valid_from"]);
    for wrong in [&["--timezone", "Mars/Base"][..], &["--hours", "25:00-26:00"], &[]] {
        desk.json(&[&["people", "set", "ines@example.com"][..], wrong].concat(), 2);
    }
    let range = ["oncall", "--from", "2026-11-01", "--to", "2026-11-05"];
    let shifts = desk.ok(&range)["shifts"].clone();
    assert!(list(&shifts, "").iter().any(|shift| shift["email"] == "oncall@example.com"));

    for _ in 0..3 {
        desk.ok(&["people", "undo"]);
    }
    let one = desk.ok(&["people"]);
    assert_eq!(
        (person(&one, "deploy-bot@example.com")["kind"].as_str(), one["unmapped"].as_u64()),
        (Some("person"), Some(1))
    );
    let told = desk.run(&["people", "undo"]);
    assert!(told.stdout.starts_with("Taken back: map "), "{}", told.stdout);
    assert_eq!(desk.ok(&["people"])["people"], before["people"]);
    let none = desk.json(&["people", "undo"], 2);
    assert!(text(&none, "/error/message").contains("mara@example.com"), "{none:#}");

    desk.ok(&["people", "map", &login, "ines@example.com"]);
    let split = desk.ok(&["people", "split", &login]);
    assert_eq!(split["people"], before["people"]);
    let again = desk.ok(&["people", "undo"]);
    assert_eq!(again["people"], mapped["people"], "a split is taken back too");
}

#[test]
fn what_was_said_holds_from_when_it_was_said() {
    let desk = desk();
    let before = desk.ok(&["people"]);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    desk.ok(&["people", "mark", "deploy-bot@example.com", "--as", "bot"]);
    desk.ok(&["services", "map", "import:ledger", "ledger-core", "--tier", "2"]);
    let then = desk.ok(&["--as-of", text(&before, "/as_of"), "people"]);
    assert_eq!(then["people"], before["people"]);
    let then = desk.ok(&["--as-of", text(&before, "/as_of"), "services"]);
    assert_eq!(service(&then, "ledger")["mapped"], false);
}

#[test]
fn services_are_mapped_beside_the_configuration_which_goes_before() {
    let desk = desk();
    let before = desk.ok(&["services"]);
    assert_eq!(before["unmapped"], 2);
    assert_eq!(before["severities"], json!([{"source": "import", "word": "Blocker", "incidents": 2}]));
    assert_eq!(service(&before, "checkout")["by"], "configuration");
    let mapped = desk.ok(&["services", "map", "import:ledger", "ledger-core", "--tier", "2", "--team", "money"]);
    let ledger = service(&mapped, "ledger");
    assert_eq!(
        json!([ledger["service"], ledger["tier"], ledger["team"], ledger["by"]]),
        json!(["ledger-core", 2, "money", "mapping"])
    );
    let refused = desk.json(&["services", "map", "import:checkout", "other"], 2);
    assert!(text(&refused, "/error/message").contains("fairlead.toml says"), "{refused:#}");
    desk.json(&["services", "map", "import:checkout", "checkout", "--tier", "3"], 2);
    desk.json(&["services", "map", "import:nothing", "x"], 2);
    desk.configure(&format!("{CONFIG}[service.money]\ntier = 1\nalso = [\"import:ledger\"]\n"));
    let written = desk.ok(&["services"]);
    assert_eq!(
        (text(service(&written, "ledger"), "/service"), &service(&written, "ledger")["tier"]),
        ("money", &json!(1))
    );
    desk.configure(CONFIG);
    assert_eq!(desk.ok(&["services"])["services"], mapped["services"]);
    let undone = desk.ok(&["services", "undo"]);
    assert_eq!(undone["services"], before["services"]);
    desk.json(&["services", "undo"], 2);
}

const CATALOG: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ledger
  labels: { tier: 2 }
spec: { type: service, lifecycle: production, owner: group:default/money }
---
kind: Component
metadata: { name: checkout, labels: { tier: 3 } }
spec: { owner: other }
---
kind: Component
metadata: { name: search, labels: { tier: gold } }
";

#[test]
fn a_catalogue_is_shown_taken_once_and_taken_back_as_a_whole() {
    let desk = desk();
    let file = desk.write_beside("catalog-info.yaml", CATALOG);
    let path = file.to_str().unwrap();
    let shown = desk.json(&["services", "import", path, "--dry-run"], 3);
    let changes: Vec<Value> = list(&shown, "/changes")
        .iter()
        .map(|c| json!([c["service"], c["line"], c["what"], c["before"], c["after"]]))
        .collect();
    assert_eq!(
        changes,
        [
            json!(["ledger", 4, "lifecycle", null, "production"]),
            json!(["ledger", 4, "team", null, "money"]),
            json!(["ledger", 4, "tier", null, "2"]),
            json!(["search", 13, "name", null, "search"]),
        ]
    );
    let warnings: Vec<(&str, bool)> = list(&shown, "/warnings")
        .iter()
        .map(|w| (text(w, "/code"), text(w, "/message").starts_with("catalog-info.yaml:")))
        .collect();
    assert_eq!(warnings, [("row_skipped", true), ("configured", true), ("configured", true)]);
    assert_eq!(service(&desk.ok(&["services"]), "ledger")["mapped"], false, "nothing was written");

    let done = desk.json(&["services", "import", path], 3);
    assert_eq!(done["changes"], shown["changes"]);
    let services = desk.ok(&["services"]);
    assert_eq!(
        (&service(&services, "ledger")["tier"], &service(&services, "checkout")["tier"]),
        (&json!(2), &json!(1))
    );
    let again = desk.json(&["services", "import", path], 3);
    assert_eq!((list(&again, "/changes").len(), &again["unchanged"]), (0, &json!(3)));

    let csv = desk.write_beside("services.csv", "service,tier,also\nledger,1,import:mailer\nbad,9,\n");
    let csv = desk.json(&["services", "import", csv.to_str().unwrap()], 3);
    assert_eq!(list(&csv, "/changes").len(), 2);
    let services = desk.ok(&["services"]);
    assert_eq!(text(service(&services, "mailer"), "/service"), "ledger");
    assert_eq!(text(service(&services, "mailer"), "/team"), "money", "what a file leaves open stays");
    desk.ok(&["services", "undo"]);
    let back = desk.ok(&["services", "undo"]);
    assert_eq!(back["unmapped"], 2);
    let broken = desk.write_beside("broken.yaml", "kind: Component\nmetadata: [\n");
    let refused = desk.json(&["services", "import", broken.to_str().unwrap()], 2);
    assert!(text(&refused, "/error/message").contains("broken.yaml:"), "{refused:#}");
}

#[test]
fn what_is_not_mapped_is_counted_on_the_numbers_that_it_touches() {
    let desk = desk();
    let incidents = desk.ok(&["incidents", "list"]);
    assert_eq!(incidents["unmapped"], json!({"people": 2, "services": 2, "severities": 1}));
    let one = desk.ok(&["incidents", "list", "--query", "Ledger"]);
    assert_eq!(one["unmapped"], json!({"people": 0, "services": 1, "severities": 1}));
    assert_eq!(desk.ok(&["status"])["unmapped"], json!({"people": 0, "services": 1, "severities": 1}));
    let none = json!({"people": 0, "services": 0, "severities": 0});
    assert_eq!((&desk.ok(&["oncall"])["unmapped"], &desk.ok(&["slo", "list"])["unmapped"]), (&none, &none));
    assert!(desk.run(&["incidents"]).stdout.contains("Not mapped: 2 people, 2 services, 1 severity word"));
    desk.ok(&["services", "map", "import:ledger", "ledger"]);
    assert_eq!(desk.ok(&["status"])["unmapped"]["services"], 0);
}
