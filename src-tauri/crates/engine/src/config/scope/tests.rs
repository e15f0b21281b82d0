use std::collections::BTreeMap;

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::incident::{Incident, IncidentKind, IncidentStatus, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::record::RecordKind;
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::service::Service;
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo, SloOrigin, SloUpstream, SloWindow};
use fairlead_domain::team::{Team, TeamMember};
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_domain::{Item, Timestamp};
use rstest::rstest;
use serde_json::json;

use super::*;

const INES: &str = "ines@harbor.example";
const BOB: &str = "bob@elsewhere.example";

fn scope(teams: &str) -> Scope {
    let text = format!("[workspace]\nname = \"Harbor\"\n{teams}");
    let mut scope = Scope::of(&Config::parse(&text, &[]).unwrap());
    for (id, email, name) in [("P1", "Ines@Harbor.example", "Ines"), ("P2", BOB, "Bob")] {
        let (ext_id, email, name) = (id.to_owned(), Some(email.to_owned()), name.to_owned());
        let person = Person { ext_id, email, name, timezone: None, active: true };
        scope.learn("pd", &person.into());
    }
    scope.learn("pd", &schedule("S1", "Primary").into());
    scope.learn("pd", &schedule("S2", "Other").into());
    scope.learn("pd", &Service { ext_id: "V1".into(), name: "checkout".into(), team: None }.into());
    scope.learn("pd", &Service { ext_id: "V2".into(), name: "mailer".into(), team: None }.into());
    scope
}

/// A team of Ines, with the schedule S1 and the service checkout.
fn narrow(people: &str) -> Scope {
    scope(&format!(
        "[[team]]\nname = \"platform\"\npeople = \"{people}\"\nmembers = [\"{INES}\"]\nschedules = [\"pd:S1\"]\n\
         services = [\"checkout\"]\nslo = {{ sloth_service = [\"checkout\"] }}\n"
    ))
}

fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(secs)
}

fn id(ext_id: &str) -> PersonRef {
    PersonRef { ext_id: Some(ext_id.into()), ..PersonRef::default() }
}

fn schedule(ext_id: &str, name: &str) -> Schedule {
    let (ext_id, name) = (ext_id.into(), name.into());
    Schedule { ext_id, name, system: ScheduleSystem::Layer, timezone: None, team: None, url: None }
}

fn shift(schedule: &str, person: PersonRef) -> Shift {
    Shift {
        schedule: schedule.into(),
        ext_key: "k".into(),
        person: Some(person),
        withheld: false,
        start: at(0),
        end: at(3600),
        end_open: false,
        level: None,
        role: ShiftRole::Primary,
        origin: ShiftOrigin::Rotation,
        replaced: None,
        rotation: None,
    }
}

fn incident(service: Option<&str>, responders: &[&str]) -> Incident {
    let responder = |id_: &&str| Responder { person: id(id_), role: None, assigned_at: None };
    Incident {
        ext_id: "I1".into(),
        kind: IncidentKind::Paged,
        number: None,
        title: "down".into(),
        status: IncidentStatus::Open,
        status_raw: None,
        severity: None,
        severity_raw: None,
        urgency: None,
        service: service.map(Into::into),
        teams: Vec::new(),
        created_at: at(0),
        acked_at: None,
        ack_source: None,
        mitigated_at: None,
        resolved_at: None,
        closed_at: None,
        updated_at: None,
        impact_start: None,
        impact_end: None,
        merged_into: None,
        is_test: false,
        url: None,
        responders: responders.iter().map(responder).collect(),
        links: Vec::new(),
        custom_fields: Vec::new(),
    }
}

fn event(kind: TimelineKind, actor: PersonRef) -> TimelineEvent {
    let (ext_id, actor) = ("E1".into(), Some(actor));
    TimelineEvent { ext_id, incident: None, at: at(0), kind, actor, raw_type: None, text: None }
}

fn page(service: Option<&str>, person: PersonRef) -> Page {
    Page {
        ext_id: "N1".into(),
        person: Some(person),
        party: None,
        incident: None,
        sent_at: at(0),
        channel: PageChannel::Push,
        status: None,
        answered_at: None,
        service: service.map(Into::into),
    }
}

/// A token that tells a withheld person apart is another one in each run.
fn without_token(mut item: Item) -> Item {
    if let Record::Page(page) = &mut item.record {
        assert_eq!(page.party.is_some(), page.person.is_none(), "whom nothing tells apart would not be counted");
        page.party = None;
    }
    item
}

fn person(ext_id: &str, email: Option<&str>, name: &str) -> Person {
    let email = email.map(Into::into);
    Person { ext_id: ext_id.into(), name: name.into(), email, timezone: None, active: true }
}

fn silence(creator: &str) -> Silence {
    Silence {
        ext_id: "L1".into(),
        start: at(0),
        end: at(60),
        creator: Some(creator.into()),
        comment: Some("deploy".into()),
        matchers: "[]".into(),
        state: SilenceState::Active,
    }
}

fn slo(ext_id: &str, service: &str) -> Slo {
    Slo {
        ext_id: ext_id.into(),
        name: ext_id.into(),
        service: Some(service.into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective: 0.999,
        window: SloWindow::Rolling { days: 30.0 },
        method: BudgetMethod::Occurrences,
        good_expr: None,
        total_expr: None,
        description: None,
        labels: BTreeMap::from([("tier".into(), "1".into())]),
    }
}

fn alert(service: Option<&str>) -> Alert {
    Alert {
        fingerprint: "f".into(),
        name: "Down".into(),
        start: at(0),
        end: None,
        resolution_secs: 60,
        status: AlertStatus::Firing,
        severity_raw: None,
        service: service.map(Into::into),
        labels: BTreeMap::new(),
    }
}

fn change(service: Option<&str>, author: PersonRef) -> Change {
    Change {
        ext_id: "C1".into(),
        kind: ChangeKind::Deploy,
        service: service.map(Into::into),
        title: "v2".into(),
        at: at(0),
        finished_at: None,
        outcome: None,
        author: Some(author),
        url: None,
    }
}

fn action(owner: PersonRef) -> ActionItem {
    ActionItem {
        ext_id: "A1".into(),
        incident: None,
        title: "fix".into(),
        status: ActionStatus::Open,
        owner: Some(owner),
        created_at: at(0),
        due_at: None,
        completed_at: None,
        priority: None,
        url: None,
    }
}

fn maintenance(services: &[&str]) -> Maintenance {
    let services = services.iter().map(|service| (*service).to_owned()).collect();
    let (kind, title) = (MaintenanceKind::Freeze, "freeze".into());
    Maintenance { ext_key: "M1".into(), kind, title, start: at(0), end: at(60), services }
}

fn leave(person: Option<PersonRef>) -> Leave {
    Leave { ext_key: "v".into(), person, start: at(0), end: at(60) }
}

fn policy(schedules: &[&str], people: &[&str]) -> EscalationPolicy {
    let schedules = schedules.iter().map(|schedule| (*schedule).to_owned()).collect();
    let people = people.iter().map(|person| id(person)).collect();
    let level = PolicyLevel { level: 1, timeout_secs: None, schedules, people };
    EscalationPolicy { ext_id: "X1".into(), name: "x".into(), levels: vec![level] }
}

fn team(members: &[&str]) -> Team {
    let member = |person: &&str| TeamMember { person: id(person), role: None };
    Team { ext_id: "T1".into(), name: "t".into(), members: members.iter().map(member).collect() }
}

/// One record of every kind that has to do with Ines, S1 and checkout.
fn ours() -> Vec<Record> {
    vec![
        person("P1", Some(INES), "Ines").into(),
        team(&["P1"]).into(),
        Service { ext_id: "V1".into(), name: "checkout".into(), team: None }.into(),
        schedule("S1", "Primary").into(),
        Rotation { ext_id: "R".into(), schedule: "S1".into(), name: "r".into(), ordinal: 0 }.into(),
        policy(&["S1"], &["P1"]).into(),
        shift("S1", id("P1")).into(),
        incident(Some("V1"), &["P1"]).into(),
        event(TimelineKind::Ack, id("P1")).into(),
        page(Some("V1"), id("P1")).into(),
        alert(Some("checkout")).into(),
        silence(INES).into(),
        change(Some("V1"), id("P1")).into(),
        leave(Some(id("P1"))).into(),
        Holiday { ext_key: "h".into(), name: "Restoration".into(), start: at(0), end: at(60) }.into(),
        maintenance(&["V2", "V1"]).into(),
        Postmortem {
            ext_id: "D".into(),
            incident: None,
            title: "t".into(),
            status: None,
            published_at: None,
            url: None,
        }
        .into(),
        action(id("P1")).into(),
        slo("s1", "checkout").into(),
        SliHour { slo: "s1".into(), hour: at(0), figures: SliFigures::default() }.into(),
        SloUpstream { slo: "s1".into(), at: at(0), budget_remaining: 1.0 }.into(),
        Terms { stated_by: TermsBy::Upstream, retention_secs: Some(60), key_expires_at: None }.into(),
    ]
}

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

#[test]
fn of_two_teams_the_one_that_protects_more_counts() {
    let teams = format!(
        "[[team]]\nname = \"a\"\npeople = \"individual\"\nmembers = [\"{INES}\", \"{BOB}\"]\n\
         [[team]]\nname = \"b\"\npeople = \"team\"\nmembers = [\"{INES}\"]\n"
    );
    let scope = scope(&teams);
    let named =
        |id_| matches!(scope.admit("pd", page(None, id(id_)).into()), Some(Record::Page(p)) if p.person.is_some());
    assert_eq!((named("P1"), named("P2")), (false, true));
}

#[rstest]
#[case::source_and_id("pd:S1", true)]
#[case::source_and_name("pd:Primary", true)]
#[case::source("pd", true)]
#[case::name("Primary", true)]
#[case::other_source("og:S1", false)]
#[case::other_schedule("pd:S2", false)]
#[case::prefix_of_the_source("p", false)]
fn a_schedule_is_named_in_four_ways(#[case] key: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nschedules = [\"{key}\"]\n"));
    assert_eq!(scope.admit("pd", shift("S1", id("P1")).into()).is_some(), inside);
}

#[rstest]
#[case::name("services = [\"checkout\"]", "", true)]
#[case::source_and_id("services = [\"pd:V1\"]", "", true)]
#[case::configured("services = [\"shop\"]", "[service.shop]\nalso = [\"pd:V1\"]", true)]
#[case::owned("services = [\"other\"]", "[service.shop]\nteam = \"a\"\nalso = [\"pd:checkout\"]", true)]
#[case::owned_by_others("services = [\"other\"]", "[service.shop]\nteam = \"b\"\nalso = [\"pd:V1\"]", false)]
#[case::other("services = [\"mailer\"]", "", false)]
fn a_service_is_named_as_configured(#[case] services: &str, #[case] service: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\n{services}\n{service}\n"));
    assert_eq!(scope.admit("pd", alert(Some("V1")).into()).is_some(), inside);
}

#[rstest]
#[case::label("slo = { tier = [\"1\"] }", true)]
#[case::one_value("slo = { sloth_service = \"checkout\" }", true)]
#[case::all_keys_must_hold("slo = { sloth_service = [\"checkout\"], tier = [\"2\"] }", false)]
#[case::source("slo = { source = [\"pd\"] }", true)]
#[case::other_source("slo = { source = [\"prom\"] }", false)]
#[case::absent_label("slo = { region = [\"eu\"] }", false)]
#[case::not_narrowed("services = [\"mailer\"]", true)]
fn slos_are_chosen_by_source_and_labels(#[case] chosen: &str, #[case] inside: bool) {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n{chosen}\n"));
    assert_eq!(scope.admit("pd", slo("s1", "checkout").into()).is_some(), inside);
}

#[test]
fn a_team_that_names_nothing_takes_all_beside_one_that_does() {
    let teams =
        format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\nschedules = [\"pd:S1\"]\n[[team]]\nname = \"b\"\n");
    let scope = scope(&teams);
    for record in [shift("S2", id("P2")).into(), Record::from(person("P2", Some(BOB), "Bob"))] {
        assert_eq!(scope.admit("pd", record.clone()), Some(record));
    }
}

#[test]
fn what_no_team_narrows_stays_open() {
    let scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n"));
    assert!(scope.admit("pd", schedule("S2", "Other").into()).is_some());
    assert_eq!(scope.admit("pd", person("P2", Some(BOB), "Bob").into()), None);
}

#[test]
fn a_calendar_of_leave_tells_whose_a_bare_name_is() {
    let mut scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [\"{INES}\"]\n"));
    let oswald = PersonRef { email: Some("oswald@elsewhere.example".into()), ..PersonRef::by_name("Oswald") };
    let items = [oswald, PersonRef::by_name("Oswald"), PersonRef::by_name("Ines")];
    let admitted = scope.admit_all("leave", items.map(|person| Item::from(leave(Some(person)))).to_vec());
    let names: Vec<_> = admitted
        .iter()
        .map(|item| match &item.record {
            Record::Leave(leave) => leave.person.as_ref().and_then(|person| person.name.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [Some("Ines".to_owned())]);
}

/// What a rota and a calendar of leave say of somebody by a bare name.
fn by_name(name: &str) -> [Record; 3] {
    let person_ref = PersonRef { ext_id: Some(name.into()), ..PersonRef::by_name(name) };
    [person(name, None, name).into(), shift("S1", person_ref.clone()).into(), leave(Some(person_ref)).into()]
}

fn withheld(shift_: &Record) -> Record {
    match shift_.clone() {
        Record::Shift(shift) => Record::Shift(Shift { person: None, withheld: true, ..shift }),
        other => other,
    }
}

#[test]
fn a_bare_name_that_is_no_members_is_withheld_and_counted_but_not_told() {
    let mut scope = narrow("individual");
    let [person, shift, leave] = by_name("Zoe Quill");
    let items = [&person, &shift, &leave, &shift].map(|record| Item::from(record.clone())).to_vec();
    let admitted: Vec<Record> = scope.admit_all("pd", items).into_iter().map(|item| item.record).collect();
    assert_eq!(admitted, [withheld(&shift), withheld(&shift)]);
    let told = scope.unmatched().unwrap();
    assert!(told.contains("match no member: 1.") && !told.contains("Zoe"), "{told}");
    let elsewhere = Shift { schedule: "S2".into(), ..self::shift("S2", PersonRef::by_name("Ann")) };
    assert_eq!(scope.admit_all("pd", vec![Record::from(elsewhere).into()]), []);
    assert!(scope.unmatched().unwrap().contains(": 1."), "the shifts of other schedules are not stored anyway");
}

#[rstest]
#[case::name(r#"{ email = "ines@harbor.example", name = "Zoe Quill" }"#)]
#[case::also(r#"{ email = "ines@harbor.example", name = "Ines", also = ["Z.", " zoe quill "] }"#)]
fn a_bare_name_that_a_member_is_configured_with_is_stored(#[case] member: &str) {
    let mut scope = scope(&format!("[[team]]\nname = \"a\"\nmembers = [{member}]\n"));
    let items = by_name("Zoe Quill").map(Item::from).to_vec();
    assert_eq!(scope.admit_all("rota", items.clone()), items);
    assert_eq!(scope.unmatched(), None);
}

#[test]
fn bare_names_are_stored_while_no_team_lists_members() {
    let mut scope = scope("[[team]]\nname = \"a\"\nschedules = [\"rota\"]\n");
    let items = by_name("Zoe Quill").map(Item::from).to_vec();
    assert_eq!(scope.admit_all("rota", items.clone()), items);
    assert_eq!(scope.unmatched(), None);
}

#[test]
fn withheld_persons_are_told_apart_however_a_page_names_them() {
    let mut scope = scope("");
    scope.learn("pd", &person("P2", Some(BOB), "Bob").into());
    let token = |who: PersonRef| match scope.admit("pd", page(Some("V2"), who).into()) {
        Some(Record::Page(page)) => (page.person, page.party),
        other => panic!("{other:?}"),
    };
    let by_id = token(id("P2"));
    assert_eq!((&by_id.0, by_id.1.is_some()), (&None, true));
    assert_eq!(by_id, token(PersonRef::by_email(BOB)));
    assert_ne!(by_id, token(id("P9")));
}

#[rstest]
#[case::said("Blocker", None, Some(Some(1)))]
#[case::by_digit("SEV2", None, Some(Some(2)))]
#[case::said_goes_before_the_connector("P3", Some(5), Some(Some(4)))]
#[case::the_connector_knows_better("odd", Some(5), Some(Some(5)))]
#[case::unmapped("odd", None, Some(None))]
#[case::ignored("P5", Some(5), None)]
fn a_severity_is_what_the_source_map_says(
    #[case] word: &str,
    #[case] known: Option<u8>,
    #[case] expected: Option<Option<u8>>,
) {
    let kinds = fairlead_connectors::kinds();
    let text = "[workspace]\nname = \"W\"\n[[source]]\nname = \"pd\"\nkind = \"scenario\"\npart = \"pager\"\n\
        severity = { blocker = 1, P3 = 4, P5 = \"ignore\" }\n";
    let mut scope = Scope::of(&Config::parse(text, kinds).unwrap());
    let record = Incident { severity: known, severity_raw: Some(word.into()), ..incident(None, &[]) };
    let item = Item { record: record.into(), raw: Some(json!({"kept": true})) };
    let stored = scope.admit_all("pd", vec![item]).pop();
    let severity = stored.map(|item| match item.record {
        Record::Incident(incident) if item.raw.is_some() => incident.severity,
        other => panic!("{other:?} lost its document"),
    });
    assert_eq!(severity, expected);
}
