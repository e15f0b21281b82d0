//! Which alerts a silence matches, by the rules of Alertmanager: every matcher must hold, a label that is not there counts
//! as empty, and a regular expression must match the whole value.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

/// The matchers of a silence.
#[derive(Debug)]
pub(super) struct Matchers(Vec<Matcher>);

#[derive(Debug)]
struct Matcher {
    label: String,
    test: Test,
    /// The test must hold; `false`: it must not.
    wanted: bool,
}

#[derive(Debug)]
enum Test {
    Equal(String),
    Regex(Regex),
}

/// As Alertmanager's interface writes one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    name: String,
    value: String,
    #[serde(default)]
    is_regex: bool,
    #[serde(default = "yes")]
    is_equal: bool,
}

const fn yes() -> bool {
    true
}

impl Matchers {
    /// Reads the JSON text of an alert source; `None` when it cannot be understood, so that nothing is claimed of it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let written: Vec<Written> = serde_json::from_str(text).ok()?;
        let matcher = |written: Written| {
            let test = match written.is_regex {
                true => Test::Regex(Regex::new(&format!("^(?s:{})$", written.value)).ok()?),
                false => Test::Equal(written.value),
            };
            Some(Matcher { label: written.name, test, wanted: written.is_equal })
        };
        written.into_iter().map(matcher).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Whether an alert with these labels is matched. Without a matcher none is.
    pub(super) fn match_labels(&self, labels: &BTreeMap<String, String>) -> bool {
        let holds = |matcher: &Matcher| {
            let value = labels.get(&matcher.label).map_or("", String::as_str);
            let holds = match &matcher.test {
                Test::Equal(wanted) => value == wanted,
                Test::Regex(wanted) => wanted.is_match(value),
            };
            holds == matcher.wanted
        };
        !self.0.is_empty() && self.0.iter().all(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::equal(r#"[{"name":"alertname","value":"DiskFull","isRegex":false,"isEqual":true}]"#, Some(true))]
    #[case::other(r#"[{"name":"alertname","value":"Disk","isRegex":false}]"#, Some(false))]
    #[case::not(r#"[{"name":"alertname","value":"DiskFull","isRegex":false,"isEqual":false}]"#, Some(false))]
    #[case::regex_is_whole(r#"[{"name":"alertname","value":"Disk","isRegex":true}]"#, Some(false))]
    #[case::regex(r#"[{"name":"alertname","value":"Disk.*|CPU.*","isRegex":true}]"#, Some(true))]
    #[case::absent_is_empty(r#"[{"name":"alertname","value":"DiskFull"},{"name":"env","value":""}]"#, Some(true))]
    #[case::all_must_hold(r#"[{"name":"alertname","value":"DiskFull"},{"name":"env","value":"prod"}]"#, Some(false))]
    #[case::none("[]", Some(false))]
    #[case::not_understood(r#"[{"name":"a","value":"(","isRegex":true}]"#, None)]
    fn a_silence_matches_as_alertmanager_does(#[case] text: &str, #[case] expected: Option<bool>) {
        let labels = BTreeMap::from([("alertname".to_owned(), "DiskFull".to_owned())]);
        assert_eq!(Matchers::read(text).map(|matchers| matchers.match_labels(&labels)), expected);
    }
}
