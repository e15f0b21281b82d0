use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use fairlead_domain::alert::Alert;
use fairlead_domain::record::{Record, ReplaceSet};
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use fairlead_domain::{Clock, RecordKind, Timestamp, Window};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::super::KIND;
use crate::http::Secrets;
use crate::{Batch, Build, Connector, ConnectorError, Known, Request};

struct NoSecret;

#[async_trait]
impl Secrets for NoSecret {
    async fn reveal(&self, _: &SecretRef, _: bool) -> Result<SecretString, ConnectorError> {
        panic!("no secret is configured")
    }
}

/// A server that answers as it is told, without a date, and notes what it was asked.
#[derive(Clone)]
struct Upstream {
    url: String,
    answers: Arc<Mutex<Answers>>,
}

#[derive(Default)]
struct Answers {
    alerts: Value,
    silences: Value,
    status: Value,
    asked: Vec<(Method, String)>,
}

impl Upstream {
    async fn start() -> Self {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let answers = Arc::new(Mutex::new(Answers {
            alerts: read(include_str!("../fixtures/alerts.json")),
            silences: read(include_str!("../fixtures/silences.json")),
            status: read(include_str!("../fixtures/status.json")),
            asked: Vec::new(),
        }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/pre/fix", listener.local_addr().unwrap());
        let told = Arc::clone(&answers);
        let router = Router::new().fallback(async move |method: Method, uri: Uri| answer(&told, method, &uri));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, answers }
    }

    fn tell(&self, change: impl FnOnce(&mut Answers)) {
        change(&mut self.answers.lock().unwrap());
    }

    fn connector(&self, settings: &Value, clock: &FixedClock) -> Box<dyn Connector> {
        let mut settings = settings.clone();
        settings["url"] = json!(self.url);
        let build = Build {
            source: "am",
            folder: std::path::Path::new("."),
            timezone: chrono_tz::UTC,
            slos: &[],
            secrets: Arc::new(NoSecret),
            clock: Arc::new(clock.clone()),
        };
        (KIND.build)(&settings, &build).unwrap()
    }
}

fn answer(answers: &Mutex<Answers>, method: Method, uri: &Uri) -> Response {
    let mut answers = answers.lock().unwrap();
    answers.asked.push((method, uri.to_string()));
    let body = match uri.path().strip_prefix("/pre/fix/api/v2/") {
        Some("alerts") => &answers.alerts,
        Some("silences") => &answers.silences,
        Some("status") => &answers.status,
        Some("receivers") => &json!([{ "name": "page-web" }]),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // The server's own date would be the machine's, and the test's clock is another.
    ([(header::CONTENT_TYPE, "application/json"), (header::DATE, "never")], body.to_string()).into_response()
}

fn clock() -> FixedClock {
    FixedClock::at(Timestamp::parse_rfc3339("2026-11-16T09:00:00Z").unwrap())
}

async fn fetch(connector: &dyn Connector, stream: &str, known: &Known, clock: &FixedClock) -> Batch {
    let now = clock.now();
    let request = Request { stream, cursor: None, window: Window::new(now, now), known, now };
    connector.fetch(request).await.unwrap()
}

fn alerts(batch: &Batch) -> Vec<Alert> {
    let alert = |item: &fairlead_domain::Item| match &item.record {
        Record::Alert(alert) => alert.clone(),
        other => panic!("{other:?}"),
    };
    batch.items.iter().map(alert).collect()
}

#[tokio::test]
async fn it_is_asked_beneath_its_prefix_and_with_get_alone() {
    let upstream = Upstream::start().await;
    let clock = clock();
    let connector = upstream.connector(&json!({}), &clock);
    fetch(connector.as_ref(), "alerts", &Known::default(), &clock).await;
    fetch(connector.as_ref(), "silences", &Known::default(), &clock).await;
    let checks = connector.check().await.unwrap();
    assert!(checks.iter().all(|check| check.ok), "{checks:?}");
    let details: Vec<&str> = checks.iter().map(|check| check.detail.as_str()).collect();
    let expected = [
        "version 0.25.0",
        "it has run for long enough to know what fires",
        "2 peers; silences are shared",
        "3 fire, 2 of them silenced or inhibited",
        "3 listed, 1 of them active",
        "1 are told",
    ];
    assert_eq!(details, expected);
    let asked = upstream.answers.lock().unwrap().asked.clone();
    assert_eq!(connector.requests(), asked.len() as u64);
    assert!(asked.iter().all(|(method, path)| *method == Method::GET && path.starts_with("/pre/fix/api/v2/")));
}

#[tokio::test]
async fn a_restart_is_not_the_end_of_every_alert() {
    let upstream = Upstream::start().await;
    let clock = clock();
    let connector = upstream.connector(&json!({ "resend_secs": 120 }), &clock);
    let first = fetch(connector.as_ref(), "alerts", &Known::default(), &clock).await;
    assert_eq!((alerts(&first).len(), first.notes.len()), (3, 0));
    let known = Known { firing_alerts: alerts(&first), state: first.state, ..Known::default() };

    clock.set(clock.now().plus_millis(60_000));
    let started = clock.now().plus_millis(-10_000).to_rfc3339();
    upstream.tell(|answers| {
        answers.alerts = json!([]);
        answers.status["uptime"] = json!(started);
    });
    let restarted = fetch(connector.as_ref(), "alerts", &known, &clock).await;
    assert!(restarted.items.is_empty(), "nothing is said to be over: {:?}", restarted.items);
    assert_eq!(restarted.notes[0].code, "just_restarted");
    assert!(restarted.notes[0].incomplete && restarted.notes[0].message.contains("started 10 s ago"));

    clock.set(clock.now().plus_millis(109_999));
    assert!(fetch(connector.as_ref(), "alerts", &known, &clock).await.items.is_empty());
    clock.set(clock.now().plus_millis(1));
    let settled = fetch(connector.as_ref(), "alerts", &known, &clock).await;
    let over = alerts(&settled);
    assert_eq!((over.len(), settled.notes.len()), (3, 0));
    // It was last seen at the first look, 170 s ago: what failed to be whole in between proves nothing.
    assert!(over.iter().all(|alert| alert.end == Some(clock.now()) && alert.resolution_secs == 170), "{over:?}");
}

#[tokio::test]
async fn who_does_not_tell_its_start_is_believed_with_a_word_about_it() {
    let upstream = Upstream::start().await;
    upstream.tell(|answers| answers.status = json!({ "cluster": null, "uptime": null, "versionInfo": null }));
    let clock = clock();
    let connector = upstream.connector(&json!({}), &clock);
    let batch = fetch(connector.as_ref(), "alerts", &Known::default(), &clock).await;
    assert_eq!((batch.notes[0].code, batch.notes[0].incomplete), ("restarts_untold", false));
    let checks = connector.check().await.unwrap();
    assert!(checks.iter().any(|check| check.subject == "tell a restart" && !check.ok));
}

#[tokio::test]
async fn what_cannot_be_understood_is_not_over() {
    let upstream = Upstream::start().await;
    let clock = clock();
    let connector = upstream.connector(&json!({}), &clock);
    let known = Known {
        firing_alerts: alerts(&fetch(connector.as_ref(), "alerts", &Known::default(), &clock).await),
        ..Known::default()
    };
    upstream.tell(|answers| answers.alerts[0]["startsAt"] = json!("?"));
    let batch = fetch(connector.as_ref(), "alerts", &known, &clock).await;
    assert_eq!((batch.notes[0].code, batch.notes[0].incomplete), ("alert_odd", true));
    assert!(alerts(&batch).iter().all(|alert| alert.end.is_none()));
}

#[tokio::test]
async fn silences_that_are_over_are_never_said_to_have_vanished() {
    let upstream = Upstream::start().await;
    let clock = clock();
    let connector = upstream.connector(&json!({}), &clock);
    let batch = fetch(connector.as_ref(), "silences", &Known::default(), &clock).await;
    assert_eq!(batch.items.len(), 3);
    let window = Window::new(clock.now(), Timestamp::LATEST);
    let open = ReplaceSet { kind: RecordKind::Silence, parent: String::new(), window };
    assert_eq!(batch.complete, [open]);
}
