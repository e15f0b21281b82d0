//! The log: changes, timelines, pages.

use fairlead_domain::incident::TimelineKind;
use fairlead_domain::page::{Page, PageChannel};

use super::super::{entry, wire};
use super::account::{Account, fixture};
use super::*;

/// The entries with the incident in each, newest first, as the log is told.
fn entries() -> Vec<Value> {
    let incident = fixture(include_str!("../fixtures/incidents.json")).remove(2);
    let mut entries = fixture(include_str!("../fixtures/log_entries.json"));
    entries.iter_mut().for_each(|entry| entry["incident"] = incident.clone());
    entries.reverse();
    entries
}

async fn read(entries: Vec<Value>) -> Batch {
    let account = Account::default().list("log_entries", entries).start().await;
    walk(connector(&account.url).as_ref(), "log_entries", &Known::default()).await.unwrap()
}

#[test]
fn what_is_passed_over_unread_changes_no_entry() {
    for whole in entries() {
        let part = entry::fields().read(whole.to_string().as_bytes()).unwrap();
        let [from_whole, from_part] = [&whole, &part].map(|document| {
            let read = entry::read(&wire::read(document), document).unwrap();
            (read.event, read.raw, read.page, read.users)
        });
        assert_eq!(from_part, from_whole);
    }
}

#[tokio::test]
async fn every_entry_is_an_event_whatever_its_type() {
    let batch = read(entries()).await;
    let mut told: Vec<_> = of_kind!(batch, TimelineEvent).into_iter().map(|e| (e.ext_id, e.kind)).collect();
    told.sort();
    use TimelineKind::*;
    let kinds = [Trigger, Notify, Notify, Ack, Assign, Note, Ack, Field];
    let expected: Vec<_> = (1..=8).map(|n| format!("L{n}")).zip(kinds).collect();
    assert_eq!(told, expected);
    let events = of_kind!(batch, TimelineEvent);
    let of = |id: &str| events.iter().find(|e| e.ext_id == id).unwrap();
    assert_eq!(of("L2").actor.as_ref().and_then(|p| p.ext_id.as_deref()), Some("PINES"), "whom it notified");
    assert_eq!(of("L1").actor, None, "a service is nobody");
    assert_eq!(of("L6").text.as_deref(), Some("Failed over; vendor is at"));
    assert!(events.iter().filter(|e| e.ext_id != "L6").all(|e| e.text.is_none()), "texts of the log name people");
}

#[tokio::test]
async fn who_was_notified_how_and_when_is_a_page_and_its_address_is_nowhere() {
    let batch = read(entries()).await;
    let mut pages = of_kind!(batch, Page);
    pages.sort_by(|a, b| a.ext_id.cmp(&b.ext_id));
    let told =
        |p: &Page| (p.ext_id.clone(), p.channel, p.sent_at, p.answered_at, p.service.clone(), p.incident.clone());
    let place = || (Some("PSVC2".to_owned()), Some("POPEN".to_owned()));
    assert_eq!(
        pages.iter().map(told).collect::<Vec<_>>(),
        [
            (
                "L2".into(),
                PageChannel::Voice,
                at("2026-11-16T06:00:30Z"),
                Some(at("2026-11-16T06:04:00Z")),
                place().0,
                place().1
            ),
            (
                "L3".into(),
                PageChannel::Push,
                at("2026-11-16T06:00:40Z"),
                Some(at("2026-11-16T06:02:00Z")),
                place().0,
                place().1
            )
        ],
        "answered by the same person"
    );
    assert_eq!(pages[0].status.as_deref(), Some("success"));
    assert!(!kept(&batch).contains("912 345 678") && !kept(&batch).contains("address"), "{}", kept(&batch));
}

#[tokio::test]
async fn the_incident_of_an_entry_comes_after_the_entries_that_tell_of_it() {
    let batch = read(entries()).await;
    let kinds: Vec<_> = records(&batch).iter().map(|record| record.kind()).collect();
    let last_event = kinds.iter().rposition(|kind| *kind == fairlead_domain::RecordKind::TimelineEvent).unwrap();
    let incidents: Vec<_> =
        kinds.iter().enumerate().filter(|(_, k)| **k == fairlead_domain::RecordKind::Incident).collect();
    assert_eq!(incidents.len(), 1, "once for all entries of a page");
    assert!(incidents[0].0 > last_event);
    assert_eq!(of_kind!(batch, Person)[0].ext_id, "PGONE");
}

#[tokio::test]
async fn a_mere_pointer_to_an_incident_is_no_incident() {
    let mut entries = fixture(include_str!("../fixtures/log_entries.json"));
    entries.push(json!({ "type": "resolve_log_entry" }));
    let batch = read(entries).await;
    assert!(of_kind!(batch, Incident).is_empty());
    assert_eq!(batch.notes[0].code, "log_entry_unreadable");
}

/// Notified on one page of the walk and acknowledged on another, in either order.
#[rstest::rstest]
#[case::newest_first(true)]
#[case::oldest_first(false)]
#[tokio::test]
async fn an_answer_on_another_page_of_the_walk_is_found(#[case] reversed: bool) {
    let entry = |id: String, kind: &str, minute: usize| {
        let person = json!({ "id": "PINES", "type": "user_reference" });
        json!({ "id": id, "type": kind, "created_at": NOW.plus_millis((i64::try_from(minute).unwrap() - 300) * 60_000).to_rfc3339(),
            "user": person, "agent": person, "incident": { "id": "I1" } })
    };
    let mut entries = vec![entry("N".into(), "notify_log_entry", 0)];
    entries.extend((1..150).map(|n| entry(format!("A{n}"), "annotate_log_entry", n)));
    entries.push(entry("ACK".into(), "acknowledge_log_entry", 200));
    if reversed {
        entries.reverse();
    }
    let batch = read(entries).await;
    assert_eq!(of_kind!(batch, Page).last().unwrap().answered_at, Some(NOW.plus_millis(-100 * 60_000)));
}

#[tokio::test]
async fn the_log_is_asked_for_with_its_incidents_and_without_a_request_for_each() {
    let account = Account::default().list("log_entries", entries()).start().await;
    walk(connector(&account.url).as_ref(), "log_entries", &Known::default()).await.unwrap();
    let seen = account.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].value("include[]"), Some("incidents"));
    assert_eq!(seen[0].value("until"), Some("2026-11-16T07:00:01Z"));
}
