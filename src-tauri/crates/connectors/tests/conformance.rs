//! What every kind of source must do, whatever it reads. A kind without a case here fails the suite.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use fairlead_connectors::http::Secrets;
use fairlead_connectors::setting::Setting;
use fairlead_connectors::{Build, Connector, ConnectorError, Kind, Known, Mode, Request, Stream, kinds};
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use fairlead_domain::{Record, Timestamp, Window};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A secret that must be found nowhere.
const CANARY: &str = "canary-7f3a91";
/// A phone number that must be found nowhere.
const PHONE: &str = "+351 912 345 678";

/// One way to set up a kind, and what its upstream does.
struct Case {
    kind: &'static str,
    settings: fn(url: &str) -> Value,
}

/// Every kind, once for each way in which it reaches its upstream.
const CASES: &[Case] = &[
    Case { kind: "pagerduty", settings: |url| json!({ "url": url, "token": { "env": "T" } }) },
    Case { kind: "prometheus", settings: |url| json!({ "url": url, "token": { "env": "T" } }) },
    Case { kind: "alertmanager", settings: |url| json!({ "url": url, "token": { "env": "T" } }) },
    Case { kind: "ical", settings: |url| json!({ "url": format!("{url}/rota.ics"), "token": { "env": "T" } }) },
    Case { kind: "ical", settings: |_| json!({ "file": "rota.ics" }) },
    Case { kind: "ical", settings: |_| json!({ "file": "rota.ics", "use": "leave" }) },
    Case { kind: "scenario", settings: |_| json!({ "part": "pager" }) },
    Case { kind: "scenario", settings: |_| json!({ "part": "metrics" }) },
    Case { kind: "scenario", settings: |_| json!({ "part": "calendar" }) },
];

const NOW: Timestamp = Timestamp::from_secs(1_794_812_400);

struct OneSecret;

#[async_trait]
impl Secrets for OneSecret {
    async fn reveal(&self, _: &SecretRef, _: bool) -> Result<SecretString, ConnectorError> {
        Ok(CANARY.into())
    }
}

/// A weekly rota whose entries carry what must not be kept.
fn rota() -> String {
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Checkout\r\nX-WR-TIMEZONE:Europe/Lisbon\r\n";
    let event = |uid: u32, day: u32, who: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Europe/Lisbon:202611{day}T080000\r\nDURATION:P1D\r\n\
             RRULE:FREQ=WEEKLY\r\nSUMMARY:{who}\r\nATTENDEE;CN={who}:mailto:{who}@harbor.example\r\n\
             DESCRIPTION:call {PHONE}\r\nEND:VEVENT\r\n"
        )
    };
    format!("{head}{}{}END:VCALENDAR\r\n", event(1, 16, "Ines"), event(2, 17, "Yuki"))
}

/// What an Alertmanager answers: an alert and a silence that carry what must not be kept.
fn alertmanager(path: &str) -> Value {
    match path.rsplit('/').next() {
        Some("alerts") => json!([{
            "labels": { "alertname": "DiskFull", "severity": "page" },
            "annotations": { "summary": format!("disk full, call {PHONE}"), "description": format!("or {PHONE}") },
            "startsAt": "2026-11-16T08:40:12.617Z", "endsAt": "2026-11-16T09:04:00.000Z",
            "receivers": [{ "name": format!("ines {PHONE}") }],
            "status": { "state": "active", "silencedBy": [], "inhibitedBy": [] },
        }]),
        Some("silences") => json!([{
            "id": "s1", "status": { "state": "active" }, "createdBy": format!("ines {PHONE}"),
            "comment": format!("call {PHONE}"), "startsAt": "2026-11-16T08:00:00Z", "endsAt": "2026-11-16T12:00:00Z",
            "matchers": [{ "name": "alertname", "value": "DiskFull", "isRegex": false }],
        }]),
        Some("receivers") => json!([{ "name": "page" }]),
        _ => json!({
            "cluster": { "status": "disabled" }, "uptime": "2026-11-01T00:00:00.000Z",
            "config": { "original": format!("password: {CANARY}") }, "versionInfo": { "version": "0.25.0" },
        }),
    }
}

/// An account of PagerDuty whose people, schedules and log carry what must not be kept; `None` for other paths.
fn pager(path: &str) -> Option<Value> {
    let ines = json!({ "id": "P1", "type": "user_reference", "summary": "Ines" });
    let incident = json!({ "id": "I1", "title": "Checkout is slow", "created_at": "2026-11-15T06:00:00Z",
        "status": "acknowledged", "body": { "details": PHONE }, "conference_bridge": { "conference_number": PHONE },
        "assignments": [{ "at": "2026-11-15T06:00:00Z", "assignee": ines }] });
    let notified = json!({ "id": "L1", "type": "notify_log_entry", "created_at": "2026-11-15T06:01:00Z", "user": ines,
        "summary": format!("Notified Ines at {PHONE}"), "incident": incident,
        "channel": { "type": "auto", "notification": { "type": "sms_notification", "address": PHONE } } });
    let (key, entry) = match path.trim_start_matches('/') {
        "users" => ("users", json!({ "id": "P1", "name": format!("Ines {PHONE}"), "email": "ines@harbor.example" })),
        "schedules" => ("schedules", json!({ "id": "S1", "name": "Primary" })),
        "v3/schedules" => ("schedules", json!({ "id": "S2", "summary": "Newer" })),
        "incidents" => ("incidents", incident),
        "log_entries" => ("log_entries", notified),
        list @ ("teams" | "services" | "escalation_policies" | "oncalls" | "maintenance_windows" | "priorities") => {
            return Some(json!({ list: [], "more": false }));
        }
        _ => return None,
    };
    Some(json!({ key: [entry], "more": false, "total": 1 }))
}

/// An upstream that answers every question with something true and empty, and with the rota.
async fn willing(uri: Uri) -> Response {
    let path = uri.path();
    if path.ends_with(".ics") {
        return ([(header::CONTENT_TYPE, "text/calendar")], rota()).into_response();
    }
    if path.contains("/api/v2/") {
        let text = alertmanager(path).to_string();
        return ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    }
    if let Some(answer) = pager(path) {
        return ([(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response();
    }
    let data = match path.rsplit('/').next() {
        Some("rules") => json!({ "groups": [] }),
        Some("runtimeinfo") => json!({ "storageRetention": "15d" }),
        Some("buildinfo") => json!({ "version": "2.42.0" }),
        Some("query_range") => json!({ "resultType": "matrix", "result": [] }),
        _ => json!({ "resultType": "vector", "result": [] }),
    };
    ([(header::CONTENT_TYPE, "application/json")], json!({ "status": "success", "data": data }).to_string())
        .into_response()
}

/// Serves `answer` on loopback until the runtime of the test ends.
async fn serve<F, Fut>(answer: F) -> String
where
    F: Fn(Uri) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response> + Send,
{
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

fn kind_named(name: &str) -> &'static Kind {
    kinds().iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("no kind {name}"))
}

fn build(case: &Case, url: &str, folder: &Path) -> Box<dyn Connector> {
    std::fs::write(folder.join("rota.ics"), rota()).unwrap();
    let build = Build {
        source: "it",
        folder,
        timezone: chrono_tz::Europe::Lisbon,
        slos: &[],
        secrets: Arc::new(OneSecret),
        clock: Arc::new(FixedClock::at(NOW)),
    };
    (kind_named(case.kind).build)(&(case.settings)(url), &build).unwrap()
}

/// What the engine asks of a stream first.
fn window(stream: &Stream) -> Window {
    match stream.mode {
        Mode::ReplaceWindow { back_days, ahead_days } => {
            Window::new(NOW.plus_days(-i64::from(back_days)), NOW.plus_days(i64::from(ahead_days)))
        }
        Mode::Snapshot => Window::new(Timestamp::EARLIEST, NOW),
        Mode::Observed => Window::new(NOW, NOW),
        _ => Window::new(NOW.plus_days(-7), NOW),
    }
}

/// A whole walk of a stream: its records, and how many pages it took.
async fn walk(connector: &dyn Connector, stream: &Stream, known: &Known) -> Result<Vec<Record>, ConnectorError> {
    let (mut records, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..200 {
        let request =
            Request { stream: stream.name, cursor: cursor.as_deref(), window: window(stream), known, now: NOW };
        let batch = connector.fetch(request).await?;
        assert!(batch.covered.is_none_or(|covered| covered.start >= Timestamp::EARLIEST), "{}", stream.name);
        for note in &batch.notes {
            assert!(!note.message.contains(CANARY) && !note.message.is_empty(), "{}: {note:?}", stream.name);
        }
        for item in batch.items {
            let kept = format!("{}{:?}", item.raw.unwrap_or_default(), item.record);
            assert!(!kept.contains("912 345 678"), "{}: a phone number is kept in {kept}", stream.name);
            records.push(item.record);
        }
        if batch.next.is_none() {
            return Ok(records);
        }
        assert_ne!(batch.next, cursor, "{}: the cursor stands still", stream.name);
        cursor = batch.next;
    }
    panic!("{}: the walk does not end", stream.name)
}

#[test]
fn every_kind_has_a_case() {
    let known: BTreeSet<&str> = kinds().iter().map(|kind| kind.name).collect();
    let cased: BTreeSet<&str> = CASES.iter().map(|case| case.kind).collect();
    assert_eq!(known, cased);
}

#[test]
fn every_kind_declares_settings_that_become_a_form_and_a_page() {
    for kind in kinds() {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(kind.name).join("README.md");
        let readme = std::fs::read_to_string(readme).unwrap();
        assert!(!kind.title.is_empty());
        let keys: Vec<&str> = kind.settings.iter().map(|setting| setting.key).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{}: a key twice", kind.name);
        for Setting { key, doc, .. } in kind.settings {
            assert!(doc.ends_with(['.', '`', ')']) && doc.len() > 15, "{}.{key} has no sentence: {doc:?}", kind.name);
            assert!(!["name", "kind"].contains(key), "{}.{key} is every source's", kind.name);
        }
        for heading in ["## Config", "## Streams", "## Limits"] {
            assert!(readme.contains(heading), "{}/README.md says nothing of {heading}", kind.name);
        }
    }
}

#[test]
fn the_streams_are_known_before_the_connector_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let told = (kind_named(case.kind).streams)(&(case.settings)("http://localhost"));
        assert_eq!(told, build(case, "http://localhost", folder.path()).streams(), "{}", case.kind);
        assert!(!told.is_empty(), "{}", case.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_ends_repeats_and_yields_what_it_declares() {
    let url = serve(willing).await;
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let connector = build(case, &url, folder.path());
        let streams = connector.streams();
        let names: BTreeSet<&str> = streams.iter().map(|stream| stream.name).collect();
        assert!(!names.is_empty() && names.len() == streams.len(), "{}: {names:?}", case.kind);
        let known = Known::default();
        for stream in &streams {
            assert!(stream.interval_secs >= 30 && !stream.kinds.is_empty(), "{}.{}", case.kind, stream.name);
            let first = walk(connector.as_ref(), stream, &known).await.unwrap();
            let again = walk(connector.as_ref(), stream, &known).await.unwrap();
            assert_eq!(first, again, "{}.{} yields the same twice", case.kind, stream.name);
            let mut keys = BTreeMap::new();
            for record in &first {
                assert!(stream.kinds.contains(&record.kind()), "{}.{}: {:?}", case.kind, stream.name, record.kind());
                let twice = keys.insert((record.kind(), record.key()), record);
                assert!(twice.is_none(), "{}.{}: {} twice", case.kind, stream.name, record.key());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_works_in_sentences() {
    let url = serve(willing).await;
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let checks = build(case, &url, folder.path()).check().await.unwrap();
        assert!(!checks.is_empty(), "{}", case.kind);
        for check in checks {
            assert!(!check.subject.is_empty() && !check.detail.is_empty(), "{}: {check:?}", case.kind);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_stops_the_source_and_names_no_secret() {
    let url = serve(async |_| (StatusCode::UNAUTHORIZED, format!("bad token {CANARY}")).into_response()).await;
    let folder = tempfile::tempdir().unwrap();
    for case in CASES.iter().filter(|case| (case.settings)("x").get("url").is_some()) {
        let connector = build(case, &url, folder.path());
        let stream = &connector.streams()[0];
        let error = walk(connector.as_ref(), stream, &Known::default()).await.unwrap_err();
        assert_eq!((error.code(), error.stops_source()), ("auth", true), "{}", case.kind);
        assert!(!format!("{error}{error:?}").contains(CANARY), "{}: {error:?}", case.kind);
        assert!(connector.requests() >= 1, "{}: requests are counted", case.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_to_be_left_alone_for_long_is() {
    let busy = async |_| (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "86400")], "").into_response();
    let url = serve(busy).await;
    let folder = tempfile::tempdir().unwrap();
    for case in CASES.iter().filter(|case| (case.settings)("x").get("url").is_some()) {
        let connector = build(case, &url, folder.path());
        let stream = &connector.streams()[0];
        for _ in 0..3 {
            let error = walk(connector.as_ref(), stream, &Known::default()).await.unwrap_err();
            assert_eq!(error.code(), "rate_limited", "{}", case.kind);
        }
        assert_eq!(connector.requests(), 1, "{}: nothing is sent before the time has passed", case.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_for_people_is_told_apart_from_data() {
    let sign_in =
        async |_| ([(header::CONTENT_TYPE, "text/html")], "<html><form>Sign in</form></html>").into_response();
    let url = serve(sign_in).await;
    let folder = tempfile::tempdir().unwrap();
    for case in CASES.iter().filter(|case| (case.settings)("x").get("url").is_some()) {
        let connector = build(case, &url, folder.path());
        let error = walk(connector.as_ref(), &connector.streams()[0], &Known::default()).await.unwrap_err();
        assert_eq!(error.code(), "sign_in_page", "{}", case.kind);
    }
}
