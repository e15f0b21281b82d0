//! Forecasts against a simulation that adds the hours of each future window anew.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{BudgetMethod, CalendarUnit, SliFigures, SloWindow};
use fairlead_domain::time::HOUR_MS;
use proptest::prelude::*;
use rstest::rstest;

use super::{at, events, now, rolling, rows_until, slo};
use crate::slo::hours::SliRow;
use crate::slo::status::{SloStatus, StreamHealth, slo_status};

fn status(objective: f64, window: SloWindow, rows: &[SliRow], as_of: Timestamp) -> SloStatus {
    slo_status(&slo(objective, window, BudgetMethod::Occurrences), rows, as_of, &StreamHealth::default()).unwrap()
}

fn month() -> SloWindow {
    SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, timezone: "Europe/Lisbon".into(), anchor: None }
}

/// Hours `(start, bad, total)`, past and assumed, and the remaining budget of a window of them.
struct Simulation {
    objective: f64,
    hours: Vec<(Timestamp, f64, f64)>,
}

impl Simulation {
    fn new(objective: f64, rows: &[SliRow]) -> Self {
        let hour = |(at, f): &SliRow| (*at, f.total.unwrap() - f.good.unwrap(), f.total.unwrap());
        Self { objective, hours: rows.iter().map(hour).collect() }
    }

    /// Mean errors and traffic of the known hours of the last day.
    fn mean(&self, end: Timestamp) -> Option<(f64, f64)> {
        let day: Vec<_> = self.hours.iter().filter(|(at, ..)| *at >= end.plus_hours(-24) && *at < end).collect();
        let count = day.len() as f64;
        let sum = |pick: fn(&&(Timestamp, f64, f64)) -> f64| day.iter().map(pick).sum::<f64>() / count;
        (!day.is_empty()).then(|| (sum(|h| h.1), sum(|h| h.2)))
    }

    fn spent(&self, from: Timestamp, to: Timestamp) -> bool {
        let inside = self.hours.iter().filter(|(at, ..)| *at >= from && at.plus_hours(1) <= to);
        let (bad, total) = inside.fold((0.0, 0.0), |(b, n), (_, bad, total)| (b + bad, n + total));
        total > 0.0 && ((1.0 - bad / total) - self.objective) / (1.0 - self.objective) <= 1e-9
    }

    /// The first instant after `end` at which the window is (or is no longer) spent. `from` gives its start.
    fn first(
        mut self,
        end: Timestamp,
        bring: (f64, f64),
        ahead: i64,
        from: impl Fn(i64) -> Timestamp,
        spent: bool,
    ) -> Option<Timestamp> {
        (1..=ahead).find_map(|t| {
            let to = end.plus_hours(t);
            self.hours.push((end.plus_hours(t - 1), bring.0, bring.1));
            (self.spent(from(t), to) == spent).then_some(to)
        })
    }
}

/// A full budget burnt at a constant rate lasts W ÷ br, in calendar as in rolling windows of even traffic.
#[rstest]
#[case::burn_2_lasts_half(0.002, Some(360))]
#[case::burn_10_lasts_a_tenth(0.01, Some(72))]
#[case::burn_1_lasts_the_window(0.001, Some(720))]
#[case::burn_below_1_lasts(0.000_9, None)]
fn a_clean_window_that_begins_to_burn_exhausts_by_the_book(#[case] error: f64, #[case] hours: Option<i64>) {
    let mut figures = vec![Some(events(0.0, 1e6)); 720];
    let clean = rows_until(now(), &figures);
    assert_eq!(status(0.999, rolling(30.0), &clean, now()).exhausts_at, None);
    for hour in &mut figures[696..] {
        *hour = Some(events(error * 1e6, 1e6));
    }
    let exhausts = status(0.999, rolling(30.0), &rows_until(now(), &figures), now()).exhausts_at;
    assert_eq!(exhausts, hours.map(|hours| now().plus_hours(hours - 24)), "24 h of it are spent already");
}

#[test]
fn an_outage_that_rolls_off_brings_the_budget_back() {
    let mut figures = vec![Some(events(0.0, 1_000.0)); 720];
    figures[100] = Some(events(900.0, 1_000.0));
    let found = status(0.999, rolling(30.0), &rows_until(now(), &figures), now());
    assert_eq!(found.exhausts_at, None, "spent already");
    assert_eq!(found.recovers_at, Some(now().plus_hours(101)), "when the 101st hour has left the window");
}

#[test]
fn a_calendar_budget_comes_back_with_the_next_period_at_the_latest() {
    let as_of = at("2026-11-16T07:00:00Z");
    let heavy = rows_until(as_of, &vec![Some(events(100.0, 1_000.0)); 367]);
    assert_eq!(status(0.999, month(), &heavy, as_of).recovers_at, Some(at("2026-12-01T00:00:00Z")));
    let light = rows_until(as_of, &vec![Some(events(1.1, 1_000.0)); 367]);
    let recovers = status(0.999, month(), &light, as_of).recovers_at;
    assert_eq!(recovers, Some(as_of.plus_hours(37)), "367 h × 1.1 ÷ 1 = 403.7 h of traffic dilute the errors");
}

#[rstest]
#[case::nothing_known_of_the_last_day(None, None)]
#[case::quiet_last_day(Some(events(0.0, 0.0)), Some(1))]
fn a_spent_budget_without_traffic(#[case] last_day: Option<SliFigures>, #[case] recovers_after: Option<i64>) {
    let mut figures = vec![last_day; 48];
    figures[0] = Some(events(5.0, 10.0));
    let found = status(0.9, rolling(2.0), &rows_until(now(), &figures), now());
    assert_eq!(found.recovers_at, recovers_after.map(|hours| now().plus_hours(hours)));
    assert_eq!(found.exhausts_at, None);
}

/// Good traffic that leaves the window can spend the budget without any new error.
#[test]
fn a_budget_can_run_out_because_traffic_fell() {
    let mut figures = vec![Some(events(0.0, 0.0)); 72];
    figures[0] = Some(events(0.0, 1_000.0));
    figures[40] = Some(events(1.0, 10.0));
    let found = status(0.99, rolling(3.0), &rows_until(now(), &figures), now());
    assert_eq!(found.exhausts_at, Some(now().plus_hours(1)));
}

fn any_hour() -> impl Strategy<Value = Option<SliFigures>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(events(0.0, 0.0))),
        8 => (0u32..30, 30u32..2_000).prop_map(|(bad, total)| Some(events(f64::from(bad), f64::from(total)))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_rolling_forecast_is_what_happens(
        figures in prop::collection::vec(any_hour(), 1..100),
        days in prop::sample::select(vec![0.25, 1.0, 2.0, 4.0]),
        objective in prop::sample::select(vec![0.9, 0.98, 0.99, 0.999_000_000_000_000_1]),
    ) {
        let rows = rows_until(now(), &figures);
        let found = status(objective, rolling(days), &rows, now());
        let length = (days * 24.0) as i64;
        let from = |t: i64| now().plus_hours(t - length);
        let sim = || Simulation::new(objective, &rows);
        let (mean, spent) = (sim().mean(now()), sim().spent(from(0), now()));
        let exhausts = mean.filter(|_| !spent).and_then(|mean| sim().first(now(), mean, length, from, true));
        let recovers = mean.filter(|_| spent).and_then(|mean| sim().first(now(), (0.0, mean.1), length, from, false));
        prop_assert_eq!(found.exhausts_at, exhausts);
        prop_assert_eq!(found.recovers_at, recovers);
    }

    #[test]
    fn a_calendar_forecast_is_what_happens(
        figures in prop::collection::vec(any_hour(), 1..100),
        into in 0i64..718,
        objective in prop::sample::select(vec![0.9, 0.98, 0.99, 0.999_000_000_000_000_1]),
    ) {
        let (start, next) = (at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
        let end = start.plus_hours(into);
        let rows = rows_until(end, &figures);
        let found = status(objective, month(), &rows, end.plus_millis(1_000));
        let ahead = next.since(end) / HOUR_MS;
        let sim = || Simulation::new(objective, &rows);
        let (mean, spent) = (sim().mean(end), sim().spent(start, end));
        let exhausts = mean.filter(|_| !spent).and_then(|mean| sim().first(end, mean, ahead, |_| start, true));
        let recovers = mean.and_then(|mean| sim().first(end, (0.0, mean.1), ahead, |_| start, false)).unwrap_or(next);
        prop_assert_eq!(found.exhausts_at, exhausts);
        prop_assert_eq!(found.recovers_at, spent.then_some(recovers));
    }
}
