//! The connector against a real Prometheus whose past is known.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use fairlead_connectors::http::Secrets;
use fairlead_connectors::{Build, Connector, ConnectorError, Known, Note, Request, kinds};
use fairlead_domain::alert::Alert;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::slo::{BudgetMethod, SliFigures, Slo, SloOrigin};
use fairlead_domain::time::{FixedClock, MINUTE_MS, SystemClock};
use fairlead_domain::{Clock, Record, Timestamp, Window};
use fairlead_testkit::prometheus::{Hour, Plan, Quirk, Server, Service, Style};
use secrecy::SecretString;
use serde_json::{Value, json};

struct NoSecrets;

#[async_trait]
impl Secrets for NoSecrets {
    async fn reveal(&self, _: &SecretRef, _: bool) -> Result<SecretString, ConnectorError> {
        Err(ConnectorError::Secret { place: "nowhere".into(), reason: "the test has none".into() })
    }
}

/// A small engine: keeps what a source yields, as the real one would.
struct Desk {
    connector: Box<dyn Connector>,
    clock: FixedClock,
    known: Known,
    states: BTreeMap<String, Option<String>>,
    hours: BTreeMap<(String, i64), SliFigures>,
    alerts: BTreeMap<String, Alert>,
    notes: Vec<Note>,
    retention_secs: Option<u32>,
    exhausted: bool,
}

impl Desk {
    fn open(url: &str, now: Timestamp, folder: &Path, slos: &[Value]) -> Self {
        let kind = kinds().iter().find(|kind| kind.name == "prometheus").unwrap();
        let clock = FixedClock::at(now);
        let build = Build {
            source: "prom",
            folder,
            timezone: chrono_tz::UTC,
            slos,
            secrets: Arc::new(NoSecrets),
            clock: Arc::new(clock.clone()),
        };
        let openslo = if folder.join("slo").is_dir() { vec!["slo/*.yaml"] } else { Vec::new() };
        let settings = json!({ "url": url, "slo": { "discover": ["sloth", "pyrra"], "openslo": openslo } });
        Self {
            connector: (kind.build)(&settings, &build).unwrap(),
            clock,
            known: Known::default(),
            states: BTreeMap::new(),
            hours: BTreeMap::new(),
            alerts: BTreeMap::new(),
            notes: Vec::new(),
            retention_secs: None,
            exhausted: false,
        }
    }

    async fn read(&mut self, stream: &str, window: Window) -> Result<Option<Window>, ConnectorError> {
        self.known.state = self.states.get(stream).cloned().flatten();
        self.known.firing_alerts = self.alerts.values().filter(|alert| alert.end.is_none()).cloned().collect();
        let request = Request { stream, cursor: None, window, known: &self.known, now: self.clock.now() };
        let batch = self.connector.fetch(request).await?;
        assert_eq!(batch.next, None);
        self.states.insert(stream.to_owned(), batch.state);
        self.notes = batch.notes;
        self.exhausted = batch.exhausted;
        if stream == "slos" {
            self.known.slos.clear();
        }
        for item in batch.items {
            let key = item.record.key();
            match item.record {
                Record::Slo(slo) => self.known.slos.push(slo),
                Record::SliHour(hour) => {
                    let kept = self.hours.entry((hour.slo, hour.hour.as_secs())).or_default();
                    let new = hour.figures;
                    *kept = SliFigures {
                        good: new.good.or(kept.good),
                        total: new.total.or(kept.total),
                        ratio_sum: new.ratio_sum.or(kept.ratio_sum),
                        ratio_count: new.ratio_count.or(kept.ratio_count),
                        slices_good: new.slices_good.or(kept.slices_good),
                        slices: new.slices.or(kept.slices),
                    };
                }
                Record::Alert(alert) => drop(self.alerts.insert(key, alert)),
                Record::Terms(terms) => self.retention_secs = terms.retention_secs,
                _ => {}
            }
        }
        Ok(batch.covered)
    }

    async fn list(&mut self) {
        let everything = Window::new(Timestamp::EARLIEST, self.clock.now());
        self.read("slos", everything).await.unwrap();
    }

    /// Newest chunk first, until the server's memory ends.
    async fn backfill(&mut self, stream: &str, chunk_days: i64) {
        let mut end = self.clock.now();
        for _ in 0..70 / chunk_days {
            let start = end.plus_days(-chunk_days);
            self.read(stream, Window::new(start, end)).await.unwrap();
            end = start;
            if self.exhausted {
                return;
            }
        }
        panic!("{stream} never ended");
    }

    fn slo(&self, id: &str) -> &Slo {
        self.known.slos.iter().find(|slo| slo.ext_id == id).unwrap_or_else(|| panic!("{id} was not listed"))
    }

    /// What is true of the hours that can be read by now: one that ended within the last two minutes is not.
    fn truths<'a>(&self, service: &'a Service) -> impl Iterator<Item = (i64, Hour)> + use<'a> {
        let complete = self.clock.now().plus_millis(-2 * MINUTE_MS).floor_hour().as_secs();
        service.hours.iter().map(|(hour, truth)| (*hour, *truth)).take_while(move |(hour, _)| *hour < complete)
    }

    fn figures(&self, service: &Service, hour: i64) -> Option<SliFigures> {
        self.hours.get(&(service.slo.clone(), hour)).copied()
    }
}

/// A proxy in front of the server, which refuses rules or adds a warning.
#[derive(Clone)]
struct Gate {
    target: String,
    refuse_rules: bool,
    warn: bool,
    client: reqwest::Client,
    rules_asked: Arc<AtomicU64>,
}

async fn pass(State(gate): State<Gate>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    if uri.path() == "/api/v1/rules" {
        gate.rules_asked.fetch_add(1, Ordering::SeqCst);
        if gate.refuse_rules {
            return (StatusCode::FORBIDDEN, json, r#"{"status":"error","errorType":"forbidden","error":"no"}"#)
                .into_response();
        }
    }
    let mut request = gate.client.request(method, format!("{}{uri}", gate.target)).body(body);
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let mut body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    if gate.warn {
        body["warnings"] = json!(["store 10.0.0.1 is away"]);
    }
    (status, json, body.to_string()).into_response()
}

async fn proxy(target: &str, refuse_rules: bool, warn: bool) -> (String, Arc<AtomicU64>) {
    let rules_asked = Arc::new(AtomicU64::new(0));
    let gate = Gate {
        target: target.into(),
        refuse_rules,
        warn,
        client: reqwest::Client::new(),
        rules_asked: Arc::clone(&rules_asked),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback(pass).with_state(gate);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, rules_asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_of_a_real_prometheus_is_read_truly() {
    let now = SystemClock.now();
    let server = Server::start(&Plan::ending(now)).unwrap_or_else(|reason| panic!("{reason}"));
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(server.url(), now, folder.path(), &[]);

    slos_are_listed_with_their_true_objectives(&mut desk, &server).await;
    counts_equal_the_truth(&mut desk, &server).await;
    means_of_ratios_know_quiet_from_missing(&mut desk, &server).await;
    requests_are_few(&mut desk).await;
    members_of_a_group_are_told_apart(&desk, &server);
    a_new_slo_gets_its_past(&mut desk, &server).await;
    alerts_are_the_same_in_any_chunks(&mut desk, &server).await;
    windows_beyond_the_limit_ask_for_smaller_ones(&mut desk).await;
    without_rules_the_mean_of_ratios_is_left(&server, now).await;
    an_answer_that_is_not_whole_covers_nothing(&server, now).await;
    a_bad_expression_does_not_stop_the_others(&server, now).await;
    a_clock_ahead_does_not_ask_for_the_future(&server, now).await;
    a_check_tells_what_works(&desk).await;
}

/// Each service has an SLO, and each of Pyrra's one more that is grouped by two codes.
fn listed(server: &Server) -> usize {
    let pyrras = server.services().iter().filter(|service| service.style == Style::Pyrra).count();
    server.services().len() + 2 * pyrras
}

async fn slos_are_listed_with_their_true_objectives(desk: &mut Desk, server: &Server) {
    desk.list().await;
    assert_eq!(desk.notes, Vec::new());
    assert_eq!(desk.retention_secs, Some(60 * 86_400), "the server keeps sixty days");
    assert_eq!(desk.known.slos.len(), listed(server));
    for service in server.services() {
        let slo = desk.slo(&service.slo);
        assert_eq!(slo.objective.to_string(), service.objective.to_string(), "no noise");
        assert_eq!(slo.service.as_deref(), Some(service.name.as_str()));
        assert_eq!(slo.method, BudgetMethod::Occurrences);
        assert_eq!(slo.origin, if service.style == Style::Sloth { SloOrigin::Sloth } else { SloOrigin::Pyrra });
    }
}

async fn counts_equal_the_truth(desk: &mut Desk, server: &Server) {
    desk.backfill("sli_counts", 7).await;
    for service in server.services() {
        let (mut good, mut total, mut true_good, mut true_total) = (0.0, 0.0, 0.0, 0.0);
        for (hour, truth) in desk.truths(service) {
            let told = desk.figures(service, hour);
            let at = Timestamp::from_secs(hour);
            match truth {
                Hour::Missing => assert_eq!(told, None, "{} at {at}: a gap is no zero", service.name),
                Hour::Seen { good: expected, total: all } => {
                    let told = told.unwrap_or_else(|| panic!("{} at {at} is missing", service.name));
                    let (g, t) = (told.good.unwrap(), told.total.unwrap());
                    assert!((t - all).abs() <= all * 0.005 + 0.01, "{} at {at}: {t} of {all} events", service.name);
                    assert!(
                        (g - expected).abs() <= all * 0.005 + 0.01,
                        "{} at {at}: {g} of {expected} good",
                        service.name
                    );
                    good += g;
                    total += t;
                    true_good += expected;
                    true_total += all;
                }
            }
        }
        let remaining = |good: f64, total: f64| (good / total - service.objective) / (1.0 - service.objective);
        let (told, truth) = (remaining(good, total), remaining(true_good, true_total));
        assert!((told - truth).abs() < 0.005, "{}: budget {told}, truly {truth}", service.name);
        let quiet = service.hours.values().filter(|h| matches!(h, Hour::Seen { total, .. } if *total == 0.0)).count();
        assert_eq!(quiet > 0, service.quirk == Quirk::SilentNights);
    }
}

fn members_of_a_group_are_told_apart(desk: &Desk, server: &Server) {
    let service = server.services().iter().find(|s| s.style == Style::Pyrra && s.quirk == Quirk::Resets).unwrap();
    for (hour, truth) in desk.truths(service).skip(1) {
        let Hour::Seen { good, total } = truth else { continue };
        for (code, good, total) in [("200", good, good), ("500", 0.0, total - good)] {
            let key = (format!("{}-by-code{{code=\"{code}\"}}", service.slo), hour);
            let told = desk.hours.get(&key).unwrap_or_else(|| panic!("{key:?} is missing"));
            let (g, t) = (told.good.unwrap(), told.total.unwrap());
            assert!(
                (g - good).abs() <= 0.01 + good * 0.005 && (t - total).abs() <= 0.01 + total * 0.005,
                "{key:?}: {told:?}"
            );
        }
    }
}

async fn a_new_slo_gets_its_past(desk: &mut Desk, server: &Server) {
    let now = desk.clock.now();
    let service = &server.services()[0];
    let slos = std::mem::take(&mut desk.known.slos);
    desk.hours.retain(|(slo, _), _| *slo != service.slo);
    let increment = Window::new(now.plus_hours(-4), now);
    desk.known.slos = slos.iter().filter(|slo| slo.ext_id != service.slo).cloned().collect();
    desk.read("sli_counts", increment).await.unwrap();
    assert!(desk.figures(service, now.plus_days(-20).floor_hour().as_secs()).is_none());
    desk.known.slos = slos;
    desk.read("sli_counts", increment).await.unwrap();
    let read = desk.hours.keys().filter(|(slo, _)| *slo == service.slo).count();
    assert!(read >= 30 * 24, "{read} hours: as many as its window of 30 days needs");
}

async fn means_of_ratios_know_quiet_from_missing(desk: &mut Desk, server: &Server) {
    desk.backfill("sli_ratio", 7).await;
    let mut seen = (0, 0, 0);
    for service in server.services().iter().filter(|service| service.style == Style::Sloth) {
        for (hour, truth) in desk.truths(service) {
            let told = desk.figures(service, hour).and_then(|figures| figures.ratio_count);
            match truth {
                Hour::Missing => {
                    assert_eq!(told, None, "{} at {hour}", service.name);
                    seen.0 += 1;
                }
                Hour::Seen { total: 0.0, .. } => {
                    assert_eq!(told, Some(0.0), "{} at {hour} is quiet", service.name);
                    seen.1 += 1;
                }
                Hour::Seen { .. } if service.quirk != Quirk::LateErrors => {
                    let count = told.unwrap_or_else(|| panic!("{} at {hour} is missing", service.name));
                    assert!(count > 0.0 && count <= 12.5, "{count} samples of 12");
                    seen.2 += 1;
                }
                Hour::Seen { .. } => {}
            }
        }
    }
    assert!(seen.0 == 4 && seen.1 > 100 && seen.2 > 2_000, "{seen:?} missing, quiet, measured");
}

async fn requests_are_few(desk: &mut Desk) {
    let now = desk.clock.now();
    let recent = |hours: i64| Window::new(now.plus_hours(-hours), now);
    let before = desk.connector.requests();
    desk.list().await;
    desk.read("sli_ratio", recent(6)).await.unwrap();
    desk.read("alerts", recent(1)).await.unwrap();
    let (members_of_groups, silent_hours) = (1, 1);
    let sent = desk.connector.requests() - before;
    assert!((3..=3 + members_of_groups + silent_hours).contains(&sent), "{sent} requests");
    let before = desk.connector.requests();
    desk.states.clear();
    desk.read("sli_counts", recent(4)).await.unwrap();
    let slos = u64::try_from(desk.known.slos.len()).unwrap();
    assert!(desk.connector.requests() - before <= slos.div_ceil(5));
    let before = desk.connector.requests();
    desk.read("sli_counts", recent(4)).await.unwrap();
    assert_eq!(desk.connector.requests(), before, "no new hour, no request");
}

async fn alerts_are_the_same_in_any_chunks(desk: &mut Desk, server: &Server) {
    desk.alerts.clear();
    desk.backfill("alerts", 7).await;
    let by_weeks = std::mem::take(&mut desk.alerts);
    desk.backfill("alerts", 2).await;
    assert_eq!(by_weeks, desk.alerts);
    let lookback = 5 * 60 + 60;
    for service in server.services() {
        let told: Vec<&Alert> = by_weeks.values().filter(|a| a.service.as_deref() == Some(&service.name)).collect();
        assert_eq!(told.len(), service.firing.len(), "{}", service.name);
        for (first, last) in &service.firing {
            let alert =
                told.iter().find(|a| a.start.as_secs() == *first).unwrap_or_else(|| panic!("no start at {first}"));
            if let Some(end) = alert.end {
                assert!(
                    (0..=lookback).contains(&(end.as_secs() - last)),
                    "{} ended {} after {last}",
                    service.name,
                    end
                );
            }
        }
    }
}

async fn windows_beyond_the_limit_ask_for_smaller_ones(desk: &mut Desk) {
    let now = desk.clock.now();
    for (stream, days) in [("sli_counts", 500), ("sli_ratio", 500), ("alerts", 8)] {
        let refused = desk.read(stream, Window::new(now.plus_days(-days), now)).await;
        assert!(matches!(refused, Err(ConnectorError::TooLarge { .. })), "{stream}: {refused:?}");
    }
}

async fn without_rules_the_mean_of_ratios_is_left(server: &Server, now: Timestamp) {
    let (url, rules_asked) = proxy(server.url(), true, false).await;
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(&url, now, folder.path(), &[]);
    desk.list().await;
    assert!(desk.notes.iter().any(|note| note.code == "counts_unavailable" && !note.incomplete), "{:?}", desk.notes);
    assert_eq!(desk.known.slos.len(), 5, "Sloth's are found by their series");
    assert!(desk.known.slos.iter().all(|slo| slo.method == BudgetMethod::RatioMean));
    desk.read("sli_ratio", Window::new(now.plus_days(-1), now)).await.unwrap();
    assert!(!desk.hours.is_empty());
    desk.list().await;
    assert_eq!(rules_asked.load(Ordering::SeqCst), 1, "rules are asked for once a day");
}

async fn an_answer_that_is_not_whole_covers_nothing(server: &Server, now: Timestamp) {
    let (url, _) = proxy(server.url(), false, true).await;
    let folder = tempfile::tempdir().unwrap();
    let mut warned = Desk::open(&url, now, folder.path(), &[]);
    warned.list().await;
    assert!(warned.notes.iter().any(|note| note.incomplete && note.message.contains("10.0.0.1")));
    assert!(warned.known.slos.is_empty());
    let mut whole = Desk::open(server.url(), now, folder.path(), &[]);
    whole.list().await;
    warned.known.slos = whole.known.slos;
    for stream in ["sli_ratio", "sli_counts", "alerts"] {
        warned.read(stream, Window::new(now.plus_days(-1), now)).await.unwrap();
        assert!(warned.notes.iter().any(|note| note.incomplete), "{stream}: {:?}", warned.notes);
        assert!(warned.hours.is_empty(), "{stream} yields nothing");
    }
}

async fn a_bad_expression_does_not_stop_the_others(server: &Server, now: Timestamp) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("slo")).unwrap();
    let document = "apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: sliced }\nspec:\n  indicator: { spec: { ratioMetric: { counter: true, good: { metricSource: { type: Prometheus, spec: { query: 'sum(http_requests_total{job=\"svc-000\",code=\"200\"})' } } }, total: { metricSource: { type: Prometheus, spec: { query: 'sum(http_requests_total{job=\"svc-000\"})' } } } } } }\n  timeWindow: [{ duration: 28d, isRolling: true }]\n  budgetingMethod: Timeslices\n  objectives: [{ target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 5m }]\n";
    std::fs::write(folder.path().join("slo/a.yaml"), document).unwrap();
    let table = |name: &str, good: &str| json!({ "name": name, "good": good, "total": "sum(increase(http_requests_total{job=\"svc-000\"}[1h]))", "objective": 0.9, "window": "30d" });
    let tables = [
        table("broken", "sum(increase(http_requests_total"),
        table("plain", "sum(increase(http_requests_total{job=\"svc-000\",code=\"200\"}[1h]))"),
    ];
    let mut desk = Desk::open(server.url(), now, folder.path(), &tables);
    desk.list().await;
    desk.read("sli_counts", Window::new(now.plus_hours(-25), now)).await.unwrap();
    assert!(desk.notes.iter().any(|note| note.message.contains("broken")), "{:?}", desk.notes);
    let hours =
        |id: &str| desk.hours.iter().filter(|((slo, _), _)| slo == id).map(|(_, figures)| *figures).collect::<Vec<_>>();
    assert!(hours("broken").is_empty());
    assert!(hours("plain").len() >= 23, "all hours but the current one, and one that ended just now");
    for slices in hours("sliced") {
        assert_eq!(slices.slices, Some(12.0), "an hour has twelve slices of five minutes");
        assert!(slices.slices_good.is_some_and(|good| (0.0..=12.0).contains(&good)));
    }
    assert!(hours("sliced").len() >= 23);
    assert!(hours(&server.services()[0].slo).len() >= 23, "the others go on");
}

async fn a_clock_ahead_does_not_ask_for_the_future(server: &Server, now: Timestamp) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(server.url(), now.plus_hours(5), folder.path(), &[]);
    desk.connector.check().await.unwrap();
    desk.list().await;
    assert_eq!(desk.known.slos.len(), listed(server), "the inventory is asked for at the server's time");
    let window = Window::new(now.plus_hours(-3), now.plus_hours(5));
    let covered = desk.read("sli_counts", window).await.unwrap().unwrap();
    assert!(covered.end <= now.plus_hours(1), "{covered:?}");
}

async fn a_check_tells_what_works(desk: &Desk) {
    // Where all before took long, the clock of the desk is no longer that of the server.
    desk.clock.set(SystemClock.now());
    let lines = desk.connector.check().await.unwrap();
    assert!(lines.iter().all(|line| line.ok), "{lines:#?}");
    let detail =
        |subject: &str| lines.iter().find(|line| line.subject == subject).map(|line| line.detail.clone()).unwrap();
    assert!(detail("depth of history").contains("60"));
    assert!(detail("find SLOs").starts_with("20"));
}
