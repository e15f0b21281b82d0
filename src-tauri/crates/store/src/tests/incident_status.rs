//! Lists of incidents by status: the same as the whole list sifted, at every hour, and at no cost of history.

use std::time::{Duration, Instant};

use fairlead_domain::incident::IncidentStatus;

use super::incident_window::history;
use super::{NOW, hours, synced, with_source};
use crate::synced::{IncidentFilter, IncidentRow, Reader};

fn sifted(reader: &Reader<'_>, filter: &IncidentFilter) -> Vec<IncidentRow> {
    let all = IncidentFilter { statuses: Vec::new(), limit: 100_000, ..filter.clone() };
    let rows = reader.incidents(&all).unwrap().incidents;
    rows.into_iter().filter(|row| filter.statuses.contains(&row.status)).collect()
}

#[tokio::test]
async fn a_list_by_status_is_the_whole_list_sifted_at_every_hour_and_in_pages() {
    let words = IncidentStatus::ALL;
    let sets = (1_usize..1 << words.len()).map(|bits| {
        words.iter().enumerate().filter(|(n, _)| bits & (1 << n) != 0).map(|(_, status)| *status).collect::<Vec<_>>()
    });
    // One and two of them, and all: what each part brings is then seen alone and beside every other.
    let sets: Vec<Vec<IncidentStatus>> = sets.filter(|set| set.len() < 3 || set.len() == words.len()).collect();
    with_source(move |w, source| {
        w.apply(source, "incidents", &history(), NOW)?;
        let mut found = 0;
        for (at, statuses) in (-12..2).map(hours).flat_map(|at| sets.iter().map(move |set| (at, set))) {
            let filter = IncidentFilter { statuses: statuses.clone(), limit: 20, ..IncidentFilter::at(at) };
            let expected = sifted(w, &filter);
            let (mut listed, mut before) = (Vec::new(), None);
            loop {
                let page = w.incidents(&IncidentFilter { before, ..filter.clone() })?;
                listed.extend(page.incidents);
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            found += listed.len();
            assert_eq!(listed, expected, "{statuses:?} at {at}");
        }
        assert!(found > 2_000, "{found} rows were compared");
        Ok(())
    })
    .await;
}

/// A long history of resolved incidents, with 20 open ones at its very beginning.
pub(super) const LONG: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 99999)
    INSERT INTO incident (id, source_id, ext_id, kind, title, status, created_at, resolved_at, is_test, parts)
    SELECT (:now + (n - 100000) * 300000) * 65536, 1, 'i' || n, 'paged', 'Slow checkout',
      iif(n < 20, 'open', 'resolved'), :now + (n - 100000) * 300000,
      iif(n < 20, NULL, :now + (n - 100000) * 300000 + 60000), 0, x'00'
    FROM n";

#[tokio::test]
async fn a_page_by_status_costs_no_more_than_six_pages_of_a_long_history() {
    use IncidentStatus::{Acked, Cancelled, Mitigated, Open, Resolved};
    let (dir, store) = synced().await;
    store.write(|w| w.ensure_source("pd", "pagerduty", NOW).map(drop)).await.unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("synced.db")).unwrap();
    connection.execute(LONG, &[(":now", &NOW.as_millis())]).unwrap();
    store
        .read(|reader| {
            let plain = IncidentFilter::at(NOW);
            let all = fastest(reader, &plain);
            for (statuses, rows) in [
                (vec![Open], 20),
                (vec![Open, Acked, Mitigated], 20),
                (vec![Cancelled], 0),
                (vec![Resolved], 50),
                (vec![Open, Resolved], 50),
            ] {
                let wanted = IncidentFilter { statuses, ..plain.clone() };
                assert_eq!(reader.incidents(&wanted)?.incidents.len(), rows, "{:?}", wanted.statuses);
                let page = fastest(reader, &wanted);
                assert!(page <= all * 6, "{:?}: {page:?}, and {all:?} for a page of any status", wanted.statuses);
            }
            Ok(())
        })
        .await
        .unwrap();
}

/// The least time that a page takes, which other work on the machine disturbs least.
fn fastest(reader: &Reader<'_>, filter: &IncidentFilter) -> Duration {
    let once = || {
        let begun = Instant::now();
        reader.incidents(filter).unwrap();
        begun.elapsed()
    };
    (0..20).map(|_| once()).min().unwrap()
}
