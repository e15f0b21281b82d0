use rstest::rstest;
use serde_json::json;

use super::*;
use crate::http::tests::rig::{Reply, Upstream, json_reply, leaping, reply, status};

const DAY: Grid = Grid { from: 0, to: 86_400, step: 3_600 };

/// A server that answers every question so, and waits of no length.
async fn serving(answer: Reply) -> (Upstream, Api) {
    let upstream = Upstream::playing(vec![answer]).await;
    let (http, _) = leaping(&json!({ "url": upstream.url, "timeout_secs": 1 }), &Default::default());
    (upstream, Api::new(http))
}

fn refusal(status: u16, kind: &str, words: &str) -> Reply {
    let body = json!({ "status": "error", "errorType": kind, "error": words }).to_string();
    reply(status, &[("content-type", "application/json")], body.as_bytes())
}

#[rstest]
#[case(400)]
#[case(422)]
#[tokio::test]
async fn a_refusal_keeps_its_status(#[case] status: u16) {
    let (upstream, api) = serving(refusal(status, "bad_data", "parse error: unexpected end")).await;
    let Asked::Refused(refusal) = api.instant("up{", 0).await.unwrap() else { panic!("it was refused") };
    assert_eq!((refusal.status, refusal.reason.as_str()), (status, "parse error: unexpected end"));
    let told = api.failed(refusal).to_string();
    assert_eq!(told, format!("{} failed (HTTP {status}): parse error: unexpected end", upstream.host));
    assert!(matches!(api.range("up{", DAY).await, Ok(Asked::Refused(Refusal { status: s, .. })) if s == status));
}

#[rstest]
#[case(422, "execution", "query processing would load too many samples into memory")]
#[case(503, "timeout", "query timed out in expression evaluation")]
#[tokio::test]
async fn only_of_a_window_less_can_be_asked(#[case] status: u16, #[case] kind: &str, #[case] words: &str) {
    let (_upstream, api) = serving(refusal(status, kind, words)).await;
    assert!(matches!(api.range("up", DAY).await, Err(ConnectorError::TooLarge { .. })));
    let told = match api.instant("up", 0).await {
        Ok(Asked::Refused(refusal)) => api.failed(refusal).to_string(),
        Err(error) => error.to_string(),
        Ok(answered) => panic!("{answered:?}"),
    };
    assert!(told.contains(&format!("HTTP {status}")) && told.contains(words) && !told.contains("window"), "{told}");
}

#[rstest]
#[case::by_a_web_server(reply(404, &[("content-type", "text/html")], b"<h1>404</h1>"))]
#[case::by_an_interface(reply(404, &[("content-type", "application/json")], b"{\"message\":\"no route\"}"))]
#[case::without_a_word(status(404, &[]))]
#[tokio::test]
async fn a_path_that_nothing_answers_says_what_to_check(#[case] answer: Reply) {
    let (_upstream, api) = serving(answer).await;
    let told = api.instant("up", 0).await.unwrap_err().to_string();
    assert!(
        told.contains("HTTP 404") && told.contains("/api/v1/query") && told.contains("check the path in url"),
        "{told}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_hung_server_is_not_asked_larger_questions() {
    let (upstream, api) = serving(Reply::Stall(Vec::new())).await;
    let error = api.instant("up", 0).await.unwrap_err();
    assert!(matches!(error, ConnectorError::Timeout { .. }), "{error:?}");
    let asked = upstream.count();
    let week = Grid { to: 7 * 86_400, ..DAY };
    assert_eq!(api.range("up", week).await.unwrap_err(), error, "it fails at once, and smaller windows are no help");
    assert_eq!(upstream.count(), asked);
}

/// What `/api/v1/status/runtimeinfo` says of the retention.
fn keeps(retention: &str) -> Reply {
    json_reply(&json!({ "status": "success", "data": { "storageRetention": retention } }).to_string())
}

#[rstest]
#[case::told(keeps("15d or 10GiB"), Retention::Kept(Duration::from_hours(15 * 24)))]
#[case::bounded_by_size_alone(keeps("10GiB"), Retention::Untold)]
#[case::refused_by_the_proxy(status(403, &[]), Retention::Untold)]
#[case::not_offered(status(404, &[]), Retention::Untold)]
#[case::something_else_went_wrong(reply(200, &[("content-type", "text/html")], b"<h1>sign in</h1>"), Retention::Unread)]
#[tokio::test]
async fn what_is_not_told_of_the_retention_is_unknown(#[case] answer: Reply, #[case] expected: Retention) {
    let (_upstream, api) = serving(answer).await;
    assert_eq!(api.retention().await.unwrap_or(Retention::Unread), expected);
}
