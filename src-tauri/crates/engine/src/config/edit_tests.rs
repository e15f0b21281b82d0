use std::fs;

use rstest::rstest;

use super::*;

const TEXT: &str = r#"# Harbor
[workspace]
name = "Harbor"   # the name

[[team]]
name = "platform"
schedules = [ 'pd:P1ABC',   "pd" , "pdx:1", "oncall" ]  # both
services  = ["pd:PS1", "pd"]   # "pd" is a service here
slo = { source = ["pd"], sloth_service = ["pd"] }

[schedule."pd:P1ABC"]  # the first
role   = "primary"
backup = "pd:P2ABC"

[schedule.'pd:P2ABC']
role = "secondary"

[service.checkout]
also = ["pd:PSVC1", "prom:pd:1"]

[page]
drop = [{ service = "pd:PTEST" }, { title = "pd:x" }]

[[source]]
# the pager
name  =  "pd"     # its name
kind  = "pagerduty"
token = { env = "PD" }

[[source]]
name = "prom"
kind = "prometheus"

[[slo]]
name = "pd"
source = "pd"
"#;

#[test]
fn a_renamed_source_is_renamed_wherever_it_is_meant_and_nothing_else_changes() {
    let renamed = rename_source(TEXT, "pd", "pager").unwrap();
    let expected = TEXT
        .replace("'pd:P1ABC',   \"pd\" ,", "\"pager:P1ABC\",   \"pager\" ,")
        .replace("[\"pd:PS1\"", "[\"pager:PS1\"")
        .replace("source = [\"pd\"]", "source = [\"pager\"]")
        .replace("schedule.\"pd:P1ABC\"", "schedule.\"pager:P1ABC\"")
        .replace("\"pd:P2ABC\"", "\"pager:P2ABC\"")
        .replace("'pd:P2ABC'", "\"pager:P2ABC\"")
        .replace("\"pd:PSVC1\"", "\"pager:PSVC1\"")
        .replace("\"pd:PTEST\"", "\"pager:PTEST\"")
        .replace("name  =  \"pd\"", "name  =  \"pager\"")
        .replace("source = \"pd\"", "source = \"pager\"");
    assert_eq!(renamed, expected);
    let back = rename_source(&renamed, "pager", "pd").unwrap();
    assert_eq!(back, TEXT.replace('\'', "\""), "back again, but for the quotes");
}

#[test]
fn an_included_file_is_renamed_too() {
    let text = "[[team]]\nname = \"t\"\nschedules = [\"pd:1\"] # one\n";
    assert_eq!(rename_in_included(text, "pd", "x").unwrap(), text.replace("pd:1", "x:1"));
    assert_eq!(rename_in_included(text, "other", "x").unwrap(), text);
}

#[rstest]
#[case::unknown("og", "x", "not_found")]
#[case::taken("pd", "prom", "bad_name")]
#[case::bad("pd", "a/b", "bad_name")]
fn a_name_that_cannot_be_taken_is_refused(#[case] old: &str, #[case] new: &str, #[case] code: &str) {
    assert_eq!(rename_source(TEXT, old, new).unwrap_err().code(), code);
}

#[test]
fn what_cannot_be_renamed_whole_is_not_renamed() {
    let dotted = "[[source]]\nname = \"pd\"\n[schedule]\n\"pd:1\".role = \"primary\"\n\"pd:1\".backup = \"b\"\n";
    assert_eq!(rename_source(dotted, "pd", "x").unwrap_err().code(), "not_found");
    assert_eq!(rename_source("[broken", "pd", "x").unwrap_err().code(), "toml_syntax");
}

#[rstest]
#[case::change(&["workspace", "name"], "name = \"Harbor\"   # the name", "name = \"Port\"   # the name")]
#[case::list_of_tables(&["source", "pd", "kind"], "kind  = \"pagerduty\"", "kind  = \"Port\"")]
#[case::new_key(&["workspace", "me"], "   # the name\n", "   # the name\nme = \"Port\"\n")]
#[case::in_an_inline_table(&["source", "pd", "token", "env"], "{ env = \"PD\" }", "{ env = \"Port\" }")]
#[case::quoted_key(&["schedule", "pd:P1ABC", "role"], "role   = \"primary\"", "role   = \"Port\"")]
fn a_value_is_set_where_it_stands(#[case] path: &[&str], #[case] before: &str, #[case] after: &str) {
    assert!(TEXT.contains(before));
    assert_eq!(set(TEXT, path, "Port").unwrap(), TEXT.replace(before, after));
}

#[test]
fn a_missing_table_is_made() {
    let text = set("# only a comment\n", &["page", "merge_secs"], 90).unwrap();
    assert_eq!(text.parse::<DocumentMut>().unwrap()["page"]["merge_secs"].as_integer(), Some(90));
    assert!(text.contains("# only a comment"));
}

#[rstest]
#[case::no_such_source(&["source", "og", "kind"], "not_found")]
#[case::through_a_value(&["workspace", "name", "x"], "wrong_type")]
#[case::nowhere(&[], "not_found")]
fn a_place_that_cannot_be_reached_is_refused(#[case] path: &[&str], #[case] code: &str) {
    assert_eq!(set(TEXT, path, "x").unwrap_err().code(), code);
}

#[cfg(unix)]
#[test]
fn a_written_file_keeps_its_mode_and_a_new_one_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fairlead.toml");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    write(&path, "a = 1\n").unwrap();
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write(&path, "a = 2\n").unwrap();
    assert_eq!((mode(), fs::read_to_string(&path).unwrap().as_str()), (0o640, "a = 2\n"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.toml"), folder.path().join("fairlead.toml"));
    fs::write(&real, "a = 1\n").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&link, "a = 2\n").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "a = 2\n");
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let error = write(&folder.path().join("gone/fairlead.toml"), "x").unwrap_err();
    assert_eq!(error.code(), "file");
}
