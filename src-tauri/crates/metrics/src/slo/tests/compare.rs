//! Two numbers for one budget.

use proptest::prelude::*;
use rstest::rstest;

use crate::slo::Difference;

#[rstest]
#[case::all_but_a_tenth_is_method(0.180, 0.094, Some(0.095), (-8.6, Some(-8.5), -0.1))]
#[case::by_the_same_method(0.18, 0.20, None, (2.0, None, 2.0))]
#[case::overspent(-0.062, -0.065, Some(-0.062), (-0.3, Some(0.0), -0.3))]
fn the_difference_is_method_and_data(
    #[case] ours: f64,
    #[case] theirs: f64,
    #[case] by_theirs: Option<f64>,
    #[case] expected: (f64, Option<f64>, f64),
) {
    let found = Difference::between(ours, theirs, by_theirs);
    assert_eq!((found.points, found.method, found.rest), expected);
}

#[rstest]
#[case(0.20, 0.18, false)]
#[case(0.20, 0.179, true)]
#[case(0.20, 0.221, true)]
fn two_points_need_no_word(#[case] ours: f64, #[case] theirs: f64, #[case] word: bool) {
    assert_eq!(Difference::between(ours, theirs, None).is_worth_a_word(), word);
}

proptest! {
    #[test]
    fn parts_add_up_as_they_are_shown(ours in -3.0..1.0f64, theirs in -3.0..1.0f64, by in -3.0..1.0f64) {
        let found = Difference::between(ours, theirs, Some(by));
        let tenths = |points: f64| (points * 10.0).round() as i64;
        prop_assert_eq!(tenths(found.points), tenths(found.method.unwrap()) + tenths(found.rest));
    }
}
