//! States at their borders, and their order.

use proptest::prelude::*;
use rstest::rstest;

use crate::slo::burn::BurnRates;
use crate::slo::state::{Freshness, SloState, state_of};

const FRESH: Freshness = Freshness {
    last_run_failed: false,
    newest_age_hours: Some(1),
    hours_since_first: 720,
    missing_since_first: 0,
    begun: true,
};

fn burn(rates: [f64; 4]) -> BurnRates {
    let [h1, h6, d1, d3] = rates.map(Some);
    BurnRates { h1, h6, d1, d3 }
}

/// Thresholds of 30 days: 14.4 and 6 are critical, 3 and 1 warn. At a threshold nothing fires, above it does.
#[rstest]
#[case::untouched(Some(1.0), [0.0; 4], SloState::Ok)]
#[case::above_half(Some(0.501), [0.0; 4], SloState::Ok)]
#[case::half(Some(0.5), [0.0; 4], SloState::Warn)]
#[case::a_fifth(Some(0.2), [0.0; 4], SloState::Critical)]
#[case::nothing_left(Some(0.0), [0.0; 4], SloState::Spent)]
#[case::overspent(Some(-3.0), [99.0; 4], SloState::Spent)]
#[case::hour_at_threshold(Some(0.9), [14.4, 0.0, 0.0, 0.0], SloState::Ok)]
#[case::hour_above(Some(0.9), [14.41, 0.0, 0.0, 0.0], SloState::Critical)]
#[case::six_hours_at_threshold(Some(0.9), [0.0, 6.0, 0.0, 0.0], SloState::Ok)]
#[case::six_hours_above(Some(0.9), [0.0, 6.01, 0.0, 0.0], SloState::Critical)]
#[case::day_at_threshold(Some(0.9), [0.0, 0.0, 3.0, 0.0], SloState::Ok)]
#[case::day_above(Some(0.9), [0.0, 0.0, 3.01, 0.0], SloState::Warn)]
#[case::three_days_at_threshold(Some(0.9), [0.0, 0.0, 0.0, 1.0], SloState::Ok)]
#[case::three_days_above(Some(0.9), [0.0, 0.0, 0.0, 1.01], SloState::Warn)]
#[case::nothing_measured(None, [0.0; 4], SloState::NoTraffic)]
#[case::burn_before_the_window(None, [0.0, 6.01, 0.0, 0.0], SloState::Critical)]
fn a_state_begins_at_its_border(#[case] remaining: Option<f64>, #[case] rates: [f64; 4], #[case] expected: SloState) {
    assert_eq!(state_of(remaining, &burn(rates), 720.0), expected);
    if let Some(remaining) = remaining {
        assert_eq!(state_of(Some(remaining + 1e-13), &burn(rates), 720.0), expected, "the last bit decides nothing");
    }
}

#[test]
fn thresholds_shrink_with_the_window() {
    let rates = burn([13.0, 0.0, 0.0, 0.0]);
    assert_eq!(state_of(Some(0.9), &rates, 720.0), SloState::Ok);
    assert_eq!(state_of(Some(0.9), &rates, 168.0), SloState::Critical);
}

#[test]
fn without_traffic_no_burn_fires() {
    assert_eq!(state_of(Some(0.9), &BurnRates::default(), 720.0), SloState::Ok);
    assert_eq!(state_of(None, &BurnRates::default(), 720.0), SloState::NoTraffic);
}

#[rstest]
#[case::fresh(FRESH, false)]
#[case::failed(Freshness { last_run_failed: true, ..FRESH }, true)]
#[case::two_hours_old(Freshness { newest_age_hours: Some(2), ..FRESH }, false)]
#[case::three_hours_old(Freshness { newest_age_hours: Some(3), ..FRESH }, true)]
#[case::no_row(Freshness { newest_age_hours: None, ..FRESH }, true)]
#[case::five_percent_missing(Freshness { missing_since_first: 36, ..FRESH }, false)]
#[case::more_missing(Freshness { missing_since_first: 37, ..FRESH }, true)]
#[case::window_not_begun(Freshness { begun: false, hours_since_first: 0, ..FRESH }, true)]
fn rows_are_stale_past_each_limit(#[case] freshness: Freshness, #[case] stale: bool) {
    assert_eq!(freshness.is_stale(), stale);
    for state in SloState::ALL {
        let judged = freshness.judge(*state);
        let expected = match (stale, state) {
            (false, _) => (*state, false),
            (true, SloState::Ok | SloState::NoTraffic | SloState::Unknown) => (SloState::Unknown, false),
            (true, _) => (*state, true),
        };
        assert_eq!(judged, expected, "a worse state stays, marked; a good one cannot be claimed");
    }
}

#[test]
fn states_are_ordered_from_well_to_worst() {
    use SloState::{Critical, NoTraffic, Ok, Spent, Unknown, Warn};
    let words: Vec<&str> = SloState::ALL.iter().map(|state| state.word()).collect();
    assert_eq!(words, ["ok", "no_traffic", "unknown", "warn", "critical", "spent"]);
    assert!(Ok < NoTraffic && NoTraffic < Unknown && Unknown < Warn && Warn < Critical && Critical < Spent);
}

proptest! {
    /// Less budget or more burn never gives a better state.
    #[test]
    fn worse_figures_never_give_a_better_state(
        remaining in -1.0..1.0f64,
        rates in prop::array::uniform4(0.0..20.0f64),
        loss in 0.0..1.0f64,
        more in prop::array::uniform4(0.0..20.0f64),
    ) {
        let worse: [f64; 4] = std::array::from_fn(|i| rates[i] + more[i]);
        let (before, after) = (
            state_of(Some(remaining), &burn(rates), 720.0),
            state_of(Some(remaining - loss), &burn(worse), 720.0),
        );
        prop_assert!(after >= before);
    }
}
