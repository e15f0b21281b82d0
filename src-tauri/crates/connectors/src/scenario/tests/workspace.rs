//! The demo workspace fits the scenario that it reads.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::super::part::Part;
use super::super::{SETTINGS, offset::Offset};
use super::*;

fn workspace() -> Value {
    toml::from_str(include_str!("../../../../../../assets/demo/fairlead.toml")).expect("the demo workspace is TOML")
}

fn tables<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn its_sources_play_every_part() {
    let workspace = workspace();
    let mut parts = BTreeSet::new();
    for source in tables(&workspace, "source") {
        assert_eq!(text(source, "kind"), KIND.name);
        for key in source.as_object().unwrap().keys() {
            let declared = SETTINGS.iter().any(|setting| setting.key == key);
            assert!(declared || ["name", "kind"].contains(&key.as_str()), "{key} is no setting");
        }
        assert!(build(source, Path::new("")).is_ok(), "{source}");
        parts.extend(Part::from_word(text(source, "part")));
    }
    assert_eq!(parts.len(), Part::ALL.len());
}

#[test]
fn the_source_that_falls_silent_has_answered_at_a_sync() {
    let (workspace, scenario) = (workspace(), built_in());
    let silent: Vec<Offset> = tables(&workspace, "source")
        .iter()
        .filter_map(|source| source.get("unreachable_since")?.as_str())
        .map(|text| Offset::parse(text).unwrap())
        .collect();
    assert_eq!(silent.len(), 1);
    assert!(scenario.syncs.contains(&silent[0]) && scenario.at(silent[0]) < scenario.anchor);
}

#[test]
fn what_it_names_is_in_the_scenario() {
    let (workspace, scenario) = (workspace(), built_in());
    let team = &tables(&workspace, "team")[0];
    let emails: BTreeSet<&str> =
        tables(team, "members").iter().map(|member| member.as_str().unwrap_or_else(|| text(member, "email"))).collect();
    assert_eq!(emails, scenario.person.iter().map(|person| person.email.as_str()).collect());
    for member in tables(team, "members").iter().filter(|member| member.is_object()) {
        let person = scenario.person.iter().find(|person| person.email == text(member, "email")).unwrap();
        assert_eq!(person.timezone, text(member, "timezone"));
    }
    let ids: BTreeSet<&str> = scenario.schedule.iter().map(|schedule| schedule.id.as_str()).collect();
    let schedules = workspace.get("schedule").and_then(Value::as_object).unwrap();
    let named = tables(team, "schedules").iter().filter_map(Value::as_str);
    assert!(named.clone().all(|key| schedules.contains_key(key)));
    assert_eq!(named.filter_map(|key| key.split_once(':')).map(|(_, id)| id).collect::<BTreeSet<_>>(), ids);
    let services = workspace.get("service").and_then(Value::as_object).unwrap();
    assert_eq!(services.len(), scenario.service.len());
    for (name, table) in services {
        let service = scenario.service.iter().find(|service| &service.name == name).unwrap();
        for also in tables(table, "also").iter().filter_map(Value::as_str) {
            let (_, id) = also.split_once(':').unwrap();
            assert!([&service.id, &service.name].contains(&&id.to_owned()), "{name} is also {also}");
        }
    }
}
