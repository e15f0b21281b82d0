//! Every view as the demo shows it where its story opens, down to the last field: a number that changes is seen here.

use std::path::Path;

use fairlead_domain::Window;
use serde::Serialize;
use serde_json::Value;

use super::incidents::{IncidentQuery, incident_detail, incident_list};
use super::oncall::on_call;
use super::people::people;
use super::services::services;
use super::slos::{slo_detail, slo_list};
use super::sources::{RunKind, SourceCondition, source_runs, sources, sources_page};
use crate::actions::demo;
use crate::sync::nobody;
use crate::workspace::{Access, Workspace};

/// The answer as it is handed out. Keys of people hang on the workspace's id, which is drawn by lot.
fn told(answer: impl Serialize) -> Value {
    let mut value = serde_json::to_value(answer).unwrap();
    for person in value["people"].as_array_mut().into_iter().flatten() {
        assert_eq!(person["key"].as_str().unwrap().len(), 36);
        person["key"] = "[key]".into();
    }
    value
}

async fn demo_in(dir: &Path) -> Workspace {
    demo::load(dir, &nobody()).await.unwrap();
    Workspace::open(dir, Access::Read).await.unwrap()
}

#[tokio::test]
async fn every_view_of_the_demo_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    insta::assert_json_snapshot!("on_call", told(on_call(&demo, now, None).await.unwrap()));
    let days = Window::new(now.plus_days(-3), now.plus_days(3));
    insta::assert_json_snapshot!("on_call_of_days", told(on_call(&demo, now, Some(days)).await.unwrap()));
    insta::assert_json_snapshot!("people", told(people(&demo, now).await.unwrap()));
    insta::assert_json_snapshot!("services", told(services(&demo, now).await.unwrap()));
    insta::assert_json_snapshot!("sources", told(sources(&demo, now).await.unwrap()));

    let slos = slo_list(&demo, now).await.unwrap();
    for slo in &slos.slos {
        let alone = slo_detail(&demo, now, &slo.id).await.unwrap();
        assert_eq!(&alone.slo, slo, "the list and the page say the same");
    }
    insta::assert_json_snapshot!("slo_show", told(slo_detail(&demo, now, &slos.slos[0].id).await.unwrap()));
    insta::assert_json_snapshot!("slo_list", told(slos));

    let query = |limit, after| IncidentQuery { limit, after, ..IncidentQuery::default() };
    let list = incident_list(&demo, now, query(10, None)).await.unwrap();
    let more = incident_list(&demo, now, query(10, list.next.clone())).await.unwrap();
    assert!(more.incidents.iter().all(|incident| incident.created_at <= list.incidents[9].created_at));
    let resolved = list.incidents.iter().find(|incident| incident.resolved_at.is_some()).unwrap();
    insta::assert_json_snapshot!("incident_show", told(incident_detail(&demo, now, &resolved.id).await.unwrap()));
    insta::assert_json_snapshot!("incident_list", told(list));
}

#[tokio::test]
async fn the_page_of_sources_says_which_one_is_silent_and_what_that_costs() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    let page = sources_page(&demo, now).await.unwrap();
    assert_eq!((page.headline.as_str(), page.answering, page.archived.len()), ("5 of 6 sources answer", 5, 0));
    let silent = page.sources.iter().find(|source| source.condition == SourceCondition::Failed).unwrap();
    let trouble = silent.trouble.as_ref().unwrap();
    let since = trouble.since.map(fairlead_domain::Timestamp::to_rfc3339);
    assert_eq!((silent.name.as_str(), trouble.code.as_str()), ("alerts-b", "network"));
    assert_eq!(since.as_deref(), Some("2026-11-16T03:10:00Z"));
    assert!(trouble.failed_in_a_row > 0 && !trouble.blocks.is_empty() && !trouble.blocks_all_clear, "{trouble:?}");
    let others = page.sources.iter().filter(|source| source.name != "alerts-b");
    assert!(others.clone().all(|source| source.trouble.is_none()), "the others are fresh");
    assert!(others.flat_map(|source| &source.streams).all(|stream| stream.holes == 0));
    let log = source_runs(&demo, now, "alerts-b", RunKind::Failed).await.unwrap();
    assert!(!log.runs.is_empty() && log.runs.iter().all(|run| run.words.contains("connection refused")));
}
