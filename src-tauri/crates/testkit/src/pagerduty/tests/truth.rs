//! What is served and what the oracle asks for come from one story; here they meet on the far side of the wire.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Timestamp;
use fairlead_domain::record::{Record, RecordKind};
use serde_json::Value;

use super::{read, start, walk};
use crate::pagerduty::{PagerDuty, Quirks};
use crate::scenario::oracle::Oracle;

fn text<'a>(row: &'a Value, pointer: &str) -> &'a str {
    row.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn at(row: &Value, pointer: &str) -> Option<Timestamp> {
    row.pointer(pointer).and_then(Value::as_str).map(|text| Timestamp::parse_rfc3339(text).expect("an instant"))
}

fn oracle(fake: &crate::pagerduty::FakePagerDuty) -> Oracle {
    fake.story().records(&PagerDuty)
}

#[tokio::test]
async fn the_first_acknowledgement_and_the_last_resolve_are_in_the_feed() {
    let fake = start(Quirks::default());
    let oracle = oracle(&fake);
    let mut acked: BTreeMap<String, Timestamp> = BTreeMap::new();
    let (mut entries, mut pages) = (0, 0);
    let mut words = BTreeSet::new();
    for row in walk(&fake, "/log_entries", "log_entries", "time_zone=Asia/Tokyo", 100).await {
        entries += 1;
        let word = text(&row, "/type");
        let moment = at(&row, "/created_at").expect("a time");
        if word.starts_with("acknowledge") {
            words.insert(word.to_owned());
            let first = acked.entry(text(&row, "/incident/id").to_owned()).or_insert(moment);
            *first = moment.min(*first);
        }
        let Some(Record::Page(page)) = oracle.records.get(&(RecordKind::Page, text(&row, "/id").to_owned())) else {
            assert_ne!(word, "notify_log_entry");
            continue;
        };
        pages += 1;
        assert_eq!(page.sent_at, moment);
        assert_eq!(page.person.as_ref().and_then(|who| who.ext_id.as_deref()), Some(text(&row, "/user/id")));
        assert_eq!(page.status.as_deref(), Some(text(&row, "/channel/notification/status")));
    }
    assert_eq!((entries, pages), (oracle.count(RecordKind::TimelineEvent), oracle.count(RecordKind::Page)));
    assert_eq!(words.len(), 2, "both words are in use: {words:?}");
    let incidents = walk(&fake, "/incidents", "incidents", "date_range=all&include[]=priorities", 100).await;
    assert_eq!(incidents.len(), oracle.count(RecordKind::Incident));
    for row in incidents {
        let key = (RecordKind::Incident, text(&row, "/id").to_owned());
        let Some(Record::Incident(incident)) = oracle.records.get(&key) else { panic!("{key:?} is unknown") };
        assert_eq!(incident.acked_at, acked.get(&incident.ext_id).copied());
        assert_eq!(incident.resolved_at, at(&row, "/resolved_at"));
        assert_eq!(incident.severity_raw.as_deref(), row.pointer("/priority/name").and_then(Value::as_str));
        assert_eq!(incident.urgency.as_deref(), Some(text(&row, "/urgency")));
        assert_eq!(incident.merged_into.as_deref(), row.pointer("/resolve_reason/incident/id").and_then(Value::as_str));
    }
}

#[tokio::test]
async fn shifts_of_both_kinds_of_schedules_are_the_oracles() {
    let fake = start(Quirks::default());
    let oracle = oracle(&fake);
    let bounds = format!("since={}&until={}&overflow=true", oracle.window.start, oracle.window.end);
    let mut served: Vec<(String, Option<String>, Timestamp, Timestamp)> = Vec::new();
    for (path, rows, who, start, end) in [
        ("/schedules", "/schedule/final_schedule/rendered_schedule_entries", "/user/id", "/start", "/end"),
        (
            "/v3/schedules",
            "/schedule/final_schedule/computed_shift_assignments",
            "/member/user_id",
            "/start_time",
            "/end_time",
        ),
    ] {
        for schedule in walk(&fake, path, "schedules", "", 100).await {
            let id = text(&schedule, "/id");
            let page = read(&fake, &format!("{path}/{id}?{bounds}&include[]=final_schedule")).await;
            for row in page.pointer(rows).and_then(Value::as_array).expect("rows") {
                let person = row.pointer(who).and_then(Value::as_str).map(str::to_owned);
                served.push((id.to_owned(), person, at(row, start).expect("a start"), at(row, end).expect("an end")));
            }
        }
    }
    let mut wanted: Vec<(String, Option<String>, Timestamp, Timestamp)> = oracle
        .records
        .values()
        .filter_map(|record| match record {
            Record::Shift(shift) => {
                let person = shift.person.as_ref().and_then(|who| who.ext_id.clone());
                Some((shift.schedule.clone(), person, shift.start, shift.end))
            }
            _ => None,
        })
        .collect();
    served.sort();
    wanted.sort();
    assert!(!wanted.is_empty());
    let unserved: Vec<_> = wanted.iter().filter(|row| !served.contains(row)).collect();
    let unwanted: Vec<_> = served.iter().filter(|row| !wanted.contains(row)).collect();
    assert!(unserved.is_empty() && unwanted.is_empty(), "not served: {unserved:?}; not wanted: {unwanted:?}");
    assert_eq!(served.len(), wanted.len());
}

#[tokio::test]
async fn addresses_are_served_so_that_nobody_stores_them_unseen() {
    let fake = start(Quirks::default());
    let secrets = fake.story().secrets();
    let feed = read(&fake, "/log_entries?limit=100").await.to_string();
    assert!(secrets.iter().any(|secret| feed.contains(secret)));
    let kinds: Vec<RecordKind> = RecordKind::ALL.to_vec();
    let told = format!("{:?}", oracle(&fake).of(&kinds).records);
    assert!(!secrets.iter().any(|secret| told.contains(secret)), "the oracle asks for none of them");
}
