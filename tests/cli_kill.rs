//! A sync that is killed, or whose upstream turns away in the middle, and the sync after it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_store::Mode;
use fairlead_testkit::prometheus::{Plan, Server};
use serde_json::{Value, json};
use support::relay::{Relay, Said};
use support::{Desk, list, text, until, warnings_of};

const ROTA: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Desk//Rota//EN\r\nX-WR-CALNAME:Rota\r\n\
BEGIN:VEVENT\r\nUID:rota\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260105T090000\r\n\
DTEND;TZID=Europe/Berlin:20260106T090000\r\nRRULE:FREQ=DAILY\r\nSUMMARY:On call: Ines\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// What Prometheus says when a range would give more points a series than it allows.
const TOO_MANY: &str = r#"{"status":"error","errorType":"bad_data","error":"exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)"}"#;

/// Whole hours that a range query asks for. The tests' limit is one of hours, so that it is the same for every step.
fn hours_asked(form: &str) -> Option<u64> {
    let field = |name: &str| form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let number = |name: &str| field(name)?.trim_end_matches('s').parse::<f64>().ok();
    number("step")?;
    format!("{:.0}", ((number("end")? - number("start")?) / 3_600.0).floor()).parse().ok()
}

/// An upstream that can be told to fall silent, or to refuse, from a request on.
struct Upstream {
    relay: Relay,
    count: Arc<AtomicU64>,
    silent_from: Arc<AtomicU64>,
    refuse_from: Arc<AtomicU64>,
    most_hours: Arc<AtomicU64>,
    over_limit: Arc<AtomicU64>,
    _server: Server,
}

impl Upstream {
    fn start(days: u32, services: usize) -> Self {
        let plan = Plan { days, services, ..Plan::ending(SystemClock.now()) };
        let server = Server::start(&plan).unwrap_or_else(|reason| panic!("{reason}"));
        let target = server.url().trim_start_matches("http://").to_owned();
        let (count, silent, refuse) = (AtomicU64::new(0), AtomicU64::new(u64::MAX), AtomicU64::new(u64::MAX));
        let (count, silent, refuse) = (Arc::new(count), Arc::new(silent), Arc::new(refuse));
        let (most_hours, over_limit) = (Arc::new(AtomicU64::new(u64::MAX)), Arc::new(AtomicU64::new(0)));
        let (c, s, r) = (Arc::clone(&count), Arc::clone(&silent), Arc::clone(&refuse));
        let (most, over) = (Arc::clone(&most_hours), Arc::clone(&over_limit));
        let relay = Relay::start(move |asked| {
            let nth = c.fetch_add(1, Ordering::SeqCst) + 1;
            if nth >= s.load(Ordering::SeqCst) {
                return Said::Hang;
            }
            if nth >= r.load(Ordering::SeqCst) || asked.authorization.as_deref() == Some("Bearer old-token") {
                return Said::text("401 Unauthorized", "application/json", r#"{"status":"error","error":"revoked"}"#);
            }
            if asked.line.contains("/rota.ics") {
                return Said::text("200 OK", "text/calendar", ROTA);
            }
            if hours_asked(&asked.body).is_some_and(|hours| hours > most.load(Ordering::SeqCst)) {
                over.fetch_add(1, Ordering::SeqCst);
                return Said::text("400 Bad Request", "application/json", TOO_MANY);
            }
            Said::Pass(target.clone())
        });
        Self { relay, count, silent_from: silent, refuse_from: refuse, most_hours, over_limit, _server: server }
    }

    fn config(&self) -> String {
        let url = self.relay.url();
        format!(
            "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Berlin\"\n\
             [[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{url}\"\ntoken = {{ command = \"cat TOKEN\" }}\n\
             [[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = \"{url}/rota.ics\"\n"
        )
    }

    /// A workspace that reads from here, with a good token.
    fn desk(&self) -> Desk {
        let desk = Desk::with(&self.config());
        let token = desk.write_beside("token", "good-token\n");
        desk.configure(&self.config().replace("TOKEN", token.to_str().unwrap()));
        desk
    }

    /// Behaves from the next request on; requests count anew.
    fn behave(&self) {
        self.count.store(0, Ordering::SeqCst);
        self.silent_from.store(u64::MAX, Ordering::SeqCst);
        self.refuse_from.store(u64::MAX, Ordering::SeqCst);
    }
}

/// What a workspace holds, by its own answers and by its rows.
fn dump(desk: &Desk, as_of: &str) -> Value {
    let oncall = desk.ok(&["--as-of", as_of, "oncall", "--from", "2026-03-01", "--to", "2026-12-01"]);
    let mut slos = desk.ok(&["--as-of", as_of, "slo", "list"]);
    for slo in slos["slos"].as_array_mut().unwrap() {
        // It follows the runs of the sync, not the rows.
        slo.as_object_mut().unwrap().remove("upstream_budget_remaining");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let rows = runtime.block_on(async {
        let now = SystemClock.now();
        let store = fairlead_store::Synced::open(&desk.dir(), Mode::ReadOnly, now).await.unwrap();
        let rows = store.read(move |reader| {
            let all = Window::new(Timestamp::EARLIEST, now.plus_days(800));
            let mut hours = Vec::new();
            for slo in reader.slos(now)? {
                for hour in reader.slo_hours(slo.id, all)? {
                    hours.push(format!("{} {:?} {:?}", slo.slo.ext_id, hour.hour, hour.figures));
                }
            }
            hours.sort();
            let mut counts = Vec::new();
            for source in reader.sources()? {
                counts.push(format!("{} {:?}", source.name, reader.fact_counts(source.id)?));
            }
            let mut alerts: Vec<String> = reader.alerts(all)?.iter().map(|row| format!("{:?}", row.alert)).collect();
            alerts.sort();
            Ok((hours, counts, alerts))
        });
        let rows = rows.await.unwrap();
        store.close().await.unwrap();
        rows
    });
    assert!(rows.0.len() > 500, "{} hours", rows.0.len());
    let incidents = desk.ok(&["--as-of", as_of, "incidents", "list"]);
    json!({ "slos": slos["slos"], "shifts": oncall["shifts"], "gaps": oncall["gaps"],
        "incidents": incidents["incidents"], "hours": rows.0, "counts": rows.1, "alerts": rows.2 })
}

fn now() -> String {
    SystemClock.now().to_rfc3339()
}

#[test]
fn a_killed_backfill_ends_as_one_that_was_not() {
    let upstream = Upstream::start(31, 3);
    let calm = upstream.desk();
    upstream.behave();
    let requests = {
        calm.ok(&["sync"]);
        upstream.count.load(Ordering::SeqCst)
    };
    assert!(requests >= 10, "only {requests} requests, so that there are few moments to die at");

    let moments: Vec<u64> = (1..=requests).step_by(usize::try_from(requests / 8).unwrap().max(1)).collect();
    let killed: Vec<Desk> = moments
        .iter()
        .map(|nth| {
            let desk = upstream.desk();
            upstream.behave();
            upstream.silent_from.store(*nth, Ordering::SeqCst);
            let mut child = desk.start(&["sync"]);
            until(Duration::from_secs(60), "the request to die at", || upstream.count.load(Ordering::SeqCst) >= *nth);
            child.kill().unwrap();
            assert_eq!(child.wait().unwrap().code(), None, "it was killed, and did not end by itself");
            upstream.behave();
            desk.ok(&["sync"]);
            desk
        })
        .collect();
    // All are brought up to the same hour, and asked about the same instant.
    calm.ok(&["sync"]);
    killed.iter().for_each(|desk| drop(desk.ok(&["sync"])));
    let as_of = now();
    let expected = dump(&calm, &as_of);
    for (nth, desk) in moments.iter().zip(&killed) {
        let found = dump(desk, &as_of);
        for part in ["shifts", "gaps", "incidents", "counts", "alerts", "hours", "slos"] {
            assert!(found[part] == expected[part], "{part} differ after death at request {nth} of {requests}");
        }
    }
}

#[test]
fn a_token_that_is_revoked_keeps_the_numbers_and_one_that_heals_goes_on() {
    let upstream = Upstream::start(10, 2);
    let desk = upstream.desk();
    upstream.behave();
    desk.ok(&["sync"]);
    let before = desk.ok(&["slo", "list"]);
    let budget = |listed: &Value| -> Vec<Value> {
        list(listed, "/slos").iter().map(|slo| slo["budget_remaining"].clone()).collect()
    };

    // Revoked from the third request of the next sync on.
    upstream.behave();
    upstream.refuse_from.store(3, Ordering::SeqCst);
    let refused = desk.json(&["sync", "prom"], 3);
    assert!(["failed", "partial"].contains(&text(&refused, "/sources/0/state")), "{refused:#}");
    let message = text(&refused, "/sources/0/error/message");
    assert!(message.contains("token") || message.contains("401"), "{message}");
    assert!(!refused.to_string().contains("good-token"));
    let after = desk.ok(&["slo", "list"]);
    assert!(warnings_of(&after, "prom").contains(&"source_failed"), "{:#}", after["warnings"]);
    assert_eq!(budget(&after).len(), budget(&before).len());
    assert!(budget(&after).iter().all(|left| !left.is_null()), "{after:#}");

    // A command gives the old token once, then the new one: it is asked again, and the sync succeeds.
    upstream.behave();
    let script =
        desk.write_beside("token.sh", "if [ -e MARK ]; then echo good-token; else : > MARK; echo old-token; fi\n");
    let mark = desk.beside("mark");
    std::fs::write(&script, std::fs::read_to_string(&script).unwrap().replace("MARK", mark.to_str().unwrap())).unwrap();
    desk.configure(&upstream.config().replace("cat TOKEN", &format!("sh {}", script.display())));
    let healed = desk.ok(&["sync", "prom"]);
    assert_eq!(healed["sources"][0]["state"], "ok", "{healed:#}");
    assert!(mark.exists(), "the old token was tried first");
    let healed = desk.ok(&["slo", "list"]);
    assert!(!warnings_of(&healed, "prom").contains(&"source_failed"), "{:#}", healed["warnings"]);
}

#[test]
fn a_range_beyond_the_limit_is_halved_until_it_fits() {
    let upstream = Upstream::start(20, 2);
    let calm = upstream.desk();
    upstream.behave();
    calm.ok(&["sync"]);
    let desk = upstream.desk();
    upstream.behave();
    upstream.most_hours.store(100, Ordering::SeqCst);
    let halved = desk.ok(&["sync"]);
    assert_eq!(halved["sources"][0]["state"], "ok", "{halved:#}");
    assert!(upstream.over_limit.load(Ordering::SeqCst) > 0, "some range was too long");
    upstream.most_hours.store(u64::MAX, Ordering::SeqCst);
    calm.ok(&["sync"]);
    desk.ok(&["sync"]);
    let as_of = now();
    let (expected, found) = (dump(&calm, &as_of), dump(&desk, &as_of));
    for part in ["counts", "alerts", "hours", "slos"] {
        assert!(found[part] == expected[part], "{part} differ");
    }
}
