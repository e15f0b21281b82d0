//! The upsert policy.

use fairlead_domain::RecordKind;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::record::Item;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::synced::{Counts, Guard, IncidentFilter, RevisionReason};

const QUIET: Counts = Counts { inserted: 0, updated: 0, unchanged: 1, tombstoned: 0 };

#[tokio::test]
async fn reading_every_kind_again_writes_no_row() {
    let (_dir, store) = synced().await;
    let first = store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "all", &samples(), NOW)
        })
        .await
        .unwrap();
    assert_eq!(first.inserted, RecordKind::ALL.len() as u64, "each sample is a new fact");
    for kind in RecordKind::ALL {
        let (counts, written) = store
            .write(move |w| {
                let source = w.source("pd")?.id;
                let before = w.rows_written();
                w.begin_walk(source, "all")?;
                let counts = w.apply(source, "all", &[sample(*kind, false)], hours(1))?;
                let end = w.finish_walk(source, "all", &[], hours(1), Guard { accept_deletes: false })?;
                assert_eq!(end.tombstoned, 0);
                Ok((counts, w.rows_written() - before))
            })
            .await
            .unwrap();
        assert_eq!((counts, written), (QUIET, 0), "{kind} was written again");
    }
}

#[tokio::test]
async fn a_changed_record_of_every_kind_is_an_update() {
    with_source(|w, source| {
        w.apply(source, "all", &samples(), NOW)?;
        for kind in RecordKind::ALL {
            let counts = w.apply(source, "all", &[sample(*kind, true)], hours(1))?;
            let expected = match kind {
                // A later statement of the upstream is a fact of its own.
                RecordKind::SloUpstream => Counts { inserted: 1, ..Counts::default() },
                _ => Counts { updated: 1, ..Counts::default() },
            };
            assert_eq!(counts, expected, "{kind}");
            let again = w.apply(source, "all", &[sample(*kind, true)], hours(2))?;
            assert_eq!(again, QUIET, "{kind} flips");
        }
        let raw = w.raw_doc(source, RecordKind::Incident, "1")?;
        assert_eq!(raw, Some(serde_json::json!({ "id": "1", "moved": 2 })));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_interrupted_transaction_leaves_nothing() {
    let (_dir, store) = synced().await;
    let failed = store
        .write(|w| -> Result<(), StoreError> {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "all", &samples(), NOW)?;
            Err(StoreError::UnknownSource { name: "stop".into() })
        })
        .await;
    assert_eq!(failed.unwrap_err().code(), "unknown_source");
    assert!(store.read(|r| r.sources()).await.unwrap().is_empty());
}

#[tokio::test]
async fn work_that_dies_leaves_nothing_and_the_next_goes_on() {
    let (_dir, store) = synced().await;
    let died = store
        .write(|w| -> Result<(), StoreError> {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "all", &samples(), NOW)?;
            panic!("the middle of a sync");
        })
        .await;
    assert_eq!(died.unwrap_err().code(), "store_failed");
    assert!(store.read(|r| r.sources()).await.unwrap().is_empty());
    store.write(|w| w.ensure_source("pd", "pagerduty", NOW)).await.unwrap();
}

#[tokio::test]
async fn a_change_of_status_keeps_what_was_before() {
    with_source(|w, source| {
        let mut first = incident("7", "Ledger is late", -9);
        w.apply(source, "i", &[first.clone().into()], NOW)?;
        first.status = IncidentStatus::Resolved;
        first.resolved_at = Some(hours(-1));
        w.apply(source, "i", &[first.into()], hours(1))?;
        let then = w.incident("pd", "7", hours(-2))?.unwrap();
        assert_eq!((then.status, then.resolved_at), (IncidentStatus::Acked, None), "as it stood two hours ago");
        let now = w.incident("pd", "7", hours(1))?.unwrap();
        assert_eq!((now.status, now.resolved_at), (IncidentStatus::Resolved, Some(hours(-1))));
        assert_eq!(w.incident("pd", "7", hours(-10))?, None, "it was not there yet");
        let revisions = w.incident_revisions(now.id)?;
        assert_eq!(revisions.len(), 1);
        assert_eq!((revisions[0].old_status, revisions[0].seen_at), (IncidentStatus::Acked, hours(1)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_incident_that_moves_in_time_keeps_its_parts_and_its_words() {
    with_source(|w, source| {
        w.apply(source, "i", &[incident("7", "Ledger is late", -9).into()], NOW)?;
        w.apply(source, "i", &[incident("8", "Search is late", -8).into()], NOW)?;
        w.apply(source, "i", &[incident("7", "Ledger is late", -7).into()], NOW)?;
        let list = w.incidents(&IncidentFilter::at(NOW))?.incidents;
        assert_eq!(list.iter().map(|i| i.ext_id.as_str()).collect::<Vec<_>>(), ["7", "8"], "newest first");
        assert_eq!(w.responders(&[list[0].id])?.len(), 1);
        let text = Some("ledger".to_owned());
        assert_eq!(w.incidents(&IncidentFilter { text, ..IncidentFilter::at(NOW) })?.incidents.len(), 1);
        Ok(())
    })
    .await;
}

/// A shift's hours, and what happens to another statement about it.
#[rstest]
#[case::in_the_future(24, 48, true, &[RevisionReason::ComingChanged])]
#[case::running(-1, 1, true, &[RevisionReason::Changed])]
#[case::just_over(-48, -24, true, &[RevisionReason::Changed])]
#[case::frozen(-24 * 20, -24 * 15, false, &[RevisionReason::Frozen])]
#[tokio::test]
async fn the_past_of_a_shift_is_evidence(
    #[case] start: i64,
    #[case] end: i64,
    #[case] rewritten: bool,
    #[case] reasons: &'static [RevisionReason],
) {
    with_source(move |w, source| {
        w.apply(source, "s", &[shift("a", "P1", start, end).into()], hours(start - 1))?;
        for later in 0..3 {
            w.apply(source, "s", &[shift("a", "P2", start, end).into()], NOW.plus_millis(later))?;
        }
        let shifts = w.shifts(fairlead_domain::Window::new(hours(-9_999), hours(9_999)))?;
        let who = &shifts[0].person.as_ref().unwrap().name;
        assert_eq!(who, if rewritten { "P2" } else { "P1" });
        let revisions = w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?;
        assert_eq!(revisions.iter().map(|r| r.reason).collect::<Vec<_>>(), reasons, "once, not at every sync");
        if let Some(revision) = revisions.first() {
            let kept = if rewritten { "P1" } else { "P2" };
            assert_eq!(revision.content["person"], kept, "the revision holds what the row does not");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_open_end_that_is_seen_further_is_no_news_for_a_day() {
    with_source(|w, source| {
        let read_to = |end| shift("a", "P1", -24, end);
        let open = |end| -> Item { Shift { end_open: true, ..read_to(end) }.into() };
        w.apply(source, "s", &[open(24)], NOW)?;
        assert_eq!(w.apply(source, "s", &[open(47)], hours(23))?, QUIET);
        assert_eq!(w.apply(source, "s", &[open(48)], hours(24))?.updated, 1);
        assert_eq!(w.apply(source, "s", &[open(40)], hours(24))?.updated, 1, "less is known than was");
        assert!(w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?.is_empty(), "nobody's past was changed");
        assert_eq!(w.apply(source, "s", &[read_to(40).into()], hours(24))?.updated, 1);
        assert_eq!(w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?.len(), 1, "the end is known now");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn people_are_one_by_email_and_references_do_not_overwrite() {
    with_source(|w, source| {
        let by_ref = |name: &str| PersonRef { name: Some(name.into()), ..ines() };
        for name in ["Ines S.", "Ines", "I. Silva"] {
            let mut on = shift(name, "P1", 1, 2);
            on.person = Some(by_ref(name));
            w.apply(source, "s", &[on.into()], NOW)?;
        }
        let person =
            Person { ext_id: "P1".into(), name: "Ines Silva".into(), email: None, timezone: None, active: true };
        assert_eq!(w.apply(source, "p", &[person.into()], NOW)?.inserted, 1, "a reference is no person yet");
        let people = w.identities()?;
        assert_eq!(people.len(), 1);
        assert_eq!(people[0].person.name, "Ines Silva");
        assert_eq!(people[0].person.email.as_deref(), Some("ines@harbor.example"), "a reference knew it");
        Ok(())
    })
    .await;
}

/// Everything that a reader can see, as text, without row ids.
fn visible(w: &Writer<'_>, source: SourceId) -> Result<String, StoreError> {
    let all = fairlead_domain::Window::new(Timestamp::EARLIEST, Timestamp::LATEST);
    let incidents = w.incidents(&IncidentFilter { limit: 1_000, ..IncidentFilter::at(Timestamp::LATEST) })?.incidents;
    let ids: Vec<i64> = incidents.iter().map(|i| i.id).collect();
    let hours: Vec<_> = w.sli_hours(all)?.into_iter().map(|h| (h.hour, h.figures)).collect();
    let days: Vec<_> = w.sli_days(all)?.into_iter().map(|d| (d.day, d.hours, d.figures)).collect();
    Ok(format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{hours:?}\n{days:?}\n{:?}",
        w.identities()?,
        w.shifts(all)?,
        incidents,
        w.responders(&ids)?,
        w.team_members(NOW)?,
        w.escalation_policies(NOW)?,
        w.timeline_events(Timestamp::EARLIEST, Timestamp::LATEST)?,
        w.fact_counts(source)?,
    ))
}

fn many() -> Vec<Item> {
    let mut items = samples();
    for n in 0..6 {
        let mut on = shift(&format!("n{n}"), "P1", n, n + 1);
        on.person = Some(PersonRef { name: Some(format!("Ines {n}")), ..ines() });
        on.replaced = Some(PersonRef { ext_id: Some("P7".into()), name: Some(format!("Yuki {n}")), email: None });
        items.push(on.into());
        items.push(incident(&format!("n{n}"), "Mail waits", -n).into());
    }
    items
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_pages_does_not_matter(order in Just((0..many().len()).collect::<Vec<_>>()).prop_shuffle(), page in 1..9_usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (_a, one) = synced().await;
            let workspace = one.workspace_id();
            let straight = one.write(move |w| {
                let source = w.ensure_source("pd", "pagerduty", NOW)?;
                w.apply(source, "all", &many(), NOW)?;
                visible(w, source)
            }).await.unwrap();
            let (_b, two) = synced().await;
            let other = two.workspace_id();
            let shuffled = two.write(move |w| {
                let source = w.ensure_source("pd", "pagerduty", NOW)?;
                let all = many();
                for page in order.chunks(page) {
                    let items: Vec<Item> = page.iter().map(|i| all[*i].clone()).collect();
                    w.apply(source, "all", &items, NOW)?;
                }
                visible(w, source)
            }).await.unwrap();
            // Keys of people depend on the workspace by design; all else must be equal.
            let key = |id, who, email| fairlead_domain::person::person_key(id, "pd", who, email).to_string();
            let ines = |id| key(id, "P1", Some("ines@harbor.example"));
            let yuki = |id| key(id, "P7", None);
            let same = shuffled.replace(&ines(other), &ines(workspace)).replace(&yuki(other), &yuki(workspace));
            assert_eq!(straight, same);
        });
    }
}
