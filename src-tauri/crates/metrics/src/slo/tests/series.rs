//! How it went, against the status of each hour.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{BudgetMethod, CalendarUnit, SliFigures, SloWindow};
use proptest::prelude::*;

use super::{at, close, events, now, rolling, rows_until, slo};
use crate::slo::hours::{SliRow, Tally};
use crate::slo::sliding::sliding_sums;
use crate::slo::status::{StreamHealth, slo_status};
use crate::slo::{HourPoint, Objective, hour_series, slo_span};

fn series(window: &SloWindow, rows: &[SliRow], end: Timestamp) -> Vec<HourPoint> {
    let span = slo_span(window, end).unwrap();
    hour_series(Objective::new(0.99).unwrap(), BudgetMethod::Occurrences, rows, &span)
}

fn any_hour() -> impl Strategy<Value = Option<SliFigures>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(events(0.0, 0.0))),
        6 => (0u32..30, 30u32..2_000).prop_map(|(bad, total)| Some(events(f64::from(bad), f64::from(total)))),
    ]
}

fn month() -> SloWindow {
    SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, timezone: "Europe/Lisbon".into(), anchor: None }
}

#[test]
fn an_hour_of_errors_spends_and_comes_back_a_window_later() {
    let mut figures = vec![Some(events(0.0, 100.0)); 144];
    figures[80] = Some(events(36.0, 100.0));
    let rows = rows_until(now(), &figures);
    let points = series(&rolling(3.0), &rows, now());
    assert_eq!(points.len(), 72);
    assert_eq!(points[8].hour, now().plus_hours(-64), "the hour of the errors");
    assert_eq!(points[7].remaining, Some(1.0));
    close(points[8].burn.unwrap(), 36.0, 1e-9);
    close(points[8].remaining.unwrap(), 0.5, 1e-9);
    close(points[71].remaining.unwrap(), 0.5, 1e-9);
    let later = rows_until(now().plus_hours(9), &[figures, vec![Some(events(0.0, 100.0)); 9]].concat());
    close(series(&rolling(3.0), &later, now().plus_hours(9))[71].remaining.unwrap(), 1.0, 1e-12);
}

#[test]
fn a_window_that_begins_before_the_first_row_is_not_whole() {
    let rows = rows_until(now(), &[Some(events(0.0, 10.0)); 30]);
    let points = series(&rolling(1.0), &rows, now());
    let whole: Vec<bool> = points.iter().map(|point| point.whole).collect();
    assert_eq!(whole.iter().position(|whole| *whole), Some(16), "23 of 24 hours are 96 %");
    assert!(points[0].remaining.is_some(), "it is told all the same");
}

#[test]
fn a_window_of_which_no_hour_is_over_has_no_points() {
    assert!(series(&month(), &[], at("2026-12-01T00:30:00Z")).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_point_is_the_status_of_its_hour(
        figures in prop::collection::vec(any_hour(), 1..160),
        days in prop::sample::select(vec![0.25, 1.0, 2.0, 3.5]),
    ) {
        let rows = rows_until(now(), &figures);
        let window = rolling(days);
        let points = series(&window, &rows, now());
        prop_assert_eq!(points.len(), (days * 24.0) as usize);
        for point in points {
            let end = point.hour.plus_hours(1);
            let told = slo_status(&slo(0.99, window.clone(), BudgetMethod::Occurrences), &rows, end, &StreamHealth::default());
            let told = told.unwrap();
            prop_assert_eq!(point.remaining.is_some(), told.budget_remaining.is_some());
            let (a, b) = (point.remaining.unwrap_or(0.0), told.budget_remaining.unwrap_or(0.0));
            prop_assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{} is not {}", a, b);
            prop_assert_eq!(point.burn.is_some(), told.burn.h1.is_some());
            prop_assert!((point.burn.unwrap_or(0.0) - told.burn.h1.unwrap_or(0.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn a_calendar_period_adds_up_from_its_start(figures in prop::collection::vec(any_hour(), 1..90), into in 1i64..80) {
        let end = at("2026-11-01T00:00:00Z").plus_hours(into);
        let rows = rows_until(end, &figures);
        let points = series(&month(), &rows, end);
        prop_assert_eq!(points.len(), into as usize);
        for point in points {
            let end = point.hour.plus_hours(1);
            let told = slo_status(&slo(0.99, month(), BudgetMethod::Occurrences), &rows, end, &StreamHealth::default());
            let (a, b) = (point.remaining.unwrap_or(9.0), told.unwrap().budget_remaining.unwrap_or(9.0));
            prop_assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{} is not {}", a, b);
        }
    }

    #[test]
    fn sliding_sums_are_the_sums_of_their_units(bads in prop::collection::vec(0u32..1_000, 0..60), width in 0usize..12) {
        let units: Vec<Tally> = bads.iter().map(|bad| Tally { bad: f64::from(*bad), hours: 1, ..Tally::default() }).collect();
        let slid: Vec<f64> = sliding_sums(&units, width).iter().map(|sum| sum.bad).collect();
        let expected: Vec<f64> = if width == 0 { Vec::new() } else {
            units.windows(width).map(|window| window.iter().map(|unit| unit.bad).sum()).collect()
        };
        prop_assert_eq!(slid, expected);
    }
}

/// Taking the huge hour back out of a running sum would leave nothing of the small ones.
#[test]
fn small_hours_survive_a_huge_one_that_left() {
    let mut units = vec![Tally { total: 1.0, hours: 1, ..Tally::default() }; 40];
    units[0].total = 1e16;
    assert_eq!(sliding_sums(&units, 10)[1].total, 10.0);
}
