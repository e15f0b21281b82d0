//! Outlines say of every incident what its row says, and cost no more than a list of them.

use std::time::{Duration, Instant};

use fairlead_domain::Timestamp;
use rstest::rstest;

use super::incident_status::LONG;
use super::incident_window::history;
use super::{NOW, hours, incident, synced, with_source};
use crate::synced::{IncidentFilter, OutlineFilter, Reader};

fn at(as_of: Timestamp) -> OutlineFilter {
    OutlineFilter { as_of, since: None, until: None, text: None, titles: false }
}

/// What is passed, in words that rows can be put in too.
fn passed(reader: &Reader<'_>, filter: &OutlineFilter) -> Vec<(i64, String)> {
    let mut told = Vec::new();
    let each = &mut |o: crate::synced::IncidentOutline<'_>| {
        let by_then = |at: Option<Timestamp>| at.filter(|at| *at <= filter.as_of);
        let times = (o.created_at, by_then(o.acked_at), by_then(o.resolved_at), by_then(o.closed_at));
        told.push((
            o.id,
            format!("{:?} {:?} {:?} {:?} {times:?} {}", o.kind, o.status, o.severity, o.service, o.is_test),
        ));
    };
    reader.each_outline(filter, each).unwrap();
    told.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    told
}

fn listed(reader: &Reader<'_>, filter: &OutlineFilter) -> Vec<(i64, String)> {
    let list = IncidentFilter {
        since: filter.since,
        until: filter.until,
        text: filter.text.clone(),
        limit: 100_000,
        ..IncidentFilter::at(filter.as_of)
    };
    let rows = reader.incidents(&list).unwrap().incidents;
    rows.into_iter()
        .map(|i| {
            let times = (i.created_at, i.acked_at, i.resolved_at, i.closed_at);
            let service = i.service.as_deref();
            (i.id, format!("{:?} {:?} {:?} {service:?} {times:?} {}", i.kind, i.status, i.severity, i.is_test))
        })
        .collect()
}

#[rstest]
#[case::all(at(NOW))]
#[case::with_titles(OutlineFilter { titles: true, ..at(NOW) })]
#[case::sought(OutlineFilter { text: Some("slow".into()), ..at(NOW) })]
#[case::nothing(OutlineFilter { text: Some("?".into()), ..at(NOW) })]
#[case::range(OutlineFilter { since: Some(hours(-11)), until: Some(hours(-9)), ..at(NOW) })]
#[case::empty_range(OutlineFilter { since: Some(hours(-9)), ..at(NOW) })]
#[tokio::test]
async fn an_outline_says_what_the_row_says_at_every_hour(#[case] filter: OutlineFilter) {
    with_source(move |w, source| {
        w.apply(source, "incidents", &history(), NOW)?;
        let late = [incident("late", "Slow search", -1).into()];
        w.apply(source, "incidents", &late, NOW)?;
        for as_of in (-12..2).map(hours) {
            let filter = OutlineFilter { as_of, ..filter.clone() };
            assert_eq!(passed(w, &filter), listed(w, &filter), "at {as_of}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn titles_come_where_they_are_asked_for_and_rows_where_they_are_chosen() {
    with_source(|w, source| {
        let items = [incident("1", "Slow search", -1).into(), incident("2", "Mail", -2).into()];
        w.apply(source, "incidents", &items, NOW)?;
        let mut titles = Vec::new();
        for wanted in [true, false] {
            let filter = OutlineFilter { titles: wanted, ..at(NOW) };
            w.each_outline(&filter, &mut |o| titles.push(o.title.map(str::to_owned)))?;
        }
        assert_eq!(titles, [Some("Slow search".to_owned()), Some("Mail".to_owned()), None, None]);
        let ids: Vec<i64> = passed(w, &at(NOW)).into_iter().map(|(id, _)| id).collect();
        let chosen = w.chosen_incidents(&[ids[1], ids[0], 7], NOW)?;
        assert_eq!(chosen.iter().map(|row| row.ext_id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        assert!(w.chosen_incidents(&ids, hours(-3))?.is_empty(), "they were not made yet");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_hundred_thousand_are_passed_for_less_than_half_of_listing_them() {
    let (dir, store) = synced().await;
    store.write(|w| w.ensure_source("pd", "pagerduty", NOW).map(drop)).await.unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("synced.db")).unwrap();
    connection.execute(LONG, &[(":now", &NOW.as_millis())]).unwrap();
    connection.execute("INSERT INTO incident_search (rowid, title) SELECT id, title FROM incident", []).unwrap();
    store
        .read(|reader| {
            let (mut count, mut found) = (0, 0);
            let (mut list, mut pass, mut sift) = (Duration::MAX, Duration::MAX, Duration::MAX);
            let search = OutlineFilter { text: Some("slo".into()), ..at(NOW) };
            // In turns, so that a busy moment of the machine meets all of them.
            for _ in 0..5 {
                let all = IncidentFilter { limit: 100_000, ..IncidentFilter::at(NOW) };
                list = list.min(took(|| reader.incidents(&all).unwrap()));
                pass = pass.min(took(|| reader.each_outline(&at(NOW), &mut |_| count += 1).unwrap()));
                sift = sift.min(took(|| reader.each_outline(&search, &mut |_| found += 1).unwrap()));
            }
            assert_eq!((count, found), (500_000, 500_000), "five times each");
            assert!(pass * 2 < list, "{pass:?} to pass, {list:?} to list");
            assert!(sift < list, "{sift:?} to sift, {list:?} to list");
            Ok(())
        })
        .await
        .unwrap();
}

fn took<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    drop(work());
    begun.elapsed()
}
