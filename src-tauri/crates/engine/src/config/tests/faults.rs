//! Every fault at its line and column, with what to write instead.

use rstest::rstest;

use super::*;

/// A configuration that is good but for what is added to it; its own lines are 1 to 5.
fn with(more: &str) -> String {
    format!("[workspace]\nname = \"H\"\n[[source]]\nname = \"pd\"\nkind = \"pager\"\n{more}")
}

fn faults(text: &str) -> Vec<ConfigError> {
    Config::parse(text, KINDS).map(|config| config.files).unwrap_err().0
}

#[rstest]
#[case::table_not_closed("[workspace", 1, 11, "toml_syntax")]
#[case::no_value("[workspace]\nname =\n", 2, 7, "toml_syntax")]
#[case::same_key_twice("[workspace]\nname = \"a\"\nname = \"b\"\n", 3, 1, "toml_syntax")]
#[case::no_workspace("[[team]]\nname = \"a\"\n", 1, 1, "missing_key")]
#[case::no_name("[page]\n[workspace]\nme = \"a@b.example\"\n", 2, 1, "missing_key")]
#[case::empty_name("[workspace]\nname = \" \"\n", 2, 8, "bad_value")]
#[case::name_is_a_number("[workspace]\nname = 7\n", 2, 8, "wrong_type")]
#[case::workspace_is_text("workspace = \"x\"\n", 1, 13, "wrong_type")]
#[case::unknown_section("[workspace]\nname = \"H\"\n[workspce]\n", 3, 2, "unknown_key")]
#[case::unknown_key("[workspace]\nname = \"H\"\ntimezon = \"UTC\"\n", 3, 1, "unknown_key")]
#[case::zone("[workspace]\nname = \"H\"\ntimezone = \"Europe/Lisbn\"\n", 3, 12, "bad_value")]
#[case::me("[workspace]\nname = \"H\"\nme = \"mara\"\n", 3, 6, "bad_value")]
#[case::after_wide_characters("[workspace]\nname = \"H\"\ninclude = [\"ü☂\", 5]\n", 3, 18, "wrong_type")]
#[case::windows_lines("[workspace]\r\nname = \"H\"\r\nme = \"mara\"\r\n", 3, 6, "bad_value")]
fn a_fault_of_the_file_has_its_place(#[case] text: &str, #[case] line: u32, #[case] column: u32, #[case] code: &str) {
    let found = faults(text);
    let at = |error: &ConfigError| (error.line, error.column, error.code);
    assert!(found.iter().any(|error| at(error) == (line, column, code)), "{found:#?}");
}

#[rstest]
#[case::people("[[team]]\nname = \"a\"\npeople = \"teem\"\n", 3, 10, "bad_value", "did you mean \"team\"?")]
#[case::member("[[team]]\nname = \"a\"\nmembers = [\"ines\"]\n", 3, 12, "bad_value", "")]
#[case::member_key(
    "[[team]]\nname = \"a\"\nmembers = [{ mail = \"a@b.example\", email = \"a@b.example\" }]\n",
    3,
    14,
    "unknown_key",
    "did you mean \"email\"?"
)]
#[case::member_hours(
    "[[team]]\nname = \"a\"\nmembers = [{ email = \"a@b.example\", hours = \"17:00-09:00\" }]\n",
    3,
    45,
    "bad_value",
    "for example \"09:00-17:00\""
)]
#[case::member_twice(
    "[[team]]\nname = \"a\"\nmembers = [\"a@b.example\", \"A@b.example\"]\n",
    3,
    27,
    "duplicate_name",
    "keep one of them"
)]
#[case::holidays(
    "[[team]]\nname = \"a\"\nmembers = [{ email = \"a@b.example\", holidays = \"Japan\" }]\n",
    3,
    48,
    "bad_value",
    "a country, or a country and a region: \"JP\", \"DE-BY\""
)]
#[case::team_twice("[[team]]\nname = \"a\"\n[[team]]\nname = \"a\"\n", 4, 8, "duplicate_name", "keep one of them")]
#[case::team_nameless("[[team]]\npeople = \"off\"\n", 1, 1, "missing_key", "")]
#[case::team_single("[team]\nname = \"a\"\n", 1, 1, "wrong_type", "write [[team]] for each")]
#[case::role("[schedule.x]\nrole = \"primry\"\n", 2, 8, "bad_value", "did you mean \"primary\"?")]
#[case::coverage(
    "[schedule.x]\ncoverage = \"Mon-Fry 09:00-18:00\"\n",
    2,
    12,
    "bad_value",
    "write \"24x7\" or for example \"Mon-Fri 09:00-18:00 Europe/Berlin\""
)]
#[case::tier("[service.x]\ntier = 5\n", 2, 8, "bad_value", "")]
#[case::tier_text("[service.x]\ntier = \"1\"\n", 2, 8, "wrong_type", "")]
#[case::service_list("[[service]]\ntier = 1\n", 1, 1, "wrong_type", "write [service.\"NAME\"] for each")]
#[case::channel("[page]\nchannels = [\"push\", \"voise\"]\n", 2, 21, "bad_value", "did you mean \"voice\"?")]
#[case::urgency("[page]\nurgency = [\"urgent\"]\n", 2, 12, "bad_value", "")]
#[case::merge("[page]\nmerge_secs = -1\n", 2, 14, "bad_value", "")]
#[case::pattern("[page]\ndrop = [{ title = \"(oops\" }]\n", 2, 19, "bad_value", "")]
#[case::empty_rule("[page]\ndrop = [{}]\n", 2, 9, "missing_key", "")]
#[case::slo_source(
    "[[slo]]\nname = \"a\"\nsource = \"pb\"\ngood = \"g\"\ntotal = \"t\"\nobjective = 0.9\nwindow = \"30d\"\n",
    3,
    10,
    "unknown_source",
    "did you mean \"pd\"?"
)]
#[case::objective(
    "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\ntotal = \"t\"\nobjective = 99.9\nwindow = \"30d\"\n",
    6,
    13,
    "bad_value",
    "99.9 % is 0.999"
)]
#[case::objective_nan(
    "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\ntotal = \"t\"\nobjective = nan\nwindow = \"30d\"\n",
    6,
    13,
    "bad_value",
    "99.9 % is 0.999"
)]
#[case::window(
    "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\ntotal = \"t\"\nobjective = 0.9\nwindow = \"30 days\"\n",
    7,
    10,
    "bad_value",
    "for example \"30d\", or \"month\""
)]
#[case::no_total(
    "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\nobjective = 0.9\nwindow = \"30d\"\n",
    1,
    1,
    "missing_key",
    ""
)]
fn a_fault_of_a_section_has_its_place_and_remedy(
    #[case] section: &str,
    #[case] line: u32,
    #[case] column: u32,
    #[case] code: &str,
    #[case] hint: &str,
) {
    let text = with(&format!("token = {{ env = \"T\" }}\n{section}"));
    let found = faults(&text);
    let told: Vec<_> =
        found.iter().map(|e| (e.line - 6, e.column, e.code, e.hint.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [(line, column, code, hint)], "{found:#?}");
}

#[rstest]
#[case::key("tokn = { env = \"T\" }", 1, "unknown_key", "did you mean \"token\"?")]
#[case::far_key(
    "zzzzzz = 1",
    1,
    "unknown_key",
    "keys: name, kind, token, url, severity, use, limit, quiet, ends, teams"
)]
#[case::word("use = \"leav\"", 7, "bad_value", "did you mean \"leave\"?")]
#[case::integer("limit = 101", 9, "bad_value", "")]
#[case::huge_integer("limit = 99999999999999999999", 9, "wrong_type", "")]
#[case::fraction("limit = 1.5", 9, "wrong_type", "")]
#[case::bool("quiet = \"yes\"", 9, "wrong_type", "")]
#[case::no_date("ends = \"soon\"", 8, "bad_value", "write \"2026-12-31\" or \"2026-12-31T09:00:00Z\"")]
#[case::no_day("ends = \"2026-02-30\"", 8, "bad_value", "write \"2026-12-31\" or \"2026-12-31T09:00:00Z\"")]
#[case::day_as_number("ends = 20261231", 8, "wrong_type", "")]
#[case::texts("teams = [\"a\", 1]", 15, "wrong_type", "")]
#[case::text_for_list("teams = \"a\"", 9, "wrong_type", "")]
#[case::severity("severity = { P1 = 9 }", 19, "bad_value", "")]
#[case::severity_word("severity = { P1 = \"ignor\" }", 19, "bad_value", "did you mean \"ignore\"?")]
#[case::severity_type("severity = { P1 = true }", 19, "wrong_type", "")]
#[case::url("url = \"https://:8080/x\"", 7, "bad_value", "an address begins with https:// and names a host")]
#[case::url_scheme("url = \"htps://x.example\"", 7, "bad_value", "an address begins with https:// and names a host")]
fn a_fault_of_a_setting_has_its_place_and_remedy(
    #[case] setting: &str,
    #[case] column: u32,
    #[case] code: &str,
    #[case] hint: &str,
) {
    let found = faults(&with(&format!("token = {{ env = \"T\" }}\n{setting}\n")));
    let told: Vec<_> =
        found.iter().map(|e| (e.line, e.column, e.code, e.hint.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [(7, column, code, hint)], "{found:#?}");
}

#[rstest]
#[case::missing_url("", 7, 1, "source \"m\" needs \"url\"")]
#[case::nested("url = \"https://a.example\"\ntls = { cert = \"x\" }", 11, 9, "tls has no key \"cert\"")]
#[case::word_in_list(
    "url = \"https://a.example\"\nslo.discover = [\"slot\"]",
    11,
    17,
    "\"discover\" must be \"sloth\" or \"pyrra\""
)]
#[case::two_ways(
    "url = \"https://a.example\"\nauth = { bearer = { env = \"A\" }, basic = {} }",
    11,
    8,
    "\"auth\" needs exactly one of \"basic\", \"bearer\" or \"headers\""
)]
#[case::word("url = \"https://a.example\"\nauth = \"nil\"", 11, 8, "\"auth\" must be \"none\"")]
#[case::list_of_tables("url = \"https://a.example\"\nqueries = [{}]", 11, 12, "queries needs \"expr\"")]
fn a_fault_in_a_nested_table_has_its_place(
    #[case] settings: &str,
    #[case] line: u32,
    #[case] column: u32,
    #[case] message: &str,
) {
    let text = with(&format!("token = {{ env = \"T\" }}\n[[source]]\nname = \"m\"\nkind = \"metrics\"\n{settings}\n"));
    let found = faults(&text);
    let told: Vec<_> = found.iter().map(|e| (e.line, e.column, e.message.as_str())).collect();
    assert_eq!(told, [(line, column, message)]);
}

#[rstest]
#[case::kind(
    "name = \"a\"\nkind = \"pagr\"",
    9,
    8,
    "there is no kind \"pagr\"; kinds: \"pager\" or \"metrics\"",
    Some("did you mean \"pager\"?")
)]
#[case::no_kind("name = \"a\"", 7, 1, "[[source]] needs \"kind\"", None)]
#[case::same_name(
    "name = \"pd\"\nkind = \"pager\"\ntoken = { env = \"T\" }",
    8,
    8,
    "there are two sources \"pd\"",
    Some("a source's name is its identity: choose another")
)]
#[case::slash(
    "name = \"a/b\"\nkind = \"pager\"\ntoken = { env = \"T\" }",
    8,
    8,
    "\"name\": this cannot name a source",
    Some("1 to 64 letters, digits, _ - or ., beginning with a letter or a digit")
)]
fn a_source_needs_a_name_and_a_kind(
    #[case] source: &str,
    #[case] line: u32,
    #[case] column: u32,
    #[case] message: &str,
    #[case] hint: Option<&str>,
) {
    let found = faults(&with(&format!("token = {{ env = \"T\" }}\n[[source]]\n{source}\n")));
    let told: Vec<_> = found.iter().map(|e| (e.line, e.column, e.message.as_str(), e.hint.as_deref())).collect();
    assert_eq!(told, [(line, column, message, hint)]);
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
    let text =
        "[workspace]\nname = 1\nmee = \"x\"\n[[source]]\nname = \"pd\"\nkind = \"pagr\"\n[page]\nmerge_secs = \"x\"\n";
    let found = faults(text);
    let told: Vec<_> = found.iter().map(|e| (e.line, e.column, e.code)).collect();
    assert_eq!(told, [(2, 8, "wrong_type"), (3, 1, "unknown_key"), (6, 8, "unknown_kind"), (8, 14, "wrong_type")]);
    let whole = ConfigErrors(found).to_string();
    assert!(
        whole.starts_with("fairlead.toml:2:8: \"name\" must be text, not a whole number\nfairlead.toml:3:1: "),
        "{whole}"
    );
}

#[test]
fn faults_of_syntax_are_told_together() {
    assert!(faults("a = \nb = \"x\nc = 1\n[d\n").len() >= 2);
}

#[test]
fn a_giant_file_is_refused() {
    let found = faults(&"#".repeat(2 << 20));
    assert_eq!(found[0].code, "too_large");
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let text = format!("\u{feff}{}", with("token = { env = \"T\" }\nlimit = 0\n"));
    assert_eq!(faults(&text).iter().map(|e| (e.line, e.column)).collect::<Vec<_>>(), [(7, 9)]);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]a-z=\"'{}.,#0-9 \\n\\r\u{e9}\u{feff}-]{0,120}") {
        let more = with(&text);
        for text in [&text, &more] {
            proptest::prop_assert!(Config::parse(text, KINDS).is_ok_and(|c| !c.files.is_empty()) || !faults(text).is_empty());
        }
    }
}
