//! The configuration as a whole: what it says, and what is told of what is wrong.

mod faults;
mod includes;
mod secrets;
mod template;

use chrono_tz::Tz;
use fairlead_connectors::setting::{Setting, Value};
use fairlead_connectors::{ConfigIssue, Kind};
use fairlead_domain::coverage::Coverage;
use fairlead_domain::page::PageChannel;
use fairlead_domain::schedule::ShiftRole;
use serde_json::json;

use super::*;

const fn setting(key: &'static str, value: Value) -> Setting {
    Setting { key, value, required: false, doc: "For tests." }
}

const SEVERITY: Value = Value::Either(&[Value::Integer { min: 1, max: 5 }, Value::Word(&["ignore"])]);
const AUTH: &[Setting] = &[
    setting("basic", Value::Table(&[setting("user", Value::Text), setting("password", Value::Secret)])),
    setting("bearer", Value::Secret),
    setting("headers", Value::Map(&Value::TextOrSecret)),
];

/// Two kinds that have every form of setting.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "pager",
        title: "Pager",
        settings: &[
            Setting { required: true, ..setting("token", Value::Secret) },
            setting("url", Value::TextOrSecret),
            setting("severity", Value::Map(&SEVERITY)),
            setting("use", Value::Word(&["oncall", "leave"])),
            setting("limit", Value::Integer { min: 1, max: 100 }),
            setting("quiet", Value::Bool),
            setting("ends", Value::Moment),
            setting("teams", Value::Texts),
        ],
        streams: |_| Vec::new(),
        build: |_, _| Err(ConfigIssue { path: Vec::new(), message: "not made in these tests".into(), hint: None }),
    },
    Kind {
        name: "metrics",
        title: "Metrics",
        settings: &[
            Setting { required: true, ..setting("url", Value::Text) },
            setting("auth", Value::WordOrTable(&["none"], AUTH)),
            setting("tls", Value::Table(&[setting("ca", Value::Text), setting("key", Value::Secret)])),
            setting("slo", Value::Table(&[setting("discover", Value::Words(&["sloth", "pyrra"]))])),
            setting("queries", Value::Tables(&[Setting { required: true, ..setting("expr", Value::Text) }])),
        ],
        streams: |_| Vec::new(),
        build: |_, _| Err(ConfigIssue { path: Vec::new(), message: "not made in these tests".into(), hint: None }),
    },
];

const WHOLE: &str = r#"
[workspace]
name = "Harbor"
timezone = "Europe/Lisbon"
me = "Mara@Harbor.example"

[[team]]
name = "platform"
people = "individual"
members = ["ines@harbor.example", { email = "Yuki@harbor.example", timezone = "Asia/Tokyo", hours = "09:00-17:00", holidays = "JP" }]
schedules = ["pd:P1", "prom"]
services = ["checkout"]
slo = { sloth_service = ["checkout", "ledger"], team = "a" }

[schedule."pd:P1"]
role = "primary"
coverage = "Mon-Fri 09:00-18:00"
backup = "pd:P2"

[service.checkout]
team = "platform"
tier = 1
also = ["pd:PSVC1"]

[page]
channels = ["push", "email"]
urgency = ["high"]
merge_secs = 30
drop = [{ service = "pd:PTEST" }, { title = "(?i)\\btest\\b" }]

[[source]]
name = "pd"
kind = "pager"
token = { env = "PD_TOKEN" }
severity = { P1 = 1, P5 = "ignore" }
quiet = true

[[source]]
name = "prom"
kind = "metrics"
url = "https://prom.example/api?x=1"
auth = { headers = { X-Scope-OrgID = "harbor", X-Api-Key = { file = "key" } } }
slo.discover = ["sloth"]
[[source.queries]]
expr = "up"

[[slo]]
name = "checkout"
source = "prom"
good = "good"
total = "total"
objective = 0.999
window = "30d"
"#;

#[test]
fn a_whole_configuration_is_read() {
    let config = Config::parse(WHOLE, KINDS).unwrap();
    assert_eq!((config.workspace.timezone, config.workspace.timezone_given), (Tz::Europe__Lisbon, true));
    assert_eq!(config.workspace.me.as_deref(), Some("mara@harbor.example"));
    let team = &config.teams[0];
    assert_eq!((team.people, team.schedules.len(), team.services.len()), (People::Individual, 2, 1));
    assert_eq!((team.slo["sloth_service"].len(), &team.slo["team"][..]), (2, &["a".to_owned()][..]));
    let yuki = &team.members[1];
    assert_eq!(
        (yuki.email.as_str(), yuki.timezone, yuki.holidays.as_deref()),
        ("yuki@harbor.example", Some(Tz::Asia__Tokyo), Some("JP"))
    );
    assert_eq!(yuki.hours, Some(WorkHours { from: 540, to: 1020 }));
    let schedule = &config.schedules["pd:P1"];
    let declared = Coverage::parse("Mon-Fri 09:00-18:00 Europe/Lisbon", Tz::UTC).unwrap();
    assert_eq!((schedule.role, schedule.coverage.as_ref()), (Some(ShiftRole::Primary), Some(&declared)));
    assert_eq!((config.services["checkout"].tier, config.services["checkout"].also.len()), (Some(1), 1));
    assert_eq!(config.page.channels, [PageChannel::Push, PageChannel::Email]);
    assert_eq!((config.page.merge_secs, config.page.urgency.as_slice()), (30, &["high".to_owned()][..]));
    assert!(config.page.drop[1].title.as_ref().unwrap().is_match("a TEST page"));
    assert_eq!(config.warnings, []);
    assert_eq!(config.files, [FILE]);
}

#[test]
fn settings_of_a_source_are_json_without_name_and_kind() {
    let config = Config::parse(WHOLE, KINDS).unwrap();
    let pd = config.source("pd").unwrap();
    assert_eq!(pd.kind, "pager");
    assert_eq!(
        pd.settings,
        json!({"token": {"env": "PD_TOKEN"}, "severity": {"P1": 1, "P5": "ignore"}, "quiet": true})
    );
    assert_eq!(config.slos_of("prom").len(), 1);
    assert_eq!(config.slos_of("prom")[0]["objective"], json!(0.999));
    assert_eq!(config.slos_of("pd"), Vec::<serde_json::Value>::new());
}

#[test]
fn the_least_configuration_has_defaults() {
    let text = "[workspace]\nname = \"H\"\n[[source]]\nname = \"pd\"\nkind = \"pager\"\ntoken = { file = \"t\" }\n";
    let config = Config::parse(text, KINDS).unwrap();
    assert_eq!((config.workspace.timezone, config.workspace.timezone_given), (Tz::UTC, false));
    assert_eq!(config.page.channels, [PageChannel::Push, PageChannel::Sms, PageChannel::Voice]);
    assert_eq!((config.page.merge_secs, config.page.urgency.len()), (60, 2));
    assert!(config.teams.is_empty() && config.warnings.is_empty());
}

#[test]
fn a_setting_is_found_in_the_file() {
    let config = Config::parse(WHOLE, KINDS).unwrap();
    let place = |source: &str, path: &[&str]| config.locate(source, path).map(|p| (p.line, p.column));
    let line = |text: &str| WHOLE.lines().position(|line| line.starts_with(text)).map(|at| at as u32 + 1).unwrap();
    assert_eq!(place("pd", &["token"]), Some((line("token"), 9)));
    assert_eq!(place("pd", &["token", "env"]), Some((line("token"), 17)));
    assert_eq!(place("pd", &["severity", "P5"]), Some((line("severity"), 27)));
    assert_eq!(place("prom", &["slo", "discover", "0"]), Some((line("slo.discover"), 17)));
    assert_eq!(place("prom", &["queries", "0", "expr"]), Some((line("expr"), 8)));
    assert_eq!(place("prom", &["tls", "ca"]), place("prom", &[]), "what is not written is placed at the table");
    assert_eq!(place("prom", &[]), Some((line("name = \"prom\"") - 1, 1)));
    assert_eq!(place("og", &["token"]), None);
    let issue = ConfigIssue { path: vec!["url".into()], message: "no such host".into(), hint: Some("h".into()) };
    let told = config.issue("prom", &issue).to_string();
    assert_eq!(told, format!("fairlead.toml:{}:7: source \"prom\": no such host (h)", line("url")));
}

#[test]
fn names_that_only_the_data_can_tell_are_warnings() {
    let text = "[workspace]\nname = \"H\"\n[[team]]\nname = \"a\"\nschedules = [\"pb:1\", \"Night\"]\n[service.x]\nteam = \"b\"\n\
                [[source]]\nname = \"pd\"\nkind = \"pager\"\ntoken = { env = \"T\" }\n";
    let config = Config::parse(text, KINDS).unwrap();
    let told: Vec<_> = config.warnings.iter().map(|w| (w.line, w.column, w.code, w.hint.as_deref())).collect();
    assert_eq!(
        told,
        [(5, 14, "unknown_source", Some("did you mean \"pd\"?")), (7, 8, "unknown_team", Some("did you mean \"a\"?"))]
    );
}
