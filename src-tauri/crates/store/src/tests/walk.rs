//! What vanishes at the end of a walk, and what does not.

use fairlead_domain::Window;
use fairlead_domain::leave::Leave;
use fairlead_domain::record::ReplaceSet;
use fairlead_domain::service::Service;
use rstest::rstest;

use super::*;
use crate::synced::{Guard, MassDelete, RevisionReason, WalkEnd};

const ASK: Guard = Guard { accept_deletes: false };

fn set(kind: RecordKind, parent: &str) -> ReplaceSet {
    let window = Window::new(hours(-24 * 100), hours(24 * 100));
    ReplaceSet { kind, parent: parent.into(), window }
}

/// Walks once over `items`, which are stated to be all.
fn walk(
    w: &mut Writer<'_>,
    source: SourceId,
    items: &[Item],
    of: &[ReplaceSet],
    now: Timestamp,
) -> Result<WalkEnd, StoreError> {
    w.begin_walk(source, "x")?;
    w.apply(source, "x", items, now)?;
    w.finish_walk(source, "x", of, now, ASK)
}

fn shown(w: &Writer<'_>) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let all = w.shifts(Window::new(Timestamp::EARLIEST, Timestamp::LATEST))?;
    Ok(all.into_iter().map(|s| (s.ext_key, s.end)).collect())
}

/// A stored shift `a`, another row `b` of the walk that lacks it, and what becomes of `a`.
#[rstest]
#[case::future_gone((24, 48), None, None, &[RevisionReason::ComingGone])]
#[case::future_replaced((24, 48), Some((30, 40)), None, &[RevisionReason::ComingGone])]
#[case::past_kept((-48, -24), None, Some(-24), &[])]
#[case::past_kept_beside_another((-48, -24), Some((-24, 0)), Some(-24), &[])]
#[case::past_corrected((-48, -24), Some((-40, -30)), None, &[RevisionReason::Superseded])]
#[case::frozen_kept((-24 * 30, -24 * 29), None, Some(-24 * 29), &[])]
#[case::frozen_noted((-24 * 30, -24 * 29), Some((-24 * 30, -24 * 29)), Some(-24 * 29), &[RevisionReason::FrozenVanished])]
#[case::running_cut((-1, 5), None, Some(0), &[RevisionReason::Cut])]
#[case::running_replaced((-1, 5), Some((0, 5)), None, &[RevisionReason::Superseded])]
#[tokio::test]
async fn a_vanished_shift(
    #[case] a: (i64, i64),
    #[case] b: Option<(i64, i64)>,
    #[case] kept_to: Option<i64>,
    #[case] reasons: &'static [RevisionReason],
) {
    with_source(move |w, source| {
        w.apply(source, "x", &[shift("a", "P1", a.0, a.1).into()], hours(a.0 - 1))?;
        let rest: Vec<Item> = b.into_iter().map(|(start, end)| shift("b", "P2", start, end).into()).collect();
        for later in 0..3 {
            walk(w, source, &rest, &[set(RecordKind::Shift, "S1")], NOW.plus_millis(later))?;
        }
        let found = shown(w)?.into_iter().find(|(key, _)| key == "a").map(|(_, end)| end);
        assert_eq!(found, kept_to.map(hours));
        let revisions = w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?;
        assert_eq!(revisions.iter().map(|r| r.reason).collect::<Vec<_>>(), reasons);
        assert_eq!(w.tombstones(NOW, Timestamp::LATEST)?.len(), usize::from(kept_to.is_none()));
        Ok(())
    })
    .await;
}

/// What a second walk says of a rota that the first one read up to day 4, and what is noted of it.
#[rstest]
#[case::nothing_new(&[("a", "P1", 24, 48)], &[])]
#[case::put_in_ahead(&[("a", "P1", 24, 48), ("b", "P2", 48, 72)], &[("b", RevisionReason::ComingAdded, Some("P2"))])]
#[case::beyond_what_was_read(&[("a", "P1", 24, 48), ("b", "P2", 96, 120)], &[])]
#[case::somebody_else(&[("a", "P2", 24, 48)], &[("a", RevisionReason::ComingChanged, Some("P1"))])]
#[case::swapped(&[("b", "P2", 24, 48)],
    &[("b", RevisionReason::ComingAdded, Some("P2")), ("a", RevisionReason::ComingGone, Some("P1"))])]
#[tokio::test]
async fn what_changes_ahead_is_noted(
    #[case] then: &'static [(&str, &str, i64, i64)],
    #[case] noted: &'static [(&str, RevisionReason, Option<&str>)],
) {
    with_source(move |w, source| {
        let sets = [set(RecordKind::Shift, "S1")];
        walk(w, source, &[shift("a", "P1", 24, 48).into()], &sets, NOW)?;
        assert!(w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?.is_empty(), "the first reading is no change");
        w.extend_coverage(source, "x", Window::new(hours(-24), hours(96)))?;
        let items: Vec<Item> = then.iter().map(|(key, who, from, to)| shift(key, who, *from, *to).into()).collect();
        for later in 1..3 {
            walk(w, source, &items, &sets, hours(later))?;
        }
        let found = w.revisions(Timestamp::EARLIEST, Timestamp::LATEST)?;
        let found: Vec<_> = found.iter().map(|r| (r.ext_id.as_str(), r.reason, r.content["person"].as_str())).collect();
        assert_eq!(found, noted);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn only_the_stated_schedule_and_window_are_judged() {
    with_source(|w, source| {
        let mut other = shift("other", "P1", 24, 48);
        other.schedule = "S2".into();
        let far = shift("far", "P1", 24 * 101, 24 * 102);
        w.apply(source, "x", &[other.into(), far.into(), shift("a", "P1", 24, 48).into()], NOW)?;
        assert_eq!(walk(w, source, &[], &[set(RecordKind::Shift, "S1")], NOW)?.tombstoned, 1);
        assert_eq!(shown(w)?.len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_shift_that_comes_back_is_revived() {
    with_source(|w, source| {
        let on: Item = shift("a", "P1", 24, 48).into();
        w.apply(source, "x", std::slice::from_ref(&on), NOW)?;
        walk(w, source, &[], &[set(RecordKind::Shift, "S1")], NOW)?;
        assert!(shown(w)?.is_empty());
        assert_eq!(w.apply(source, "x", &[on], NOW)?.updated, 1);
        assert_eq!(shown(w)?.len(), 1);
        assert!(w.tombstones(Timestamp::EARLIEST, Timestamp::LATEST)?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn leave_of_one_person_does_not_replace_that_of_another() {
    with_source(|w, source| {
        let leave = |key: &str, who: &str| -> Item {
            Leave { ext_key: key.into(), person: Some(PersonRef::by_name(who)), start: hours(-48), end: hours(-24) }
                .into()
        };
        w.apply(source, "x", &[leave("a", "Ines"), leave("b", "Yuki")], NOW)?;
        walk(w, source, &[leave("b", "Yuki")], &[set(RecordKind::Leave, "")], NOW)?;
        assert_eq!(w.leaves(Window::new(hours(-99), NOW))?.len(), 2, "the past is kept");
        walk(w, source, &[leave("b", "Yuki"), leave("c", "Ines")], &[set(RecordKind::Leave, "")], NOW)?;
        let keys: Vec<_> = w.leaves(Window::new(hours(-99), NOW))?.into_iter().map(|l| l.ext_key).collect();
        assert_eq!(keys, ["b", "c"]);
        Ok(())
    })
    .await;
}

fn service(id: usize) -> Item {
    Service { ext_id: format!("v{id}"), name: "x".into(), team: None }.into()
}

#[tokio::test]
async fn a_listing_must_lack_a_row_twice_an_hour_apart() {
    with_source(|w, source| {
        let of = [set(RecordKind::Service, "")];
        w.apply(source, "x", &[service(1), service(2)], NOW)?;
        let miss = |w: &mut Writer<'_>, at| Ok::<_, StoreError>(walk(w, source, &[service(1)], &of, at)?.tombstoned);
        assert_eq!(miss(w, NOW)?, 0, "the first miss");
        assert_eq!(miss(w, NOW.plus_millis(59 * 60_000))?, 0, "too soon");
        walk(w, source, &[service(1), service(2)], &[], hours(1))?;
        assert_eq!(miss(w, hours(2))?, 0, "it was seen in between");
        assert_eq!(miss(w, hours(3))?, 1);
        assert_eq!(w.services(hours(2))?.len(), 2, "as of before it vanished");
        assert_eq!(w.services(hours(3))?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn people_become_inactive_and_come_back() {
    with_source(|w, source| {
        let of = [set(RecordKind::Person, "")];
        w.apply(source, "x", &[sample(RecordKind::Person, false)], NOW)?;
        walk(w, source, &[], &of, NOW)?;
        let end = walk(w, source, &[], &of, hours(1))?;
        assert_eq!((end.tombstoned, end.updated), (0, 1));
        assert!(!w.identities()?[0].active);
        assert_eq!(w.apply(source, "x", &[sample(RecordKind::Person, false)], hours(2))?.updated, 1);
        assert!(w.identities()?[0].active);
        Ok(())
    })
    .await;
}

#[rstest]
#[case::twenty_may_go(20, 20, None)]
#[case::twenty_one_may_not(21, 21, Some(21))]
#[case::a_tenth_may_go(210, 21, None)]
#[case::more_may_not(209, 21, Some(21))]
#[tokio::test]
async fn masses_are_held_until_somebody_agrees(#[case] of: usize, #[case] gone: usize, #[case] held: Option<u64>) {
    with_source(move |w, source| {
        let sets = [set(RecordKind::Shift, "S1")];
        let all: Vec<Item> = (0..of).map(|n| shift(&n.to_string(), "P1", 24, 48).into()).collect();
        w.apply(source, "x", &all, NOW)?;
        // The rest of the schedule is elsewhere in time, so that nothing takes the place of what goes.
        let rest: Vec<Item> = (gone..of).map(|n| shift(&n.to_string(), "P1", 60, 80).into()).collect();
        let end = walk(w, source, &rest, &sets, NOW)?;
        let expected = held.map(|would_delete| MassDelete { kind: RecordKind::Shift, would_delete, of: of as u64 });
        assert_eq!(end.held, expected.into_iter().collect::<Vec<_>>());
        assert_eq!(shown(w)?.len(), if held.is_some() { of } else { of - gone });
        w.begin_walk(source, "x")?;
        w.apply(source, "x", &rest, NOW)?;
        w.finish_walk(source, "x", &sets, NOW, Guard { accept_deletes: true })?;
        assert_eq!(shown(w)?.len(), of - gone);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_answer_for_every_schedule_is_a_mass_too() {
    with_source(|w, source| {
        let mut all = Vec::new();
        let mut sets = Vec::new();
        for schedule in 0..10 {
            sets.push(set(RecordKind::Shift, &format!("S{schedule}")));
            for n in 0..5 {
                let mut on = shift(&format!("{schedule}.{n}"), "P1", 24, 48);
                on.schedule = format!("S{schedule}");
                all.push(on.into());
            }
        }
        w.apply(source, "x", &all, NOW)?;
        assert_eq!(walk(w, source, &[], &sets, NOW)?.held.len(), 1);
        assert_eq!(shown(w)?.len(), 50);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_walk_without_a_statement_or_a_beginning_removes_nothing() {
    let (dir, store) = synced().await;
    store
        .write(|w| {
            let source = w.ensure_source("pd", "pagerduty", NOW)?;
            w.apply(source, "x", &[shift("a", "P1", 24, 48).into()], NOW)?;
            assert_eq!(walk(w, source, &[], &[], NOW)?, WalkEnd::default());
            w.begin_walk(source, "x")
        })
        .await
        .unwrap();
    store.close().await.unwrap();
    let again = Synced::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    let lost = again
        .write(|w| {
            let source = w.source("pd")?.id;
            w.finish_walk(source, "x", &[set(RecordKind::Shift, "S1")], NOW, ASK)
        })
        .await;
    assert_eq!(lost.unwrap_err().code(), "walk_lost");
    assert_eq!(again.read(shown_in).await.unwrap(), 1);
}

fn shown_in(r: &crate::synced::Reader<'_>) -> Result<usize, StoreError> {
    Ok(r.shifts(Window::new(Timestamp::EARLIEST, Timestamp::LATEST))?.len())
}
