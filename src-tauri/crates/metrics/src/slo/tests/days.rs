//! The status told from days against the one told from hours.

use std::convert::Infallible;

use fairlead_domain::slo::{BudgetMethod, CalendarUnit, SliFigures, SloWindow};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;
use rstest::rstest;

use super::{at, close, events, now, rolling, rows_until, slo};
use crate::slo::hours::SliRow;
use crate::slo::status::{SloStatus, StreamHealth, slo_status};
use crate::slo::{
    Course, DayReads, DayRows, Objective, SliDay, day_status, day_trend, hour_line, hour_series, slo_span,
};

/// The days of some rows, as the store adds them up.
fn days_of(rows: &[SliRow]) -> Vec<SliDay> {
    let mut days: Vec<Timestamp> = rows.iter().map(|(hour, _)| hour.floor_day()).collect();
    days.dedup();
    let sum = |day: Timestamp| {
        let of_day: Vec<&SliFigures> =
            rows.iter().filter(|(hour, _)| hour.floor_day() == day).map(|(_, f)| f).collect();
        let total = |pick: fn(&SliFigures) -> Option<f64>| of_day.iter().filter_map(|f| pick(f)).sum::<f64>();
        let figures =
            SliFigures { good: Some(total(|f| f.good)), total: Some(total(|f| f.total)), ..SliFigures::default() };
        let quiet = of_day.iter().filter(|f| f.total == Some(0.0)).count();
        SliDay::new(BudgetMethod::Occurrences, day, &figures, (of_day.len() as u32, quiet as u32))
    };
    days.into_iter().map(sum).collect()
}

fn within(rows: &[SliRow], window: Window) -> Vec<SliRow> {
    rows.iter().filter(|(hour, _)| window.contains(*hour)).copied().collect()
}

/// The status from days, from no other rows than it asks for, and how many days it read by the hour.
fn told(window: &SloWindow, rows: &[SliRow], end: Timestamp, objective: f64) -> (SloStatus, usize) {
    let slo = slo(objective, window.clone(), BudgetMethod::Occurrences);
    let span = slo_span(window, end).unwrap();
    let reads = DayReads::of(&span);
    let days: Vec<SliDay> = days_of(rows).into_iter().filter(|day| reads.days.contains(day.day)).collect();
    let hours: Vec<SliRow> = reads.hours.iter().flat_map(|window| within(rows, *window)).collect();
    let given = DayRows { method: slo.method, days: &days, hours: &hours };
    let health = StreamHealth { first_row: rows.first().map(|(hour, _)| *hour), ..StreamHealth::default() };
    let mut read = 0;
    let status = day_status(&slo, Objective::new(objective).unwrap(), &span, &given, &health, |window: Window| {
        read += 1;
        assert!(window.millis() <= DAY_MS);
        Ok::<_, Infallible>(within(rows, window))
    });
    (status.unwrap(), read)
}

fn month() -> SloWindow {
    SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, timezone: "Europe/Berlin".into(), anchor: None }
}

fn any_hour() -> impl Strategy<Value = Option<SliFigures>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(events(0.0, 0.0))),
        8 => (0u32..30, 30u32..2_000).prop_map(|(bad, total)| Some(events(f64::from(bad), f64::from(total)))),
    ]
}

#[test]
fn a_quiet_month_is_told_without_reading_further_hours() {
    let rows = rows_until(now(), &vec![Some(events(0.1, 1_000.0)); 24 * 61]);
    let (status, read) = told(&rolling(30.0), &rows, now(), 0.999);
    assert_eq!((status.exhausts_at, read), (None, 0));
    close(status.budget_remaining.unwrap(), 0.9, 1e-9);
}

#[test]
fn few_days_beside_the_one_on_which_it_runs_out_are_read() {
    let mut figures = vec![Some(events(0.0, 1e6)); 24 * 61];
    let last = figures.len();
    for hour in &mut figures[last - 24..] {
        *hour = Some(events(2_000.0, 1e6));
    }
    let (status, read) = told(&rolling(30.0), &rows_until(now(), &figures), now(), 0.999);
    assert_eq!(status.exhausts_at, Some(now().plus_hours(360 - 24)));
    assert!((1..=2).contains(&read), "{read} days");
}

#[test]
fn the_trend_ends_where_the_last_whole_day_did() {
    let mut figures = vec![Some(events(0.0, 100.0)); 24 * 8];
    figures[24 * 6] = Some(events(36.0, 100.0));
    let rows = rows_until(now(), &figures);
    let span = slo_span(&rolling(3.0), now()).unwrap();
    let reads = DayReads::of(&span);
    let days: Vec<SliDay> = days_of(&rows).into_iter().filter(|day| reads.days.contains(day.day)).collect();
    let given = DayRows { method: BudgetMethod::Occurrences, days: &days, hours: &[] };
    let objective = Objective::new(0.99).unwrap();
    let (course, trend) = day_trend(objective, &span, &given, 60);
    let series = hour_series(objective, BudgetMethod::Occurrences, &rows, &span);
    let at_midnight = series.iter().filter(|point| point.hour.plus_hours(1) == point.hour.plus_hours(1).floor_day());
    let expected: Vec<f64> = at_midnight.map(|point| point.remaining.unwrap()).collect();
    assert_eq!((course, trend.len(), expected.len()), (Course::Rolling, 3, 3));
    for (told, expected) in trend.iter().zip(expected) {
        close(told.unwrap(), expected, 1e-9);
    }
    assert_eq!(day_trend(objective, &span, &given, 2).1.len(), 2);
}

/// Without the windows before, a window is told by what its own hours spent; it ends at what is left.
#[rstest]
#[case::not_made_of_whole_days(2.5, 24 * 8)]
#[case::no_past(3.0, 24 * 3)]
fn a_window_without_a_past_is_told_by_what_its_own_days_spent(#[case] days: f64, #[case] known: usize) {
    let mut figures = vec![Some(events(0.0, 100.0)); known];
    figures[known - 30] = Some(events(24.0, 100.0));
    figures[known - 2] = Some(events(6.0, 100.0));
    let rows = rows_until(now(), &figures);
    let span = slo_span(&rolling(days), now()).unwrap();
    let reads = DayReads::of(&span);
    let sums: Vec<SliDay> = days_of(&rows).into_iter().filter(|day| reads.days.contains(day.day)).collect();
    let hours: Vec<SliRow> = reads.hours.iter().flat_map(|window| within(&rows, *window)).collect();
    let given = DayRows { method: BudgetMethod::Occurrences, days: &sums, hours: &hours };
    let objective = Objective::new(0.99).unwrap();
    let (course, trend) = day_trend(objective, &span, &given, 60);
    assert_eq!(course, Course::Spent);
    let allowed = days * 24.0;
    close(trend[0].unwrap(), 1.0, 1e-9);
    close(trend.last().unwrap().unwrap(), 1.0 - 24.0 / allowed, 1e-9);
    let series = hour_series(objective, BudgetMethod::Occurrences, &rows, &span);
    let (_, line) = hour_line(objective, &series, &span);
    if known == 72 {
        close(line.last().unwrap().unwrap(), 1.0 - 30.0 / allowed, 1e-9);
        close(line[0].unwrap(), 1.0, 1e-9);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn days_tell_what_hours_tell(
        figures in prop::collection::vec(any_hour(), 1..240),
        window in prop_oneof![
            prop::sample::select(vec![0.25, 1.0, 2.0, 3.5, 5.0, 7.0]).prop_map(rolling),
            Just(month()),
        ],
        into in 0i64..96,
        objective in prop::sample::select(vec![0.9, 0.98, 0.99, 0.999_000_000_000_000_1]),
    ) {
        let end = at("2026-11-01T00:00:00Z").plus_hours(into);
        let rows = rows_until(end, &figures);
        let health = StreamHealth { first_row: rows.first().map(|(hour, _)| *hour), ..StreamHealth::default() };
        let by_hours = slo_status(&slo(objective, window.clone(), BudgetMethod::Occurrences), &rows, end, &health).unwrap();
        let (by_days, _) = told(&window, &rows, end, objective);
        prop_assert_eq!(by_days.state, by_hours.state);
        prop_assert_eq!(by_days.stale, by_hours.stale);
        prop_assert_eq!(by_days.exhausts_at, by_hours.exhausts_at);
        prop_assert_eq!(by_days.recovers_at, by_hours.recovers_at);
        prop_assert_eq!((by_days.tally.measured, by_days.tally.quiet, by_days.tally.hours),
            (by_hours.tally.measured, by_hours.tally.quiet, by_hours.tally.hours));
        let pairs = [
            (by_days.sli, by_hours.sli), (by_days.budget_remaining, by_hours.budget_remaining),
            (by_days.good, by_hours.good), (by_days.total, by_hours.total), (by_days.coverage, by_hours.coverage),
            (by_days.burn.h1, by_hours.burn.h1), (by_days.burn.h6, by_hours.burn.h6),
            (by_days.burn.d1, by_hours.burn.d1), (by_days.burn.d3, by_hours.burn.d3),
        ];
        for (a, b) in pairs {
            prop_assert_eq!(a.is_some(), b.is_some());
            let (a, b) = (a.unwrap_or(0.0), b.unwrap_or(0.0));
            prop_assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{} is not {}", a, b);
        }
    }
}
