//! The way to PagerDuty: signing in, refusals, and that nothing is ever changed there.

use std::path::PathBuf;

use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;

use super::account::{Account, fixture, reply};
use super::*;

fn whole() -> Account {
    let empty = [
        "teams",
        "services",
        "escalation_policies",
        "schedules",
        "v3/schedules",
        "oncalls",
        "log_entries",
        "maintenance_windows",
        "priorities",
    ];
    let account = Account::default()
        .list("users", fixture(include_str!("../fixtures/users.json")))
        .list("incidents", fixture(include_str!("../fixtures/incidents.json")));
    empty.into_iter().fold(account, |account, path| account.list(path, Vec::new()))
}

async fn read_all(pd: &dyn Connector) -> Vec<(String, Result<Batch, ConnectorError>)> {
    let known = Known { schedules: vec![schedule("PSAME", ScheduleSystem::Layer)], ..Known::default() };
    let mut outcomes = Vec::new();
    for stream in pd.streams() {
        outcomes.push((stream.name.to_owned(), walk(pd, stream.name, &known).await));
    }
    outcomes
}

#[tokio::test]
async fn nothing_but_get_is_sent_with_the_key_in_its_own_scheme() {
    let account = whole().start().await;
    let pd = connector(&account.url);
    pd.check().await.unwrap();
    read_all(pd.as_ref()).await;
    let seen = account.seen();
    assert!(seen.len() > 20);
    for request in &seen {
        assert_eq!(request.method, Method::GET);
        assert_eq!(request.headers[header::AUTHORIZATION], "Token token=k3y");
        assert_eq!(request.headers[header::ACCEPT], "application/vnd.pagerduty+json;version=2");
        assert_eq!(request.headers[header::CONTENT_TYPE], "application/json");
    }
}

#[test]
fn nothing_here_can_ask_in_another_way() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/pagerduty");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut ways = 0;
    for file in files.filter(|file| file.extension().is_some_and(|ext| ext == "rs")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for word in ["post_form", "reqwest", "Method::"] {
            assert!(!text.contains(word), "{name} knows {word}");
        }
        if name != "api.rs" {
            assert!(!text.contains("Http::") && !text.contains("http::Http"), "{name} goes around the api");
        }
        ways += text.matches("self.http.get(").count();
    }
    assert_eq!(ways, 1, "one way out");
}

#[tokio::test]
async fn an_oauth_token_is_a_bearer() {
    let account = whole().start().await;
    let pd = connector_with(&json!({ "url": account.url, "auth": { "bearer": { "env": "T" } } }));
    walk(pd.as_ref(), "users", &Known::default()).await.unwrap();
    assert_eq!(account.seen()[0].headers[header::AUTHORIZATION], "Bearer k3y");
}

#[tokio::test]
async fn a_right_that_is_missing_costs_its_own_stream_alone() {
    let forbidden = |seen: &super::account::Seen, _: usize, _: &mut Account| {
        let denied = json!({ "error": { "code": 2010, "message": "Access Denied" } });
        (seen.path == "log_entries").then(|| reply(StatusCode::FORBIDDEN, &denied))
    };
    let account = whole().start_with(forbidden).await;
    let pd = connector(&account.url);
    for (stream, outcome) in read_all(pd.as_ref()).await {
        match stream.as_str() {
            "log_entries" => {
                let error = outcome.unwrap_err();
                assert_eq!((error.code(), error.stops_source()), ("forbidden", false));
                assert!(error.to_string().contains("who was woken"), "{error}");
            }
            _ => assert!(outcome.is_ok(), "{stream}: {outcome:?}"),
        }
    }
    let checks = pd.check().await.unwrap();
    assert_eq!(checks.len(), 11);
    let failed: Vec<_> = checks.iter().filter(|check| !check.ok).collect();
    assert_eq!(failed.len(), 1);
    assert!(failed[0].detail.contains("who was woken"), "{:?}", failed[0]);
}

#[tokio::test]
async fn a_check_names_priorities_without_a_severity() {
    let priorities = vec![json!({ "id": "1", "name": "P1" }), json!({ "id": "2", "summary": "Urgent" })];
    let account = whole().list("priorities", priorities).start().await;
    let checks = connector(&account.url).check().await.unwrap();
    let check = checks.iter().find(|check| check.subject == "read priorities").unwrap();
    assert_eq!((check.ok, check.warning), (true, Some("severity_unmapped")));
    assert!(check.detail.contains("Urgent") && !check.detail.contains("P1,"), "{check:?}");
}

#[tokio::test]
async fn a_refused_key_ends_the_check() {
    let account = whole().start_with(|_, _, _| Some(reply(StatusCode::UNAUTHORIZED, &json!({})))).await;
    assert_eq!(connector(&account.url).check().await.unwrap_err().code(), "auth");
}

#[rstest::rstest]
#[case::no_list(json!({ "data": [] }), "there is no list")]
#[case::no_object(json!("text"), "there is no list")]
#[tokio::test]
async fn an_answer_that_is_no_list_is_told(#[case] body: Value, #[case] words: &str) {
    let account = whole().start_with(move |_, _, _| Some(reply(StatusCode::OK, &body))).await;
    let error = walk(connector(&account.url).as_ref(), "users", &Known::default()).await.unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_sign_in_page_is_not_data() {
    let page = |_: &super::account::Seen, _: usize, _: &mut Account| {
        Some(([(header::CONTENT_TYPE, "text/html")], "<html>Sign in</html>").into_response())
    };
    let account = whole().start_with(page).await;
    let error = walk(connector(&account.url).as_ref(), "users", &Known::default()).await.unwrap_err();
    assert_eq!(error.code(), "sign_in_page");
}

#[tokio::test]
async fn a_question_that_is_not_taken_is_told_in_their_words() {
    let refuse = |_: &super::account::Seen, _: usize, _: &mut Account| {
        let body = json!({ "error": { "code": 2001, "message": "Invalid Input Provided" } });
        Some(reply(StatusCode::BAD_REQUEST, &body))
    };
    let account = whole().start_with(refuse).await;
    let error = walk(connector(&account.url).as_ref(), "users", &Known::default()).await.unwrap_err();
    assert_eq!(error.code(), "upstream");
    assert!(error.to_string().contains("Invalid Input Provided"), "{error}");
}
