//! The whole status of an SLO.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{BudgetMethod, CalendarUnit, SliFigures, SloWindow};
use proptest::prelude::*;
use rstest::rstest;

use super::{close, events, now, rolling, rows_until, slo};
use crate::slo::hours::SliRow;
use crate::slo::state::SloState;
use crate::slo::status::{SloStatus, StreamHealth, slo_status};

fn status(method: BudgetMethod, rows: &[SliRow], health: StreamHealth) -> SloStatus {
    slo_status(&slo(0.999, rolling(30.0), method), rows, now().plus_millis(42 * 60_000), &health).unwrap()
}

fn full(figures: SliFigures) -> Vec<SliRow> {
    rows_until(now(), &vec![Some(figures); 720])
}

/// 30 days of 1,000 events an hour, 4 in 10,000 bad, and one hour of 10 %.
#[test]
fn a_month_of_events_by_hand() {
    let mut rows = full(events(0.4, 1_000.0));
    rows[718].1 = events(100.0, 1_000.0);
    let found = status(BudgetMethod::Occurrences, &rows, StreamHealth::default());
    let bad = 719.0 * 0.4 + 100.0;
    close(found.total.unwrap(), 720_000.0, 1e-6);
    close(found.good.unwrap(), 720_000.0 - bad, 1e-6);
    close(found.sli.unwrap(), 1.0 - bad / 720_000.0, 1e-12);
    close(found.budget_remaining.unwrap(), 1.0 - bad / 720.0, 1e-9);
    close(found.burn.h1.unwrap(), 0.4, 1e-9);
    close(found.burn.h6.unwrap(), 102.0 / 6.0, 1e-9);
    close(found.burn.d1.unwrap(), (23.0 * 0.4 + 100.0) / 24.0, 1e-9);
    close(found.burn.d3.unwrap(), (71.0 * 0.4 + 100.0) / 72.0, 1e-9);
    assert_eq!(found.coverage, Some(1.0));
    assert_eq!((found.state, found.stale), (SloState::Critical, false));
    assert_eq!(found.span.end, now(), "no partial hour");
}

/// The same hours by each method; only counting methods state counts.
#[test]
fn a_method_counts_in_its_own_unit() {
    let figures = SliFigures {
        good: Some(999.0),
        total: Some(1_000.0),
        ratio_sum: Some(0.006),
        ratio_count: Some(12.0),
        slices_good: Some(59.0),
        slices: Some(60.0),
    };
    let of = |method| status(method, &full(figures), StreamHealth::default());
    let (occurrences, slices) = (of(BudgetMethod::Occurrences), of(BudgetMethod::Timeslices));
    assert_eq!((occurrences.good, occurrences.total), (Some(719_280.0), Some(720_000.0)));
    assert_eq!(occurrences.state, SloState::Spent, "exactly spent is spent");
    assert_eq!((slices.good, slices.total), (Some(42_480.0), Some(43_200.0)));
    close(slices.budget_remaining.unwrap(), 1.0 - (1.0 / 60.0) / 0.001, 1e-9);
    let mean = of(BudgetMethod::RatioMean);
    close(mean.sli.unwrap(), 0.9995, 1e-12);
    assert_eq!((mean.good, mean.total), (None, None));
    let upstream = of(BudgetMethod::Upstream);
    assert_eq!((upstream.sli, upstream.budget_remaining, upstream.coverage), (None, None, Some(0.0)));
    assert_eq!((upstream.state, upstream.total), (SloState::Unknown, None));
}

#[test]
fn no_traffic_is_not_no_data() {
    let quiet = status(BudgetMethod::Occurrences, &full(events(0.0, 0.0)), StreamHealth::default());
    assert_eq!((quiet.state, quiet.coverage, quiet.sli), (SloState::NoTraffic, Some(1.0), None));
    assert_eq!((quiet.total, quiet.budget_remaining, quiet.burn.d3), (Some(0.0), None, None));
    let none = status(BudgetMethod::Occurrences, &[], StreamHealth::default());
    assert_eq!((none.state, none.coverage, none.total), (SloState::Unknown, Some(0.0), None));
}

fn ok_rows() -> Vec<SliRow> {
    full(events(0.1, 1_000.0))
}

#[rstest]
#[case::fresh(ok_rows(), StreamHealth::default(), SloState::Ok)]
#[case::run_failed(ok_rows(), StreamHealth { last_run_failed: true, first_row: None }, SloState::Unknown)]
#[case::newest_missing(ok_rows()[..719].to_vec(), StreamHealth::default(), SloState::Ok)]
#[case::two_newest_missing(ok_rows()[..718].to_vec(), StreamHealth::default(), SloState::Unknown)]
#[case::new_slo(ok_rows()[600..].to_vec(), StreamHealth::default(), SloState::Ok)]
#[case::hole_before_what_is_left(ok_rows()[600..].to_vec(), StreamHealth { last_run_failed: false, first_row: Some(now().plus_days(-90)) }, SloState::Unknown)]
#[case::hole_of_5_percent([&ok_rows()[..300], &ok_rows()[336..]].concat(), StreamHealth::default(), SloState::Ok)]
#[case::hole_of_more([&ok_rows()[..300], &ok_rows()[337..]].concat(), StreamHealth::default(), SloState::Unknown)]
fn ok_is_claimed_only_of_fresh_rows(
    #[case] rows: Vec<SliRow>,
    #[case] health: StreamHealth,
    #[case] expected: SloState,
) {
    assert_eq!(status(BudgetMethod::Occurrences, &rows, health).state, expected);
}

/// Hours before the window are read for the burn rates alone: a hole in them says nothing of the window.
#[test]
fn a_hole_before_the_window_does_not_make_it_unknown() {
    let clean = full(events(0.0, 1_000.0));
    let rows = [&clean[650..660], &clean[690..]].concat();
    let day = slo(0.999, rolling(1.0), BudgetMethod::Occurrences);
    assert_eq!(slo_status(&day, &rows, now(), &StreamHealth::default()).unwrap().state, SloState::Ok);
}

#[test]
fn a_spent_budget_stays_spent_while_stale() {
    let health = StreamHealth { last_run_failed: true, first_row: None };
    let found = status(BudgetMethod::Occurrences, &full(events(5.0, 1_000.0)), health);
    assert_eq!((found.state, found.stale), (SloState::Spent, true));
}

/// The first minutes of a month: no hour of it is over, so nothing is claimed, while the burn looks back.
#[test]
fn a_calendar_window_that_has_just_begun_is_unknown() {
    let window = SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, timezone: "UTC".into(), anchor: None };
    let end = Timestamp::parse_rfc3339("2026-11-01T00:00:00Z").unwrap();
    let rows = rows_until(end, &vec![Some(events(0.1, 1_000.0)); 100]);
    let of = |minutes: i64, rows: &[SliRow]| {
        let as_of = end.plus_millis(minutes * 60_000);
        slo_status(&slo(0.999, window.clone(), BudgetMethod::Occurrences), rows, as_of, &StreamHealth::default())
            .unwrap()
    };
    let begun = of(30, &rows);
    assert_eq!((begun.coverage, begun.sli, begun.state), (None, None, SloState::Unknown));
    close(begun.burn.d3.unwrap(), 0.1, 1e-9);
    let hour_later = [rows, vec![(end, events(0.2, 1_000.0))]].concat();
    let first = of(62, &hour_later);
    assert_eq!((first.coverage, first.total, first.state), (Some(1.0), Some(1_000.0), SloState::Ok));
    assert_eq!(first.span.window_hours(), 720.0, "thresholds are those of the whole month");
}

proptest! {
    /// One more error never leaves more budget or a better state.
    #[test]
    fn remaining_falls_with_errors(
        hours in prop::collection::vec((0u32..20, 20u32..500), 1..100),
        index in any::<prop::sample::Index>(),
    ) {
        let figures: Vec<_> = hours.iter().map(|(bad, n)| Some(events(f64::from(*bad), f64::from(*n)))).collect();
        let mut worse = figures.clone();
        let (bad, total) = hours[index.index(hours.len())];
        worse[index.index(hours.len())] = Some(events(f64::from(bad) + 1.0, f64::from(total)));
        let of = |figures: &[_]| status(BudgetMethod::Occurrences, &rows_until(now(), figures), StreamHealth::default());
        let (before, after) = (of(&figures), of(&worse));
        prop_assert!(after.budget_remaining < before.budget_remaining);
        prop_assert!(after.state >= before.state);
        prop_assert!(before.coverage.is_some_and(|coverage| (0.0..=1.0).contains(&coverage)));
        prop_assert_eq!(before.recovers_at.is_some(), before.state == SloState::Spent);
    }
}
