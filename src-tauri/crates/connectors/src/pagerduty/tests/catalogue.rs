//! People, teams, services, policies, schedules, maintenance.

use axum::http::StatusCode;
use serde_json::json;

use super::account::{Account, fixture, many, reply};
use super::*;

fn users() -> Account {
    Account::default().list("users", fixture(include_str!("../fixtures/users.json")))
}

#[tokio::test]
async fn people_come_with_email_and_zone_and_without_what_grants_or_reaches() {
    let account = users().start().await;
    let pd = connector(&account.url);
    let batch = walk(pd.as_ref(), "users", &Known::default()).await.unwrap();
    let people = of_kind!(batch, Person);
    let told: Vec<_> = people.iter().map(|p| (p.name.as_str(), p.timezone.as_deref(), p.active)).collect();
    assert_eq!(
        told,
        [
            ("Ines Alves", Some("Europe/Lisbon"), true),
            ("Yuki Mori", Some("Asia/Tokyo"), true),
            ("Tomasz Zielak", None, true)
        ]
    );
    assert!(!kept(&batch).contains("912"), "{}", kept(&batch));
}

#[tokio::test]
async fn members_of_teams_cost_no_request_of_their_own() {
    let teams = vec![json!({ "id": "PTEAM", "name": "Platform" }), json!({ "id": "PNONE", "summary": "Nobody" })];
    let account = users().list("teams", teams).start().await;
    let pd = connector(&account.url);
    walk(pd.as_ref(), "users", &Known::default()).await.unwrap();
    let batch = walk(pd.as_ref(), "teams", &Known::default()).await.unwrap();
    let teams = of_kind!(batch, Team);
    assert_eq!(teams[0].members.len(), 2);
    assert_eq!((teams[1].name.as_str(), teams[1].members.len()), ("Nobody", 0));
    assert_eq!(account.paths(), ["users", "teams"]);
}

#[tokio::test]
async fn teams_are_asked_for_their_members_when_the_people_do_not_tell() {
    let members = vec![json!({ "user": { "id": "PINES", "type": "user_reference" }, "role": "manager" }), json!(null)];
    let account = Account::default()
        .list("teams", vec![json!({ "id": "PTEAM", "name": "Platform" })])
        .list("teams/PTEAM/members", members)
        .start()
        .await;
    let batch = walk(connector(&account.url).as_ref(), "teams", &Known::default()).await.unwrap();
    assert_eq!(of_kind!(batch, Team)[0].members.len(), 1);
}

#[tokio::test]
async fn an_account_without_teams_is_no_failure() {
    let account = Account::default()
        .start_with(|seen, _, _| {
            (seen.path == "teams").then(|| reply(StatusCode::PAYMENT_REQUIRED, &json!({ "error": { "code": 2012 } })))
        })
        .await;
    let batch = walk(connector(&account.url).as_ref(), "teams", &Known::default()).await.unwrap();
    assert_eq!((batch.items.len(), batch.notes[0].code, batch.notes[0].incomplete), (0, "teams_absent", false));
}

#[tokio::test]
async fn levels_are_the_order_of_the_rules() {
    let policy = json!({ "id": "PEP", "name": "Platform", "escalation_rules": [
        { "id": "R", "escalation_delay_in_minutes": 30, "targets": [{ "id": "PSAME", "type": "schedule_reference" }] },
        { "id": "R2", "targets": [{ "id": "PSAME", "type": "user_reference", "summary": "Ines" },
            { "id": "PX", "type": "a_target_of_next_year" }] } ] });
    let account = Account::default().list("escalation_policies", vec![policy]).start().await;
    let batch = walk(connector(&account.url).as_ref(), "escalation_policies", &Known::default()).await.unwrap();
    let levels = &of_kind!(batch, EscalationPolicy)[0].levels;
    assert_eq!(
        (levels[0].level, levels[0].timeout_secs, levels[0].schedules.as_slice()),
        (1, Some(1_800), &["PSAME".to_owned()][..])
    );
    assert_eq!((levels[1].level, levels[1].people.len(), levels[1].schedules.len()), (2, 1, 0));
}

#[tokio::test]
async fn schedules_of_both_systems_are_listed() {
    let account = Account::default()
        .list("schedules", vec![json!({ "id": "PSAME", "name": "Primary", "time_zone": "Europe/Lisbon" })])
        .list("v3/schedules", vec![json!({ "id": "PNEW", "type": "schedule_v3_reference", "summary": "Payments" })])
        .start()
        .await;
    let known = Known {
        schedules: vec![Schedule { timezone: Some("Asia/Tokyo".into()), ..schedule("PNEW", ScheduleSystem::Shift) }],
        ..Known::default()
    };
    let batch = walk(connector(&account.url).as_ref(), "schedules", &known).await.unwrap();
    let told: Vec<_> = of_kind!(batch, Schedule).into_iter().map(|s| (s.ext_id, s.system, s.timezone)).collect();
    assert_eq!(
        told,
        [
            ("PSAME".into(), ScheduleSystem::Layer, Some("Europe/Lisbon".into())),
            ("PNEW".into(), ScheduleSystem::Shift, Some("Asia/Tokyo".into()))
        ],
        "the list does not tell the zone of the newer kind: what its page told stays"
    );
}

#[rstest::rstest]
#[case(StatusCode::NOT_FOUND, false)]
#[case(StatusCode::FORBIDDEN, true)]
#[tokio::test]
async fn the_older_schedules_are_read_without_the_newer(#[case] status: StatusCode, #[case] incomplete: bool) {
    let account = Account::default()
        .list("schedules", vec![json!({ "id": "PSAME", "name": "Primary" })])
        .start_with(move |seen, _, _| (seen.path == "v3/schedules").then(|| reply(status, &json!({}))))
        .await;
    let batch = walk(connector(&account.url).as_ref(), "schedules", &Known::default()).await.unwrap();
    assert_eq!(batch.items.len(), 1);
    assert_eq!(
        batch.notes.iter().any(|note| note.incomplete),
        incomplete,
        "a list that is not whole lets nothing vanish"
    );
}

#[tokio::test]
async fn the_past_of_maintenance_is_read_once() {
    let window = json!({ "id": "PMW", "description": "Move +351 912 345 678", "start_time": "2026-11-20T20:00:00-05:00",
        "end_time": "2026-11-20T22:00:00-05:00", "services": [{ "id": "PSAME", "type": "service_reference" }] });
    let account = Account::default().list("maintenance_windows", vec![window]).start().await;
    let pd = connector(&account.url);
    let first = walk(pd.as_ref(), "maintenance", &Known::default()).await.unwrap();
    assert!(!kept(&first).contains("912 345"));
    assert_eq!(first.complete[0].window.start, NOW, "what is over does not vanish");
    let known = Known { state: first.state.clone(), ..Known::default() };
    walk(pd.as_ref(), "maintenance", &known).await.unwrap();
    let filters: Vec<_> = account.seen().iter().map(|seen| seen.value("filter").unwrap().to_owned()).collect();
    assert_eq!(filters, ["all", "open"]);
}

#[tokio::test]
async fn pages_are_as_few_as_can_be_and_nothing_is_lost_between_them() {
    // Before the second page somebody is added in front, before the third somebody goes.
    let account = Account::default()
        .list("services", many(350, "S"))
        .start_with(|_, count, account| {
            let services = account.lists.get_mut("services").unwrap();
            match count {
                1 => services.insert(0, json!({ "id": "NEW", "name": "new" })),
                2 => drop(services.drain(1..4)),
                _ => {}
            }
            None
        })
        .await;
    let pd = connector(&account.url);
    let batch = walk(pd.as_ref(), "services", &Known::default()).await.unwrap();
    let ids: std::collections::BTreeSet<String> = of_kind!(batch, Service).into_iter().map(|s| s.ext_id).collect();
    assert_eq!(ids.len(), batch.items.len(), "nothing comes twice");
    for n in 3..350 {
        assert!(ids.contains(&format!("S{n}")), "S{n} was lost between pages");
    }
    let quiet = Account::default().list("services", many(350, "S")).start().await;
    walk(connector(&quiet.url).as_ref(), "services", &Known::default()).await.unwrap();
    assert_eq!(quiet.seen().len(), 4);
}
