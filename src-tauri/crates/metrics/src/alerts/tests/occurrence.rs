use std::collections::BTreeSet;

use fairlead_domain::alert::{Alert, AlertStatus};
use proptest::prelude::*;
use rstest::rstest;

use super::{alert, at, labels};
use crate::alerts::{Occurrence, SAME_START_MS, Telling, occurrences};

fn told(source: &str, alert: Alert) -> Telling {
    Telling { source: source.to_owned(), labels: alert.labels.clone(), alert }
}

fn sources(found: &[Occurrence]) -> Vec<Vec<&str>> {
    found.iter().map(|occurrence| occurrence.told_by.iter().map(String::as_str).collect()).collect()
}

#[rstest]
#[case::at_once(0, 0, 1)]
#[case::on_the_next_minute(0, 60, 1)]
#[case::a_moment_later(0, 61, 2)]
#[case::whoever_is_first(60, 0, 1)]
fn starts_within_a_minute_are_one(#[case] am: i64, #[case] prom: i64, #[case] count: usize) {
    let rows = vec![told("am", alert("A", am, None)), told("prom", alert("A", prom, None))];
    let found = occurrences(rows);
    assert_eq!(found.len(), count);
    assert_eq!(found[0].alert.start, at(am.min(prom)), "the first start counts");
}

#[test]
fn other_labels_are_another_alert_and_rows_of_one_source_are_never_one() {
    let rows = vec![
        told("am", alert("A", 0, Some(10))),
        told("am", alert("A", 20, None)),
        told("am", alert("B", 0, None)),
        told("prom", alert("A", 40, None)),
    ];
    let found = occurrences(rows);
    assert_eq!(sources(&found), [vec!["am", "prom"], vec!["am"], vec!["am"]]);
    assert_eq!(found[0].alert.name, "A");
    assert_eq!(found[0].source, "am");
}

#[test]
fn labels_that_a_source_leaves_out_are_compared_too() {
    let full = labels(&[("alertname", "A"), ("cluster", "eu")]);
    let am = Telling { labels: full.clone(), ..told("am", alert("A", 0, None)) };
    let prom = told("prom", alert("A", 0, None));
    assert_eq!(occurrences(vec![am.clone(), prom.clone()]).len(), 2);
    let found = occurrences(vec![am, Telling { labels: full.clone(), ..prom }]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].alert.labels, full);
}

#[test]
fn whoever_saw_the_end_best_says_it_and_a_source_that_was_not_read_since_does_not() {
    let looked = Alert { resolution_secs: 259_200, ..alert("A", 0, Some(260_000)) };
    let history = alert("A", 60, Some(660));
    let stale = alert("A", 30, None);
    let found = occurrences(vec![told("am", looked), told("prom", history), told("late", stale)]);
    assert_eq!(found.len(), 1);
    let one = &found[0].alert;
    assert_eq!((one.end, one.resolution_secs, one.status), (Some(at(660)), 60, AlertStatus::Resolved));
}

#[test]
fn what_one_source_silences_is_silenced() {
    let quiet = Alert { status: AlertStatus::Suppressed, ..alert("A", 0, None) };
    let found = occurrences(vec![told("am", quiet.clone()), told("prom", alert("A", 60, None))]);
    assert_eq!(found[0].alert.status, AlertStatus::Suppressed);
    let found = occurrences(vec![told("am", quiet), told("prom", alert("A", 60, Some(300)))]);
    assert_eq!(found[0].alert.status, AlertStatus::Resolved);
}

prop_compose! {
    fn row()(
        source in prop::sample::select(vec!["am-a", "am-b", "prom"]),
        name in prop::sample::select(vec!["A", "B"]),
        start in 0_i64..400,
        length in prop::option::of(1_i64..400),
        resolution_secs in 0_u32..90,
    ) -> Telling {
        told(source, Alert { resolution_secs, ..alert(name, start, length.map(|length| start + length)) })
    }
}

proptest! {
    #[test]
    fn each_row_counts_in_exactly_one_occurrence(rows in prop::collection::vec(row(), 0..24)) {
        let found = occurrences(rows.clone());
        let told: usize = found.iter().map(|occurrence| occurrence.told_by.len()).sum();
        prop_assert_eq!(told, rows.len());
        for occurrence in &found {
            let once: BTreeSet<&String> = occurrence.told_by.iter().collect();
            prop_assert_eq!(once.len(), occurrence.told_by.len(), "no source counts twice in it");
            let same = |row: &&Telling| row.labels == occurrence.alert.labels
                && occurrence.told_by.contains(&row.source)
                && (0..=SAME_START_MS).contains(&row.alert.start.since(occurrence.alert.start));
            prop_assert!(rows.iter().filter(same).count() >= occurrence.told_by.len());
            prop_assert!(occurrence.alert.end.is_none() == (occurrence.alert.status != AlertStatus::Resolved));
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (rows, mixed) in prop::collection::vec(row(), 0..24).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        // Two rows of one source with one key cannot be: the store has each once.
        let mut keys = BTreeSet::new();
        let unique = rows.iter().all(|row| keys.insert((&row.source, &row.alert.fingerprint, row.alert.start)));
        prop_assume!(unique);
        prop_assert_eq!(occurrences(rows), occurrences(mixed));
    }

    #[test]
    fn one_source_alone_is_told_as_it_is(rows in prop::collection::vec(row(), 0..24)) {
        let rows: Vec<Telling> = rows.into_iter().filter(|row| row.source == "am-a").collect();
        let mut alone: Vec<Alert> = occurrences(rows.clone()).into_iter().map(|one| one.alert).collect();
        let mut before: Vec<Alert> = rows.into_iter().map(|row| row.alert).collect();
        let key = |alert: &Alert| (alert.name.clone(), alert.start, alert.end, alert.resolution_secs);
        alone.sort_by_key(key);
        before.sort_by_key(key);
        prop_assert_eq!(alone, before);
    }

    /// Whenever each alert is told by a history on whole minutes and by looks at the present, they are counted once.
    #[test]
    fn a_history_and_looks_at_the_present_count_each_occurrence_once(
        gaps in prop::collection::vec((1_i64..3_000, 200_i64..3_000), 1..12)
    ) {
        let (mut rows, mut clock) = (Vec::new(), 0);
        for (length, pause) in &gaps {
            let start = clock;
            clock += length + pause;
            rows.push(told("am", alert("A", start, Some(start + length))));
            rows.push(told("prom", alert("A", (start + 59).div_euclid(60) * 60, Some(start + length + 60))));
        }
        prop_assert_eq!(occurrences(rows).len(), gaps.len());
    }
}
