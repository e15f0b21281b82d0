//! Who asks, where, and what happens when a secret has gone stale.

use std::sync::Arc;

use rstest::rstest;
use serde_json::{Value, json};

use super::rig::*;
use crate::ConnectorError;
use crate::http::address;
use reqwest::Url;

async fn asked(auth: Value, vault: Vault) -> Seen {
    let upstream = Upstream::playing(vec![json_reply("{}")]).await;
    let mut settings = auth;
    settings["url"] = json!(upstream.url);
    let (http, _) = leaping(&settings, &Arc::new(vault));
    http.get("rules", &[], RULES).await.unwrap();
    upstream.seen().remove(0)
}

#[rstest]
#[case::nobody(json!({ "auth": "none" }), "authorization", None)]
#[case::basic(
    json!({ "auth": { "basic": { "user": "mara", "password": { "env": "T" } } } }),
    "authorization",
    Some("Basic bWFyYTpjYW5hcnk=")
)]
#[case::bearer(json!({ "auth": { "bearer": { "keychain": "T" } } }), "authorization", Some("Bearer canary"))]
#[case::token(json!({ "token": { "command": "T" } }), "authorization", Some("Bearer canary"))]
#[case::tenant(json!({ "auth": { "headers": { "X-Scope-OrgID": "team-1" } } }), "x-scope-orgid", Some("team-1"))]
#[case::key(json!({ "auth": { "headers": { "X-API-Key": { "file": "T" } } } }), "x-api-key", Some("canary"))]
#[case::token_beside_tenant(
    json!({ "token": { "env": "T" }, "auth": { "headers": { "X-Scope-OrgID": "team-1" } } }),
    "authorization",
    Some("Bearer canary")
)]
#[tokio::test]
async fn every_way_to_sign_in(#[case] auth: Value, #[case] header: &str, #[case] due: Option<&str>) {
    let seen = asked(auth, Vault::default().holding("T", "canary")).await;
    assert_eq!(seen.header(header), due);
}

#[tokio::test]
async fn a_connector_cannot_replace_credentials() {
    let upstream = Upstream::playing(vec![json_reply("{}")]).await;
    let settings = json!({ "url": upstream.url, "token": { "env": "T" } });
    let (http, _) = leaping(&settings, &Arc::new(Vault::default().holding("T", "canary")));
    let headers = [("Authorization", "Bearer other"), ("Accept-Encoding", "br"), ("Accept", "text/calendar")];
    http.get("", &[], RULES.with_headers(&headers)).await.unwrap();
    let seen = upstream.seen().remove(0);
    let sent = ["authorization", "accept-encoding", "accept"].map(|name| seen.header(name));
    assert_eq!(sent, [Some("Bearer canary"), Some("gzip"), Some("text/calendar")]);
}

#[rstest]
#[case::no_address(json!({}), &["url"])]
#[case::no_scheme(json!({ "url": "grafana.example" }), &["url"])]
#[case::other_scheme(json!({ "url": "ftp://grafana.example" }), &["url"])]
#[case::user_in_address(json!({ "url": "https://mara:canary@grafana.example" }), &["url"])]
#[case::token_in_text(json!({ "url": "https://x.example", "token": "canary" }), &["token"])]
#[case::two_ways(
    json!({ "url": "https://x.example", "token": { "env": "T" }, "auth": { "bearer": { "env": "T" } } }),
    &["token"]
)]
#[case::unknown_way(json!({ "url": "https://x.example", "auth": { "digest": {} } }), &["auth", "digest"])]
#[case::granting_header(
    json!({ "url": "https://x.example", "auth": { "headers": { "X-API-Key": "canary" } } }),
    &["auth", "headers", "X-API-Key"]
)]
#[case::reserved_header(
    json!({ "url": "https://x.example", "auth": { "headers": { "Host": "canary" } } }),
    &["auth", "headers", "Host"]
)]
#[case::line_break(
    json!({ "url": "https://x.example", "auth": { "headers": { "X-Scope-OrgID": "a\r\nCookie: canary" } } }),
    &["auth", "headers", "X-Scope-OrgID"]
)]
#[case::password_in_text(
    json!({ "url": "https://x.example", "auth": { "basic": { "user": "mara", "password": "canary" } } }),
    &["auth", "basic", "password"]
)]
#[case::proxy_user(json!({ "url": "https://x.example", "proxy": "http://mara:canary@p.example:3128" }), &["proxy"])]
#[case::proxy_scheme(json!({ "url": "https://x.example", "proxy": "socks4://p.example:1080" }), &["proxy"])]
#[case::no_ca(json!({ "url": "https://x.example", "tls": { "ca": "missing.pem" } }), &["tls", "ca"])]
#[case::ca_is_no_pem(json!({ "url": "https://x.example", "tls": { "ca": "Cargo.toml" } }), &["tls", "ca"])]
#[case::cert_alone(json!({ "url": "https://x.example", "tls": { "cert": "me.pem" } }), &["tls", "key"])]
fn a_bad_setting_is_named_and_not_quoted(#[case] settings: Value, #[case] path: &[&str]) {
    let issue = configured(&settings, Vault::default()).unwrap_err();
    assert_eq!(issue.path, path);
    assert!(!format!("{issue} {issue:?}").contains("canary"), "{issue:?}");
}

#[rstest]
#[case::command("command", true)]
#[case::file("file", true)]
#[case::keychain("keychain", true)]
#[case::environment("env", false)]
#[tokio::test]
async fn a_stale_token_heals_itself_once(#[case] way: &str, #[case] heals: bool) {
    let upstream = Upstream::start(|_, seen| match seen.header("authorization") {
        Some("Bearer new") => json_reply("{}"),
        _ => status(401, &[]),
    });
    let upstream = upstream.await;
    let vault = Arc::new(Vault::default().stale("T", "old", "new"));
    let (http, ticks) = leaping(&json!({ "url": upstream.url, "token": { way: "T" } }), &vault);
    assert_eq!(http.get("rules", &[], RULES).await.is_ok(), heals);
    assert_eq!((vault.refreshed("T"), upstream.count()), if heals { (1, 2) } else { (0, 1) });
    assert!(ticks.waits().is_empty());
}

#[rstest]
#[case::refused(status(401, &[]), "auth", "refused the credentials (HTTP 401): check the token and its rights")]
#[case::forbidden(status(403, &[]), "forbidden", "forbids reading rules (HTTP 403): no SLOs are found")]
#[case::html(reply(200, &[("content-type", "text/html")], b"x"), "sign_in_page", "wants a browser session")]
#[case::elsewhere(status(302, &[("location", "https://idp.example/login")]), "sign_in_page", "sign-in page at idp.example:")]
#[tokio::test]
async fn what_a_fresh_token_does_not_heal_is_said(#[case] answer: Reply, #[case] code: &str, #[case] words: &str) {
    let upstream = Upstream::playing(vec![answer]).await;
    let vault = Arc::new(Vault::default().holding("T", "canary"));
    let (http, _) = leaping(&json!({ "url": upstream.url, "token": { "command": "T" } }), &vault);
    let error = http.get("rules", &[], RULES).await.unwrap_err();
    assert_eq!(error.code(), code);
    assert!(error.to_string().contains(words), "{error}");
    assert_eq!((vault.refreshed("T"), upstream.count()), (1, 2), "exactly once");
}

#[tokio::test]
async fn a_question_heals_once_however_often_it_is_tried() {
    let replies = [401, 500, 401].map(|code| status(code, &[]));
    let upstream = Upstream::playing(replies.to_vec()).await;
    let vault = Arc::new(Vault::default().holding("T", "canary"));
    let (http, _) = leaping(&json!({ "url": upstream.url, "token": { "command": "T" } }), &vault);
    assert_eq!(http.get("rules", &[], RULES).await.unwrap_err().code(), "auth");
    assert_eq!((vault.refreshed("T"), upstream.count()), (1, 3));
}

#[tokio::test]
async fn a_secret_address_is_read_when_it_is_needed_and_healed() {
    let upstream = Upstream::start(|_, seen| match seen.target.as_str() {
        "/feed/new.ics?k=1&v=2" => reply(200, &[("content-type", "text/calendar")], b"BEGIN:VCALENDAR"),
        _ => status(403, &[]),
    });
    let upstream = upstream.await;
    let (old, new) = (format!("{}/feed/old.ics?k=1", upstream.url), format!("{}/feed/new.ics?k=1", upstream.url));
    let vault = Arc::new(Vault::default().stale("FEED", &old, &new));
    let (http, _) = leaping(&json!({ "url": { "file": "FEED" } }), &vault);
    assert_eq!(http.host(), "the address of prom-eu");
    http.get("", &[("v", "2")], RULES).await.unwrap();
    assert_eq!((http.host(), vault.refreshed("FEED")), (upstream.host.clone(), 1));
}

#[rstest]
#[case::no_address("canary")]
#[case::with_password("https://mara:canary@grafana.example")]
#[case::empty("")]
#[tokio::test]
async fn a_secret_that_is_no_address_is_said_without_it(#[case] secret: &str) {
    let vault = Arc::new(Vault::default().holding("FEED", secret));
    let (http, _) = leaping(&json!({ "url": { "env": "FEED" } }), &vault);
    let error = http.get("", &[], RULES).await.unwrap_err();
    assert!(error.to_string().starts_with("the secret in environment variable FEED could not be read"), "{error}");
    assert!(!error.to_string().contains("canary"), "{error}");
    assert_eq!(http.requests(), 0);
}

#[rstest]
#[case::line_break("a\r\nX-Evil: b")]
#[case::empty(" ")]
#[tokio::test]
async fn a_token_that_no_header_can_carry_is_not_sent(#[case] token: &str) {
    let vault = Arc::new(Vault::default().holding("T", token));
    let (http, _) = leaping(&json!({ "url": "http://127.0.0.1:9", "token": { "env": "T" } }), &vault);
    assert_eq!(http.get("", &[], RULES).await.unwrap_err().code(), "secret_unreadable");
    assert_eq!(http.requests(), 0);
}

#[rstest]
#[case::root("https://p.example", "api/v1/rules", "https://p.example/api/v1/rules")]
#[case::prefix("https://p.example/prometheus/", "/api/v1/rules", "https://p.example/prometheus/api/v1/rules")]
#[case::data_source("https://g.example/api/proxy/uid/abc", "api/v1/q", "https://g.example/api/proxy/uid/abc/api/v1/q")]
#[case::whole("https://p.example/feed.ics?key=1", "", "https://p.example/feed.ics?key=1")]
#[case::odd_characters("https://p.example", "a?b#c d", "https://p.example/a%3Fb%23c%20d")]
#[case::encoded("https://p.example", "label/a%2Fb/values", "https://p.example/label/a%2Fb/values")]
#[case::next_page("https://p.example/x", "https://p.example/v2?after=1", "https://p.example/v2?after=1")]
fn a_path_joins_the_address(#[case] base: &str, #[case] path: &str, #[case] due: &str) {
    let joined = address::join(&Url::parse(base).unwrap(), path, &[]).unwrap();
    assert_eq!(joined.as_str(), due);
}

#[rstest]
#[case::climbing("a/../../admin")]
#[case::climbing_encoded("a/%2e%2E/admin")]
#[case::climbing_backwards("a\\..\\admin")]
#[case::other_host("https://evil.example/next")]
#[case::other_scheme("http://p.example/next")]
#[case::other_port("https://p.example:444/next")]
#[case::metadata("http://169.254.169.254/latest")]
#[case::user("https://mara@p.example/next")]
fn a_path_does_not_leave_the_address(#[case] path: &str) {
    let error = address::join(&Url::parse("https://p.example/base").unwrap(), path, &[]).unwrap_err();
    assert!(matches!(error, ConnectorError::Decode { .. }), "{error:?}");
}

#[test]
fn a_path_that_looks_like_a_host_is_a_path() {
    let joined = address::join(&Url::parse("https://p.example").unwrap(), "//evil.example/x", &[]).unwrap();
    assert_eq!(joined.as_str(), "https://p.example/evil.example/x");
}

#[rstest]
#[case::tls("https://p.example", false)]
#[case::calendar("webcal://p.example/x.ics", false)]
#[case::open("http://p.example", true)]
#[case::this_machine("http://localhost:9090", false)]
#[case::this_machine_in_numbers("http://127.8.8.8:9090", false)]
#[case::this_machine_v6("http://[::1]:9090", false)]
#[case::looks_local("http://localhost.evil.example", true)]
fn an_unencrypted_way_is_noted(#[case] url: &str, #[case] due: bool) {
    assert_eq!(configured(&json!({ "url": url }), Vault::default()).unwrap().is_plain_http_remote(), due);
}

#[rstest]
#[case::calendar("webcal://p.example/x.ics", "https://p.example/x.ics")]
#[case::any_case("WebCal://p.example/x.ics", "https://p.example/x.ics")]
#[case::calendar_by_tls("webcals://127.0.0.1:8443/x.ics", "https://127.0.0.1:8443/x.ics")]
#[case::this_machine("webcal://127.0.0.1:5232/x.ics", "http://127.0.0.1:5232/x.ics")]
#[case::this_machine_by_name("webcal://localhost/x.ics", "http://localhost/x.ics")]
#[case::looks_local("webcal://localhost.evil.example/x.ics", "https://localhost.evil.example/x.ics")]
fn a_calendars_scheme_is_read_as_what_carries_it(#[case] url: &str, #[case] read: &str) {
    let address = address::Address::read(Some(&json!(url))).unwrap();
    assert_eq!(address.known().map(Url::as_str), Some(read));
}
