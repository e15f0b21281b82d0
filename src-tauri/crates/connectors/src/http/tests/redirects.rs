//! Redirects never carry credentials to another origin.

use std::sync::Arc;

use reqwest::Url;
use reqwest::header::HeaderValue;
use rstest::rstest;
use serde_json::json;

use super::rig::*;
use crate::ConnectorError;
use crate::http::redirect;

const BASE: &str = "https://grafana.example/api/ds/uid/abc?x=1";

/// What becomes of a redirect.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Followed(String),
    SignIn(String),
    Refused,
}

fn fate(from: &str, status: u16, location: &str, post: bool) -> Fate {
    let from = Url::parse(from).unwrap();
    let location = HeaderValue::from_bytes(location.as_bytes()).unwrap();
    match redirect::next(&from, status, Some(&location), post) {
        Ok(url) => Fate::Followed(url.to_string()),
        Err(failure) => match failure.error {
            ConnectorError::SignInPage { host } => Fate::SignIn(host),
            ConnectorError::Upstream { .. } => Fate::Refused,
            other => panic!("{other:?}"),
        },
    }
}

fn to(url: &str) -> Fate {
    Fate::Followed(url.to_owned())
}

fn sign_in(host: &str) -> Fate {
    Fate::SignIn(host.to_owned())
}

#[rstest]
// Within the origin.
#[case(301, "/v2/rules", to("https://grafana.example/v2/rules"))]
#[case(302, "rules/", to("https://grafana.example/api/ds/uid/rules/"))]
#[case(303, "?page=2", to("https://grafana.example/api/ds/uid/abc?page=2"))]
#[case(307, "https://grafana.example/new", to("https://grafana.example/new"))]
#[case(308, "https://grafana.example:443/new", to("https://grafana.example/new"))]
#[case(302, "//grafana.example/new", to("https://grafana.example/new"))]
#[case(302, "HTTPS://GRAFANA.example/new", to("https://grafana.example/new"))]
#[case(302, "/login", to("https://grafana.example/login"))]
#[case(302, "../../up", to("https://grafana.example/api/up"))]
#[case(302, "", to("https://grafana.example/api/ds/uid/abc?x=1"))]
// Another scheme, host or port is another origin.
#[case(301, "http://grafana.example/new", Fate::Refused)]
#[case(301, "https://grafana.example:8443/new", Fate::Refused)]
#[case(301, "https://evil.example/new", Fate::Refused)]
#[case(301, "//evil.example/new", Fate::Refused)]
#[case(301, "https://grafana.example.evil.example/", Fate::Refused)]
#[case(301, "https://api.grafana.example/", Fate::Refused)]
#[case(301, "https://grafana.example@evil.example/", Fate::Refused)]
#[case(301, "https:\\\\evil.example/new", Fate::Refused)]
#[case(301, "https://169.254.169.254/latest/meta-data", Fate::Refused)]
#[case(301, "http://[fd00:ec2::254]/latest", Fate::Refused)]
#[case(301, "http://127.0.0.1/admin", Fate::Refused)]
#[case(307, "https://evil.example/new", Fate::Refused)]
// Somebody wants a browser.
#[case(302, "https://acme.okta.example/app", sign_in("acme.okta.example"))]
#[case(302, "https://login.microsoftonline.com/x", sign_in("login.microsoftonline.com"))]
#[case(302, "https://sso.acme.example:8443/start?to=1", sign_in("sso.acme.example:8443"))]
#[case(302, "https://acme.example/saml2/idp", sign_in("acme.example"))]
#[case(302, "http://grafana.example/login", sign_in("grafana.example"))]
// Not a place at all.
#[case(302, "file:///etc/passwd", Fate::Refused)]
#[case(302, "javascript:alert(1)", Fate::Refused)]
#[case(302, "https://", Fate::Refused)]
#[case(302, "\u{ff}", to("https://grafana.example/api/ds/uid/%C3%BF"))]
fn a_redirect_of_a_get(#[case] status: u16, #[case] location: &str, #[case] due: Fate) {
    assert_eq!(fate(BASE, status, location, false), due);
}

#[rstest]
#[case(301, "/new", Fate::Refused)]
#[case(302, "/new", Fate::Refused)]
#[case(303, "/new", Fate::Refused)]
#[case(302, "/login", sign_in("grafana.example"))]
#[case(307, "/new", to("https://grafana.example/new"))]
#[case(308, "/new", to("https://grafana.example/new"))]
#[case(308, "https://evil.example/new", Fate::Refused)]
fn a_redirect_of_a_post_loses_no_form(#[case] status: u16, #[case] location: &str, #[case] due: Fate) {
    assert_eq!(fate(BASE, status, location, true), due);
}

#[tokio::test]
async fn three_redirects_are_followed_with_credentials_and_a_fourth_is_not() {
    let hops = |most: usize| {
        move |count: usize, _: &Seen| {
            if count < most { status(302, &[("location", &format!("/hop{count}"))]) } else { json_reply("{}") }
        }
    };
    let vault = Arc::new(Vault::default().holding("T", "canary"));
    for (most, arrives) in [(3, true), (4, false)] {
        let upstream = Upstream::start(hops(most)).await;
        let (http, _) = leaping(&json!({ "url": upstream.url, "token": { "env": "T" } }), &vault);
        assert_eq!(http.get("rules", &[], RULES).await.is_ok(), arrives);
        assert_eq!(upstream.count(), 4);
        assert!(upstream.seen().iter().all(|seen| seen.header("authorization") == Some("Bearer canary")));
    }
}

#[rstest]
#[case::elsewhere("/landing", "upstream")]
#[case::sign_in("/login?to=x", "sign_in_page")]
#[tokio::test]
async fn another_origin_hears_nothing(#[case] path: &'static str, #[case] code: &str) {
    let other = Upstream::playing(vec![json_reply("{}")]).await;
    let location = format!("{}{path}", other.url);
    let upstream = Upstream::start(move |_, _| status(307, &[("location", &location)])).await;
    let vault = Arc::new(Vault::default().holding("T", "canary"));
    let settings = json!({ "url": upstream.url, "auth": { "headers": { "X-API-Key": { "env": "T" } } } });
    let (http, _) = leaping(&settings, &vault);
    let error = http.get("rules", &[("query", "canary")], RULES).await.unwrap_err();
    assert_eq!(error.code(), code);
    assert!(error.to_string().contains(&other.host), "{error}");
    assert!(!error.to_string().contains("canary") && !error.to_string().contains("to=x"), "{error}");
    assert_eq!((upstream.count(), other.count()), (1, 0));
}
