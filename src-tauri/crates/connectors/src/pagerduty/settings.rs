//! The keys of a PagerDuty source.

use serde_json::Value as Json;

use crate::ConfigIssue;
use crate::http::settings;
use crate::setting::{Setting, Value};
use crate::severity;

/// Where accounts of the US region are; the region of most.
pub(super) const US: &str = "https://api.pagerduty.com";

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "url",
        value: Value::TextOrSecret,
        required: false,
        doc: "Address of the API: https://api.pagerduty.com without it; https://api.eu.pagerduty.com for accounts of the \
              EU region, or a proxy in front of either.",
    },
    Setting {
        key: "token",
        value: Value::Secret,
        required: false,
        doc: "A REST API key; read-only is enough and best. For an OAuth token write auth = { bearer = … } instead.",
    },
    settings::TOKEN_EXPIRES,
    settings::AUTH,
    severity::SETTING,
    settings::TLS,
    settings::PROXY,
    settings::TIMEOUT,
    settings::INTERVAL,
];

/// The settings with the address filled in.
pub(super) fn with_address(settings: &Json) -> Json {
    let mut settings = settings.clone();
    if let Some(table) = settings.as_object_mut()
        && table.get("url").is_none_or(Json::is_null)
    {
        table.insert("url".into(), US.into());
    }
    settings
}

/// That there is a way to sign in: PagerDuty answers nobody else. `auth = "none"` is for a proxy that signs in itself.
pub(super) fn sign_in(settings: &Json) -> Result<(), ConfigIssue> {
    let given = |key: &str| settings.get(key).is_some_and(|value| !value.is_null());
    if given("token") || given("auth") {
        return Ok(());
    }
    Err(ConfigIssue {
        path: vec!["token".into()],
        message: "PagerDuty needs a token".into(),
        hint: Some("token = { env = \"PAGERDUTY_TOKEN\" }".into()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_address_is_the_us_region_unless_it_is_given() {
        assert_eq!(with_address(&json!({}))["url"], US);
        assert_eq!(
            with_address(&json!({ "url": "https://api.eu.pagerduty.com" }))["url"],
            "https://api.eu.pagerduty.com"
        );
    }

    #[test]
    fn a_source_without_a_way_to_sign_in_is_refused() {
        assert_eq!(sign_in(&json!({})).unwrap_err().path, ["token"]);
        assert!(sign_in(&json!({ "token": { "env": "T" } })).is_ok());
        assert!(sign_in(&json!({ "auth": "none" })).is_ok());
    }
}
