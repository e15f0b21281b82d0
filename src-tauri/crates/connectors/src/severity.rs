//! From a source's word for a severity to 1 (worst) to 5. One map serves connectors, the import and the engine.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::setting::{Setting, Value};

const RULE: Value = Value::Either(&[Value::Integer { min: 1, max: 5 }, Value::Word(&[IGNORE])]);

/// The word for severities whose incidents are left out.
const IGNORE: &str = "ignore";

/// The key `severity` of every kind of source that has incidents.
pub const SETTING: Setting = Setting {
    key: "severity",
    value: Value::Map(&RULE),
    required: false,
    doc: "What the source's words for a severity mean: 1 (worst) to 5, or \"ignore\" to leave such incidents out. \
          P1–P5, SEV1–SEV5, S1–S5 and 1–5 mean their digit without it.",
};

/// What a source's word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// 1 (worst) to 5.
    Level(u8),
    /// Such incidents are left out.
    Ignored,
    /// Nobody said: the severity is unknown, and the word is listed.
    Unmapped,
}

/// What a source's words for a severity mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeverityMap {
    /// By compared word; `None` leaves out.
    words: BTreeMap<String, Option<u8>>,
}

impl SeverityMap {
    /// The map of a source's settings that were checked against [`SETTING`]; without the key, the empty one.
    #[must_use]
    pub fn of(settings: &Json) -> Self {
        let entries = settings.get(SETTING.key).and_then(Json::as_object);
        let mut map = Self::default();
        for (word, rule) in entries.into_iter().flatten() {
            let level = rule.as_u64().and_then(|level| u8::try_from(level).ok());
            if level.is_some() || rule.as_str() == Some(IGNORE) {
                map.say(word, level);
            }
        }
        map
    }

    /// Lets a word mean a severity, or, with `None`, be left out.
    pub fn say(&mut self, word: &str, level: Option<u8>) {
        self.words.insert(compared(word), level);
    }

    /// What was said of a word, whatever it would mean by itself.
    #[must_use]
    pub fn said(&self, word: &str) -> Option<Severity> {
        self.words.get(&compared(word)).map(|rule| rule.map_or(Severity::Ignored, Severity::Level))
    }

    /// What a word means: what was said of it, else its digit.
    #[must_use]
    pub fn judge(&self, word: &str) -> Severity {
        self.said(word).or_else(|| by_digit(word).map(Severity::Level)).unwrap_or(Severity::Unmapped)
    }
}

/// P1–P5, SEV1–SEV5, S1–S5 and 1–5 by their digit.
fn by_digit(word: &str) -> Option<u8> {
    let word = compared(word);
    let rest =
        ["severity", "priority", "sev", "p", "s"].iter().find_map(|head| word.strip_prefix(head)).unwrap_or(&word);
    let digit = rest.trim_start_matches([' ', '-', '_', ':']);
    digit.parse().ok().filter(|level| (1..=5).contains(level) && digit.len() == 1)
}

/// A word as it is compared.
fn compared(word: &str) -> String {
    word.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("P1", Severity::Level(1))]
    #[case("sev2", Severity::Level(2))]
    #[case(" SEV-3 ", Severity::Level(3))]
    #[case("Severity: 4", Severity::Level(4))]
    #[case("5", Severity::Level(5))]
    #[case("P0", Severity::Unmapped)]
    #[case("P6", Severity::Unmapped)]
    #[case("P12", Severity::Unmapped)]
    #[case("high", Severity::Unmapped)]
    #[case("", Severity::Unmapped)]
    fn a_word_means_its_digit(#[case] word: &str, #[case] expected: Severity) {
        assert_eq!(SeverityMap::default().judge(word), expected);
    }

    #[rstest]
    #[case("p1", Severity::Level(2))]
    #[case("BLOCKER", Severity::Level(1))]
    #[case("P5", Severity::Ignored)]
    #[case("P3", Severity::Level(3))]
    #[case("Trivial", Severity::Unmapped)]
    fn what_was_said_goes_before_the_digit(#[case] word: &str, #[case] expected: Severity) {
        let map = SeverityMap::of(&json!({"severity": {"P1": 2, "Blocker": 1, "P5": "ignore"}, "url": "x"}));
        assert_eq!(map.judge(word), expected);
        assert_eq!(map.said(word).is_some(), expected != SeverityMap::default().judge(word));
    }
}
