//! A real Alertmanager, alone and behind a real Prometheus: what fires, is silenced, inhibited, over and fires again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use std::time::Duration;

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_engine::views::alerts::{firing, within};
use fairlead_engine::{Access, Workspace};
use fairlead_testkit::alertmanager::{Rule, RuleServer, Server};
use serde_json::{Value, json};
use support::{Desk, changes, list, text, until, warnings_of};

const EVER: Window = Window::new(Timestamp::EARLIEST, Timestamp::LATEST);
const PHONE: &str = "912 345 678";

fn now() -> Timestamp {
    SystemClock.now()
}

/// What the workspace holds, read by `read`.
fn look<T>(desk: &Desk, read: impl AsyncFnOnce(&Workspace) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let workspace = Workspace::open(&desk.dir(), Access::Read).await.unwrap();
        let found = read(&workspace).await;
        workspace.close().await.unwrap();
        found
    })
}

/// Rows of a source, by start and name.
fn alerts_of(desk: &Desk, source: &str) -> Vec<Alert> {
    let rows = look(desk, async |w| w.synced.read(|reader| reader.alerts(EVER)).await.unwrap());
    let mut alerts: Vec<Alert> = rows.into_iter().filter(|row| row.source == source).map(|row| row.alert).collect();
    alerts.sort_by(|a, b| (&a.name, a.start).cmp(&(&b.name, b.start)));
    alerts
}

fn silences(desk: &Desk) -> Vec<Silence> {
    let rows = look(desk, async |w| w.synced.read(|reader| reader.silences(EVER)).await.unwrap());
    rows.into_iter().map(|row| row.silence).collect()
}

fn status_of(alerts: &[Alert], name: &str) -> Vec<AlertStatus> {
    alerts.iter().filter(|alert| alert.name == name).map(|alert| alert.status).collect()
}

/// An alert as a client sends it: it stays until it is said to end.
fn sent(name: &str, severity: &str, service: &str, start: Timestamp, end: Timestamp) -> Value {
    let iso = |at: Timestamp| at.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    json!({
        "labels": { "alertname": name, "severity": severity, "service": service },
        "annotations": { "summary": format!("{name}, call +351 {PHONE}"), "description": format!("or +351 {PHONE}") },
        "startsAt": iso(start), "endsAt": iso(end),
    })
}

fn silence_of(pattern: &str, id: Option<&str>) -> Value {
    let mut silence = json!({
        "matchers": [{ "name": "alertname", "value": pattern, "isRegex": true, "isEqual": true }],
        "startsAt": now().to_rfc3339(), "endsAt": now().plus_hours(2).to_rfc3339(),
        "createdBy": "ines@harbor.example", "comment": format!("disk swap, ring +351 {PHONE}"),
    });
    if let Some(id) = id {
        silence["id"] = json!(id);
    }
    silence
}

/// Syncs again and again until all of it is read.
fn sync_until_whole(desk: &Desk) {
    until(Duration::from_secs(60), "the server to have run for long enough", || {
        std::thread::park_timeout(Duration::from_millis(500));
        desk.run(&["--json", "sync"]).code == Some(0)
    });
}

/// A row that is over, with an end that the truth lies within.
fn ended_within(alert: &Alert, truth: Timestamp) {
    let end = alert.end.unwrap_or_else(|| panic!("{alert:?} is over"));
    assert_eq!(alert.status, AlertStatus::Resolved);
    let earliest = end.plus_millis(-1_000 * i64::from(alert.resolution_secs));
    assert!(earliest <= truth && truth <= end, "{truth} is not between {earliest} and {end}");
}

#[test]
fn what_fires_is_sampled_and_a_restart_ends_nothing() {
    let desk = Desk::empty();
    desk.ok(&["init"]);
    let mut server = Server::start().unwrap_or_else(|reason| panic!("{reason}"));
    desk.configure(&format!(
        "[workspace]\nname = \"Harbor\"\n[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\nresend_secs = 8\n",
        server.url()
    ));
    let begun = desk.json(&["sync"], 3);
    assert!(warnings_of(&begun, "am").contains(&"just_restarted"), "{begun:#}");
    sync_until_whole(&desk);
    let checked = desk.ok(&["sources", "check", "am"]);
    assert!(list(&checked, "/sources/0/checks").iter().all(|check| check["ok"] == true), "{checked:#}");

    let (start, later) = (now().plus_millis(-60_000), now().plus_hours(1));
    let disk = sent("DiskFull", "page", "checkout", start, later);
    let down = sent("Down", "page", "search", start, later);
    let slow = sent("Slow", "ticket", "search", start, later);
    let noise = sent("Noise", "ticket", "ledger", start, later);
    let flap = |end| sent("Flap", "page", "ledger", start, end);
    server.send(&json!([disk, down, slow, noise, flap(later)])).unwrap();
    let first = server.silence(&silence_of("Noi.*", None)).unwrap();
    until(Duration::from_secs(20), "silencing and inhibition", || {
        desk.ok(&["sync"]);
        let alerts = alerts_of(&desk, "am");
        ["Noise", "Slow"].iter().all(|name| status_of(&alerts, name) == [AlertStatus::Suppressed])
    });
    let seen = alerts_of(&desk, "am");
    assert_eq!(seen.len(), 5, "{seen:#?}");
    for name in ["DiskFull", "Down", "Flap"] {
        assert_eq!(status_of(&seen, name), [AlertStatus::Firing], "{name}");
    }
    assert!(seen.iter().all(|alert| alert.start.since(start).abs() < 1 && alert.end.is_none()), "{seen:#?}");
    let made = silences(&desk);
    assert_eq!((made.len(), made[0].ext_id.as_str(), made[0].state), (1, first.as_str(), SilenceState::Active));
    assert_eq!(made[0].comment.as_deref(), Some("disk swap, ring"));

    let again = desk.ok(&["sync"]);
    assert_eq!(changes(&again), 0, "{again:#}");
    assert_eq!(alerts_of(&desk, "am"), seen);

    let over = now();
    server.send(&json!([flap(over)])).unwrap();
    desk.ok(&["sync"]);
    let alerts = alerts_of(&desk, "am");
    let flaps: Vec<&Alert> = alerts.iter().filter(|alert| alert.name == "Flap").collect();
    assert_eq!(flaps.len(), 1);
    ended_within(flaps[0], over);

    let refired = now();
    let flap_again = sent("Flap", "page", "ledger", refired, later);
    server.send(&json!([flap_again])).unwrap();
    desk.ok(&["sync"]);
    let alerts = alerts_of(&desk, "am");
    assert_eq!(status_of(&alerts, "Flap"), [AlertStatus::Resolved, AlertStatus::Firing], "{alerts:#?}");
    assert!(alerts.contains(flaps[0]), "what is over stays as it was");

    let second = server.silence(&silence_of("Noise|Slow", Some(&first))).unwrap();
    assert_ne!(first, second, "other matchers make another silence");
    desk.ok(&["sync"]);
    let edited = silences(&desk);
    let state = |id: &str| edited.iter().find(|silence| silence.ext_id == id).map(|silence| silence.state);
    assert_eq!((state(&first), state(&second)), (Some(SilenceState::Expired), Some(SilenceState::Active)));

    let before = alerts_of(&desk, "am");
    let last_seen = now();
    server.stop().unwrap();
    server.start_again().unwrap();
    let restarted = desk.json(&["sync"], 3);
    assert!(warnings_of(&restarted, "am").contains(&"just_restarted"), "{restarted:#}");
    assert_eq!(alerts_of(&desk, "am"), before, "lost is not over");
    assert_eq!(silences(&desk), edited, "silences survive a restart");
    server.send(&json!([disk, down, flap_again])).unwrap();
    sync_until_whole(&desk);
    let after = alerts_of(&desk, "am");
    assert_eq!(after.len(), before.len(), "an alert that comes back is the same: {after:#?}");
    for name in ["DiskFull", "Down"] {
        assert_eq!(status_of(&after, name), [AlertStatus::Firing], "{name}");
    }
    for name in ["Noise", "Slow"] {
        let alert = after.iter().find(|alert| alert.name == name).unwrap();
        ended_within(alert, last_seen);
    }

    server.stop().unwrap();
    let blind = desk.json(&["sync"], 3);
    assert_eq!(blind["sources"][0]["state"], "failed", "{blind:#}");
    assert_eq!(alerts_of(&desk, "am"), after, "who does not answer says nothing of an end");
    let status = desk.ok(&["status"]);
    assert!(list(&status, "/attention").iter().any(|row| row["id"] == "blind:am"), "{:#}", status["attention"]);
    assert!(!desk.run(&["status"]).stdout.contains("Nothing needs you"));
    assert!(text(&blind, "/sources/0/error/message").contains("127.0.0.1"));
    for (path, bytes) in desk.files() {
        let kept = String::from_utf8_lossy(&bytes);
        assert!(!kept.contains(PHONE), "a telephone number in {}", path.display());
    }
}

const PAGE: &[(&str, &str)] = &[("severity", "page"), ("service", "checkout")];

fn rules(high: bool) -> [Rule<'static>; 2] {
    [
        Rule { name: "HighErrorRate", labels: PAGE, fires: high },
        Rule { name: "Latency", labels: &[("severity", "ticket")], fires: true },
    ]
}

/// Who tells of each occurrence of an alert that fires now, with or without the configured external labels.
fn told_by(desk: &Desk, name: &'static str, with_external: bool) -> Vec<Vec<String>> {
    look(desk, async |workspace| {
        let mut config = workspace.config.clone();
        if !with_external {
            for source in &mut config.sources {
                source.settings["external_labels"] = Value::Null;
            }
        }
        let found = workspace.synced.read(move |reader| firing(reader, &config, now())).await.unwrap();
        found.into_iter().filter(|one| one.alert.name == name).map(|one| one.told_by).collect()
    })
}

#[test]
fn an_alert_of_prometheus_and_of_alertmanager_is_one() {
    let server = Server::start().unwrap_or_else(|reason| panic!("{reason}"));
    let prometheus = RuleServer::start(&server, &rules(true)).unwrap_or_else(|reason| panic!("{reason}"));
    let desk = Desk::with(&format!(
        "[workspace]\nname = \"Harbor\"\n\
         [[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\nresend_secs = 10\n\
         [[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{}\"\nexternal_labels = {{ cluster = \"eu\" }}\n",
        server.url(),
        prometheus.url()
    ));
    sync_until_whole(&desk);
    // `ALERTS` is read on whole minutes, and a Prometheus looks for its Alertmanager every five seconds.
    until(Duration::from_secs(150), "a whole minute of ALERTS and what is sent", || {
        std::thread::park_timeout(Duration::from_secs(2));
        desk.ok(&["sync"]);
        ["am", "prom"].iter().all(|source| alerts_of(&desk, source).len() == 2)
    });
    let (am, prom) = (alerts_of(&desk, "am"), alerts_of(&desk, "prom"));
    assert_eq!((am.len(), prom.len()), (2, 2), "{am:#?} {prom:#?}");
    for (sent, recorded) in am.iter().zip(&prom) {
        assert_eq!(sent.labels.get("cluster").map(String::as_str), Some("eu"), "{sent:?}");
        assert!(!recorded.labels.contains_key("cluster"), "{recorded:?}");
        assert!((0..=60_000).contains(&recorded.start.since(sent.start)), "{sent:?} {recorded:?}");
    }
    for name in ["HighErrorRate", "Latency"] {
        assert_eq!(told_by(&desk, name, true), [["am", "prom"]], "{name} counts once");
    }
    assert_eq!(told_by(&desk, "Latency", false).len(), 2, "other labels are another alert");
    // Again, with nothing new; a minute may have begun in between, but it changes no row.
    assert_eq!(changes(&desk.ok(&["sync"])), 0);

    prometheus.set(&rules(false)).unwrap();
    until(Duration::from_secs(90), "the end", || {
        desk.ok(&["sync", "am"]);
        status_of(&alerts_of(&desk, "am"), "HighErrorRate") == [AlertStatus::Resolved]
    });
    assert_eq!(status_of(&alerts_of(&desk, "prom"), "HighErrorRate"), [AlertStatus::Firing], "it was not read since");
    assert!(told_by(&desk, "HighErrorRate", true).is_empty(), "one that saw the end is enough");
    let all = look(&desk, async |workspace| {
        let config = workspace.config.clone();
        workspace.synced.read(move |reader| within(reader, &config, EVER)).await.unwrap()
    });
    assert_eq!(all.len(), 2, "{all:#?}");

    prometheus.set(&rules(true)).unwrap();
    until(Duration::from_secs(90), "another occurrence", || {
        desk.ok(&["sync", "am"]);
        told_by(&desk, "HighErrorRate", true) == [["am"]]
    });
    let again = alerts_of(&desk, "am");
    assert_eq!(status_of(&again, "HighErrorRate"), [AlertStatus::Resolved, AlertStatus::Firing], "{again:#?}");
    assert_eq!(told_by(&desk, "Latency", true), [["am", "prom"]]);
}
