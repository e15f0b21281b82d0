use std::time::{Duration, Instant};

use reqwest::Client;
use rstest::rstest;
use serde_json::Value;

use super::{ask, ids, now, read, start};
use crate::pagerduty::{Fault, Quirks, When};

#[rstest]
#[case(Fault::Status(500), 500)]
#[case(Fault::Status(502), 502)]
#[case(Fault::Status(503), 503)]
#[case(Fault::TooMany(None), 429)]
#[case(Fault::Html, 200)]
#[case(Fault::Truncated, 200)]
#[tokio::test]
async fn a_fault_strikes_once_at_its_request(#[case] fault: Fault, #[case] status: u16) {
    let fake = start(Quirks::default());
    fake.fail_at(When::path("/teams", 2), fault.clone());
    read(&fake, "/teams").await;
    read(&fake, "/users").await;
    let struck = ask(&fake, "/teams").await;
    assert_eq!(struck.status(), status);
    assert_eq!(struck.headers().contains_key("ratelimit-reset"), !matches!(fault, Fault::TooMany(None)));
    let body = struck.text().await.expect("a body");
    let readable = serde_json::from_str::<Value>(&body).is_ok();
    assert_eq!(readable, status == 429, "{body}");
    read(&fake, "/teams").await;
    assert_eq!(fake.log().iter().map(|seen| seen.status).collect::<Vec<_>>(), [200, 200, status, 200]);
}

#[tokio::test]
async fn a_connection_breaks_in_the_middle() {
    let fake = start(Quirks::default());
    fake.fail_next(1, &Fault::Reset);
    let request = Client::new().get(format!("{}/users", fake.url()));
    let request = request.header("authorization", format!("Token token={}", fake.current_token()));
    let request = request.header("accept", super::ACCEPT).header("content-type", "application/json");
    let body = match request.send().await {
        Ok(answer) => answer.bytes().await.map(|bytes| bytes.len()),
        Err(reason) => Err(reason),
    };
    assert!(body.is_err(), "{body:?}");
    read(&fake, "/users").await;
}

#[tokio::test]
async fn a_slow_body_arrives_whole() {
    let fake = start(Quirks::default());
    fake.fail_next(1, &Fault::Slow(300));
    let started = Instant::now();
    assert!(read(&fake, "/users").await["users"].is_array());
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_storm_of_refusals_says_when_it_is_over() {
    let fake = start(Quirks::default());
    fake.fail_next(3, &Fault::TooMany(Some(30)));
    for _ in 0..3 {
        assert_eq!(ask(&fake, "/users").await.headers()["ratelimit-reset"], "30");
    }
    assert_eq!(fake.pace().early.len(), 2);
    read(&fake, "/users").await;
}

#[tokio::test]
async fn pages_repeat_and_never_end_on_demand() {
    let fake = start(Quirks::default());
    let first = read(&fake, "/users?limit=10&offset=0").await;
    fake.fail_at(When::path("/users", 1), Fault::RepeatedPage);
    let second = read(&fake, "/users?limit=10&offset=10").await;
    let page = |page: &Value| ids(page["users"].as_array().expect("rows"));
    assert_eq!(page(&first), page(&second));
    assert_eq!(second["offset"], 10);
    fake.fail_at(When::Always("/log_entries".to_owned()), Fault::MoreForEver);
    for _ in 0..3 {
        let page = read(&fake, "/log_entries?offset=9000&since=2026-11-15T00:00:00Z&until=2026-11-16T00:00:00Z").await;
        assert_eq!((&page["more"], page["log_entries"].as_array().map(Vec::len)), (&Value::Bool(true), Some(0)));
    }
    fake.mend();
    let page = read(&fake, "/log_entries?offset=9000&since=2026-11-15T00:00:00Z&until=2026-11-16T00:00:00Z").await;
    assert_eq!(page["more"], false);
}

#[tokio::test]
async fn the_date_is_the_storys_and_can_be_wrong() {
    let fake = start(Quirks { clock_skew_millis: 90_000, ..Quirks::default() });
    assert_eq!(ask(&fake, "/teams").await.headers()["date"], "Mon, 16 Nov 2026 08:01:30 GMT");
    fake.set(|quirks| quirks.clock_skew_millis = 0);
    fake.mutate(crate::scenario::mutation::Mutation::Pass(now().plus_hours(1)));
    assert_eq!(ask(&fake, "/teams").await.headers()["date"], "Mon, 16 Nov 2026 09:00:00 GMT");
}
