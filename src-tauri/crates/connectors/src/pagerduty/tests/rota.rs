//! Shifts of both systems, and who is on call now.

use std::collections::BTreeMap;

use fairlead_domain::schedule::{ShiftOrigin, ShiftRole};

use super::account::{Account, fixture};
use super::*;

fn layered() -> Value {
    serde_json::from_str(include_str!("../fixtures/schedule_layered.json")).unwrap()
}

fn shift_based() -> Value {
    serde_json::from_str(include_str!("../fixtures/schedule_shift_based.json")).unwrap()
}

fn overrides() -> Value {
    serde_json::from_str(include_str!("../fixtures/overrides.json")).unwrap()
}

fn both() -> Account {
    Account::default()
        .list("users", fixture(include_str!("../fixtures/users.json")))
        .object("schedules/PSAME", layered())
        .object("v3/schedules/PNEW", shift_based())
        .object("v3/schedules/PNEW/overrides", overrides())
}

fn known() -> Known {
    Known {
        schedules: vec![schedule("PSAME", ScheduleSystem::Layer), schedule("PNEW", ScheduleSystem::Shift)],
        levels: BTreeMap::from([("PSAME".into(), 1), ("PNEW".into(), 2)]),
        ..Known::default()
    }
}

#[tokio::test]
async fn final_entries_are_shifts_and_overrides_say_whom_they_replaced() {
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known()).await.unwrap();
    let shifts: Vec<_> = of_kind!(batch, Shift).into_iter().filter(|shift| shift.schedule == "PSAME").collect();
    let who = |person: &Option<fairlead_domain::person::PersonRef>| person.as_ref().and_then(|p| p.ext_id.clone());
    let told: Vec<_> = shifts.iter().map(|s| (who(&s.person).unwrap(), s.origin, s.rotation.clone())).collect();
    let (turn, nights, weeks) = (ShiftOrigin::Rotation, Some("PLTOP".to_owned()), Some("PLOW".to_owned()));
    assert_eq!(
        told,
        [
            ("PINES".into(), turn, weeks.clone()),
            ("PYUKI".into(), turn, nights),
            ("PINES".into(), turn, weeks.clone()),
            ("PTOMA".into(), ShiftOrigin::Override, None),
            ("PINES".into(), turn, weeks.clone()),
            ("PYUKI".into(), turn, weeks)
        ]
    );
    assert_eq!(who(&shifts[3].replaced).as_deref(), Some("PINES"));
    assert!(shifts.iter().all(|s| s.level == Some(1) && s.role == ShiftRole::Primary));
    assert_eq!((shifts[0].start, shifts[0].end_open), (at("2026-11-16T08:00:00Z"), false));
    assert_eq!(
        (shifts[5].end, shifts[5].end_open),
        (NOW.plus_days(60), true),
        "without an end, up to what was asked for"
    );
    let rotations: Vec<_> = of_kind!(batch, Rotation).into_iter().map(|r| (r.name, r.ordinal)).collect();
    assert_eq!(rotations, [("Weekly".into(), 0), ("Nights".into(), 0), ("Weeks".into(), 1)]);
}

#[tokio::test]
async fn explicit_shifts_may_be_several_at_once_and_may_be_nobodys() {
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known()).await.unwrap();
    let shifts: Vec<_> = of_kind!(batch, Shift).into_iter().filter(|shift| shift.schedule == "PNEW").collect();
    let told: Vec<_> = shifts
        .iter()
        .map(|s| {
            (
                s.person.as_ref().and_then(|p| p.ext_id.as_deref()),
                s.origin,
                s.replaced.as_ref().and_then(|p| p.ext_id.as_deref()),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("PINES"), ShiftOrigin::Rotation, None),
            (Some("PYUKI"), ShiftOrigin::Custom, None),
            (None, ShiftOrigin::Rotation, None),
            (Some("PTOMA"), ShiftOrigin::Override, Some("PINES"))
        ],
        "a kind of member that is not known is not claimed to be a gap"
    );
    assert!(shifts.iter().all(|s| s.role == ShiftRole::Secondary));
    let schedules = of_kind!(batch, Schedule);
    assert_eq!((schedules.len(), schedules[0].timezone.as_deref()), (1, Some("Europe/Lisbon")));
}

#[tokio::test]
async fn a_walk_states_for_each_schedule_that_it_is_whole_and_asks_once_for_each() {
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known()).await.unwrap();
    let sets: Vec<&str> = batch.complete.iter().map(|set| set.parent.as_str()).collect();
    assert_eq!(sets, ["PNEW", "PSAME"]);
    assert_eq!(account.paths(), ["v3/schedules/PNEW", "v3/schedules/PNEW/overrides", "schedules/PSAME"]);
    let seen = account.seen().remove(2);
    assert_eq!(seen.value("since"), Some("2026-11-02T07:00:00Z"));
    assert_eq!(seen.value("until"), Some("2027-01-15T07:00:01Z"));
    assert_eq!((seen.value("overflow"), seen.value("time_zone")), (Some("true"), Some("UTC")));
}

#[tokio::test]
async fn the_same_shift_read_through_two_windows_is_one() {
    let account = both().start().await;
    let pd = connector(&account.url);
    let keys = |batch: &Batch| of_kind!(batch, Shift).into_iter().map(|s| s.ext_key).collect::<Vec<_>>();
    let one = walk(pd.as_ref(), "shifts", &known()).await.unwrap();
    let window = Window::new(NOW.plus_days(-40), NOW.plus_days(20));
    let other = walk_in(pd.as_ref(), "shifts", &known(), window).await.unwrap();
    assert_eq!(keys(&one), keys(&other));
    assert!(keys(&one).iter().all(|key| !key.contains("PINES")), "no key names a person");
}

#[tokio::test]
async fn a_schedule_that_moved_to_the_other_system_is_found_there() {
    let mut known = known();
    known.schedules = vec![schedule("PSAME", ScheduleSystem::Shift), schedule("PNEW", ScheduleSystem::Layer)];
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known).await.unwrap();
    assert_eq!(batch.complete.len(), 2);
    assert_eq!(of_kind!(batch, Shift).len(), 10);
}

#[tokio::test]
async fn a_schedule_that_is_nowhere_keeps_what_was_read_of_it() {
    let mut known = known();
    known.schedules.push(schedule("PZZZ", ScheduleSystem::Layer));
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known).await.unwrap();
    assert_eq!(batch.complete.len(), 2, "nothing of it is said to be whole");
    assert_eq!(batch.notes[0].code, "schedule_missing");
}

#[tokio::test]
async fn an_answer_without_entries_is_not_taken_for_an_empty_rota() {
    let account = Account::default().object("schedules/PSAME", json!({ "schedule": { "id": "PSAME" } })).start().await;
    let known = Known { schedules: vec![schedule("PSAME", ScheduleSystem::Layer)], ..Known::default() };
    let error = walk(connector(&account.url).as_ref(), "shifts", &known).await.unwrap_err();
    assert_eq!(error.code(), "decode");
}

#[tokio::test]
async fn whoever_was_deleted_is_a_person_who_is_not_active() {
    let account = both().start().await;
    let batch = walk(connector(&account.url).as_ref(), "shifts", &known()).await.unwrap();
    let people = of_kind!(batch, Person);
    assert_eq!((people.len(), people[0].name.as_str(), people[0].active), (1, "Olga Left", false));
    // With everyone listed, whoever is pointed to and not listed is gone too.
    let pd = connector(&account.url);
    account.change(|account| drop(account.lists.get_mut("users").unwrap().remove(0)));
    walk(pd.as_ref(), "users", &Known::default()).await.unwrap();
    let people = of_kind!(walk(pd.as_ref(), "shifts", &known()).await.unwrap(), Person);
    let ids: Vec<&str> = people.iter().map(|p| p.ext_id.as_str()).collect();
    assert_eq!(ids, ["PGONE", "PINES"]);
}

fn oncall(schedule: &str, user: &str) -> Value {
    json!({ "user": { "id": user }, "schedule": { "id": schedule }, "escalation_policy": { "id": "PEP" },
        "escalation_level": 1, "start": "2026-11-16T06:00:00Z", "end": "2026-11-17T06:00:00Z" })
}

#[tokio::test]
async fn who_is_on_call_now_costs_one_request_until_it_changes() {
    let account = both().list("oncalls", vec![oncall("PSAME", "PINES"), oncall("PNEW", "PYUKI")]).start().await;
    let pd = connector(&account.url);
    let first = walk(pd.as_ref(), "on_call", &known()).await.unwrap();
    assert!(first.items.is_empty() && first.complete.is_empty() && first.state.is_some());
    let known = Known { state: first.state, ..known() };
    let same = walk(pd.as_ref(), "on_call", &known).await.unwrap();
    assert!(same.items.is_empty());
    assert_eq!(account.paths(), ["oncalls", "oncalls"]);
    let ids: Vec<_> = account.seen()[0].query.iter().filter(|(key, _)| key == "schedule_ids[]").cloned().collect();
    assert_eq!(ids.len(), 2, "only what is kept is asked for");

    account.change(|account| account.lists.get_mut("oncalls").unwrap()[0] = oncall("PSAME", "PTOMA"));
    let changed = walk(pd.as_ref(), "on_call", &known).await.unwrap();
    assert_eq!(account.paths()[2..], ["oncalls", "schedules/PSAME"]);
    let sets: Vec<_> = changed.complete.iter().map(|set| (set.parent.as_str(), set.window)).collect();
    assert_eq!(sets, [("PSAME", Window::new(NOW.plus_days(-1), NOW.plus_days(14)))]);
    let fresh = Known { state: changed.state, ..known.clone() };
    walk(pd.as_ref(), "on_call", &fresh).await.unwrap();
    assert_eq!(account.paths().len(), 5, "it is read once");
}
