//! The keys of a PagerDuty source.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::ConfigIssue;
use crate::http::settings;
use crate::setting::{Setting, Value};

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
    settings::AUTH,
    Setting {
        key: "severity",
        value: Value::Map(&Value::Either(&[Value::Integer { min: 1, max: 5 }, Value::Word(&["ignore"])])),
        required: false,
        doc: "Names of priorities as severities from 1 (worst) to 5, or \"ignore\" for a priority that is none. Without \
              it P1 to P5 and SEV1 to SEV5 count by their digit.",
    },
    settings::TLS,
    settings::PROXY,
    settings::TIMEOUT,
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

/// What a priority means as a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// 1 (worst) to 5.
    Severity(u8),
    /// Configured to be none.
    Ignored,
    /// Nobody said.
    Unmapped,
}

/// The configured severities; `None` counts by the digit.
#[derive(Debug, Clone, Default)]
pub(super) struct Severities(Option<BTreeMap<String, Option<u8>>>);

impl Severities {
    /// Reads the setting `severity`, which was checked against its declaration.
    pub fn read(settings: &Json) -> Self {
        let level = |value: &Json| value.as_u64().and_then(|level| u8::try_from(level).ok());
        let table = settings.get("severity").and_then(Json::as_object);
        Self(table.map(|table| table.iter().map(|(word, value)| (key(word), level(value))).collect()))
    }

    /// What a priority of this name means.
    pub fn of(&self, priority: &str) -> Meaning {
        match &self.0 {
            None => by_digit(&key(priority)).map_or(Meaning::Unmapped, Meaning::Severity),
            Some(table) => match table.get(&key(priority)) {
                Some(Some(level)) => Meaning::Severity(*level),
                Some(None) => Meaning::Ignored,
                None => Meaning::Unmapped,
            },
        }
    }
}

fn key(word: &str) -> String {
    word.trim().to_lowercase()
}

/// P1–P5 and SEV1–SEV5, also as `SEV-1` and `SEV 1`.
fn by_digit(word: &str) -> Option<u8> {
    let digit = word.strip_prefix("sev").or_else(|| word.strip_prefix('p'))?.trim_start_matches(['-', ' ']);
    digit.parse().ok().filter(|level| (1..=5).contains(level) && digit.len() == 1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::by_digit(json!({}), "P2", Meaning::Severity(2))]
    #[case::whatever_case(json!({}), "sev-1", Meaning::Severity(1))]
    #[case::no_such_digit(json!({}), "P0", Meaning::Unmapped)]
    #[case::a_word(json!({}), "Urgent", Meaning::Unmapped)]
    #[case::more_than_a_digit(json!({}), "P10", Meaning::Unmapped)]
    #[case::configured(json!({ "severity": { "Urgent": 1 } }), "urgent", Meaning::Severity(1))]
    #[case::ignored(json!({ "severity": { "P5": "ignore" } }), "P5", Meaning::Ignored)]
    #[case::a_map_says_all(json!({ "severity": { "P1": 1 } }), "P2", Meaning::Unmapped)]
    fn a_priority_means_what_was_said(#[case] settings: Json, #[case] word: &str, #[case] expected: Meaning) {
        assert_eq!(Severities::read(&settings).of(word), expected);
    }

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
