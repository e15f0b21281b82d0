//! Shares of a rota, and of the same rota without one.

use fairlead_domain::Window;
use fairlead_domain::schedule::ShiftRole;
use rstest::rstest;

use super::{duty, minutes};
use crate::oncall::{Duty, Thinness, thinness};

const RANGE: i64 = 28 * 24 * 60;

/// `people` take equal turns of a rota.
fn turns(schedule: &'static str, people: &[&'static str], role: ShiftRole) -> Vec<Duty<'static>> {
    let length = RANGE / people.len() as i64;
    let window = |n: usize| minutes(n as i64 * length, (n as i64 + 1) * length);
    people.iter().enumerate().map(|(n, person)| duty(schedule, Some(person), role, window(n))).collect()
}

fn of(duties: &[Duty<'_>]) -> Option<Thinness> {
    thinness(duties, Window::new(minutes(0, RANGE).start, minutes(0, RANGE).end))
}

#[rstest]
#[case::four(&["a", "b", "c", "d"], 0.25, Some(1.0 / 3.0))]
#[case::five(&["a", "b", "c", "d", "e"], 0.2, Some(0.25))]
#[case::two(&["a", "b"], 0.5, Some(1.0))]
#[case::alone(&["a"], 1.0, None)]
fn equal_turns(#[case] people: &[&'static str], #[case] share: f64, #[case] without: Option<f64>) {
    let found = of(&turns("p", people, ShiftRole::Primary)).unwrap();
    assert!((found.largest_share - share).abs() < 1e-9);
    assert_eq!(found.without_one.is_some(), without.is_some());
    assert!((found.without_one.unwrap_or_default() - without.unwrap_or_default()).abs() < 1e-9);
}

#[test]
fn two_roles_at_once_double_the_share_and_a_shadow_counts_for_nothing() {
    let mut duties = turns("p", &["a", "b", "c", "d"], ShiftRole::Primary);
    duties.extend(turns("s", &["b", "c", "d", "a"], ShiftRole::Secondary));
    duties.extend(turns("x", &["n"], ShiftRole::Shadow));
    let found = of(&duties).unwrap();
    assert!((found.largest_share - 0.5).abs() < 1e-9);
    assert!((found.without_one.unwrap() - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn nobody_on_call_is_no_thin_rota() {
    assert_eq!(of(&turns("x", &["n"], ShiftRole::Shadow)), None);
}
