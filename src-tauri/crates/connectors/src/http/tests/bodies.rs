//! Bodies that are too large, too slow, cut off, packed, or not what was due.

use std::io::Write as _;
use std::time::{Duration, Instant};

use fairlead_testkit::effort::used;
use flate2::Compression;
use flate2::write::GzEncoder;
use rstest::rstest;

use super::rig::*;
use crate::ConnectorError;
use crate::http::body::{Body, Refused};

const MIB: usize = 1 << 20;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Bytes that hardly shrink, the same every time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .take(length)
    .collect()
}

fn read(encoding: Option<&str>, limit: usize, sent: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut body = Body::new(encoding, limit)?;
    for chunk in sent.chunks(1_000) {
        body.push(chunk)?;
    }
    body.finish()
}

#[test]
fn a_limit_counts_unpacked_bytes_and_is_exact() {
    let data = noise(3 * MIB);
    assert_eq!(read(None, 3 * MIB, &data).unwrap(), data);
    assert_eq!(read(None, 3 * MIB - 1, &data), Err(Refused::TooLarge));
    assert_eq!(read(Some("gzip"), 3 * MIB, &packed(&data)).unwrap(), data);
    assert_eq!(read(Some("GZIP"), 3 * MIB - 1, &packed(&data)), Err(Refused::TooLarge));
}

#[test]
fn a_bomb_is_noticed_before_the_limit_and_small_zeros_are_fine() {
    assert_eq!(read(Some("gzip"), 100 * MIB, &packed(&vec![0; 50 * MIB])), Err(Refused::Bomb));
    assert_eq!(read(Some("gzip"), 2 * MIB, &packed(&vec![b' '; MIB])).unwrap().len(), MIB);
}

#[rstest]
#[case::cut_off(Some("gzip"), &packed(b"[1, 2, 3]")[..20], Refused::Broken)]
#[case::not_packed(Some("gzip"), b"[1, 2, 3]", Refused::Broken)]
#[case::other_packing(Some("br"), b"[1, 2, 3]", Refused::UnknownEncoding)]
#[case::packed_twice(Some("gzip, gzip"), b"[1, 2, 3]", Refused::UnknownEncoding)]
fn a_damaged_body_is_refused(#[case] encoding: Option<&str>, #[case] sent: &[u8], #[case] due: Refused) {
    assert_eq!(read(encoding, MIB, sent), Err(due));
}

#[test]
fn no_body_is_a_body_even_when_an_encoding_is_named() {
    assert_eq!(read(Some("gzip"), MIB, b""), Ok(Vec::new()));
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    let headers = [("content-encoding", "gzip"), ("content-type", "application/json")];
    let upstream = Upstream::playing(vec![reply(200, &headers, &packed(b"[1,2,3]"))]).await;
    let (http, _) = open(&upstream);
    let answer = http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(answer.json::<Vec<u8>>("numbers").unwrap(), [1, 2, 3]);
    assert_eq!(upstream.seen()[0].header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn a_bomb_ends_fast() {
    let bomb = packed(&vec![0; 100 * MIB]);
    let upstream = Upstream::playing(vec![reply(200, &[("content-encoding", "gzip")], &bomb)]).await;
    let (http, _) = open(&upstream);
    // The upstream and the client share this thread.
    let before = used();
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    assert!(error.to_string().ends_with("it unpacks to more than 200 times its size"), "{error}");
    let took = used().zip(before).map(|(after, before)| after.saturating_sub(before));
    assert!(took.is_none_or(|took| took < Duration::from_secs(2)), "took {took:?}");
    assert_eq!(upstream.count(), 1, "a bomb is not asked for twice");
}

#[rstest]
#[case::declared(Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\n\r\n".to_vec()))]
#[case::undeclared(Reply::Bytes([&b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"[..], &noise(MIB + 1)].concat()))]
#[tokio::test]
async fn a_body_beyond_the_limit_is_refused(#[case] fault: Reply) {
    let upstream = Upstream::playing(vec![fault]).await;
    let (http, _) = open(&upstream);
    let error = http.get("rules", &[], RULES.up_to_mib(1)).await.unwrap_err();
    assert_eq!(error, ConnectorError::BodyTooLarge { host: upstream.host.clone(), limit_mib: 1 });
    assert_eq!(upstream.count(), 1);
}

#[tokio::test]
async fn an_upstream_that_never_answered_is_asked_once() {
    let upstream = Upstream::playing(vec![Reply::Stall(Vec::new())]).await;
    let settings = serde_json::json!({ "url": upstream.url, "timeout_secs": 1 });
    let (http, _) = leaping(&settings, &std::sync::Arc::default());
    for _ in 0..3 {
        let error = http.get("rules", &[], RULES).await.unwrap_err();
        assert_eq!(error, ConnectorError::Timeout { host: upstream.host.clone(), secs: 1 });
    }
    assert_eq!(upstream.count(), 1);
}

#[tokio::test]
async fn an_upstream_that_hangs_is_asked_once_more_and_for_less_time() {
    let replies = vec![json_reply("{}"), Reply::Stall(Vec::new())];
    let upstream = Upstream::playing(replies).await;
    let settings = serde_json::json!({ "url": upstream.url, "timeout_secs": 2 });
    let (http, _) = leaping(&settings, &std::sync::Arc::default());
    http.get("rules", &[], RULES).await.unwrap();
    assert_eq!(http.time_left(), Some(Duration::from_secs(2)));
    for _ in 0..2 {
        assert_eq!(http.get("rules", &[], RULES).await.unwrap_err().code(), "timeout");
        assert_eq!(http.time_left(), None);
    }
    assert_eq!(upstream.count(), 3, "the answer, the question that hangs, and one more try");
}

#[tokio::test]
async fn an_answer_after_a_hang_is_given_its_whole_time_again() {
    let replies = vec![json_reply("{}"), Reply::Stall(Vec::new()), json_reply("{}")];
    let upstream = Upstream::playing(replies).await;
    let settings = serde_json::json!({ "url": upstream.url, "timeout_secs": 1 });
    let (http, _) = leaping(&settings, &std::sync::Arc::default());
    for _ in 0..2 {
        http.get("rules", &[], RULES).await.unwrap();
        assert_eq!(http.time_left(), Some(Duration::from_secs(1)));
    }
    assert_eq!(upstream.count(), 3);
}

#[tokio::test]
async fn an_answer_that_falls_silent_ends() {
    let begun = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1".to_vec();
    let upstream = Upstream::playing(vec![Reply::Stall(begun)]).await;
    let (mut http, _) = open(&upstream);
    http.idle = Duration::from_millis(30);
    let start = Instant::now();
    assert_eq!(http.get("rules", &[], RULES).await.unwrap_err().code(), "timeout");
    // Less than the silence that is allowed unless this test says otherwise.
    assert!(start.elapsed() < crate::http::IDLE, "took {:?}", start.elapsed());
    assert_eq!(upstream.count(), 2);
}

#[rstest]
#[case::declared("text/html; charset=utf-8", "Hello")]
#[case::undeclared("application/json", "\u{feff} <!DOCTYPE html><title>Log in</title>")]
#[case::bare("text/plain", "<HTML>")]
#[tokio::test]
async fn html_is_a_sign_in_page(#[case] kind: &'static str, #[case] body: &'static str) {
    let upstream = Upstream::playing(vec![reply(200, &[("content-type", kind)], body.as_bytes())]).await;
    let (http, _) = open(&upstream);
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    let due = "the token expired, or the proxy wants a browser session";
    assert_eq!(error.to_string(), format!("this is a sign-in page at {}: {due}", upstream.host));
}

#[rstest]
#[case::json("text/html", " {}")]
#[case::calendar("text/html", "BEGIN:VCALENDAR")]
#[case::no_type("", "<wrong>")]
#[tokio::test]
async fn a_wrong_label_does_not_hide_data(#[case] kind: &'static str, #[case] body: &'static str) {
    let upstream = Upstream::playing(vec![reply(200, &[("content-type", kind)], body.as_bytes())]).await;
    let (http, _) = open(&upstream);
    assert_eq!(http.get("", &[], RULES).await.unwrap().body, body.as_bytes());
}

#[derive(Debug, serde::Deserialize)]
#[expect(dead_code, reason = "only its reading is looked at")]
struct Group {
    interval: u32,
}

#[rstest]
#[case::text_for_number(r#"{"interval":"s3cret"}"#, "a value has another type than agreed (line 1, column 20)")]
#[case::missing(r#"{"other":"s3cret"}"#, "missing field `interval` (line 1, column 18)")]
#[case::cut_off(r#"{"interval": "#, "it ends too early (line 1, column 13)")]
#[case::not_json("s3cret", "it is not JSON (line 1, column 1)")]
#[tokio::test]
async fn a_fault_in_json_names_its_place_and_quotes_nothing(#[case] body: &'static str, #[case] due: &str) {
    let upstream = Upstream::playing(vec![json_reply(body)]).await;
    let (http, _) = open(&upstream);
    let answer = http.get("rules", &[], RULES).await.unwrap();
    let error = answer.json::<Group>("rule groups").unwrap_err();
    let host = &upstream.host;
    assert_eq!(error.to_string(), format!("{host} answered something else than rule groups: {due}"));
    assert!(!format!("{answer:?}{error:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_unchanged_resource_is_an_answer_and_marks_are_kept() {
    let marks = [("etag", "\"v7\""), ("last-modified", "Mon, 16 Nov 2026 07:00:00 GMT")];
    let upstream = Upstream::playing(vec![reply(200, &marks, b"BEGIN:VCALENDAR"), status(304, &marks)]).await;
    let (http, _) = open(&upstream);
    let first = http.get("", &[], RULES).await.unwrap();
    assert_eq!((first.etag.as_deref(), first.is_unchanged()), (Some("\"v7\""), false));
    let asked = [("If-None-Match", first.etag.as_deref().unwrap())];
    let second = http.get("", &[], RULES.with_headers(&asked)).await.unwrap();
    assert!(second.is_unchanged() && second.body.is_empty());
    assert_eq!(upstream.seen()[1].header("if-none-match"), Some("\"v7\""));
}

#[rstest]
#[case::ahead("Mon, 16 Nov 2026 08:00:05 GMT", Some(5_000))]
#[case::a_day_behind("Sun, 15 Nov 2026 08:00:00 GMT", Some(-86_400_000))]
#[case::unreadable("yesterday", None)]
#[tokio::test]
async fn the_servers_clock_is_compared_with_ours(#[case] date: &'static str, #[case] due: Option<i64>) {
    let upstream = Upstream::playing(vec![status(204, &[("date", date)])]).await;
    let (http, _) = open(&upstream);
    assert_eq!(http.clock_skew_millis(), None);
    http.get("", &[], RULES).await.unwrap();
    assert_eq!(http.clock_skew_millis(), due);
}
