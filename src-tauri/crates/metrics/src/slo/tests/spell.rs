//! What spent the budget.

use fairlead_domain::slo::BudgetMethod;
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;

use super::{close, events, now, rolling, rows_until};
use crate::slo::hours::{SloHours, Tally};
use crate::slo::{Objective, Spell, hour_series, slo_span, spells};

/// The spells of three days whose hours had so many bad of 100 at 99 %, and the sums of the window.
fn found(bad: &[f64]) -> (Vec<Spell>, Tally) {
    let figures: Vec<_> = bad.iter().map(|bad| Some(events(*bad, 100.0))).collect();
    let (objective, rows) = (Objective::new(0.99).unwrap(), rows_until(now(), &figures));
    let span = slo_span(&rolling(3.0), now()).unwrap();
    let series = hour_series(objective, BudgetMethod::Occurrences, &rows, &span);
    let window = SloHours::new(BudgetMethod::Occurrences, &rows, span.end, 72).last(72);
    (spells(objective, &series, &window), window)
}

fn hour(index: i64) -> Timestamp {
    now().plus_hours(index - 72)
}

#[test]
fn fast_hours_are_one_spell_over_a_pause_of_one_hour() {
    let mut bad = vec![0.5; 72];
    for index in [10, 11, 13, 16] {
        bad[index] = 9.0;
    }
    let (spells, _) = found(&bad);
    let windows: Vec<Window> = spells.iter().map(|spell| spell.window).collect();
    assert_eq!(windows, [Window::new(hour(10), hour(14)), Window::new(hour(16), hour(17))]);
    close(spells[0].spent, (9.0 * 3.0 + 0.5) / 72.0, 1e-9);
    close(spells[0].peak, 9.0, 1e-9);
}

#[test]
fn an_even_spend_is_no_spell_nor_is_a_small_one() {
    assert!(found(&[1.0; 72]).0.is_empty(), "1× is even");
    let mut bad = vec![0.0; 72];
    bad[5] = 1.4;
    assert_eq!(found(&bad).0.len(), 1);
    assert!(found(&[&bad[..], &[0.0; 200]].concat()).0.is_empty(), "it has left");
}

#[test]
fn without_traffic_nothing_was_spent() {
    let (objective, span) = (Objective::new(0.99).unwrap(), slo_span(&rolling(1.0), now()).unwrap());
    let series = hour_series(objective, BudgetMethod::Occurrences, &[], &span);
    assert!(spells(objective, &series, &Tally::default()).is_empty());
}

proptest! {
    #[test]
    fn spells_are_apart_and_spend_no_more_than_all(bad in prop::collection::vec(0.0..20.0f64, 72)) {
        let (spells, window) = found(&bad);
        for pair in spells.windows(2) {
            prop_assert!(pair[0].window.end.plus_hours(2) <= pair[1].window.start);
        }
        let spent: f64 = spells.iter().map(|spell| spell.spent).sum();
        let consumed = Objective::new(0.99).unwrap().consumed(window.sli().unwrap());
        prop_assert!(spent <= consumed + 1e-9, "{} of {}", spent, consumed);
        prop_assert!(spells.iter().all(|spell| spell.peak > 1.0 && spell.spent >= 0.01));
    }
}
