//! The vendor's own description, where a folder with it is named: its examples must be readable.

use std::path::PathBuf;

use super::super::{entry, incident, wire};
use super::*;
use crate::severity::SeverityMap;

const FILE: &str = "pagerduty-rest-v2.sync-subset.openapi3.json";

/// The example of a list, by its path.
fn example(spec: &Value, path: &str) -> Value {
    let answer = &spec["paths"][path]["get"]["responses"]["200"]["content"];
    let media = answer.as_object().and_then(|media| media.values().next()).cloned().unwrap_or_default();
    media["examples"]["response"]["value"].clone()
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn the_examples_of_the_description_are_readable() {
    let Some(folder) = std::env::var_os("FAIRLEAD_SPECS_DIR").map(PathBuf::from) else {
        eprintln!("skipped: FAIRLEAD_SPECS_DIR names no folder with API descriptions");
        return;
    };
    let file = folder.join(FILE);
    let spec: Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap_or_else(|why| panic!("{file:?}: {why}"))).unwrap();
    let first = |path: &str, key: &str| example(&spec, path)[key][0].clone();

    let user: wire::User = wire::read(&first("/users", "users"));
    assert!(user.id.is_some() && user.email.is_some() && user.time_zone.is_some());
    assert!(user.teams.is_some_and(|teams| teams.iter().all(|team| team.id.is_some())));
    let member: wire::Member = wire::read(&first("/teams/{id}/members", "members"));
    assert!(member.user.is_some_and(|user| user.is_user()));
    let policy: wire::Policy = wire::read(&first("/escalation_policies", "escalation_policies"));
    assert!(policy.escalation_rules.iter().all(|rule| !rule.targets.is_empty()));
    let priority: wire::Priority = wire::read(&first("/priorities", "priorities"));
    assert_eq!(priority.name.as_deref(), Some("P1"));
    let window: wire::MaintenanceWindow = wire::read(&first("/maintenance_windows", "maintenance_windows"));
    assert!(window.start_time < window.end_time && window.services.len() == 1);
    let oncall: wire::Oncall = wire::read(&first("/oncalls", "oncalls"));
    assert!(oncall.schedule.is_some() && oncall.start < oncall.end);
    let head: wire::ScheduleHead = wire::read(&first("/v3/schedules", "schedules"));
    assert!(head.id.is_some() && head.summary.is_some());

    let layered: wire::Layered = wire::read(&example(&spec, "/schedules/{id}")["schedule"]);
    let finals = layered.final_schedule.unwrap().rendered_schedule_entries;
    assert!(!finals.is_empty() && finals.iter().all(|entry| entry.start < entry.end));
    let read = incident::read(&first("/incidents", "incidents"), &SeverityMap::default()).expect("an incident");
    let fairlead_domain::Record::Incident(read) = read.item.record else { panic!("{:?}", read.item) };
    assert_eq!((read.severity, read.number.as_deref()), (Some(2), Some("1234")));
    let document = first("/log_entries", "log_entries");
    let entry = entry::read(&wire::read(&document), &document).expect("an entry");
    assert_eq!(entry.event.kind, fairlead_domain::incident::TimelineKind::Trigger);
}
