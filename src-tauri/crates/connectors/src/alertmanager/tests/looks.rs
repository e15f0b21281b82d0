use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};
use proptest::prelude::*;

use super::super::looks::{Look, occurrences};

fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(1_795_000_000 + secs)
}

fn firing(name: &str, start: i64) -> Alert {
    Alert {
        fingerprint: name.to_owned(),
        name: name.to_owned(),
        start: at(start),
        end: None,
        resolution_secs: 0,
        status: AlertStatus::Firing,
        severity_raw: None,
        service: None,
        labels: BTreeMap::from([("alertname".to_owned(), name.to_owned())]),
    }
}

fn look(at_secs: i64, before: Option<i64>) -> Look {
    Look { at: at(at_secs), before: before.map(at), whole: true }
}

/// Start, end and resolution of each, in seconds.
fn told(found: &[Alert]) -> Vec<(i64, Option<i64>, u32)> {
    let secs = |at: Timestamp| at.as_secs() - 1_795_000_000;
    let mut told: Vec<_> = found.iter().map(|a| (secs(a.start), a.end.map(secs), a.resolution_secs)).collect();
    told.sort_unstable();
    told
}

#[test]
fn what_fires_again_is_told_as_it_is_stored() {
    let stored = [firing("A", 10)];
    assert_eq!(occurrences(vec![firing("A", 10)], &stored, look(60, Some(30))), stored);
}

#[test]
fn what_is_missing_ended_between_the_last_two_looks() {
    let found = occurrences(Vec::new(), &[firing("A", 10)], look(60, Some(30)));
    assert_eq!(told(&found), [(10, Some(60), 30)]);
    assert_eq!(found[0].status, AlertStatus::Resolved);
    // Nobody knows when the last look was: it may have ended at any time since it began.
    let found = occurrences(Vec::new(), &[firing("A", 10)], look(60, None));
    assert_eq!(told(&found), [(10, Some(60), 50)]);
}

#[test]
fn nothing_is_over_while_a_server_waits_to_be_told_what_fires() {
    let unsettled = Look { whole: false, ..look(60, Some(30)) };
    let found = occurrences(vec![firing("B", 50)], &[firing("A", 10)], unsettled);
    assert_eq!(told(&found), [(50, None, 0)]);
}

#[test]
fn a_start_after_the_last_look_is_another_occurrence() {
    let found = occurrences(vec![firing("A", 40)], &[firing("A", 10)], look(60, Some(30)));
    assert_eq!(told(&found), [(10, Some(40), 10), (40, None, 0)]);
    // Also while the server waits: it has begun anew, so it was over before.
    let unsettled = Look { whole: false, ..look(60, Some(30)) };
    assert_eq!(occurrences(vec![firing("A", 40)], &[firing("A", 10)], unsettled).len(), 2);
}

#[test]
fn another_start_that_a_replica_or_peer_states_is_the_same_occurrence() {
    for start in [5, 20, 30] {
        let found = occurrences(vec![firing("A", start)], &[firing("A", 10)], look(60, Some(30)));
        assert_eq!(told(&found), [(10, None, 0)], "{start}");
    }
}

#[test]
fn labels_that_are_listed_twice_are_one() {
    let found = occurrences(vec![firing("A", 10), firing("A", 5)], &[], look(60, None));
    assert_eq!(told(&found), [(5, None, 0)]);
}

#[test]
fn an_older_row_that_was_left_open_ends_with_the_next_look() {
    let stored = [firing("A", 10), firing("A", 20)];
    let found = occurrences(vec![firing("A", 20)], &stored, look(60, Some(30)));
    assert_eq!(told(&found), [(10, Some(20), 0), (20, None, 0)]);
}

proptest! {
    /// An alert that fires now and then, looked at now and then: each occurrence that a look saw is stored once, with an
    /// end that holds the true one, and the last one is open only if it fires.
    #[test]
    fn each_occurrence_that_was_seen_is_stored_once(
        spans in prop::collection::vec((1_i64..90, 1_i64..90), 1..20),
        pauses in prop::collection::vec(1_i64..60, 1..60),
        starting in prop::collection::vec(prop::bool::weighted(0.1), 60),
    ) {
        let mut truth: Vec<(i64, i64)> = Vec::new();
        let mut clock = 1;
        for (length, pause) in &spans {
            truth.push((clock, clock + length));
            clock += length + pause;
        }
        let mut rows: BTreeMap<i64, Alert> = BTreeMap::new();
        let mut seen: BTreeMap<i64, i64> = BTreeMap::new();
        let (mut now, mut before, mut last_whole) = (0, None, false);
        for (pause, starting) in pauses.iter().zip(&starting) {
            now += pause;
            let fires = truth.iter().find(|(from, to)| (*from..*to).contains(&now)).copied();
            // A server that has just started may not know yet.
            let listed = fires.filter(|_| !starting);
            let known: Vec<Alert> = rows.values().filter(|row| row.end.is_none()).cloned().collect();
            let look = Look { at: at(now), before: before.map(at), whole: !starting };
            for row in occurrences(listed.map(|(from, _)| firing("A", from)).into_iter().collect(), &known, look) {
                rows.insert(row.start.as_secs(), row);
            }
            if let Some((from, to)) = listed {
                seen.insert(at(from).as_secs(), at(to).as_secs());
            }
            if !starting {
                before = Some(now);
            }
            last_whole = !starting;
        }
        let starts: Vec<i64> = rows.keys().copied().collect();
        prop_assert_eq!(&starts, &seen.keys().copied().collect::<Vec<_>>());
        for (start, row) in &rows {
            let ends = seen[start];
            match row.end {
                Some(end) => {
                    prop_assert!(end.as_secs() >= ends, "not before it truly ended");
                    prop_assert!(end.as_secs() - i64::from(row.resolution_secs) <= ends, "{row:?} {ends}");
                }
                None => prop_assert!(!last_whole || ends > at(now).as_secs(), "{row:?} is over since {ends}"),
            }
        }
        prop_assert!(rows.values().filter(|row| row.end.is_none()).count() <= 1);
    }
}
