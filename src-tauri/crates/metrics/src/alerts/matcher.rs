//! A silence's matchers, with the meaning that Alertmanager gives them.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::go_pattern;
use crate::MetricsError;

/// Conditions on labels that must all hold. A label that is missing counts as empty.
#[derive(Debug, Clone)]
pub struct Matchers(Vec<Matcher>);

/// A condition on one label.
#[derive(Debug, Clone)]
struct Matcher {
    name: String,
    value: Wanted,
    /// `false` turns it round.
    equal: bool,
}

#[derive(Debug, Clone)]
enum Wanted {
    Text(String),
    /// Anchored at both ends.
    Pattern(Regex),
}

/// As a source writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    name: String,
    value: String,
    is_regex: bool,
    #[serde(default = "yes")]
    is_equal: bool,
}

const fn yes() -> bool {
    true
}

impl Matchers {
    /// Reads [`fairlead_domain::silence::Silence::matchers`]: a JSON list of `name`, `value`, `isRegex` and `isEqual`,
    /// which are `=`, `!=`, `=~` and `!~`. Names may be any text (UTF-8).
    ///
    /// # Errors
    /// [`MetricsError::BadMatchers`] for text of another form, an empty list, and a pattern that cannot be read: what
    /// such a silence matches is unknown.
    pub fn parse(json: &str) -> Result<Self, MetricsError> {
        let bad = |reason: String| MetricsError::BadMatchers(reason);
        let written: Vec<Written> = serde_json::from_str(json).map_err(|error| bad(error.to_string()))?;
        if written.is_empty() {
            return Err(bad("there is none".to_owned()));
        }
        let matcher = |written: Written| {
            let value = if written.is_regex {
                let pattern = go_pattern::compile(&written.value);
                Wanted::Pattern(pattern.map_err(|_| bad(format!("{:?} is no pattern", written.value)))?)
            } else {
                Wanted::Text(written.value)
            };
            Ok(Matcher { name: written.name, value, equal: written.is_equal })
        };
        written.into_iter().map(matcher).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// Whether an alert with these labels is meant.
    #[must_use]
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.0.iter().all(|matcher| matcher.holds(labels.get(&matcher.name).map_or("", String::as_str)))
    }
}

impl Matcher {
    fn holds(&self, value: &str) -> bool {
        let same = match &self.value {
            Wanted::Text(text) => text == value,
            Wanted::Pattern(pattern) => pattern.is_match(value),
        };
        same == self.equal
    }
}
