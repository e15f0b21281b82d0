//! Golden values of public tables, and what holds for all samples.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn ended(minutes: &[i64]) -> Vec<Length> {
    minutes.iter().map(|m| Length { millis: m * 60_000, running: false }).collect()
}

/// Exact binomial probability, small n.
fn probability(n: usize, k: usize, q: f64) -> f64 {
    let choose = (0..k).fold(1.0, |all, i| all * (n - i) as f64 / (i + 1) as f64);
    choose * q.powi(k as i32) * (1.0 - q).powi((n - k) as i32)
}

/// Ranks of 95 % intervals for a median as tables of order statistics give them, and where a bound cannot be had.
#[rstest]
#[case(5, 0.5, None, None)]
#[case(6, 0.5, Some(1), Some(6))]
#[case(9, 0.5, Some(2), Some(8))]
#[case(12, 0.5, Some(3), Some(10))]
#[case(25, 0.5, Some(8), Some(18))]
#[case(100, 0.5, Some(40), Some(61))]
#[case(35, 0.9, Some(28), None)]
#[case(36, 0.9, Some(29), Some(36))]
#[case(0, 0.5, None, None)]
fn ranks_are_those_of_the_tables(
    #[case] n: usize,
    #[case] q: f64,
    #[case] low: Option<usize>,
    #[case] high: Option<usize>,
) {
    assert_eq!(interval_ranks(n, q), (low, high));
}

#[test]
fn one_long_outage_moves_no_median() {
    let mut minutes = ended(&[12, 18, 22, 25, 31, 38, 44, 52, 60, 75, 95, 1440]);
    let told = lengths(&mut minutes);
    let median = told.median.unwrap();
    assert_eq!((median.millis, median.low, median.high), (41 * 60_000, Some(22 * 60_000), Some(75 * 60_000)));
    let p90 = told.p90.unwrap();
    assert_eq!((p90.millis, p90.at_least, p90.high), (93 * 60_000, false, None));
}

#[test]
fn too_few_are_said_to_be() {
    assert_eq!(lengths(&mut ended(&[1; FEWEST - 1])).median, None);
    assert!(lengths(&mut ended(&[1; FEWEST])).median.is_some());
    assert_eq!(lengths(&mut []), Lengths::default());
}

#[rstest]
#[case::longer_than_all(999, false, Some(8))]
#[case::shorter_than_all(1, true, None)]
fn what_still_runs_lifts_a_median_only_where_it_can(
    #[case] age: i64,
    #[case] at_least: bool,
    #[case] high: Option<i64>,
) {
    let mut all = ended(&[2, 3, 4, 5, 6, 7, 8, 9]);
    all.push(Length { millis: age * 60_000, running: true });
    let told = lengths(&mut all);
    let median = told.median.unwrap();
    assert_eq!((told.ended, told.running), (8, 1));
    assert_eq!((median.at_least, median.high.map(|ms| ms / 60_000)), (at_least, high.map(|h| h + 1)));
}

proptest! {
    #[test]
    fn an_interval_covers_what_it_says(n in 1_usize..60, q in 0.05_f64..0.95) {
        let (low, high) = interval_ranks(n, q);
        // The quantile lies between the values of the ranks when so many values are below it.
        let (from, to) = (low.unwrap_or(0), high.unwrap_or(n + 1));
        let covered: f64 = (from..to).map(|k| probability(n, k, q)).sum();
        prop_assert!(covered >= CONFIDENCE - 1e-9, "{covered} of {from}..{to}");
        // No rank nearer by one on either side would do with half of what is allowed.
        if let Some(low) = low {
            let tail: f64 = (0..=low).map(|k| probability(n, k, q)).sum();
            prop_assert!(tail > (1.0 - CONFIDENCE) / 2.0 - 1e-9);
        }
    }

    #[test]
    fn longer_lengths_never_shorten_a_quantile(
        mut millis in proptest::collection::vec(0_i64..10_000_000, FEWEST..80), place in 0_usize..80, more in 0_i64..1_000_000,
    ) {
        let of = |all: &[i64]| {
            lengths(&mut all.iter().map(|m| Length { millis: *m, running: false }).collect::<Vec<_>>())
        };
        let before = of(&millis);
        let place = place % millis.len();
        millis[place] += more;
        let after = of(&millis);
        for (before, after) in [(before.median, after.median), (before.p90, after.p90)] {
            let (before, after) = (before.unwrap(), after.unwrap());
            prop_assert!(after.millis >= before.millis);
            prop_assert!(before.low.unwrap_or(0) <= before.millis);
            prop_assert!(before.high.unwrap_or(i64::MAX) >= before.millis);
        }
    }

    #[test]
    fn dots_are_of_the_sample_and_in_order(mut millis in proptest::collection::vec(0_i64..1_000_000, 0..500), most in 1_usize..150) {
        millis.sort_unstable();
        let all: Vec<Length> = millis.iter().map(|m| Length { millis: *m, running: false }).collect();
        let few = dots(&all, most);
        prop_assert_eq!(few.len(), all.len().min(most));
        prop_assert!(few.is_sorted() && few.iter().all(|dot| all.contains(dot)));
    }
}

#[test]
fn a_hundred_thousand_have_a_narrow_interval() {
    let (low, high) = interval_ranks(100_000, 0.5);
    // ± 1.96 standard deviations of 158.
    assert_eq!((low, high), (Some(49_690), Some(50_311)));
}
