//! Set arithmetic against a grid of minutes.

use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;

use super::minutes;
use crate::oncall::Spans;

const GRID: i64 = 120;

fn any_windows() -> impl Strategy<Value = Vec<Window>> {
    prop::collection::vec((0..GRID, -5..30i64), 0..12)
        .prop_map(|pairs| pairs.into_iter().map(|(start, length)| minutes(start, start + length)).collect())
}

fn minute(at: i64) -> Timestamp {
    Timestamp::from_secs(at * 60)
}

/// Which minutes lie in any of the windows.
fn grid(windows: &[Window]) -> Vec<bool> {
    (0..GRID + 30).map(|at| windows.iter().any(|window| window.contains(minute(at)))).collect()
}

fn is_normal(spans: &Spans) -> bool {
    let slice = spans.as_slice();
    slice.iter().all(|span| !span.is_empty()) && slice.windows(2).all(|pair| pair[0].end < pair[1].start)
}

#[test]
fn spans_that_touch_are_one() {
    let spans = Spans::of([minutes(20, 30), minutes(0, 10), minutes(10, 15), minutes(40, 40), minutes(25, 22)]);
    assert_eq!(spans.as_slice(), [minutes(0, 15), minutes(20, 30)]);
    assert_eq!(spans.hours(), 25.0 / 60.0);
    assert!(Spans::of([minutes(5, 5)]).is_empty());
}

#[test]
fn a_hole_across_two_windows_cuts_both() {
    let left = Spans::of([minutes(0, 10), minutes(20, 30)]).subtract(&minutes(5, 25).into());
    assert_eq!(left.as_slice(), [minutes(0, 5), minutes(25, 30)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn sets_of_spans_are_sets_of_minutes(a in any_windows(), b in any_windows()) {
        let (x, y) = (Spans::of(a.clone()), Spans::of(b.clone()));
        let (in_a, in_b) = (grid(&a), grid(&b));
        let (union, both, left) = (x.union(&y), x.intersect(&y), x.subtract(&y));
        for spans in [&x, &y, &union, &both, &left] {
            prop_assert!(is_normal(spans), "{:?}", spans);
        }
        let (in_union, in_both, in_left) = (grid(union.as_slice()), grid(both.as_slice()), grid(left.as_slice()));
        for at in 0..in_a.len() {
            prop_assert_eq!(in_union[at], in_a[at] || in_b[at]);
            prop_assert_eq!(in_both[at], in_a[at] && in_b[at]);
            prop_assert_eq!(in_left[at], in_a[at] && !in_b[at]);
            prop_assert_eq!(x.contains(minute(at as i64)), in_a[at]);
        }
        prop_assert_eq!(union.millis(), in_union.iter().filter(|inside| **inside).count() as i64 * 60_000);
        prop_assert_eq!(both.millis() + left.millis(), x.millis());
    }
}
