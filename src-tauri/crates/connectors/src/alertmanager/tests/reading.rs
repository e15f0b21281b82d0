use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::{Record, Timestamp};
use serde_json::{Value, json};

use super::super::{alerts, silences};

const NOW: Timestamp = Timestamp::from_secs(1_794_819_600);

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn listed() -> alerts::Read {
    alerts::read(serde_json::from_str(include_str!("../fixtures/alerts.json")).unwrap())
}

fn silenced(list: &Value) -> (Vec<Silence>, Vec<String>) {
    let (items, odd) = silences::read(serde_json::from_value(list.clone()).unwrap(), NOW);
    let silence = |item: fairlead_domain::Item| match item.record {
        Record::Silence(silence) => silence,
        other => panic!("{other:?}"),
    };
    (items.into_iter().map(silence).collect(), odd)
}

#[test]
fn an_alert_is_its_labels_and_the_start_that_its_sender_states() {
    let read = listed();
    assert!(read.odd.is_empty());
    let [page, disk, latency] = &read.alerts[..] else { panic!("{read:?}") };
    assert_eq!((page.name.as_str(), page.start), ("HighErrorRate", at("2026-11-16T08:40:12.617Z")));
    assert_eq!((page.end, page.resolution_secs, page.status), (None, 0, AlertStatus::Firing));
    assert_eq!((page.severity_raw.as_deref(), page.service.as_deref()), (Some("critical"), Some("checkout")));
    assert!(!page.labels.contains_key("team"), "an empty label is none: {:?}", page.labels);
    // The digest of these labels as a real Alertmanager shows it, whatever this answer says.
    assert_eq!(disk.fingerprint, "31b236e990051793");
    assert_eq!((disk.status, disk.service.as_deref()), (AlertStatus::Suppressed, Some("svc-003")));
    assert_eq!((latency.status, latency.severity_raw.as_deref()), (AlertStatus::Suppressed, Some("ticket")));
}

#[test]
fn only_a_summary_without_numbers_of_people_is_kept_of_the_rest() {
    let read = listed();
    let kept = serde_json::to_string(&read.documents).unwrap();
    for secret in ["912 345 678", "description", "runbook", "token", "generatorURL", "updatedAt", "endsAt"] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let page = &read.documents[&read.alerts[0].fingerprint];
    assert_eq!(page["receivers"], json!(["page-web", "chat"]));
    assert_eq!(page["summary"], "checkout burns its budget");
    let disk = &read.documents[&read.alerts[1].fingerprint];
    assert_eq!(disk["silencedBy"], json!(["5f0c1a52-5f0c-4d4e-9d3c-0a1b2c3d4e5f"]));
    assert_eq!(disk["summary"], "disk 3 at 97 %, ask");
}

#[test]
fn a_document_is_kept_of_the_first_sight_and_of_a_change_alone() {
    let read = listed();
    let documents = |known: &[Alert]| {
        let items = alerts::items(read.alerts.clone(), known, read.documents.clone());
        items.into_iter().map(|item| item.raw.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(documents(&[]), [true; 3]);
    assert_eq!(documents(&read.alerts), [false; 3]);
    let loud = Alert { status: AlertStatus::Firing, ..read.alerts[1].clone() };
    assert_eq!(documents(&[read.alerts[0].clone(), loud, read.alerts[2].clone()]), [false, true, false]);
}

#[test]
fn an_alert_without_an_instant_is_named_and_left_out() {
    let mut list: Value = serde_json::from_str(include_str!("../fixtures/alerts.json")).unwrap();
    list[0]["startsAt"] = json!("yesterday");
    list[1]["startsAt"] = json!("0001-01-01T00:00:00.000Z");
    let read = alerts::read(serde_json::from_value(list).unwrap());
    assert_eq!((read.alerts.len(), read.odd), (1, vec!["HighErrorRate".to_owned(), "DiskFull".to_owned()]));
}

#[test]
fn a_silence_keeps_who_why_and_what_it_matches() {
    let (silences, odd) = silenced(&serde_json::from_str(include_str!("../fixtures/silences.json")).unwrap());
    assert!(odd.is_empty());
    let [disk, over, coming] = &silences[..] else { panic!("{silences:?}") };
    assert_eq!(disk.creator.as_deref(), Some("ines@harbor.example"));
    assert_eq!(disk.comment.as_deref(), Some("disk swap, ring if it pages"));
    assert_eq!((disk.start, disk.end), (at("2026-11-16T08:00:00Z"), at("2026-11-16T12:00:00Z")));
    assert_eq!(disk.state, SilenceState::Active);
    let matchers: Value = serde_json::from_str(&disk.matchers).unwrap();
    let sorted = json!([
        { "name": "alertname", "value": "DiskFull", "isRegex": false, "isEqual": true },
        { "name": "instance", "value": "h[12]\\..*", "isRegex": true, "isEqual": true },
    ]);
    assert_eq!(matchers, sorted, "in an order that no peer decides");
    assert_eq!((&over.creator, &over.comment, over.state), (&None, &None, SilenceState::Expired));
    assert!(over.matchers.contains("\"isEqual\":false"), "{}", over.matchers);
    assert_eq!((coming.end, coming.state), (Timestamp::LATEST, SilenceState::Pending));
}

#[test]
fn an_unknown_state_follows_from_the_times_and_what_cannot_be_read_is_named() {
    let mut list: Value = serde_json::from_str(include_str!("../fixtures/silences.json")).unwrap();
    for silence in list.as_array_mut().unwrap() {
        silence["status"]["state"] = json!("resting");
    }
    let states = |list: &Value| silenced(list).0.into_iter().map(|silence| silence.state).collect::<Vec<_>>();
    assert_eq!(states(&list), [SilenceState::Active, SilenceState::Expired, SilenceState::Pending]);
    list[0]["matchers"] = json!([]);
    list[1]["endsAt"] = json!("soon");
    list[2]["matchers"][0]["value"] = json!("x".repeat(20_000));
    let (silences, odd) = silenced(&list);
    assert_eq!((silences.len(), odd.len()), (0, 3));
}

#[test]
fn a_long_comment_is_cut() {
    let mut list: Value = serde_json::from_str(include_str!("../fixtures/silences.json")).unwrap();
    list[0]["comment"] = json!(format!("{}\u{202e}{}", "a ".repeat(500_000), "b"));
    let comment = silenced(&list).0[0].comment.clone().unwrap();
    assert!(comment.ends_with('…') && comment.chars().count() <= 1_001, "{}", comment.len());
}
