//! Nobody is asked earlier, or more often, than they said.

use std::num::NonZeroU32;
use std::time::Duration;

use fairlead_domain::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rstest::rstest;

use super::rig::*;
use crate::ConnectorError;
use crate::http::gate::Gate;
use crate::http::ticks::{RuntimeTicks, Ticks};
use crate::http::{Share, told};

const DATE: (&str, &str) = ("date", "Mon, 16 Nov 2026 09:00:00 GMT");

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    lines.iter().map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

#[rstest]
#[case::seconds(&[("retry-after", "30")], Some(30.0))]
#[case::fraction_rounds_up(&[("retry-after", "1.2")], Some(2.0))]
#[case::date_by_our_clock(&[("retry-after", "Mon, 16 Nov 2026 08:00:45 GMT")], Some(45.0))]
#[case::date_by_their_clock(&[DATE, ("retry-after", "Mon, 16 Nov 2026 09:00:45 GMT")], Some(45.0))]
#[case::date_in_the_past(&[("retry-after", "Mon, 16 Nov 2026 07:00:00 GMT")], Some(0.0))]
#[case::reset_span(&[("ratelimit-reset", "17")], Some(17.0))]
#[case::reset_epoch(&[("x-ratelimit-reset", "1794816060")], Some(60.0))]
#[case::reset_epoch_millis(&[("x-ratelimit-reset", "1794816060000")], Some(60.0))]
#[case::reset_epoch_by_their_clock(&[DATE, ("x-ratelimit-reset", "1794819610")], Some(10.0))]
#[case::retry_after_counts_first(&[("retry-after", "5"), ("ratelimit-reset", "50")], Some(5.0))]
#[case::unreadable_falls_through(&[("retry-after", "soon"), ("ratelimit-reset", "50")], Some(50.0))]
#[case::negative(&[("retry-after", "-5")], None)]
#[case::endless(&[("retry-after", "inf")], None)]
#[case::not_a_number(&[("retry-after", "NaN")], None)]
#[case::beyond_all_numbers(&[("x-ratelimit-reset", "1e300")], Some(86_400.0))]
#[case::longer_than_a_day(&[("retry-after", "999999999")], Some(86_400.0))]
#[case::silence(&[], None)]
fn every_form_of_a_told_wait_is_read(#[case] lines: &[(&'static str, &'static str)], #[case] secs: Option<f64>) {
    let told = told::wait(&headers(lines), Timestamp::from_secs(NOW));
    assert_eq!(told, secs.map(Duration::from_secs_f64));
}

#[rstest]
#[case::plenty(&[("ratelimit-remaining", "16"), ("ratelimit-reset", "9")], None)]
#[case::nearly_used_up(&[("ratelimit-remaining", "15"), ("ratelimit-reset", "9")], Some(9))]
#[case::vendor_prefix(&[("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "1794816007")], Some(7))]
#[case::no_reset_named(&[("ratelimit-remaining", "0")], Some(60))]
#[case::small_limit_in_use(&[("ratelimit-remaining", "9"), ("ratelimit-limit", "20")], None)]
#[case::small_limit_nearly_used_up(&[("ratelimit-remaining", "5"), ("ratelimit-limit", "20")], Some(60))]
#[case::silence(&[], None)]
fn a_limit_is_not_used_up(#[case] lines: &[(&'static str, &'static str)], #[case] secs: Option<u64>) {
    let pause = told::breather(&headers(lines), Timestamp::from_secs(NOW));
    assert_eq!(pause, secs.map(Duration::from_secs));
}

#[rstest]
#[case::seconds(429, ("retry-after", "30"), 30)]
#[case::date(429, ("retry-after", "Mon, 16 Nov 2026 08:02:00 GMT"), 120)]
#[case::reset(429, ("ratelimit-reset", "12"), 12)]
#[case::epoch(429, ("x-ratelimit-reset", "1794816300"), 300)]
#[case::maintenance(503, ("retry-after", "90"), 90)]
#[tokio::test]
async fn a_retry_is_never_earlier_than_told(
    #[case] code: u16,
    #[case] header: (&'static str, &'static str),
    #[case] secs: u64,
) {
    let upstream = Upstream::playing(vec![status(code, &[header]), json_reply("{}")]).await;
    let (http, ticks) = open(&upstream);
    http.get("rules", &[], RULES).await.unwrap();
    let waited = ticks.elapsed();
    assert!(waited >= Duration::from_secs(secs), "{waited:?} is less than {secs} s");
    assert!(waited <= Duration::from_secs(secs + 2), "{waited:?} is idle time");
    assert_eq!(http.requests(), 2);
}

#[tokio::test]
async fn whoever_asks_for_a_day_is_left_alone_at_once_and_afterwards() {
    let upstream = Upstream::playing(vec![status(429, &[("retry-after", "86400")]), json_reply("{}")]).await;
    let (http, ticks) = open(&upstream);
    for _ in 0..3 {
        let refused = http.get("rules", &[], RULES).await.unwrap_err();
        let due = ConnectorError::RateLimited { host: upstream.host.clone(), retry_after_secs: Some(86_400) };
        assert_eq!(refused, due);
    }
    assert_eq!((upstream.count(), ticks.waits().len()), (1, 0), "the two later calls sent nothing");
    ticks.wait(Duration::from_secs(86_400)).await;
    http.get("rules", &[], RULES).await.unwrap();
}

#[tokio::test]
async fn pauses_double_and_five_tries_are_all() {
    let upstream = Upstream::playing(vec![status(500, &[])]).await;
    let (http, ticks) = open(&upstream);
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    assert!(matches!(error, ConnectorError::Upstream { status: 500, .. }), "{error:?}");
    assert_eq!(upstream.count(), 5);
    let bounds = [1, 2, 4, 8].map(Duration::from_secs);
    assert_eq!(ticks.waits().len(), 4);
    for (waited, least) in ticks.waits().into_iter().zip(bounds) {
        assert!(waited >= least && waited <= least * 2, "{waited:?} for {least:?}");
    }
}

#[rstest]
#[case::limited_without_a_time(429, 5, "rate_limited")]
#[case::bad_gateway(502, 5, "upstream")]
#[case::not_found(404, 1, "upstream")]
#[case::bad_request(400, 1, "upstream")]
#[case::not_implemented(501, 1, "upstream")]
#[case::unauthorised(401, 1, "auth")]
#[case::forbidden(403, 1, "forbidden")]
#[case::proxy_wants_a_password(407, 1, "network")]
#[tokio::test]
async fn what_cannot_pass_is_not_tried_again(#[case] code: u16, #[case] requests: u64, #[case] error: &str) {
    let upstream = Upstream::playing(vec![status(code, &[])]).await;
    let (http, _) = open(&upstream);
    assert_eq!(http.get("rules", &[], RULES).await.unwrap_err().code(), error);
    assert_eq!(http.requests(), requests);
}

#[rstest]
#[case::resets(Reply::Reset)]
#[case::truncated(Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()))]
#[case::no_answer(Reply::Bytes(Vec::new()))]
#[tokio::test]
async fn a_broken_connection_is_tried_again(#[case] fault: Reply) {
    let upstream = Upstream::playing(vec![fault.clone(), fault.clone(), json_reply("[7]")]).await;
    let (http, ticks) = open(&upstream);
    let answer = http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(answer.json::<Vec<u8>>("a list").unwrap(), [7]);
    assert_eq!((upstream.count(), ticks.waits().len()), (3, 2));

    let dead = Upstream::playing(vec![fault]).await;
    let (http, _) = open(&dead);
    assert_eq!(http.get("rules", &[], RULES).await.unwrap_err().code(), "network");
    assert_eq!(dead.count(), 5);
}

#[tokio::test]
async fn a_refused_connection_is_said_at_once() {
    let upstream = Upstream::playing(vec![json_reply("{}")]).await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let (http, ticks) = leaping(&serde_json::json!({ "url": format!("http://{address}") }), &Default::default());
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{address} cannot be reached: nothing listens there (connection refused)"));
    assert_eq!((ticks.waits().len(), upstream.count()), (0, 0));
}

#[tokio::test]
async fn a_body_that_the_connector_reads_is_neither_retried_nor_lost() {
    let body = br#"{"status":"error","errorType":"timeout"}"#;
    let json = reply(503, &[("content-type", "application/json")], body);
    let upstream = Upstream::playing(vec![json]).await;
    let (http, _) = open(&upstream);
    let answer = http.post_form("api/v1/query", &[("query", "up")], RULES.reading(&[400, 422, 503])).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice(), upstream.count()), (503, &body[..], 1));
    assert_eq!(upstream.seen()[0].body, "query=up");

    let balancer = Upstream::playing(vec![reply(503, &[("content-type", "text/html")], b"<html>"), json_reply("{}")]);
    let balancer = balancer.await;
    let (http, _) = open(&balancer);
    assert_eq!(http.get("rules", &[], RULES.reading(&[503])).await.unwrap().status, 200, "not the connector's to read");
}

#[tokio::test]
async fn a_nearly_used_up_limit_holds_the_next_request_back() {
    let low = [("ratelimit-remaining", "4"), ("ratelimit-reset", "23")];
    let upstream = Upstream::playing(vec![status(200, &low), json_reply("{}")]).await;
    let (http, ticks) = open(&upstream);
    http.get("rules", &[], RULES).await.unwrap();
    assert!(ticks.waits().is_empty());
    http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(ticks.waits(), [Duration::from_secs(23)]);
}

#[rstest]
#[case::a_quarter_for_news(Share::Incremental, 30)]
#[case::half_for_the_past(Share::Backfill, 60)]
#[tokio::test]
async fn a_published_limit_is_shared_with_others(#[case] share: Share, #[case] per_minute: u32) {
    let ticks = std::sync::Arc::new(LeapingTicks::default());
    let gate = Gate::new(ticks.clone(), NonZeroU32::new(120));
    let requests = 10 + per_minute * 3;
    for _ in 0..requests {
        gate.pass(share, None).await.unwrap();
    }
    let minutes = ticks.elapsed().as_secs_f64() / 60.0;
    assert!((2.99..3.1).contains(&minutes), "ten at once, then {per_minute} a minute: took {minutes} min");
}

#[tokio::test(start_paused = true)]
async fn the_runtime_waits_as_long_as_it_says() {
    let ticks = RuntimeTicks::start();
    ticks.wait(Duration::from_secs(300)).await;
    assert!(ticks.elapsed() >= Duration::from_secs(300));
    let gate = Gate::new(std::sync::Arc::new(ticks), None);
    gate.close_for(Duration::from_secs(40), None);
    gate.close_for(Duration::from_secs(10), None);
    let before = tokio::time::Instant::now();
    gate.pass(Share::Incremental, None).await.unwrap();
    assert!(before.elapsed() >= Duration::from_secs(40), "the longer closing counts");
}

#[tokio::test]
async fn a_lane_has_its_own_pace_and_its_own_closing() {
    let ticks = std::sync::Arc::new(LeapingTicks::default());
    let gate = Gate::new(ticks.clone(), NonZeroU32::new(9_600)).with_lane("slow", NonZeroU32::new(60).unwrap());
    for _ in 0..11 {
        gate.pass(Share::Incremental, Some("slow")).await.unwrap();
    }
    // A quarter of 60 a minute: ten at once, the eleventh after four seconds.
    assert!(ticks.elapsed() >= Duration::from_secs(4), "{:?}", ticks.elapsed());
    let before = ticks.elapsed();
    gate.close_for(Duration::from_secs(100), Some("slow"));
    gate.close_for(Duration::from_secs(2), Some("nobody's lane"));
    gate.pass(Share::Incremental, None).await.unwrap();
    let waited = ticks.elapsed() - before;
    assert!(
        (Duration::from_secs(2)..Duration::from_secs(3)).contains(&waited),
        "an unknown lane is everybody's: {waited:?}"
    );
    gate.pass(Share::Incremental, Some("slow")).await.unwrap();
    assert!(ticks.elapsed() - before >= Duration::from_secs(100));
}
