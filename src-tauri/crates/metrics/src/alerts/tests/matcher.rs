use rstest::rstest;

use super::labels;
use crate::alerts::Matchers;

/// One matcher as JSON.
fn json(name: &str, op: &str, value: &str) -> String {
    let (regex, equal) = (op.contains('~'), !op.contains('!'));
    serde_json::json!([{ "name": name, "value": value, "isRegex": regex, "isEqual": equal }]).to_string()
}

fn matches(name: &str, op: &str, value: &str) -> bool {
    let alert = labels(&[
        ("alertname", "DiskFull"),
        ("instance", "h1.example:9100"),
        ("zone", "eu-west"),
        ("größe", "café"),
        ("text", "a\nb"),
    ]);
    Matchers::parse(&json(name, op, value)).unwrap().matches(&alert)
}

#[rstest]
#[case::equal("alertname", "=", "DiskFull", true)]
#[case::case_counts("alertname", "=", "diskfull", false)]
#[case::not_equal("alertname", "!=", "DiskFull", false)]
#[case::not_equal_other("alertname", "!=", "Latency", true)]
#[case::pattern("instance", "=~", r"h[12]\..*", true)]
#[case::anchored_at_the_start("instance", "=~", r"1\.example:9100", false)]
#[case::anchored_at_the_end("instance", "=~", "h1", false)]
#[case::alternatives_are_anchored_as_one("zone", "=~", "eu|us", false)]
#[case::alternatives("zone", "=~", "eu-west|us", true)]
#[case::not_pattern("instance", "!~", "h1.*", false)]
#[case::not_pattern_anchored("instance", "!~", "h1", true)]
#[case::missing_is_empty("team", "=", "", true)]
#[case::missing_is_not_something("team", "=", "web", false)]
#[case::missing_differs("team", "!=", "web", true)]
#[case::missing_does_not_differ_from_empty("team", "!=", "", false)]
#[case::missing_meets_any("team", "=~", ".*", true)]
#[case::missing_has_nothing("team", "=~", ".+", false)]
#[case::missing_misses_a_pattern("team", "!~", "web.*", true)]
#[case::empty_pattern_is_empty("team", "=~", "", true)]
#[case::empty_pattern_is_not_all("zone", "=~", "", false)]
#[case::utf8_name_and_value("größe", "=", "café", true)]
#[case::utf8_pattern("größe", "=~", "caf.", true)]
#[case::words_are_ascii("größe", "=~", r"\w+", false)]
#[case::words_are_ascii_in_classes("größe", "=~", r"[\w]+", false)]
#[case::not_words("größe", "=~", r"caf\W", true)]
#[case::dot_stops_at_lines("text", "=~", "a.b", false)]
#[case::dot_may_cross_lines("text", "=~", "(?s)a.b", true)]
#[case::any_case("alertname", "=~", "(?i)diskfull", true)]
#[case::lazy_and_groups("instance", "=~", r"(?P<host>h\d+?)\.(?:example|test):\d{4}", true)]
#[case::class_with_bracket("instance", "=~", r"[[h]1[.]example:9100", true)]
#[case::class_that_begins_with_bracket("instance", "=~", r"h[]1]\.example:9100", true)]
#[case::class_of_posix("instance", "=~", r"[[:alpha:]][[:digit:]].*", true)]
#[case::class_with_ampersands("zone", "=~", "[a-z&&-]+", true)]
#[case::class_with_dashes("zone", "=~", "[a-z+--]+", true)]
#[case::escaped_signs("zone", "=~", r"eu\-\<?west", true)]
fn as_alertmanager_matches(#[case] name: &str, #[case] op: &str, #[case] value: &str, #[case] expected: bool) {
    assert_eq!(matches(name, op, value), expected);
}

#[test]
fn all_must_hold() {
    let both = r#"[{"name":"a","value":"1","isRegex":false},{"name":"b","value":"2","isRegex":false,"isEqual":true}]"#;
    let both = Matchers::parse(both).unwrap();
    assert!(both.matches(&labels(&[("a", "1"), ("b", "2"), ("c", "3")])));
    assert!(!both.matches(&labels(&[("a", "1")])));
}

#[rstest]
#[case::none("[]")]
#[case::no_list("{}")]
#[case::other_form(r#"[{"a":"b"}]"#)]
#[case::no_json("severity=page")]
#[case::no_pattern(r#"[{"name":"a","value":"(","isRegex":true,"isEqual":true}]"#)]
#[case::endless(r#"[{"name":"a","value":"(((a{1000}){1000}){1000})","isRegex":true,"isEqual":true}]"#)]
fn what_cannot_be_read_is_unknown_and_not_nothing(#[case] text: &str) {
    let error = Matchers::parse(text).unwrap_err();
    assert_eq!(error.code(), "bad_matchers");
    assert!(error.to_string().contains("unknown"), "{error}");
}
