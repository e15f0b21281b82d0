//! What the timeline tells of incidents and pages.

use fairlead_domain::record::Item;

use super::*;
use crate::synced::{Counts, IncidentFilter};

fn who(id: &str) -> PersonRef {
    PersonRef { ext_id: Some(id.into()), ..PersonRef::default() }
}

fn ack(id: &str, person: &str, at: i64) -> Item {
    Item::from(TimelineEvent {
        ext_id: id.into(),
        incident: Some("1".into()),
        at: hours(at),
        kind: TimelineKind::Ack,
        actor: Some(who(person)),
        raw_type: None,
        text: None,
    })
}

/// An incident whose source states no acknowledgement.
fn incident(status: IncidentStatus) -> Item {
    let Record::Incident(incident) = sample(RecordKind::Incident, false).record else { panic!("an incident") };
    let bare = Incident { status, acked_at: None, ack_source: None, responders: Vec::new(), ..incident };
    Item { record: bare.into(), raw: None }
}

fn page(answered_at: Option<Timestamp>) -> Item {
    Item::from(Page {
        ext_id: "N1".into(),
        person: Some(who("P1")),
        party: None,
        incident: Some("1".into()),
        sent_at: hours(-5),
        channel: PageChannel::Push,
        status: None,
        answered_at,
        service: None,
    })
}

#[tokio::test]
async fn the_first_acknowledgement_comes_from_the_timeline_and_stays() {
    let (_dir, store) = synced().await;
    let rows = store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "log", &[ack("b", "P2", -3), incident(IncidentStatus::Acked)], NOW)?;
            // The past is read later, and the incident is over by then.
            w.apply(source, "log", &[ack("a", "P1", -4), incident(IncidentStatus::Resolved)], NOW)?;
            let again = w.apply(source, "incidents", &[incident(IncidentStatus::Resolved)], NOW)?;
            assert_eq!(again, Counts { unchanged: 1, ..Counts::default() }, "another stream without the entries");
            Ok(())
        })
        .await;
    rows.unwrap();
    let (page, responders) = store
        .read(|r| {
            let page = r.incidents(&IncidentFilter::at(NOW))?;
            let ids: Vec<i64> = page.incidents.iter().map(|row| row.id).collect();
            Ok((page, r.responders(&ids)?))
        })
        .await
        .unwrap();
    let row = &page.incidents[0];
    assert_eq!((row.acked_at, row.ack_source), (Some(hours(-4)), Some(AckSource::Timeline)));
    assert_eq!(responders.len(), 2, "everyone who acknowledged took part");
}

#[tokio::test]
async fn a_stated_acknowledgement_is_not_replaced() {
    with_source(|w, source| {
        let stated = sample(RecordKind::Incident, false);
        w.apply(source, "log", &[ack("a", "P1", -40), stated.clone()], NOW)?;
        let again = w.apply(source, "log", &[stated], NOW)?;
        assert_eq!(again.unchanged, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_is_answered_by_the_same_person_after_it() {
    let (_dir, store) = synced().await;
    store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "log", &[ack("a", "P1", -6), ack("b", "P2", -4), ack("c", "P1", -3), page(None)], NOW)?;
            let again = w.apply(source, "log", &[page(None)], NOW)?;
            assert_eq!(again.unchanged, 1);
            Ok(())
        })
        .await
        .unwrap();
    let window = fairlead_domain::Window::new(hours(-10), NOW);
    let pages = store.read(move |r| r.pages(window)).await.unwrap();
    assert_eq!(pages[0].answered_at, Some(hours(-3)));
}

#[tokio::test]
async fn an_answer_that_was_told_once_is_kept() {
    let (_dir, store) = synced().await;
    store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "log", &[page(Some(hours(-4)))], NOW)?;
            assert_eq!(w.apply(source, "log", &[page(None)], NOW)?.unchanged, 1);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn somebody_who_is_gone_keeps_the_email_that_they_are_known_by() {
    let (_dir, store) = synced().await;
    let person = |active: bool, email: Option<&str>| {
        Item::from(Person {
            ext_id: "P1".into(),
            name: "Ines".into(),
            email: email.map(str::to_owned),
            timezone: active.then(|| "Europe/Lisbon".to_owned()),
            active,
        })
    };
    let (present, gone) = (person(true, Some("ines@harbor.example")), person(false, None));
    store
        .write(move |w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "users", &[present], NOW)?;
            w.apply(source, "log", &[gone], NOW)?;
            Ok(())
        })
        .await
        .unwrap();
    let row = store.read(|r| r.identities()).await.unwrap().remove(0);
    assert!(!row.active);
    assert_eq!(row.person.email.as_deref(), Some("ines@harbor.example"));
    assert_eq!(row.timezone.as_deref(), Some("Europe/Lisbon"));
}
