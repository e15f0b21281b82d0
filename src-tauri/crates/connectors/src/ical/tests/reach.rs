//! What a reading claims to cover, and where feeds come from.

use fairlead_domain::RecordKind;
use rstest::rstest;
use serde_json::json;

use super::{NOW, at, calendar, event, read, window, with_build};
use crate::{ConnectorError, Known, Request};

#[rstest]
#[case("DTSTART:20261124T080000Z\nDURATION:P7D", NOW, "a feed without a past speaks from now on")]
#[case(
    "DTSTART:20261108T080000Z\nDURATION:P7D",
    "2026-11-08T08:00:00Z",
    "a feed with 15 days of past speaks from there on"
)]
#[case(
    "DTSTART:20200101T080000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY",
    "2025-10-19T18:00:00Z",
    "an old series covers the whole window"
)]
fn the_past_that_a_feed_no_longer_shows_is_not_claimed(#[case] lines: &str, #[case] start: &str, #[case] why: &str) {
    let batch = read(&event(lines), &json!({}));
    let covered = batch.covered.expect("a statement");
    assert_eq!((covered.start, covered.end), (at(start), window().end), "{why}");
    assert_eq!(batch.complete.len(), 1);
    let set = &batch.complete[0];
    assert_eq!((set.kind, set.parent.as_str(), set.window), (RecordKind::Shift, "calendar", covered));
    assert_eq!(batch.exhausted, covered.start > window().start);
}

#[test]
fn an_empty_calendar_says_that_nobody_is_on_call_from_now_on() {
    let batch = read(&calendar("X-WR-CALNAME:Empty"), &json!({}));
    assert_eq!(batch.complete[0].window.start, at(NOW));
    assert_eq!(batch.items.len(), 1, "the schedule itself");
}

#[test]
fn a_calendar_that_ends_in_the_middle_lets_nothing_vanish() {
    let whole = event("DTSTART:20261124T080000Z\nDURATION:P7D");
    let batch = read(whole.trim_end().trim_end_matches("END:VCALENDAR"), &json!({}));
    assert!(batch.complete.is_empty());
    assert_eq!(batch.notes[0].code, "calendar_cut");
}

#[rstest]
#[case("")]
#[case("<html><body>sign in</body></html>")]
#[case("BEGIN:VCARD\r\nFN:Ines\r\nEND:VCARD\r\n")]
fn what_is_no_calendar_is_an_error(#[case] text: &str) {
    let settings = super::settings(&json!({})).expect("settings");
    let error =
        super::reading::read(text.as_bytes(), "feed.ics", &settings, window(), at(NOW)).expect_err("no calendar");
    assert_eq!(error.code(), "decode");
}

#[test]
fn the_same_bytes_give_the_same_items_and_state() {
    let feed = include_str!("../fixtures/rota.ics");
    let (a, b) = (read(feed, &json!({})), read(feed, &json!({})));
    assert_eq!((&a.items, &a.state), (&b.items, &b.state));
    assert_ne!(a.state, read(&feed.replace("Ines", "Yuki"), &json!({})).state);
}

async fn fetch(folder: &std::path::Path, values: serde_json::Value) -> Result<crate::Batch, ConnectorError> {
    let connector = with_build(folder, |build| (super::super::KIND.build)(&values, build)).expect("good settings");
    let (known, window, now) = (Known::default(), window(), at(NOW));
    connector.fetch(Request { stream: "shifts", cursor: None, window, known: &known, now }).await
}

#[tokio::test]
async fn files_are_read_by_path_address_and_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("rota.ics"), include_str!("../fixtures/rota.ics")).expect("written");
    let address = format!("file://{}", folder.path().join("rota.ics").display());
    for values in [
        json!({ "url": "rota.ics" }),
        json!({ "file": "rota.ics" }),
        json!({ "url": address }),
        json!({ "url": { "env": "rota.ics" } }),
    ] {
        let batch = fetch(folder.path(), values.clone()).await.expect("read");
        assert!(batch.items.len() > 300, "{values}");
    }
    let missing = fetch(folder.path(), json!({ "url": "none.ics" })).await.expect_err("missing");
    assert!(matches!(&missing, ConnectorError::File { path, .. } if path.ends_with("none.ics")), "{missing}");
    let folder_itself = fetch(folder.path(), json!({ "url": "." })).await.expect_err("a folder");
    assert_eq!(folder_itself.code(), "file");
}

#[tokio::test]
async fn a_huge_file_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("huge.ics")).expect("created");
    file.set_len(200 << 20).expect("sparse");
    let error = fetch(folder.path(), json!({ "file": "huge.ics" })).await.expect_err("too large");
    assert_eq!(
        error,
        ConnectorError::BodyTooLarge { host: folder.path().join("huge.ics").display().to_string(), limit_mib: 10 }
    );
}

#[tokio::test]
async fn feeds_are_read_over_http_up_to_the_limit() {
    let app = axum::Router::new()
        .route("/rota.ics", axum::routing::get(|| async { include_str!("../fixtures/rota.ics") }))
        .route("/huge.ics", axum::routing::get(|| async { vec![b'x'; 200 << 20] }))
        .route("/page", axum::routing::get(|| async { axum::response::Html("<html>sign in</html>") }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move { axum::serve(listener, app).await });
    let folder = std::path::Path::new(".");
    assert!(fetch(folder, json!({ "url": format!("{base}/rota.ics") })).await.expect("read").items.len() > 300);
    let secret = json!({ "url": { "env": format!("{base}/rota.ics?key=canary") } });
    assert!(fetch(folder, secret).await.expect("read").items.len() > 300);
    assert_eq!(
        fetch(folder, json!({ "url": format!("{base}/huge.ics") })).await.expect_err("too large").code(),
        "body_too_large"
    );
    assert_eq!(
        fetch(folder, json!({ "url": format!("{base}/page") })).await.expect_err("a page").code(),
        "sign_in_page"
    );
    server.abort();
}

#[tokio::test]
async fn a_check_says_what_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("goalert.ics"), include_str!("../fixtures/goalert.ics")).expect("written");
    let connector =
        with_build(folder.path(), |build| (super::super::KIND.build)(&json!({ "file": "goalert.ics" }), build))
            .expect("good settings");
    let checks = connector.check().await.expect("reachable");
    assert_eq!(checks[0].detail, "found 1 schedule, 2 person, 2 shift");
    assert_eq!((connector.requests(), connector.clock_skew_millis()), (0, None));
}
