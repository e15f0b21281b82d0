//! Burn rates, thresholds and catalogues against published numbers.

use fairlead_domain::slo::BudgetMethod;
use proptest::prelude::*;
use rstest::rstest;

use super::{close, events, now, rows_until};
use crate::slo::budget::Objective;
use crate::slo::burn::{
    BurnRates, BurnSeverity, BurnTier, MONTH_TIERS, WEEK_TIERS, budget_share, burn_rate, burn_threshold, exceeds,
    exhaustion_hours, max_burn_rate, pyrra_tiers, traffic_correction,
};
use crate::slo::hours::SloHours;

/// The Workbook's table 5-4: error rate, burn rate and time to exhaustion at 99.9 % over 30 days.
#[rstest]
#[case(0.001, 1.0, 720.0)]
#[case(0.002, 2.0, 360.0)]
#[case(0.01, 10.0, 72.0)]
#[case(1.0, 1_000.0, 0.72)]
fn exhaustion_of_workbook_table_5_4(#[case] error: f64, #[case] burn: f64, #[case] hours: f64) {
    let rate = burn_rate(Objective::new(0.999).unwrap(), error);
    close(rate, burn, 1e-9);
    close(exhaustion_hours(rate, 720.0).unwrap(), hours, 1e-9);
}

/// The Workbook, ch. 5: a burn of 35 spends 30 days in "20.5 hours".
#[test]
fn exhaustion_of_a_burn_of_35() {
    close(exhaustion_hours(35.0, 720.0).unwrap(), 20.5714, 1e-4);
    assert_eq!(exhaustion_hours(0.0, 720.0), None);
}

#[rstest]
#[case::workbook_5_8(30, 1, 2.0, 14.4)]
#[case::workbook_5_8(30, 6, 5.0, 6.0)]
#[case::workbook_5_8_text(30, 24, 10.0, 3.0)]
#[case::workbook_5_8(30, 72, 10.0, 1.0)]
#[case::workbook_one_window(30, 1, 5.0, 36.0)]
#[case::sloth_alert_test(28, 1, 2.0, 13.44)]
#[case::sloth_alert_test(28, 6, 5.0, 5.6)]
#[case::sloth_alert_test(28, 24, 10.0, 2.8)]
#[case::sloth_alert_test(28, 72, 10.0, 0.933_333_333_333_333_3)]
#[case::slo_exporter(28, 1, 2.0, 13.44)]
#[case::sloth_week_catalogue(7, 1, 8.0, 13.44)]
#[case::sloth_week_catalogue(7, 6, 12.5, 3.5)]
#[case::sloth_week_catalogue(7, 24, 20.0, 1.4)]
#[case::sloth_week_catalogue(7, 72, 42.0, 0.98)]
#[case::datadog_burn_rate_docs(7, 1, 10.0, 16.8)]
#[case::datadog_burn_rate_docs(7, 6, 20.0, 5.6)]
#[case::datadog_burn_rate_docs(7, 24, 40.0, 2.8)]
#[case::datadog_burn_rate_docs(90, 1, 1.0, 21.6)]
#[case::datadog_burn_rate_docs(90, 6, 3.0, 10.8)]
#[case::datadog_burn_rate_docs(90, 24, 5.0, 4.5)]
fn thresholds_of_published_tables(#[case] days: u32, #[case] long: u32, #[case] percent: f64, #[case] burn: f64) {
    let (window, long) = (f64::from(days) * 24.0, f64::from(long));
    close(burn_threshold(percent / 100.0, window, long), burn, 1e-12);
    close(budget_share(burn, window, long) * 100.0, percent, 1e-9);
}

#[rstest]
#[case(&MONTH_TIERS, 30, [14.4, 6.0, 3.0, 1.0])]
#[case(&MONTH_TIERS, 28, [13.44, 5.6, 2.8, 0.933_333_333_333_333_3])]
#[case(&WEEK_TIERS, 7, [13.44, 3.5, 1.4, 0.98])]
fn catalogues_give_the_published_thresholds(
    #[case] tiers: &[BurnTier; 4],
    #[case] days: u32,
    #[case] thresholds: [f64; 4],
) {
    for (tier, threshold) in tiers.iter().zip(thresholds) {
        close(tier.threshold(f64::from(days) * 24.0), threshold, 1e-12);
        assert_eq!(tier.short_minutes, tier.long_hours * 60 / 12, "the short window is a twelfth of the long one");
    }
    assert_eq!(tiers.map(|tier| tier.severity == BurnSeverity::Page), [true, true, false, false]);
    assert_eq!(tiers.map(|tier| tier.long_hours), [1, 6, 24, 72]);
}

/// Pyrra's `Windows()`: for, long and short in seconds. 28 days as in its `Test_windows`; 7 days as on the rule labels
/// (15m/1m, 1h30m/8m) of VictoriaMetrics issue 5659.
#[rstest]
#[case(28, [[120, 3_600, 300], [900, 21_600, 1_800], [3_600, 86_400, 7_200], [10_800, 345_600, 21_600]])]
#[case(30, [[120, 3_840, 300], [960, 23_160, 1_920], [3_840, 92_580, 7_740], [11_580, 370_260, 23_160]])]
#[case(14, [[60, 1_800, 180], [480, 10_800, 900], [1_800, 43_200, 3_600], [5_400, 172_800, 10_800]])]
#[case(7, [[60, 900, 60], [240, 5_400, 480], [900, 21_600, 1_800], [2_700, 86_400, 5_400]])]
#[case(90, [[360, 11_580, 960], [2_880, 69_420, 5_760], [11_580, 277_740, 23_160], [34_740, 1_110_840, 69_420]])]
fn pyrra_scales_its_windows(#[case] days: i64, #[case] expected: [[i64; 3]; 4]) {
    let tiers = pyrra_tiers(days * 86_400);
    assert_eq!(tiers.map(|tier| [tier.for_secs, tier.long_secs, tier.short_secs]), expected);
    assert_eq!(tiers.map(|tier| tier.factor), [14, 7, 2, 1]);
    assert_eq!(tiers.map(|tier| tier.severity == BurnSeverity::Page), [true, true, false, false]);
}

/// Pyrra's `Test_windows`: 28 days burn up in 2 d, 4 d, 2 w and 4 w.
#[test]
fn pyrra_states_the_exhaustion() {
    let days = |tier: crate::slo::burn::PyrraTier| tier.exhaustion_secs / 86_400;
    assert_eq!(pyrra_tiers(28 * 86_400).map(days), [2, 4, 14, 28]);
}

#[rstest]
#[case(0.9, 10.0)]
#[case::datadog_docs(0.96, 25.0)]
#[case(0.99, 100.0)]
#[case(0.999, 1_000.0)]
fn the_highest_burn_is_one_over_the_budget(#[case] target: f64, #[case] burn: f64) {
    close(max_burn_rate(Objective::new(target).unwrap()), burn, 1e-9);
}

/// The Workbook, ch. 5: at 90 % an hour of outage spends 1.4 % of 30 days, so a threshold of 14.4 is never reached.
#[test]
fn a_loose_objective_cannot_reach_the_page_threshold() {
    let burn = max_burn_rate(Objective::new(0.9).unwrap());
    close(budget_share(burn, 720.0, 1.0) * 100.0, 1.3889, 1e-4);
    assert!(!exceeds(burn, MONTH_TIERS[0].threshold(720.0)));
}

/// Sloth issue 459: 100 of 120 failed in an hour, 90,000 events in 30 days, objective 95 %.
#[test]
fn traffic_corrects_the_burn_as_sloth_does() {
    let objective = Objective::new(0.95).unwrap();
    let correction = traffic_correction(120.0, 1.0, 90_000.0, 720.0).unwrap();
    close(correction, 0.96, 1e-12);
    let share = |error: f64| budget_share(burn_rate(objective, error), 720.0, 1.0) * 100.0;
    close(100.0 / 120.0 * correction, 0.8, 1e-12);
    close(share(100.0 / 120.0), 2.31, 5e-3);
    close(share(100.0 / 120.0 * correction), 2.22, 5e-3);
    close(objective.budget() * 720.0, 36.0, 1e-9);
    assert_eq!(traffic_correction(0.0, 1.0, 0.0, 720.0), None);
}

/// Exactly at the threshold nothing fires, whatever the last bit of the fractions says.
#[test]
fn a_burn_at_the_threshold_does_not_exceed_it() {
    let rate = burn_rate(Objective::new(0.999).unwrap(), 0.0144);
    assert!(!exceeds(rate, 14.4) && !exceeds(14.400_000_000_000_002, 14.4));
    assert!(exceeds(14.401, 14.4));
}

#[test]
fn burn_is_unknown_without_traffic_and_reaches_back_exactly() {
    let mut figures = vec![Some(events(1.0, 100.0)); 80];
    figures[79] = Some(events(0.0, 0.0));
    figures[74] = None;
    figures[8] = Some(events(100.0, 100.0));
    figures[7] = Some(events(100.0, 100.0));
    let hours = SloHours::new(BudgetMethod::Occurrences, &rows_until(now(), &figures), now(), 80);
    let burn = BurnRates::of(Objective::new(0.9).unwrap(), &hours);
    assert_eq!(burn.h1, None);
    close(burn.h6.unwrap(), 0.1, 1e-12);
    close(burn.d1.unwrap(), 0.1, 1e-12);
    close(burn.d3.unwrap(), (69.0 + 100.0) / 7_000.0 / 0.1, 1e-12);
}

proptest! {
    /// The burn of a span is the mean of its hours' burns, weighted by their traffic.
    #[test]
    fn burn_is_the_weighted_mean_of_its_hours(hours in prop::collection::vec((0u32..50, 50u32..5_000), 6)) {
        let objective = Objective::new(0.99).unwrap();
        let figures: Vec<_> = hours.iter().map(|(bad, n)| Some(events(f64::from(*bad), f64::from(*n)))).collect();
        let summed = SloHours::new(BudgetMethod::Occurrences, &rows_until(now(), &figures), now(), 6);
        let weight: f64 = hours.iter().map(|(_, total)| f64::from(*total)).sum();
        let weighted: f64 = hours
            .iter()
            .map(|(bad, total)| burn_rate(objective, f64::from(*bad) / f64::from(*total)) * f64::from(*total))
            .sum();
        let burn = BurnRates::of(objective, &summed).h6.unwrap();
        prop_assert!((burn - weighted / weight).abs() < 1e-9);
        prop_assert!(burn <= max_burn_rate(objective));
    }

    /// A threshold and the share it stands for are inverse.
    #[test]
    fn thresholds_and_shares_are_inverse(share in 0.001..1.0f64, window in 1.0..8_760.0f64, long in 1.0..720.0f64) {
        prop_assert!((budget_share(burn_threshold(share, window, long), window, long) - share).abs() < 1e-9);
    }
}
