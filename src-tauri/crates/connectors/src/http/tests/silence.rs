//! No secret in any message, whatever goes wrong; and a request that is dropped leaves nothing locked.

use std::sync::Arc;

use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::rig::*;
use crate::http::told;

const CANARY: &str = "c4n4ry";

#[rstest]
#[case::unauthorised(reply(401, &[], CANARY.as_bytes()))]
#[case::forbidden(reply(403, &[("www-authenticate", CANARY)], CANARY.as_bytes()))]
#[case::not_found(reply(404, &[], CANARY.as_bytes()))]
#[case::server_fault(reply(500, &[], CANARY.as_bytes()))]
#[case::limited(reply(429, &[("retry-after", "9000")], CANARY.as_bytes()))]
#[case::sign_in(reply(200, &[("content-type", "text/html")], CANARY.as_bytes()))]
#[case::elsewhere(status(302, &[("location", "https://x.example/c4n4ry?c4n4ry=c4n4ry")]))]
#[case::sign_in_elsewhere(status(302, &[("location", "https://sso.example/c4n4ry?c4n4ry=c4n4ry")]))]
#[case::user_in_redirect(status(302, &[("location", "https://c4n4ry:c4n4ry@x.example/")]))]
#[case::truncated(Reply::Bytes(format!("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{CANARY}").into_bytes()))]
#[case::no_http(Reply::Bytes(CANARY.as_bytes().to_vec()))]
#[case::bad_header(Reply::Bytes(format!("HTTP/1.1 200 OK\r\n{CANARY}\u{0}: x\r\n\r\n").into_bytes()))]
#[case::not_packed(reply(200, &[("content-encoding", "gzip")], CANARY.as_bytes()))]
#[case::other_packing(reply(200, &[("content-encoding", CANARY)], CANARY.as_bytes()))]
#[case::reset(Reply::Reset)]
#[tokio::test]
async fn no_failure_tells_a_secret(#[case] fault: Reply) {
    let upstream = Upstream::playing(vec![fault]).await;
    let vault = Vault::default()
        .holding("URL", &format!("{}/{CANARY}?{CANARY}={CANARY}", upstream.url))
        .holding("T", CANARY)
        .holding("K", CANARY);
    let settings = json!({
        "url": { "command": "URL" },
        "token": { "command": "T" },
        "auth": { "headers": { "X-API-Key": { "file": "K" } } },
    });
    let (http, _) = leaping(&settings, &Arc::new(vault));
    let asked = [(CANARY, CANARY)];
    for error in
        [http.get(CANARY, &asked, RULES).await.unwrap_err(), http.post_form(CANARY, &asked, RULES).await.unwrap_err()]
    {
        let told = format!("{error} {error:?} {http:?}");
        assert!(!told.contains(CANARY), "{told}");
    }
}

#[tokio::test]
async fn a_dropped_request_frees_its_turn() {
    let upstream = Upstream::playing(vec![Reply::Stall(Vec::new()), json_reply("{}")]).await;
    let (http, _) = open(&upstream);
    let http = Arc::new(http);
    let asking = Arc::clone(&http);
    let call = tokio::spawn(async move { asking.get("rules", &[], RULES).await });
    upstream.arrived.notified().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    http.get("rules", &[], RULES).await.unwrap();
}

#[tokio::test]
async fn requests_of_a_source_follow_each_other() {
    let upstream = Upstream::playing(vec![json_reply("{}")]).await;
    let (http, _) = open(&upstream);
    assert_eq!(http.turns.available_permits(), 1);
    let http = http.with_parallel(std::num::NonZeroU32::MIN.saturating_add(1));
    assert_eq!(http.turns.available_permits(), 2);
    let held = http.turns.acquire().await.unwrap();
    http.get("rules", &[], RULES).await.unwrap();
    drop(held);
}

proptest! {
    #[test]
    fn no_header_breaks_the_reading_of_waits(value in "\\PC{0,40}", number in any::<f64>()) {
        let now = fairlead_domain::Timestamp::from_secs(NOW);
        for text in [value, number.to_string()] {
            let mut headers = reqwest::header::HeaderMap::new();
            let Ok(text) = reqwest::header::HeaderValue::try_from(text) else { continue };
            for name in ["retry-after", "ratelimit-reset", "x-ratelimit-remaining", "ratelimit-limit", "date"] {
                headers.insert(name, text.clone());
            }
            let longest = std::time::Duration::from_secs(86_400);
            prop_assert!(told::wait(&headers, now).is_none_or(|wait| wait <= longest));
            prop_assert!(told::breather(&headers, now).is_none_or(|wait| wait <= longest));
        }
    }
}
