//! Whose a shift is, producer by producer, and what never leaves the feed.

use fairlead_domain::Record;
use rstest::rstest;
use serde_json::json;

use super::{calendar, read, settings, shifts};

const PAGERDUTY: &str = include_str!("../fixtures/pagerduty.ics");
const GOALERT: &str = include_str!("../fixtures/goalert.ics");
const GRAFANA: &str = include_str!("../fixtures/grafana.ics");
const LINKEDIN: &str = include_str!("../fixtures/linkedin.ics");
const ROTA: &str = include_str!("../fixtures/rota.ics");

/// `name|e-mail|role|level|open` of each shift, and the schedule's name.
fn said(feed: &str, values: &serde_json::Value) -> (String, Vec<String>) {
    let batch = read(feed, values);
    let name = batch.items.iter().find_map(|item| match &item.record {
        Record::Schedule(schedule) => Some(schedule.name.clone()),
        _ => None,
    });
    let line = |s: &&fairlead_domain::schedule::Shift| {
        let person = s.person.clone().unwrap_or_default();
        let level = s.level.map(|level| level.to_string()).unwrap_or_default();
        format!(
            "{}|{}|{}|{level}|{}",
            person.name.unwrap_or_default(),
            person.email.unwrap_or_default(),
            s.role,
            s.end_open
        )
    };
    (name.unwrap_or_default(), shifts(&batch).iter().map(line).collect())
}

#[rstest]
#[case(PAGERDUTY, "On Call Schedule for Checkout", &["Ines Silva|ines@harbor.example|unknown||false"])]
#[case(GOALERT, "Ledger", &["Yuki Mori||unknown||false", "Tomasz Zieliński||unknown||true"])]
#[case(GRAFANA, "Search, weekly", &["mara.o'neil||unknown||false", "devon||unknown|2|false"])]
#[case(LINKEDIN, "harbor Oncall Calendar", &["Amara Obi|amara@harbor.example|secondary||false"])]
fn each_producer_is_read_by_its_own_form(#[case] feed: &str, #[case] schedule: &str, #[case] expected: &[&str]) {
    let (name, lines) = said(feed, &json!({}));
    assert_eq!(name, schedule);
    assert_eq!(lines, expected);
}

#[rstest]
#[case("On Call - Ines Silva - Checkout", "Ines Silva", "unknown")]
#[case("On Call - Ines Silva", "Ines Silva", "unknown")]
#[case("On-call: Yuki", "Yuki", "unknown")]
#[case("Primary: Tomasz", "Tomasz", "primary")]
#[case("Devon Reed (secondary)", "Devon Reed", "secondary")]
#[case("Amara - shadow", "Amara", "shadow")]
#[case("L2 Devon", "Devon", "secondary")]
#[case("d'arcy.o'neil", "d'arcy.o'neil", "unknown")]
#[case("Ines +351 21 555 0199 on call", "Ines", "unknown")]
#[case("Checkout_schedule: Ines Silva", "Ines Silva", "unknown")]
fn a_summary_is_cleaned_to_a_name(#[case] summary: &str, #[case] name: &str, #[case] role: &str) {
    let event =
        format!("BEGIN:VEVENT\nUID:1\nSUMMARY:{summary}\nDTSTART:20261122T080000Z\nDTEND:20261123T080000Z\nEND:VEVENT");
    assert_eq!(
        said(&calendar(&event), &json!({})).1,
        [format!("{name}||{role}||false")
            .replace("|secondary||", &format!("|secondary|{}|", if summary.starts_with("L2") { "2" } else { "" }))]
    );
}

#[rstest]
#[case("On-call", "unknown")]
#[case("Primary on call", "primary")]
#[case("Secondary", "secondary")]
#[case("The on-call engineer (L2)", "secondary")]
fn a_summary_without_a_name_is_a_shift_that_nobody_covers(#[case] summary: &str, #[case] role: &str) {
    let event = |uid: u32, attendee: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{summary}\nDTSTART:20261122T080000Z\nDTEND:20261123T080000Z\n{attendee}END:VEVENT\n"
        )
    };
    let batch = read(&calendar(&(event(1, "") + &event(2, ""))), &json!({}));
    assert!(batch.items.iter().all(|item| !matches!(item.record, Record::Person(_))), "{:?}", batch.items);
    let found = shifts(&batch);
    assert!(found.iter().all(|shift| shift.person.is_none() && !shift.withheld && shift.role.word() == role));
    let notes: Vec<_> = batch.notes.iter().map(|n| (n.code, n.incomplete, n.message.split(' ').next())).collect();
    assert_eq!((found.len(), notes), (2, vec![("person_missing", false, Some("2"))]));
    let named = read(&calendar(&event(1, "ATTENDEE:ines@harbor.example\n")), &json!({}));
    assert_eq!(shifts(&named)[0].person.as_ref().and_then(|p| p.email.as_deref()), Some("ines@harbor.example"));
    assert!(named.notes.is_empty());
}

#[rstest]
#[case("ines@harbor.example on call", Some("ines@harbor.example"), "unknown")]
#[case("Primary: <ines@harbor.example>", Some("ines@harbor.example"), "primary")]
#[case("ines@harbor.example, yuki@harbor.example", None, "unknown")]
fn the_one_address_in_a_summary_is_whose_shift_it_is(
    #[case] summary: &str,
    #[case] email: Option<&str>,
    #[case] role: &str,
) {
    let event =
        format!("BEGIN:VEVENT\nUID:1\nSUMMARY:{summary}\nDTSTART:20261122T080000Z\nDTEND:20261123T080000Z\nEND:VEVENT");
    let batch = read(&calendar(&event), &json!({}));
    let shift = shifts(&batch)[0];
    assert_eq!(shift.person.as_ref().and_then(|p| p.email.as_deref()), email);
    assert_eq!(shift.role.word(), role);
}

#[test]
fn an_event_without_a_summary_is_left_out_and_the_rest_is_whole() {
    let of = |uid: u32, summary: &str| {
        format!("BEGIN:VEVENT\nUID:{uid}\n{summary}DTSTART:20261122T080000Z\nDTEND:20261123T080000Z\nEND:VEVENT\n")
    };
    let feed = calendar(&(of(1, "") + &of(2, "SUMMARY: \n") + &of(3, "SUMMARY:Ines\n")));
    let batch = read(&feed, &json!({}));
    assert_eq!(shifts(&batch).len(), 1);
    assert_eq!(batch.notes.iter().map(|n| (n.code, n.incomplete)).collect::<Vec<_>>(), [("event_skipped", false); 2]);
    assert!(!batch.complete.is_empty(), "one blank event does not make the feed one that was read in part");
}

#[test]
fn several_attendees_share_a_shift_and_rooms_and_refusals_do_not() {
    let feed = calendar(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Release watch\nDTSTART:20261122T080000Z\nDTEND:20261123T080000Z\n\
         ATTENDEE;CN=Ines:mailto:Ines@harbor.example\nATTENDEE:yuki@harbor.example\n\
         ATTENDEE;PARTSTAT=DECLINED:mailto:devon@harbor.example\nATTENDEE;CUTYPE=ROOM:mailto:room@harbor.example\nEND:VEVENT",
    );
    let batch = read(&feed, &json!({}));
    let keys: Vec<_> = shifts(&batch).iter().map(|s| s.ext_key.clone()).collect();
    assert!(keys.iter().all(|key| key.starts_with("1/") && !key.contains('@')), "{keys:?}");
    assert_ne!(keys[0], keys[1]);
    let people: Vec<_> = batch.items.iter().filter(|i| matches!(i.record, Record::Person(_))).collect();
    assert_eq!(people.len(), 2);
}

#[rstest]
#[case("^(?P<role>\\w+)/(?P<person>.+)$", "primary/Ines", "Ines||primary||false")]
#[case("^(?P<person>.+) @ .*$", "Yuki @ harbor", "Yuki||manager||false")]
#[case("^(?P<person>\\S+)", "ines@harbor.example on call", "|ines@harbor.example|manager||false")]
fn the_configured_pattern_comes_first(#[case] pattern: &str, #[case] summary: &str, #[case] expected: &str) {
    let event = format!(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:{summary}\nDTSTART:20261122T080000Z\nDTEND:20261123T080000Z\nATTENDEE:owner@harbor.example\nEND:VEVENT"
    );
    let lines = said(&calendar(&event), &json!({ "person": pattern, "role": "manager", "schedule": "Mine" }));
    assert_eq!(lines, ("Mine".to_owned(), vec![expected.to_owned()]));
}

#[test]
fn what_the_configured_pattern_does_not_match_is_skipped_and_said() {
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Team lunch\nDTSTART:20261122T080000Z\nDTEND:20261122T090000Z\nEND:VEVENT";
    let batch = read(&calendar(event), &json!({ "person": "^On call (?P<person>.+)$" }));
    assert!(shifts(&batch).is_empty());
    assert_eq!(batch.notes.iter().map(|n| (n.code, n.incomplete)).collect::<Vec<_>>(), [("event_skipped", false)]);
}

#[test]
fn a_shift_without_a_name_covers_but_nobody_is_guessed() {
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:On-Call (GoAlert: Ledger)\nDTSTART:20261122T080000Z\nDTEND:20261124T080000Z\nEND:VEVENT";
    let batch = read(&calendar(event), &json!({}));
    assert!(shifts(&batch)[0].withheld && shifts(&batch)[0].person.is_none());
    assert_eq!(batch.notes[0].code, "person_missing");
}

#[rstest]
#[case(json!({ "person": "(" }), "person")]
#[case(json!({ "person": "^(.+)$" }), "person")]
#[case(json!({ "use": "lunch" }), "use")]
#[case(json!({ "url": "https://harbor.example/rota.ics" }), "file")]
fn settings_that_cannot_work_name_their_key(#[case] values: serde_json::Value, #[case] key: &str) {
    assert_eq!(settings(&values).expect_err("refused").path, [key]);
}

#[rstest]
#[case("oncall")]
#[case("leave")]
#[case("freeze")]
#[case("holiday")]
fn no_telephone_number_or_address_leaves_the_feed(#[case] usage: &str) {
    for feed in [PAGERDUTY, GOALERT, GRAFANA, LINKEDIN, ROTA] {
        let noisy = feed
            .replace("SUMMARY:", "SUMMARY:+49 30 5550199 ")
            .replace("END:VEVENT", "GEO:48.85;2.35\r\nCOMMENT:call 030 5550188\r\nEND:VEVENT");
        for item in read(&noisy, &json!({ "use": usage })).items {
            let text =
                format!("{} {}", serde_json::to_string(&item.record).expect("JSON"), item.raw.unwrap_or_default());
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            for private in ["5550199", "5550188", "5550100123", "555010012", "Quay", "48.85", "schedules#", "555 010"] {
                assert!(!text.contains(private) && !digits.contains(private), "{private} in {text}");
            }
        }
    }
}

#[test]
fn leave_names_the_person_and_not_the_kind() {
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Ines - sick leave\nDTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125\nEND:VEVENT";
    let batch = read(&calendar(event), &json!({ "use": "leave" }));
    let Record::Leave(leave) = &batch.items[0].record else { panic!("leave") };
    assert_eq!(leave.person.as_ref().and_then(|p| p.name.as_deref()), Some("Ines"));
    assert_eq!(
        (leave.start.to_rfc3339(), leave.end.to_rfc3339()),
        ("2026-11-23T00:00:00Z".into(), "2026-11-25T00:00:00Z".into())
    );
    assert!(!format!("{:?}", batch.items).contains("sick"), "the kind of leave must not be stored");
}

#[test]
fn freezes_and_holidays_keep_their_names() {
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Freeze 2026-12-20 - 2027-01-05\nDTSTART;VALUE=DATE:20261220\nDTEND;VALUE=DATE:20270105\nEND:VEVENT";
    let freeze = read(&calendar(event), &json!({ "use": "freeze" }));
    let Record::Maintenance(freeze) = &freeze.items[0].record else { panic!("a freeze") };
    assert_eq!((freeze.kind.word(), freeze.title.as_str()), ("freeze", "Freeze 2026-12-20 - 2027-01-05"));
    let holiday = read(&calendar(event), &json!({ "use": "holiday" }));
    let Record::Holiday(holiday) = &holiday.items[0].record else { panic!("a holiday") };
    assert_eq!(holiday.end.to_rfc3339(), "2027-01-05T00:00:00Z");
}

#[test]
fn what_is_kept_of_an_event_names_only_the_person_of_the_record() {
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Primary: Bob Stone\nATTENDEE;CN=Ines:mailto:ines@harbor.example\n\
                 ATTENDEE;CN=Bob Stone:mailto:bob@elsewhere.example\nDTSTART:20261122T080000Z\nDTEND:20261124T080000Z\nEND:VEVENT";
    for usage in ["oncall", "leave"] {
        let batch = read(&calendar(event), &json!({ "use": usage }));
        let mut of_ines = 0;
        for item in batch.items {
            let text =
                format!("{} {}", serde_json::to_string(&item.record).expect("JSON"), item.raw.unwrap_or_default());
            if text.contains("ines@harbor.example") {
                of_ines += 1;
                assert!(!text.contains("Bob") && !text.contains("bob@"), "{text}");
            }
            let key = match &item.record {
                Record::Shift(shift) => &shift.ext_key,
                Record::Leave(leave) => &leave.ext_key,
                _ => continue,
            };
            assert!(!key.contains("bob") && !key.contains("ines"), "{key}");
        }
        assert!(of_ines > 0);
    }
}
