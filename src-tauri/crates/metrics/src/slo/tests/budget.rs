//! Budgets and methods against published numbers.

use fairlead_domain::slo::{BudgetMethod, SliFigures};
use fairlead_domain::time::DAY_MS;
use rstest::rstest;

use super::{close, now, rows_until};
use crate::slo::budget::{Objective, ideal_remaining, is_spent};
use crate::slo::hours::{SloHours, Tally};
use crate::slo::method::{composite_ratio, counted};

fn objective(target: f64) -> Objective {
    Objective::new(target).unwrap()
}

/// Minutes of full outage that an objective permits.
#[rstest]
#[case::workbook_table_5_4(0.999, 30, 43.2)]
#[case::pyrra_issue_961(0.99, 28, 403.2)]
#[case::openslo_low_traffic_example(0.9995, 7, 5.04)]
#[case::workbook_ch_5_extreme_availability(0.99999, 30, 25.92 / 60.0)]
#[case::arithmetic_of_a_30_day_month(0.9995, 30, 21.6)]
#[case::harness_dashboard_test(0.8, 30, 8_640.0)]
fn budget_minutes_of_published_examples(#[case] target: f64, #[case] days: i64, #[case] minutes: f64) {
    close(objective(target).budget_minutes(days * DAY_MS), minutes, 1e-8);
}

#[rstest]
#[case::grafana_cloud_docs_left(0.9972, 0.995, 0.44)]
#[case::grafana_cloud_docs_overspent(0.9985, 0.999, -0.5)]
#[case::untouched(1.0, 0.9, 1.0)]
#[case::all_failed(0.0, 0.9, -9.0)]
fn remaining_of_published_examples(#[case] sli: f64, #[case] target: f64, #[case] remaining: f64) {
    close(objective(target).remaining(sli), remaining, 1e-9);
    close(objective(target).consumed(sli), 1.0 - remaining, 1e-9);
    close(objective(target).remaining_after(1.0 - sli, 1.0).unwrap(), remaining, 1e-9);
}

/// slo-generator's report fixture: half of 12 hours failed with an objective of 90 %.
#[test]
fn remaining_minutes_of_the_slo_generator_fixture() {
    let (objective, window) = (objective(0.9), DAY_MS / 2);
    let budget = objective.budget_minutes(window);
    close(budget, 72.0, 1e-9);
    close(objective.remaining(0.5) * budget, -288.0, 1e-9);
    close(objective.consumed(0.5) * budget, 360.0, 1e-9);
    close(crate::slo::burn::burn_rate(objective, 0.5), 5.0, 1e-9);
}

/// Sloth's `TestListBurnedBudgetRange`: seven days of November at 99.9 %, the budget being that of all 30 days.
#[test]
fn a_month_burns_down_as_sloth_draws_it() {
    let expected = [66.666_666_7, 36.666_666_7, 10.0, -13.333_333_3, -33.333_333_3, -50.0, -63.333_333_3];
    let mut errors = 0.0;
    for (availability, percent) in [99.0, 99.1, 99.2, 99.3, 99.4, 99.5, 99.6].into_iter().zip(expected) {
        errors += 1.0 - availability / 100.0;
        close(objective(0.999).remaining_after(errors, 30.0).unwrap() * 100.0, percent, 1e-6);
    }
    close(ideal_remaining(14.0, 30.0) * 100.0, 53.333_333_3, 1e-6);
}

/// OpenSLO's example of an attack during two weeks: base SLI 99 %, attack SLI 1 %, objective 95 %.
#[test]
fn the_methods_bear_an_attack_for_different_times() {
    let objective = objective(0.95);
    close(objective.allowed_bad(20_160.0), 1_008.0, 1e-6);

    let minutes = 20_160.0 * (0.05 - 0.01) / (0.99 - 0.01);
    close(minutes, 822.857, 1e-3);
    let errors = 0.99 * minutes + 0.01 * (20_160.0 - minutes);
    close(objective.remaining_after(errors, 20_160.0).unwrap(), 0.0, 1e-9);

    let extra = 14_297.872_340_4;
    let (bad, total) = (0.01 * 336_000.0 + 0.99 * extra, 336_000.0 + extra);
    close(objective.remaining_after(bad, total).unwrap(), 0.0, 1e-6);
}

/// Twelve slices with 10 of 10,000 failed and one with 5 of 10: one truth, three numbers.
#[rstest]
#[case(BudgetMethod::Occurrences, 0.001_041_579_868_344_304_6)]
#[case(BudgetMethod::RatioMean, 0.039_384_615_384_615_386)]
#[case(BudgetMethod::Timeslices, 0.076_923_076_923_076_93)]
fn a_quiet_failing_slice_weighs_by_method(#[case] method: BudgetMethod, #[case] error: f64) {
    let slice = |bad: f64, total: f64| {
        let ratio = bad / total;
        Some(SliFigures {
            good: Some(total - bad),
            total: Some(total),
            ratio_sum: Some(ratio),
            ratio_count: Some(1.0),
            slices_good: Some(if 1.0 - ratio >= 0.99 { 1.0 } else { 0.0 }),
            slices: Some(1.0),
        })
    };
    let mut figures = vec![slice(10.0, 10_000.0); 12];
    figures.push(slice(5.0, 10.0));
    let tally = SloHours::new(method, &rows_until(now(), &figures), now(), 13).last(13);
    close(tally.error_ratio().unwrap(), error, 1e-15);
}

/// OpenSLO's composite text: 95 % and 95 % by RatioTimeslices give 90 %.
#[test]
fn shortfalls_of_a_composite_add_up() {
    close(composite_ratio(&[0.95, 0.95]), 0.9, 1e-12);
    close(composite_ratio(&[0.2, 0.1]), 0.0, 0.0);
}

#[rstest]
#[case(0.0)]
#[case(1.0)]
#[case(99.9)]
#[case(f64::NAN)]
fn an_objective_outside_the_ratio_is_refused(#[case] target: f64) {
    assert_eq!(Objective::new(target).unwrap_err().code(), "bad_objective");
}

/// 1 − 0.999 is not 0.001, and Sloth writes 0.9990000000000001: exactly spent is spent all the same.
#[rstest]
#[case(0.999)]
#[case(0.999_000_000_000_000_1)]
#[case(0.998_999_999_999_999_9)]
fn exactly_spent_is_spent_in_spite_of_binary_fractions(#[case] target: f64) {
    assert!(is_spent(objective(target).remaining_after(10.0, 10_000.0).unwrap()));
    assert!(!is_spent(objective(target).remaining_after(9.99, 10_000.0).unwrap()));
}

#[test]
fn no_events_leave_no_budget_figure() {
    assert_eq!(objective(0.9).remaining_after(0.0, 0.0), None);
    assert_eq!(Tally::default().coverage(), None);
}

#[rstest]
#[case::lacks_the_methods_figures(BudgetMethod::Timeslices, Some(1.0), Some(2.0), None)]
#[case::lacks_one(BudgetMethod::Occurrences, None, Some(2.0), None)]
#[case::not_a_number(BudgetMethod::Occurrences, Some(f64::NAN), Some(2.0), None)]
#[case::endless(BudgetMethod::Occurrences, Some(1.0), Some(f64::INFINITY), None)]
#[case::negative(BudgetMethod::Occurrences, Some(-3.0), Some(-2.0), None)]
#[case::more_good_than_all(BudgetMethod::Occurrences, Some(3.0), Some(2.0), Some((0.0, 2.0)))]
#[case::less_good_than_none(BudgetMethod::Occurrences, Some(-3.0), Some(2.0), Some((2.0, 2.0)))]
#[case::quiet(BudgetMethod::Occurrences, Some(0.0), Some(0.0), Some((0.0, 0.0)))]
#[case::vendor(BudgetMethod::Upstream, Some(1.0), Some(2.0), None)]
fn an_impossible_row_is_missing(
    #[case] method: BudgetMethod,
    #[case] good: Option<f64>,
    #[case] total: Option<f64>,
    #[case] expected: Option<(f64, f64)>,
) {
    let hour = counted(method, &SliFigures { good, total, ..SliFigures::default() });
    assert_eq!(hour.map(|hour| (hour.bad, hour.total)), expected);
}
