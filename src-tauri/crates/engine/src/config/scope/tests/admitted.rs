//! What is stored of records, whole or without people.

use fairlead_domain::record::RecordKind;
use rstest::rstest;
use serde_json::json;

use super::*;

#[test]
fn what_belongs_to_the_team_is_stored_whole() {
    let mut scope = narrow("individual");
    let kinds: Vec<RecordKind> = ours().iter().map(Record::kind).collect();
    assert_eq!(kinds, RecordKind::ALL, "a record of every kind");
    let items: Vec<Item> = ours().into_iter().map(|record| Item { record, raw: Some(json!({"id": 1})) }).collect();
    assert_eq!(scope.admit_all("pd", items.clone()), items);
}

#[test]
fn without_teams_only_pages_lose_their_person() {
    let mut scope = scope("");
    for record in ours().into_iter().chain([
        person("P2", Some(BOB), "Bob").into(),
        shift("S2", id("P2")).into(),
        incident(Some("V2"), &["P2"]).into(),
        silence(BOB).into(),
        slo("s2", "mailer").into(),
    ]) {
        let expected = match record.clone() {
            Record::Page(page) => Record::Page(Page { person: None, ..page }),
            other => other,
        };
        let admitted = scope.admit_all("pd", vec![record.into()]);
        assert_eq!(admitted.into_iter().map(without_token).collect::<Vec<_>>(), vec![Item::from(expected)]);
    }
}

#[rstest]
#[case::person(person("P2", Some(BOB), "Bob"))]
#[case::nameless_person(person("P9", None, "Bob B."))]
#[case::name_of_an_outsider(person("Bob", None, "Bob"))]
#[case::service(Service { ext_id: "V2".into(), name: "mailer".into(), team: None })]
#[case::schedule(schedule("S2", "Other"))]
#[case::rotation(Rotation { ext_id: "R".into(), schedule: "S2".into(), name: "r".into(), ordinal: 0 })]
#[case::policy(policy(&["S2"], &["P2"]))]
#[case::shift_of_another_schedule(shift("S2", id("P1")))]
#[case::incident(incident(Some("V2"), &["P2"]))]
#[case::page(page(Some("V2"), id("P2")))]
#[case::alert(alert(Some("mailer")))]
#[case::change(change(Some("V2"), id("P1")))]
#[case::leave(leave(Some(id("P2"))))]
#[case::leave_of_an_unknown_id(leave(Some(id("P9"))))]
#[case::maintenance(maintenance(&["V2"]))]
#[case::slo(slo("s2", "mailer"))]
fn what_belongs_to_others_is_not_stored(#[case] record: impl Into<Record>) {
    assert_eq!(narrow("individual").admit("pd", record.into()), None);
}

#[test]
fn hours_of_a_dropped_slo_are_dropped_until_it_comes_into_scope() {
    let mut scope = narrow("team");
    let hour = |slo: &str| Record::from(SliHour { slo: slo.into(), hour: at(0), figures: SliFigures::default() });
    let said = |slo: &str| Record::from(SloUpstream { slo: slo.into(), at: at(0), budget_remaining: 1.0 });
    scope.learn("pd", &slo("s2", "mailer").into());
    assert_eq!((scope.admit("pd", hour("s2")), scope.admit("pd", said("s2"))), (None, None));
    assert_eq!(scope.admit("prom", hour("s2")), Some(hour("s2")), "another source's SLO of the same id");
    scope.learn("pd", &slo("s2", "checkout").into());
    assert_eq!(scope.admit("pd", hour("s2")), Some(hour("s2")));
}

#[rstest]
#[case::shift(shift("S1", id("P2")), Shift { person: None, withheld: true, ..shift("S1", id("P2")) })]
#[case::unknown_id(shift("S1", id("P9")), Shift { person: None, withheld: true, ..shift("S1", id("P9")) })]
#[case::replaced(Shift { replaced: Some(id("P2")), ..shift("S1", id("P1")) }, shift("S1", id("P1")))]
#[case::team(team(&["P1", "P2"]), team(&["P1"]))]
#[case::policy(policy(&["S1"], &["P1", "P2"]), policy(&["S1"], &["P1"]))]
#[case::responders(incident(Some("V1"), &["P1", "P2"]), incident(Some("V1"), &["P1"]))]
#[case::member_elsewhere(incident(Some("V2"), &["P2", "P1"]), incident(Some("V2"), &["P1"]))]
#[case::no_service(incident(None, &["P2"]), incident(None, &[]))]
#[case::actor(event(TimelineKind::Ack, id("P2")), TimelineEvent { actor: None, ..event(TimelineKind::Ack, id("P2")) })]
#[case::page(page(Some("V1"), id("P2")), Page { person: None, ..page(Some("V1"), id("P2")) })]
#[case::author(change(Some("V1"), id("P2")), Change { author: None, ..change(Some("V1"), id("P2")) })]
#[case::owner(action(id("P2")), ActionItem { owner: None, ..action(id("P2")) })]
#[case::owner_by_name(action(PersonRef::by_name("Zoe")), ActionItem { owner: None, ..action(id("P2")) })]
#[case::creator(silence(BOB), Silence { creator: None, ..silence(BOB) })]
#[case::creator_by_name(silence("bob"), Silence { creator: None, ..silence(BOB) })]
fn persons_outside_are_taken_out_and_the_document_with_them<R: Into<Record>>(#[case] given: R, #[case] kept: R) {
    let item = Item { record: given.into(), raw: Some(json!({"who": "Bob"})) };
    let expected = Item { record: kept.into(), raw: None };
    assert_eq!(narrow("individual").admit_item("pd", item).map(without_token), Some(expected));
}

#[rstest]
#[case::by_email(action(PersonRef::by_email("INES@harbor.example")))]
#[case::by_name(action(PersonRef::by_name("ines")))]
#[case::shift_by_name(shift("S1", PersonRef::by_name("INES ")))]
#[case::leave_by_name(leave(Some(PersonRef { ext_id: Some("Ines".into()), ..PersonRef::by_name("Ines") })))]
#[case::leave_of_nobody(leave(None))]
#[case::calendar_person(person("Ines", None, "Ines"))]
#[case::system(silence("alert-bot"))]
#[case::member_paged_elsewhere(page(Some("V2"), id("P1")))]
#[case::schedule_by_name(schedule("S1", "renamed since"))]
#[case::alert_without_service(alert(None))]
#[case::policy_of_nobody(policy(&[], &[]))]
fn what_may_be_ours_is_kept(#[case] record: impl Into<Record>) {
    let record = record.into();
    assert_eq!(narrow("individual").admit("pd", record.clone()), Some(record));
}

#[rstest]
//                  person  shift  leave  responder  actor  notify  page   author
#[case("off",        [false, false, false, false,     false, false,  false, false])]
#[case("rota",       [true,  true,  true,  false,     false, false,  false, false])]
#[case("team",       [true,  true,  true,  true,      true,  false,  false, true])]
#[case("individual", [true,  true,  true,  true,      true,  true,   true,  true])]
fn the_setting_for_people_says_where_they_are_named(#[case] people: &str, #[case] expected: [bool; 8]) {
    let scope = narrow(people);
    let admit = |record: Record| scope.admit("pd", record);
    let named = [
        admit(person("P1", Some(INES), "Ines").into()).is_some(),
        matches!(
            admit(shift("S1", id("P1")).into()),
            Some(Record::Shift(Shift { person: Some(_), withheld: false, .. }))
        ),
        admit(leave(Some(id("P1"))).into()).is_some(),
        matches!(admit(incident(Some("V1"), &["P1"]).into()), Some(Record::Incident(i)) if !i.responders.is_empty()),
        matches!(admit(event(TimelineKind::Ack, id("P1")).into()), Some(Record::TimelineEvent(e)) if e.actor.is_some()),
        matches!(admit(event(TimelineKind::Notify, id("P1")).into()), Some(Record::TimelineEvent(e)) if e.actor.is_some()),
        matches!(admit(page(Some("V1"), id("P1")).into()), Some(Record::Page(p)) if p.person.is_some()),
        matches!(admit(change(Some("V1"), id("P1")).into()), Some(Record::Change(c)) if c.author.is_some()),
    ];
    assert_eq!(named, expected);
    let shift = admit(shift("S1", id("P1")).into());
    assert!(matches!(shift, Some(Record::Shift(s)) if s.withheld == (people == "off")), "the shift itself stays");
}
