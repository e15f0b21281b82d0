//! The file that `init` makes.

use fairlead_connectors::setting::{Setting, Value};

use super::*;

#[test]
fn the_template_is_valid_as_it_is() {
    let config = Config::parse(&super::super::template("Port \"North\""), KINDS).unwrap();
    assert_eq!(config.workspace.name, "Port \"North\"");
    let codes: Vec<&str> = config.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["no_source"]);
}

/// The template with every commented key in force.
fn uncommented() -> String {
    let in_force = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(key, _)| is_key(key)) => {
            rest.to_owned()
        }
        _ => line.to_owned(),
    };
    super::super::template("H").lines().map(in_force).collect::<Vec<_>>().join("\n")
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn every_key_of_the_template_is_known() {
    const BEARER: &[Setting] = &[setting("bearer", Value::Secret)];
    const DISCOVER: &[Setting] = &[setting("discover", Value::Texts)];
    const PAGER: &[Setting] = &[
        setting("token", Value::Secret),
        setting("token_expires", Value::Moment),
        setting("interval_secs", Value::Integer { min: 60, max: 86_400 }),
        setting("severity", Value::Map(&SEVERITY)),
    ];
    const METRICS: &[Setting] = &[
        setting("url", Value::Text),
        setting("auth", Value::WordOrTable(&["none"], BEARER)),
        setting("slo", Value::Table(DISCOVER)),
        setting("external_labels", Value::Map(&Value::Text)),
    ];
    const ALERTS: &[Setting] =
        &[setting("url", Value::Text), setting("resend_secs", Value::Integer { min: 1, max: 3600 })];
    const CALENDAR: &[Setting] = &[setting("url", Value::TextOrSecret), setting("use", Value::Word(&["oncall"]))];
    let kind = |name, settings| Kind { name, title: name, settings, ..KINDS[0] };
    let kinds =
        [kind("pagerduty", PAGER), kind("prometheus", METRICS), kind("alertmanager", ALERTS), kind("ical", CALENDAR)];
    let read = |name: &str| if name == "team.toml" { Ok(String::new()) } else { Err(io::ErrorKind::NotFound.into()) };
    let config = Config::parse_with(&uncommented(), &kinds, &read).unwrap();
    assert_eq!(config.warnings, []);
    assert_eq!((config.sources.len(), config.teams.len(), config.slos.len()), (4, 1, 1));
    assert_eq!((config.page.drop.len(), config.schedules.len(), config.services.len()), (2, 1, 1));
}
