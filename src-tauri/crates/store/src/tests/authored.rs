//! What people write.

use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::Authored;
use crate::authored::{By, MappingArea, PersonHoursRow, PersonKind, PersonSubject, ServiceOwnerRow, SnoozeRow, Writer};

fn by(at: i64) -> By {
    By { author: "mara".into(), at: hours(at) }
}

async fn with_authored<T: Send + 'static>(
    work: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    let dir = TempDir::new().unwrap();
    let store = Authored::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    store.write(work).await.unwrap()
}

#[tokio::test]
async fn a_write_is_row_revision_and_event() {
    with_authored(|w| {
        assert_eq!(w.set_setting("rail", Some(&json!(["slos"])), Some(0), &by(0))?, 1);
        assert_eq!(w.set_setting("rail", Some(&json!(["slos"])), None, &by(1))?, 1, "saying it again says nothing");
        assert_eq!(w.set_setting("rail", Some(&json!([])), Some(1), &by(2))?, 2);
        let late = w.set_setting("rail", None, Some(1), &by(3)).unwrap_err();
        assert_eq!(late.code(), "changed_meanwhile");
        assert_eq!(w.set_setting("rail", None, Some(2), &by(4))?, 3);
        let said: Vec<_> = w.revisions("setting", "rail")?.into_iter().map(|r| (r.rev, r.at, r.content)).collect();
        assert_eq!(said, [(1, hours(0), json!(["slos"])), (2, hours(2), json!([])), (3, hours(4), json!(null))]);
        let events = w.events(hours(0), hours(9))?;
        let verbs: Vec<_> = events.iter().map(|e| (e.author.as_str(), e.verb.as_str())).collect();
        assert_eq!(verbs, [("mara", "setting.set"), ("mara", "setting.set"), ("mara", "setting.remove")]);
        assert!(events.is_sorted_by(|a, b| a.id < b.id), "UUIDv7 follow the author's clock");
        assert_eq!(w.settings(hours(1))?, [("rail".to_owned(), 1, json!(["slos"]))]);
        assert!(w.settings(hours(4))?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn snoozes_hold_until_their_end_and_can_be_taken_back() {
    with_authored(|w| {
        let row = SnoozeRow {
            item: "slo/checkout".into(),
            at: hours(0),
            until: Some(hours(8)),
            class: Some("today".into()),
            value: Some(0.5),
            reason: Some("deploy on Monday".into()),
        };
        w.snooze(&row, &by(0))?;
        assert_eq!(w.snoozes(hours(7))?, [row]);
        assert!(w.snoozes(hours(8))?.is_empty() && w.snoozes(hours(-1))?.is_empty());
        w.wake("slo/checkout", &by(2))?;
        assert!(w.snoozes(hours(3))?.is_empty());
        assert_eq!(w.snoozes(hours(1))?.len(), 1, "as of before it was taken back");
        w.mark_seen("posture", hours(3), &by(3))?;
        assert_eq!((w.seen("posture", hours(3))?, w.seen("posture", hours(2))?), (Some(hours(3)), None));
        w.forget_seen("posture", &by(4))?;
        assert_eq!((w.seen("posture", hours(4))?, w.seen("posture", hours(3))?), (None, Some(hours(3))));
        w.set_service_alias("pd", "PX1", Some("checkout"), &by(4))?;
        assert_eq!(w.service_aliases(hours(4))?[0].service, "checkout");
        w.set_service_alias("pd", "PX1", None, &by(5))?;
        assert!(w.service_aliases(hours(5))?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_snooze_until_worse_holds_until_it_is_taken_back() {
    with_authored(|w| {
        let row = SnoozeRow {
            item: "budget_spent:prom/mail".into(),
            at: hours(0),
            until: None,
            class: Some("today".into()),
            value: Some(-0.06),
            reason: Some("the relay moves on Monday".into()),
        };
        w.snooze(&row, &by(0))?;
        assert_eq!(w.snoozes(hours(24 * 400))?, [row]);
        w.wake("budget_spent:prom/mail", &by(1))?;
        assert!(w.snoozes(hours(1))?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn merges_are_followed_and_can_be_taken_back() {
    let [a, b, c, d] = [1, 2, 3, 4].map(Uuid::from_u128);
    with_authored(move |w| {
        w.set_person_alias(&PersonSubject::Person(c), Some(b), &by(0))?;
        w.set_person_alias(&PersonSubject::Person(b), Some(a), &by(1))?;
        assert_eq!(w.person_aliases(hours(0))?.resolve_key(c), b);
        assert_eq!(w.person_aliases(hours(1))?.resolve_key(c), a);
        let identity = PersonSubject::Identity { source: "pd".into(), ext_id: "P9".into() };
        w.set_person_alias(&identity, Some(d), &by(2))?;
        let aliases = w.person_aliases(hours(2))?;
        assert_eq!((aliases.resolve("pd", "P9", c), aliases.resolve("pd", "P8", c)), (d, a));
        w.set_person_alias(&PersonSubject::Person(a), Some(c), &by(3))?;
        let circle = w.person_aliases(hours(3))?;
        assert_eq!([a, b, c].map(|key| circle.resolve_key(key)), [a, a, a], "a circle ends and is one person");
        w.set_person_alias(&PersonSubject::Person(b), None, &by(4))?;
        assert_eq!(w.person_aliases(hours(4))?.resolve_key(c), b);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn events_can_be_neither_changed_nor_removed() {
    let dir = TempDir::new().unwrap();
    let store = Authored::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    store.write(|w| w.mark_seen("posture", NOW, &by(0))).await.unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("authored.db")).unwrap();
    assert!(connection.execute("DELETE FROM event", []).is_err());
    assert!(connection.execute("UPDATE event SET author = 'x'", []).is_err());
}

#[tokio::test]
async fn a_cleared_database_holds_nothing_and_keeps_its_events_again() {
    let dir = TempDir::new().unwrap();
    let store = Authored::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    let left = store.write(|w| {
        w.mark_seen("posture", NOW, &by(0))?;
        w.set_setting("rail", Some(&json!([])), None, &by(0))?;
        w.set_person_alias(&PersonSubject::Person(Uuid::from_u128(1)), Some(Uuid::from_u128(2)), &by(0))?;
        w.clear()?;
        Ok(w.events(Timestamp::EARLIEST, hours(9))?.len() + w.settings(hours(9))?.len())
    });
    assert_eq!(left.await.unwrap(), 0);
    store.write(|w| w.mark_seen("posture", NOW, &by(1))).await.unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("authored.db")).unwrap();
    assert!(connection.execute("DELETE FROM event", []).is_err());
}

#[tokio::test]
async fn a_step_of_mapping_is_taken_back_whole_and_again() {
    let [a, b, c] = [1, 2, 3].map(Uuid::from_u128);
    with_authored(move |w| {
        let identity = PersonSubject::Identity { source: "pd".into(), ext_id: "P9".into() };
        let owner =
            |tier| ServiceOwnerRow { service: "checkout".into(), team: None, tier: Some(tier), lifecycle: None };
        w.map(MappingArea::People, "one", &by(0), |w| w.set_person_alias(&identity, Some(a), &by(0)).map(drop))?;
        let wrote = w.map(MappingArea::People, "two", &by(1), |w| {
            w.set_person_alias(&identity, Some(b), &by(1))?;
            w.mark_person(c, Some(PersonKind::Bot), &by(1))?;
            w.set_person_alias(&identity, Some(c), &by(1)).map(drop)
        })?;
        assert_eq!(wrote, 3);
        w.map(MappingArea::Services, "tier", &by(2), |w| w.set_service_owner(&owner(1), &by(2)).map(drop))?;
        assert_eq!(
            w.map(MappingArea::Services, "again", &by(2), |w| w.set_service_owner(&owner(1), &by(2)).map(drop))?,
            0
        );
        let who = |w: &Writer<'_>, at: i64| w.person_aliases(hours(at)).map(|x| (x.resolve("pd", "P9", b), x.mark(c)));
        assert_eq!(who(w, 2)?, (c, Some(PersonKind::Bot)));

        assert_eq!(w.undo_mapping(MappingArea::People, &by(3))?.map(|step| step.title), Some("two".into()));
        assert_eq!(who(w, 3)?, (a, None));
        assert_eq!(w.undo_mapping(MappingArea::People, &by(4))?.map(|step| step.title), Some("one".into()));
        assert_eq!((who(w, 4)?, who(w, 2)?), ((b, None), (c, Some(PersonKind::Bot))), "the past stays as it was told");
        assert_eq!(w.undo_mapping(MappingArea::People, &by(5))?, None, "an undo is not undone");
        assert_eq!(w.service_owners(hours(5))?, [owner(1)], "another area is untouched");
        let other = By { author: "devon".into(), at: hours(6) };
        assert_eq!(w.undo_mapping(MappingArea::Services, &other)?, None, "nor what another author did");

        // Done again, it can be taken back again.
        w.map(MappingArea::People, "two", &by(6), |w| w.set_person_alias(&identity, Some(b), &by(6)).map(drop))?;
        w.set_person_alias(&identity, Some(c), &other)?;
        let refused = w.undo_mapping(MappingArea::People, &by(7)).unwrap_err();
        assert_eq!(refused.code(), "changed_meanwhile", "somebody else's word is not overwritten");
        let events = w.events(hours(0), hours(9))?;
        assert_eq!(events.iter().filter(|event| event.verb.ends_with(".undo")).count(), 4);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn zone_and_hours_hold_from_a_day_on() {
    let [one, merged] = [1, 2].map(Uuid::from_u128);
    with_authored(move |w| {
        let row = |person, from: i64, timezone: Option<&str>, hours_of_day| PersonHoursRow {
            person,
            valid_from: hours(from),
            timezone: timezone.map(str::to_owned),
            hours: hours_of_day,
        };
        w.set_person_hours(&row(one, -10, Some("Asia/Tokyo"), Some((540, 1020))), &by(0))?;
        w.set_person_hours(&row(merged, 5, Some("Europe/Lisbon"), None), &by(0))?;
        w.set_person_alias(&PersonSubject::Person(merged), Some(one), &by(0))?;
        w.set_person_hours(&row(merged, 5, None, Some((600, 1080))), &by(1))?;
        let at = |w: &Writer<'_>, known: i64, at: i64| {
            w.person_aliases(hours(known))
                .map(|who| (who.timezone(one, hours(at)).map(str::to_owned), who.hours(merged, hours(at))))
        };
        assert_eq!(at(w, 1, -11)?, (None, None));
        assert_eq!(at(w, 1, 4)?, (Some("Asia/Tokyo".into()), Some((540, 1020))));
        assert_eq!(at(w, 1, 5)?, (Some("Europe/Lisbon".into()), Some((600, 1080))), "one who was merged moves too");
        assert_eq!(at(w, 0, 5)?, (Some("Europe/Lisbon".into()), Some((540, 1020))), "as it was known then");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn rules_are_noted_when_they_change() {
    with_authored(|w| {
        for (version, at) in [("a", 0), ("a", 1), ("b", 2), ("a", 3)] {
            w.note_page_rules(version, "text", &by(at))?;
        }
        let told: Vec<_> = w.page_rules()?.into_iter().map(|row| (row.version, row.since)).collect();
        assert_eq!(told, [("a".into(), hours(0)), ("b".into(), hours(2)), ("a".into(), hours(3))]);
        Ok(())
    })
    .await;
}
