//! Sums of hours: classes, coverage, additivity, precision.

use fairlead_domain::Window;
use fairlead_domain::slo::{BudgetMethod, SliFigures};
use proptest::prelude::*;

use super::{events, now, rows_until};
use crate::slo::hours::{HourClass, SloHours, hour_class};

fn hours(figures: &[Option<SliFigures>], held: u32) -> SloHours {
    SloHours::new(BudgetMethod::Occurrences, &rows_until(now(), figures), now(), held)
}

#[test]
fn an_hour_is_measured_quiet_or_missing() {
    let other_method = SliFigures { slices: Some(1.0), slices_good: Some(1.0), ..SliFigures::default() };
    let figures = [Some(events(1.0, 4.0)), Some(events(0.0, 0.0)), None, Some(other_method)];
    let hours = hours(&figures, 6);
    let classes: Vec<HourClass> = hours.iter().map(|(_, hour)| hour_class(hour)).collect();
    use HourClass::{Measured, Missing, Quiet};
    assert_eq!(classes, [Missing, Missing, Quiet, Measured, Missing, Missing]);
    let tally = hours.last(6);
    assert_eq!((tally.measured, tally.quiet, tally.missing()), (1, 1, 4));
    assert_eq!(tally.coverage(), Some(2.0 / 6.0), "hours before the first row count as missing");
    assert_eq!(hours.newest(), Some(now().plus_hours(-3)));
    assert_eq!(hours.oldest(), Some(now().plus_hours(-4)));
}

#[test]
fn what_lies_outside_is_not_counted() {
    let mut rows = rows_until(now(), &[Some(events(1.0, 10.0)); 8]);
    rows.insert(0, (now().plus_hours(-500), events(9.0, 9.0)));
    rows.extend([(now(), events(99.0, 99.0)), (now().plus_hours(1), events(99.0, 99.0))]);
    let hours = SloHours::new(BudgetMethod::Occurrences, &rows, now().plus_millis(59 * 60_000), 5);
    assert_eq!((hours.end(), hours.last(5).total, hours.last(5).bad), (now(), 50.0, 5.0));
    assert_eq!(hours.last(1).total, 10.0, "the hour that has begun is not counted");
}

#[test]
fn only_whole_hours_lie_within_a_window() {
    let hours = hours(&[Some(events(1.0, 10.0)); 8], 8);
    let half = |hours: i64| now().plus_hours(hours).plus_millis(30 * 60_000);
    let tally = hours.within(Window::new(half(-5), half(-3)));
    assert_eq!((tally.hours, tally.total), (1, 10.0), "[-4, -3) alone is whole");
}

#[test]
fn further_back_than_held_is_missing() {
    let hours = hours(&[Some(events(0.0, 1.0)); 3], 3);
    assert_eq!((hours.last(10).missing(), hours.last(10).total), (7, 3.0));
}

/// A burst of 10¹⁶ events and 700 hours of one event each: a plain sum of doubles loses all 700.
#[test]
fn small_hours_survive_a_huge_one() {
    let mut figures = vec![Some(events(0.0, 1.0)); 700];
    figures[699] = Some(events(0.0, 1e16));
    assert_eq!(hours(&figures, 700).last(700).total, 1e16 + 700.0);
}

fn any_hour() -> impl Strategy<Value = Option<SliFigures>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(events(0.0, 0.0))),
        6 => (0.0..1.0f64, 0.0..1e6f64).prop_map(|(share, total)| Some(events(share * total, total))),
    ]
}

proptest! {
    #[test]
    fn hours_add_up_to_windows_however_they_are_split(
        figures in prop::collection::vec(any_hour(), 1..120),
        cut in 0i64..120,
    ) {
        let count = figures.len() as i64;
        let (cut, summed) = (cut.min(count), hours(&figures, figures.len() as u32));
        let start = now().plus_hours(-count);
        let (early, late) = (Window::new(start, start.plus_hours(cut)), Window::new(start.plus_hours(cut), now()));
        let (a, b, all) = (summed.within(early), summed.within(late), summed.last(count as u32));
        prop_assert_eq!(a.measured + b.measured, all.measured);
        prop_assert_eq!(a.quiet + b.quiet, all.quiet);
        prop_assert_eq!(a.hours + b.hours, all.hours);
        prop_assert!((a.bad + b.bad - all.bad).abs() <= 1e-9 * all.total.max(1.0));
        prop_assert!((a.total + b.total - all.total).abs() <= 1e-9 * all.total.max(1.0));
        prop_assert_eq!(b, summed.last((count - cut) as u32));
        let coverage = all.coverage().unwrap();
        prop_assert!((0.0..=1.0).contains(&coverage));
    }

    /// Twice the traffic with twice the errors is the same SLI.
    #[test]
    fn scaling_all_counts_leaves_ratios(figures in prop::collection::vec(any_hour(), 1..50), factor in 0.01..100.0f64) {
        let scaled: Vec<_> = figures
            .iter()
            .map(|hour| hour.map(|f| events((f.total.unwrap() - f.good.unwrap()) * factor, f.total.unwrap() * factor)))
            .collect();
        let count = figures.len() as u32;
        match (hours(&figures, count).last(count).sli(), hours(&scaled, count).last(count).sli()) {
            (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9),
            (a, b) => prop_assert_eq!(a, b),
        }
    }
}
