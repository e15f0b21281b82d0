//! Files that share teams, schedules, services and SLOs.

use rstest::rstest;

use super::*;

fn parse(include: &str, files: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
    let text = format!("[workspace]\nname = \"H\"\ninclude = [{include}]\n[[team]]\nname = \"own\"\n");
    Config::parse_with(&text, KINDS, &|name| {
        let found = files.iter().find(|(file, _)| *file == name);
        found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| io::ErrorKind::NotFound.into())
    })
}

#[test]
fn what_is_included_belongs_to_the_configuration() {
    let files = [
        ("team.toml", "[[team]]\nname = \"a\"\n[schedule.x]\nrole = \"info\"\n[service.y]\ntier = 2\n"),
        ("shared/all.toml", "[workspace]\ninclude = [\"./more.toml\", \"../top.toml\"]\n"),
        ("shared/more.toml", "[[team]]\nname = \"b\"\n"),
        ("top.toml", "[[team]]\nname = \"c\"\n"),
    ];
    let config = parse("\"team.toml\", \"shared/all.toml\"", &files).unwrap();
    let names: Vec<&str> = config.teams.iter().map(|team| team.name.as_str()).collect();
    assert_eq!(names, ["own", "a", "b", "c"]);
    assert_eq!((config.schedules.len(), config.services.len()), (1, 1));
    assert_eq!(config.files, [FILE, "team.toml", "shared/all.toml", "shared/more.toml", "top.toml"]);
}

#[rstest]
#[case::fault("[[team]]\nname = 5\n", "team.toml", 2, 8, "wrong_type")]
#[case::syntax("[[team]\n", "team.toml", 1, 8, "toml_syntax")]
#[case::source("\n[[source]]\nname = \"x\"\n", "team.toml", 2, 3, "unknown_key")]
#[case::page("[page]\n", "team.toml", 1, 2, "unknown_key")]
#[case::workspace_name("[workspace]\nname = \"x\"\n", "team.toml", 2, 1, "unknown_key")]
#[case::same_team("[[team]]\nname = \"own\"\n", "team.toml", 2, 8, "duplicate_name")]
#[case::itself("[workspace]\ninclude = [\"team.toml\"]\n", "team.toml", 2, 12, "include")]
#[case::back_to_the_first("[workspace]\ninclude = [\"x/../fairlead.toml\"]\n", "team.toml", 2, 12, "include")]
#[case::missing("[workspace]\ninclude = [\"gone.toml\"]\n", "team.toml", 2, 12, "include")]
#[case::unknown_source(
    "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\ntotal = \"t\"\nobjective = 0.9\nwindow = \"30d\"\n",
    "team.toml",
    3,
    10,
    "unknown_source"
)]
fn a_fault_names_the_file_it_is_in(
    #[case] text: &str,
    #[case] file: &str,
    #[case] line: u32,
    #[case] column: u32,
    #[case] code: &str,
) {
    let errors = parse("\"team.toml\"", &[("team.toml", text)]).map(|_| ()).unwrap_err();
    let told: Vec<_> = errors.0.iter().map(|e| (e.file.as_str(), e.line, e.column, e.code)).collect();
    assert!(told.contains(&(file, line, column, code)), "{errors}");
}

#[rstest]
#[case::missing("\"gone.toml\"", 12)]
#[case::absolute("\"/etc/team.toml\"", 12)]
#[case::twice("\"a.toml\", \"./a.toml\"", 22)]
#[case::folder("\".\"", 12)]
fn a_file_that_cannot_be_included_is_told_where_it_is_named(#[case] include: &str, #[case] column: u32) {
    let errors = parse(include, &[("a.toml", "")]).map(|_| ()).unwrap_err();
    let told: Vec<_> = errors.0.iter().map(|e| (e.file.as_str(), e.line, e.column, e.code)).collect();
    assert_eq!(told, [(FILE, 3, column, "include")]);
}

#[test]
fn a_long_chain_ends() {
    let endless = |name: &str| -> io::Result<String> { Ok(format!("[workspace]\ninclude = [\"{name}x\"]\n")) };
    let errors =
        Config::parse_with("[workspace]\nname = \"H\"\ninclude = [\"a\"]\n", KINDS, &endless).map(|_| ()).unwrap_err();
    assert!(errors.to_string().contains("more than 32 files"), "{errors}");
}

#[test]
fn files_are_read_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Config::load(folder.path(), KINDS).map(|_| ()).unwrap_err();
    assert_eq!(
        (missing.0[0].code, missing.0[0].hint.as_deref()),
        ("unreadable", Some("make one with: fairleadctl init"))
    );
    std::fs::write(folder.path().join(FILE), "[workspace]\nname = \"H\"\ninclude = [\"t\", \"dir\"]\n").unwrap();
    std::fs::write(folder.path().join("t"), "[[team]]\nname = \"a\"\n").unwrap();
    std::fs::create_dir(folder.path().join("dir")).unwrap();
    let errors = Config::load(folder.path(), KINDS).map(|_| ()).unwrap_err();
    assert_eq!(errors.to_string(), "fairlead.toml:3:17: \"dir\" cannot be included: it is no regular file");
}

#[test]
fn what_a_connector_says_of_an_slo_is_placed_in_its_file() {
    let slo =
        "[[slo]]\nname = \"a\"\nsource = \"pd\"\ngood = \"g\"\ntotal = \"t\"\nobjective = 0.9\nwindow = \"month\"\n";
    let text = "[workspace]\nname = \"H\"\ninclude = [\"slo.toml\"]\n[[source]]\nname = \"pd\"\nkind = \"pager\"\ntoken = { env = \"T\" }\n";
    let config = Config::parse_with(text, KINDS, &|_| Ok(slo.to_owned())).unwrap();
    let told = |path: &[&str]| {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        config.issue("pd", &ConfigIssue { path, message: "m".into(), hint: None }).to_string()
    };
    assert_eq!(told(&["slo", "a", "window"]), "slo.toml:7:10: source \"pd\": m");
    assert_eq!(told(&["slo", "a", ""]), "slo.toml:1:1: source \"pd\": m");
    assert_eq!(told(&["slo", "b", "window"]), "fairlead.toml:4:1: source \"pd\": m");
}
