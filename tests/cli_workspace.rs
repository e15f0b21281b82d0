//! The workspace itself: names, people, services, copies, and the demo.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_store::Mode;
use serde_json::{Value, json};
use support::relay::Relay;
use support::{Desk, changes, column, list, text};

const ROTA: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Desk//Rota//EN\r\nX-WR-CALNAME:Nights\r\n\
BEGIN:VEVENT\r\nUID:rota\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20261101T090000Z\r\nDTEND:20261102T090000Z\r\n\
RRULE:FREQ=DAILY;COUNT=5\r\nSUMMARY:On call: Ines\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

const BACK: &[&str] = &["sync", "--backfill", "4000"];

const INCIDENTS: &str = "\
id,title,status,service,created,responders
A1,Checkout is slow,open,checkout,2026-11-01T10:00:00Z,Ines Duarte
A2,Ledger lags,open,ledger,2026-11-02T10:00:00Z,ines@example.com
";

fn import(desk: &Desk, csv: &str) {
    let file = desk.write_beside("incidents.csv", csv);
    desk.ok(&["import", file.to_str().unwrap(), "--kind", "incidents"]);
}

#[test]
fn a_source_is_listed_checked_and_renamed_with_its_history() {
    let feed = Relay::fixed("200 OK", "text/calendar", ROTA);
    let desk = Desk::with("[workspace]\nname = \"Desk\"\n");
    let written = format!(
        "# Mine: “keep” this   \n[workspace]\nname   =   'Desk'   # odd spaces stay\ntimezone = \"Europe/Lisbon\"\n\n\n\
         [[team]]\nname = \"platform\"\nschedules = [\n  \"rota:calendar\", # the first\n]\n\n\
         # The rota.\n[[source]]   # here\nname = \"rota\" # its name\nkind = 'ical'\nurl = \"{}\"\n\n\
         [schedule.\"rota:calendar\"]\nrole = \"primary\"\t# tab\n# end, without a last line",
        feed.url()
    );
    desk.configure(&written);
    let checked = desk.ok(&["sources", "check"]);
    assert!(list(&checked, "/sources/0/checks").iter().all(|check| check["ok"] == true), "{checked:#}");
    desk.ok(BACK);
    let listed = desk.ok(&["sources", "list"]);
    assert_eq!(text(&listed, "/sources/0/name"), "rota");
    assert_eq!(text(&listed, "/sources/0/streams/0/state"), "ok");
    let year = ["oncall", "--from", "2026-01-01", "--to", "2027-01-01"];
    let before = desk.ok(&year);
    assert_eq!(list(&before, "/shifts").len(), 5);
    assert_eq!(before["shifts"][0]["role"], "primary", "its schedule is configured");

    desk.ok(&["sources", "rename", "rota", "night-shift"]);
    let now = std::fs::read_to_string(desk.dir().join("fairlead.toml")).unwrap();
    let expected =
        written.replace("\"rota:calendar\"", "\"night-shift:calendar\"").replace("\"rota\"", "\"night-shift\"");
    assert_eq!(now, expected, "all else is as it was, byte for byte");
    let mut after = desk.ok(&year)["shifts"].clone();
    for shift in after.as_array_mut().unwrap() {
        assert_eq!(shift["source"], "night-shift");
        shift["source"] = json!("rota");
    }
    let same = |shifts: &Value| -> Vec<Value> {
        list(shifts, "").iter().map(|s| json!([s["start"], s["end"], s["person"], s["role"]])).collect()
    };
    assert_eq!(same(&after), same(&before["shifts"]));
    assert_eq!(changes(&desk.ok(BACK)), 0, "the history came along");

    for (old, new) in [("rota", "x"), ("night-shift", "no good name")] {
        desk.json(&["sources", "rename", old, new], 2);
    }
    let kept = std::fs::read_to_string(desk.dir().join("fairlead.toml")).unwrap();
    assert_eq!(kept, expected, "a refused name changes nothing");
}

#[test]
fn people_are_merged_and_split_and_services_listed() {
    let desk = Desk::with("[workspace]\nname = \"Desk\"\nme = \"mara@example.com\"\n[service.checkout]\ntier = 1\n");
    import(&desk, INCIDENTS);
    let apart = desk.ok(&["people"]);
    assert_eq!(list(&apart, "/people").len(), 2);
    assert_eq!(apart["people"][0]["mapped"], false, "the unmapped come first");
    assert_eq!(apart["people"][0]["name"], "Ines Duarte");
    let key = text(&apart, "/people/0/key").to_owned();

    let merged = desk.ok(&["people", "merge", "Ines Duarte", "ines@example.com"]);
    assert_eq!(list(&merged, "/people").len(), 1, "{merged:#}");
    assert_eq!(list(&merged, "/people/0/identities").len(), 2);
    desk.json(&["people", "merge", "Ines Duarte", "nobody@example.com"], 2);
    import(&desk, INCIDENTS);
    assert_eq!(list(&desk.ok(&["people"]), "/people").len(), 1, "a merge outlives the next reading");
    let split = desk.ok(&["people", "split", &key]);
    assert_eq!(split["people"], apart["people"]);
    desk.json(&["people", "split", &key], 2);

    let services = desk.ok(&["services"]);
    let names = column(list(&services, "/services"), "name");
    assert_eq!(names, ["ledger", "checkout"], "the unmapped come first");
    assert_eq!(services["services"][1]["tier"], 1);
}

#[test]
fn a_backup_is_made_checked_and_put_back() {
    let desk = Desk::with("[workspace]\nname = \"Desk\"\n");
    assert_eq!(desk.ok(&["backup", "list"])["backups"], json!([]));
    import(&desk, INCIDENTS);
    let before = desk.ok(&["incidents", "list"])["incidents"].clone();
    let made = desk.ok(&["backup", "create"]);
    let databases = column(list(&made, "/backups"), "database");
    assert!(databases.contains(&&json!("synced")) && databases.contains(&&json!("authored")), "{made:#}");
    assert_eq!(list(&desk.ok(&["backup", "verify"]), "/backups").len(), 2);
    assert_eq!(list(&desk.ok(&["backup"]), "/backups").len(), 2);

    import(&desk, &format!("{INCIDENTS}A3,Later,open,search,2026-11-03T10:00:00Z,\n"));
    assert_eq!(list(&desk.ok(&["incidents", "list"]), "/incidents").len(), 3);
    let synced = list(&made, "/backups").iter().find(|one| one["database"] == "synced").unwrap();
    let file = text(synced, "/file");
    desk.ok(&["backup", "restore", file]);
    assert_eq!(desk.ok(&["incidents", "list"])["incidents"], before);
    assert!(
        desk.files().iter().any(|(path, _)| path.to_string_lossy().contains("before-restore")),
        "nothing is thrown away"
    );

    let (path, mut bytes) = desk.files().into_iter().find(|(path, _)| path.ends_with(file)).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    std::fs::write(&path, bytes).unwrap();
    for what in ["verify", "restore"] {
        let refused = desk.json(&["backup", what, file], 1);
        assert!(text(&refused, "/error/message").contains(file), "{refused:#}");
    }
    assert_eq!(desk.ok(&["incidents", "list"])["incidents"], before, "a damaged copy replaces nothing");
    desk.json(&["backup", "verify", "no-such-file"], 2);
}

#[test]
fn a_doctor_names_what_is_wrong() {
    let feed = Relay::fixed("200 OK", "text/calendar", ROTA);
    let desk = Desk::with(&format!(
        "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n[[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = \"{}\"\n",
        feed.url()
    ));
    let finding = |of: &Value, subject: &str| {
        list(of, "/findings").iter().find(|f| f["subject"] == subject).unwrap_or_else(|| panic!("{subject}: {of:#}"))["ok"]
            == true
    };
    let sick = desk.run(&["--json", "doctor"]).json();
    assert!(!finding(&sick, "source rota") && !finding(&sick, "backup"));
    desk.ok(&["sync"]);
    desk.ok(&["backup", "create"]);
    let well = desk.ok(&["doctor"]);
    assert!(list(&well, "/findings").iter().all(|finding| finding["ok"] == true), "{well:#}");
}

#[test]
fn init_never_overwrites() {
    let desk = Desk::with("# mine\n[workspace]\nname = \"Desk\"\n");
    assert_eq!(desk.ok(&["init"])["wrote_config"], false);
    assert_eq!(
        std::fs::read_to_string(desk.dir().join("fairlead.toml")).unwrap(),
        "# mine\n[workspace]\nname = \"Desk\"\n"
    );
    let refused = desk.json(&["init", "--demo"], 2);
    assert!(text(&refused, "/error/message").contains("another folder"), "{refused:#}");
}

/// What is left of facts, people, runs and settings.
fn remains(desk: &Desk) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let now = SystemClock.now();
        let synced = fairlead_store::Synced::open(&desk.dir(), Mode::ReadOnly, now).await.unwrap();
        let rows = synced.read(move |reader| {
            let all = Window::new(Timestamp::EARLIEST, now.plus_days(4_000));
            let late = now.plus_days(4_000);
            Ok(vec![
                ("sources", reader.sources()?.len()),
                ("identities", reader.identities()?.len()),
                ("shifts", reader.shifts(all)?.len()),
                ("schedules", reader.schedules(late)?.len()),
                ("services", reader.services(late)?.len()),
                ("alerts", reader.alerts(all)?.len()),
                ("maintenance", reader.maintenance(all)?.len()),
                ("slos", reader.slos(late)?.len()),
                ("hours", reader.sli_hours(all)?.len()),
                ("bounds", reader.sli_bounds()?.len()),
                ("runs", reader.last_runs(late)?.len()),
            ])
        });
        let rows = rows.await.unwrap();
        synced.close().await.unwrap();
        rows.into_iter().filter(|(_, rows)| *rows > 0).map(|(table, rows)| format!("{rows} {table}")).collect()
    })
}

#[test]
fn the_demo_is_loaded_moved_and_cleared_without_a_trace() {
    let desk = Desk::empty();
    assert_eq!(desk.ok(&["init", "--demo"])["demo"], true);
    let status = desk.ok(&["status"]);
    let opening = text(&status, "/as_of").to_owned();
    assert!(!list(&status, "/attention").is_empty());
    assert_eq!(desk.ok(&["demo", "clock"])["as_of"], opening.as_str(), "the demo's clock is the default instant");
    desk.json(&["--as-of", "2199-01-01T00:00:00Z", "status"], 2);
    let markdown = desk.run(&["status", "--md"]);
    assert!(markdown.stdout.starts_with("**"), "{}", markdown.stdout);
    for row in list(&status, "/attention") {
        let word = text(row, "/title").split_whitespace().last().unwrap().trim_matches(|c: char| !c.is_alphanumeric());
        assert!(markdown.stdout.contains(word), "{word} is not in {}", markdown.stdout);
    }

    let later = Timestamp::parse_rfc3339(&opening).unwrap().plus_hours(6).to_rfc3339();
    assert_eq!(desk.ok(&["demo", "clock", &later])["as_of"], later.as_str());
    assert_eq!(desk.ok(&["status"])["as_of"], later.as_str());
    desk.json(&["sync"], 3);
    assert!(remains(&desk).len() >= 9, "{:?}", remains(&desk));

    desk.ok(&["demo", "clear"]);
    assert_eq!(remains(&desk), Vec::<String>::new());
    for args in [&["slo", "list"][..], &["incidents", "list"], &["people"], &["services"], &["sources", "list"]] {
        let empty = desk.ok(args);
        let left = empty.as_object().unwrap().values().filter_map(Value::as_array).map(Vec::len).sum::<usize>();
        assert_eq!(left, list(&empty, "/warnings").len(), "{args:?}: {empty:#}");
    }
    assert_ne!(desk.ok(&["status"])["as_of"], later.as_str(), "the clock is the machine's again");
    for (path, bytes) in desk.files() {
        let trace = b"harbor.example";
        assert!(!bytes.windows(trace.len()).any(|window| window == trace), "a trace in {}", path.display());
    }
    let clock = desk.ok(&["demo", "clock"]);
    assert_eq!(clock["demo"], false);
    desk.json(&["demo", "clock", "2026-11-16T08:00:00Z"], 2);
}
