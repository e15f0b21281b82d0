//! Incidents: what they mean, and that none is missed.

use fairlead_domain::incident::{Incident, IncidentStatus};

use super::super::incident;
use super::account::{Account, fixture, many};
use super::*;
use crate::severity::SeverityMap;

fn account() -> Account {
    Account::default().list("incidents", fixture(include_str!("../fixtures/incidents.json")))
}

async fn read(settings: Value) -> (Vec<Incident>, Batch) {
    let account = account().start().await;
    let mut all = json!({ "url": account.url, "token": { "env": "T" } });
    all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    let batch = walk(connector_with(&all).as_ref(), "incidents", &Known::default()).await.unwrap();
    (of_kind!(batch, Incident), batch)
}

#[test]
fn what_is_passed_over_unread_changes_no_incident() {
    for whole in fixture(include_str!("../fixtures/incidents.json")) {
        let part = incident::fields().read(whole.to_string().as_bytes()).unwrap();
        assert!(part.get("body").is_none() && part.get("conference_bridge").is_none());
        let [from_whole, from_part] = [&whole, &part].map(|document| {
            let read = incident::read(document, &SeverityMap::default()).unwrap();
            (read.item, read.unmapped, read.users)
        });
        assert_eq!(from_part, from_whole);
    }
}

#[tokio::test]
async fn an_incident_is_what_pagerduty_says_of_it() {
    let (incidents, batch) = read(json!({})).await;
    let [resolved, merged, open] = &incidents[..] else { panic!("{incidents:?}") };
    assert_eq!((resolved.status, resolved.resolved_at), (IncidentStatus::Resolved, Some(at("2026-11-15T22:38:23Z"))));
    assert_eq!(
        (resolved.number.as_deref(), resolved.severity, resolved.urgency.as_deref()),
        (Some("1234"), Some(2), Some("high"))
    );
    assert_eq!((resolved.service.as_deref(), resolved.teams.as_slice()), (Some("PSAME"), &["PTEAM".to_owned()][..]));
    assert_eq!((merged.status, merged.merged_into.as_deref()), (IncidentStatus::Merged, Some("PT4KHLK")));
    assert_eq!(
        (merged.resolved_at, merged.severity, merged.severity_raw.as_deref()),
        (Some(at("2026-11-15T21:35:00Z")), None, None)
    );
    assert_eq!((open.status, open.resolved_at, open.acked_at), (IncidentStatus::Acked, None, None));
    let parts: Vec<_> =
        open.responders.iter().map(|r| (r.person.ext_id.as_deref().unwrap(), r.role.as_deref().unwrap())).collect();
    assert_eq!(parts, [("PINES", "assignee"), ("PYUKI", "acknowledger"), ("PTOMA", "responder")]);
    assert!(!kept(&batch).contains("912 345 678"), "{}", kept(&batch));
    let raw = batch.items[0].raw.as_ref().unwrap();
    assert!(
        raw.get("body").is_none()
            && raw.get("conference_bridge").is_none()
            && raw.get("last_status_change_by").is_none()
    );
}

#[rstest::rstest]
#[case::unmapped(json!({}), None, true)]
#[case::mapped(json!({ "severity": { "Urgent": 1 } }), Some(1), false)]
#[case::ignored(json!({ "severity": { "urgent": "ignore" } }), None, false)]
#[tokio::test]
async fn a_priority_without_a_severity_is_listed(
    #[case] settings: Value,
    #[case] level: Option<u8>,
    #[case] listed: bool,
) {
    let (incidents, batch) = read(settings).await;
    assert_eq!((incidents[2].severity, incidents[2].severity_raw.as_deref()), (level, Some("Urgent")));
    assert_eq!(
        batch.notes.iter().any(|note| note.code == "severity_unmapped" && note.message.contains("Urgent")),
        listed
    );
    assert!(batch.notes.iter().all(|note| !note.incomplete));
}

#[tokio::test]
async fn a_title_keeps_addresses_and_tickets_but_no_telephone_number() {
    let title = "10.20.30.40 lost INC-0012345678, ring +351 912 345 678 or (0171) 555 0199";
    let incident = json!({ "id": "P1", "created_at": "2026-11-10T00:00:00Z", "status": "triggered", "title": title });
    let account = Account::default().list("incidents", vec![incident]).start().await;
    let batch = walk(connector(&account.url).as_ref(), "incidents", &Known::default()).await.unwrap();
    let kept = "10.20.30.40 lost INC-0012345678, ring or";
    assert_eq!(of_kind!(batch, Incident)[0].title, kept);
    assert_eq!(batch.items[0].raw.as_ref().unwrap()["title"], kept);
}

#[tokio::test]
async fn both_bounds_are_sent_in_utc() {
    let account = account().start().await;
    walk(connector(&account.url).as_ref(), "incidents", &Known::default()).await.unwrap();
    let seen = account.seen().remove(0);
    assert_eq!(
        (seen.value("since"), seen.value("until")),
        (Some("2026-10-19T07:00:00Z"), Some("2026-11-16T07:00:01Z"))
    );
    assert_eq!((seen.value("time_zone"), seen.value("sort_by")), (Some("UTC"), Some("created_at:asc")));
}

#[tokio::test]
async fn a_window_that_holds_too_much_is_refused_after_one_request() {
    let account = Account::default().list("incidents", many(10_001, "I")).start().await;
    let error = walk(connector(&account.url).as_ref(), "incidents", &Known::default()).await.unwrap_err();
    assert_eq!((error.code(), account.seen().len()), ("too_large", 1));
    account.change(|account| drop(account.lists.get_mut("incidents").unwrap().pop()));
    let window = Window::new(at("2026-10-30T00:00:00Z"), at("2026-11-16T00:00:00Z"));
    let batch = walk_in(connector(&account.url).as_ref(), "incidents", &Known::default(), window).await.unwrap();
    assert_eq!((batch.items.len(), account.seen().len()), (10_000, 101), "as many as can be reached");
}

#[tokio::test]
async fn what_is_stored_as_open_is_looked_after_however_old() {
    let old = json!({ "id": "POLD", "created_at": "2025-01-01T00:00:00Z", "status": "triggered", "title": "old" });
    let mut incidents = fixture(include_str!("../fixtures/incidents.json"));
    incidents.push(old);
    let closed = incidents[0].clone();
    let account = Account::default()
        .list("incidents", incidents)
        .object("incidents/PT4KHLK", json!({ "incident": closed }))
        .start()
        .await;
    let pd = connector(&account.url);
    let stored = ["POLD", "PT4KHLK", "PVANISHED"].map(str::to_owned).to_vec();
    let known = Known { open_incidents: stored, ..Known::default() };
    let batch = walk(pd.as_ref(), "open_incidents", &known).await.unwrap();
    let told: Vec<_> = of_kind!(batch, Incident).into_iter().map(|i| (i.ext_id, i.status)).collect();
    assert_eq!(
        told,
        [
            ("POPEN".into(), IncidentStatus::Acked),
            ("POLD".into(), IncidentStatus::Open),
            ("PT4KHLK".into(), IncidentStatus::Resolved)
        ]
    );
    assert_eq!(batch.notes.last().unwrap().code, "incident_missing");
    assert_eq!(account.paths(), ["incidents", "incidents/PT4KHLK", "incidents/PVANISHED"]);
    assert_eq!(account.seen()[0].value("date_range"), Some("all"));
    let known = Known { state: batch.state, open_incidents: vec!["PVANISHED".into()], ..Known::default() };
    walk(pd.as_ref(), "open_incidents", &known).await.unwrap();
    assert_eq!(account.paths().len(), 4, "what cannot be opened is not asked for each minute");
}

#[tokio::test]
async fn the_month_is_read_again_once_a_day() {
    let account = account().start().await;
    let pd = connector(&account.url);
    let first = walk(pd.as_ref(), "incidents_again", &Known::default()).await.unwrap();
    assert_eq!((first.items.len(), account.seen().len()), (0, 0), "the first time it was just read");
    let with = |state: String| Known { state: Some(state), ..Known::default() };
    let soon = walk(pd.as_ref(), "incidents_again", &with(NOW.plus_hours(-2).to_rfc3339())).await.unwrap();
    assert_eq!((soon.items.len(), soon.state), (0, Some(NOW.plus_hours(-2).to_rfc3339())));
    let next_day = walk(pd.as_ref(), "incidents_again", &with(NOW.plus_hours(-24).to_rfc3339())).await.unwrap();
    assert_eq!((next_day.items.len(), next_day.state), (3, Some(NOW.to_rfc3339())));
    // Another part of the same reading.
    let part = walk(pd.as_ref(), "incidents_again", &with(NOW.to_rfc3339())).await.unwrap();
    assert_eq!(part.items.len(), 3);
}
