//! Error budgets of a real Prometheus with a known past, from `init` to a server that is gone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use fairlead_store::Mode;
use fairlead_testkit::prometheus::{Hour, Plan, Quirk, Server, Service, Style};
use serde_json::Value;
use support::{Desk, changes, list, number, text, warnings_of};

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp};

const STATES: [&str; 6] = ["ok", "warn", "critical", "spent", "no_traffic", "unknown"];

fn id(service: &Service) -> String {
    format!("prom/{}", service.slo)
}

fn slo<'a>(listed: &'a Value, id: &str) -> &'a Value {
    list(listed, "/slos").iter().find(|slo| slo["id"] == id).unwrap_or_else(|| panic!("{id} is not listed"))
}

fn seconds(json: &Value, pointer: &str) -> i64 {
    Timestamp::parse_rfc3339(text(json, pointer)).unwrap().as_secs()
}

/// What truly is left of the budget over `[start, end)`.
fn truth(service: &Service, start: i64, end: i64) -> f64 {
    let (mut good, mut all) = (0.0, 0.0);
    for (_, hour) in service.hours.range(start..end) {
        if let Hour::Seen { good: of, total } = hour {
            good += of;
            all += total;
        }
    }
    (good / all - service.objective) / (1.0 - service.objective)
}

/// Half a point of the budget at most lies between what is told and what is true of the hours that were measured.
fn is_true(told: &Value, service: &Service, listed: &Value) {
    let (start, end) = (seconds(told, "/window/starts_at"), seconds(told, "/window/ends_at"));
    // An hour is read from two minutes after its end; a sync that ran just before it lacks the hour.
    let just_over = seconds(listed, "/as_of") - end < 180;
    let ends = if just_over { vec![end, end - 3_600] } else { vec![end] };
    let left = number(told, "/budget_remaining");
    let truths: Vec<f64> = ends.into_iter().map(|end| truth(service, start, end)).collect();
    assert!(truths.iter().any(|truth| (left - truth).abs() < 0.005), "{}: {left}, truly {truths:?}", service.name);
}

/// Stored hours of SLOs, as they are.
fn hours(desk: &Desk) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let now = SystemClock.now();
        let store = fairlead_store::Synced::open(&desk.dir(), Mode::ReadOnly, now).await.unwrap();
        let window = fairlead_domain::Window::new(Timestamp::EARLIEST, now);
        let rows = store.read(move |reader| reader.sli_hours(window)).await.unwrap();
        assert!(rows.len() > 1_000);
        store.close().await.unwrap();
        format!("{rows:?}")
    })
}

/// The hour up to which a sync may ask at this instant.
fn readable_hour() -> i64 {
    (SystemClock.now().as_secs() - 120).div_euclid(3_600)
}

#[test]
fn budgets_of_a_real_prometheus_from_init_to_its_end() {
    let server = Server::start(&Plan::ending(SystemClock.now())).unwrap_or_else(|reason| panic!("{reason}"));
    let desk = Desk::empty();
    assert_eq!(desk.ok(&["init"])["wrote_config"], true);
    let template = std::fs::read_to_string(desk.dir().join("fairlead.toml")).unwrap();
    desk.configure(&format!(
        "{template}\n[[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{}\"\n",
        server.url()
    ));

    let unread = desk.ok(&["slo", "list"]);
    assert_eq!(warnings_of(&unread, "prom"), ["source_not_read"]);
    let checked = desk.ok(&["sources", "check", "prom"]);
    assert_eq!(checked["sources"][0]["error"], Value::Null, "{checked:#}");

    let synced = desk.ok(&["sync"]);
    assert_eq!(synced["sources"][0]["state"], "ok", "{synced:#}");
    assert!(changes(&synced) > 5_000);

    let listed = desk.ok(&["slo", "list"]);
    budgets_equal_the_truth(&server, &listed);
    the_table_says_when_budgets_turn(&desk, &listed);
    silence_and_gaps_are_no_outage(&desk, &server);
    the_past_can_be_asked_for(&desk, &server);
    everything_is_told_as_one(&desk, &listed);
    a_second_sync_changes_nothing(&desk);

    let services = server.services().to_vec();
    drop(server);
    a_server_that_is_gone_leaves_old_numbers(&desk, &services);
}

fn budgets_equal_the_truth(server: &Server, listed: &Value) {
    let pyrras = server.services().iter().filter(|service| service.style == Style::Pyrra).count();
    assert_eq!(list(listed, "/slos").len(), server.services().len() + 2 * pyrras);
    let ids: Vec<&str> = list(listed, "/slos").iter().map(|slo| text(slo, "/id")).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for service in server.services() {
        let told = slo(listed, &id(service));
        assert_eq!(told["method"], "occurrences", "{told:#}");
        assert_eq!(told["service"], service.name.as_str());
        assert_eq!(told["objective"].as_f64(), Some(service.objective));
        assert_eq!(number(told, "/window/days"), f64::from(service.window_days));
        let (start, end) = (seconds(told, "/window/starts_at"), seconds(told, "/window/ends_at"));
        assert_eq!(end, seconds(listed, "/as_of").div_euclid(3_600) * 3_600);
        assert_eq!(end - start, i64::from(service.window_days) * 86_400);
        is_true(told, service, listed);
        let left = number(told, "/budget_remaining");
        let ratio = number(told, "/good") / number(told, "/total");
        assert!((ratio - number(told, "/sli")).abs() < 1e-9);
        assert!(STATES.contains(&text(told, "/state")) && told["state"] != "unknown", "{told:#}");
        assert_eq!(told["state"] == "spent", left <= 0.0, "{told:#}");
        let upstream = if service.style == Style::Sloth { Some(0.5) } else { None };
        assert_eq!(told["upstream_budget_remaining"].as_f64(), upstream, "{told:#}");
    }
}

fn the_table_says_when_budgets_turn(desk: &Desk, listed: &Value) {
    let shown = desk.run(&["--as-of", text(listed, "/as_of"), "slo", "list"]).stdout;
    assert!(shown.lines().next().unwrap().contains("RUNS OUT OR RECOVERS"), "{shown}");
    let mut turning = 0;
    for slo in list(listed, "/slos") {
        let line = shown.lines().find(|line| line.trim_start().starts_with(&format!("{} ", text(slo, "/id")))).unwrap();
        for (key, words) in [("exhausts_at", "runs out"), ("recovers_at", "recovers")] {
            if let Some(at) = slo[key].as_str() {
                assert!(line.contains(&format!("{words} {at}")), "{line}");
                turning += 1;
            }
        }
        if slo["state"] == "spent" {
            assert_eq!(slo["exhausts_at"], Value::Null, "{slo:#}");
            assert!(line.contains("recover"), "{line}");
        }
    }
    assert!(turning > 0, "some budget turns:\n{shown}");
}

fn silence_and_gaps_are_no_outage(desk: &Desk, server: &Server) {
    let silent = server.services().iter().find(|s| s.quirk == Quirk::SilentNights && s.style == Style::Sloth).unwrap();
    let shown = desk.ok(&["slo", "show", &id(silent)]);
    let (start, end) = (seconds(&shown, "/slo/window/starts_at"), seconds(&shown, "/slo/window/ends_at"));
    let silent_hours =
        silent.hours.range(start..end).filter(|(_, h)| matches!(h, Hour::Seen { total: 0.0, .. })).count();
    assert!(silent_hours > 100);
    assert!(number(&shown, "/hours/missing") <= 1.0, "{shown:#}");
    let of = number(&shown, "/hours/quiet") - f64::from(u32::try_from(silent_hours).unwrap());
    assert!(of.abs() <= number(&shown, "/hours/missing"), "truly {silent_hours}: {shown:#}");
    assert!(number(&shown, "/slo/coverage") > 0.99);

    let now = SystemClock.now().as_secs();
    let night = Timestamp::from_secs((now.div_euclid(86_400) - 2) * 86_400 + 4 * 3_600).to_rfc3339();
    let then = desk.ok(&["--as-of", &night, "slo", "show", &id(silent)]);
    assert_eq!(then["slo"]["burn"]["1h"], Value::Null, "no traffic burns nothing: {then:#}");

    let gap = server.services().iter().find(|s| s.quirk == Quirk::Gap).unwrap();
    let shown = desk.ok(&["slo", "show", &id(gap)]);
    let missing = number(&shown, "/hours/missing");
    assert!((4.0..=5.0).contains(&missing), "what was not scraped is missing, neither good nor bad: {shown:#}");
    let hours = f64::from(gap.window_days) * 24.0;
    assert!((number(&shown, "/slo/coverage") - (hours - missing) / hours).abs() < 1e-9);
}

fn the_past_can_be_asked_for(desk: &Desk, server: &Server) {
    let now = SystemClock.now().as_secs();
    // What was read reaches 31 days back: the window of 28 days lies whole within it, its first hour too.
    let then = Timestamp::from_secs(now - 2 * 86_400);
    let listed = desk.ok(&["--as-of", &then.to_rfc3339(), "slo", "list"]);
    assert_eq!(listed["as_of"], then.to_rfc3339());
    for service in server.services() {
        let told = slo(&listed, &id(service));
        // Of the windows of 30 days the first ones lie before what was read.
        if service.window_days == 28 {
            is_true(told, service, &listed);
        }
    }
    let future = Timestamp::from_secs(now + 3_600).to_rfc3339();
    let refused = desk.json(&["--as-of", &future, "slo", "list"], 2);
    assert!(text(&refused, "/error/message").contains("future"), "{refused:#}");
}

fn everything_is_told_as_one(desk: &Desk, listed: &Value) {
    let status = desk.ok(&["status"]);
    let counted: u64 = STATES.iter().map(|state| status["slos"][state].as_u64().unwrap()).sum();
    assert_eq!(counted, list(listed, "/slos").len() as u64);
    for state in STATES {
        let of = list(listed, "/slos").iter().filter(|slo| slo["state"] == state).count() as u64;
        assert_eq!(status["slos"][state].as_u64(), Some(of), "{state}");
    }
    assert_eq!(status["sources"][0]["state"], "ok");
    assert_eq!(status["sources"][0]["stale"], false);
    let shown = desk.ok(&["slo", "show", text(listed, "/slos/0/id")]);
    assert_eq!(shown["slo"]["budget_remaining"], listed["slos"][0]["budget_remaining"]);
    let table = desk.run(&["slo", "list"]);
    assert!(list(listed, "/slos").iter().all(|slo| table.stdout.contains(text(slo, "/id"))), "{}", table.stdout);
}

fn a_second_sync_changes_nothing(desk: &Desk) {
    // An hour may have become readable in between; then the sync after it is the one that finds nothing.
    for _ in 0..3 {
        let (before, hour) = (hours(desk), readable_hour());
        let again = desk.ok(&["sync"]);
        if hour == readable_hour() && changes(&again) == 0 {
            assert_eq!(hours(desk), before);
            return;
        }
        assert_ne!(hour, readable_hour(), "nothing is new: {again:#}");
    }
    panic!("the hour cannot change three times");
}

fn a_server_that_is_gone_leaves_old_numbers(desk: &Desk, services: &[Service]) {
    let before = desk.ok(&["slo", "list"]);
    let synced = desk.json(&["sync"], 3);
    assert_eq!(synced["sources"][0]["state"], "failed", "{synced:#}");
    assert!(text(&synced, "/sources/0/error/message").contains("127.0.0.1"), "{synced:#}");

    let after = desk.ok(&["slo", "list"]);
    assert!(warnings_of(&after, "prom").contains(&"source_failed"), "{:#}", after["warnings"]);
    for service in services {
        let (old, new) = (slo(&before, &id(service)), slo(&after, &id(service)));
        let (was, is) = (number(old, "/budget_remaining"), number(new, "/budget_remaining"));
        assert!((was - is).abs() < 0.02, "{}: {was} became {is}", service.name);
        assert!(!["ok", "no_traffic"].contains(&text(new, "/state")), "{new:#}");
        if !["ok", "no_traffic"].contains(&text(old, "/state")) {
            assert_eq!(new["state"], old["state"], "a worse state stays");
        }
    }
    let status = desk.ok(&["status"]);
    assert_eq!((&status["slos"]["ok"], &status["slos"]["no_traffic"]), (&0.into(), &0.into()), "{:#}", status["slos"]);
    assert!(status["slos"]["unknown"].as_u64().unwrap() > 0);
    assert_eq!(status["sources"][0]["state"], "failed");
    assert_eq!(status["sources"][0]["stale"], true);
    assert!(seconds(&status, "/sources/0/last_ok_at") <= seconds(&before, "/as_of"), "the numbers are dated");
    assert!(warnings_of(&status, "prom").contains(&"source_failed"), "{:#}", status["warnings"]);
    assert!(list(&status, "/attention").iter().any(|row| row["id"] == "blind:prom"), "{:#}", status["attention"]);
    for args in [&["status"][..], &["status", "--md"]] {
        let told = desk.run(args);
        assert!(!told.stdout.contains("Nothing needs you"), "{}", told.stdout);
        assert!(told.stdout.contains("prom"), "{}", told.stdout);
    }
}
