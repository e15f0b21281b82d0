//! How thin a rota is: the largest share of time that one person is on call, and what it would be without one of them.

use fairlead_domain::Window;
use fairlead_domain::time::HOUR_MS;

use super::duty::Duty;
use super::load::on_call_hours;
use crate::registry::{Better, MetricDef};

/// Definition of [`Thinness::largest_share`].
pub const ON_CALL_SHARE: MetricDef = MetricDef {
    id: "on_call_share",
    title: "Largest on-call share",
    unit: "ratio, 0 to 1",
    better: Better::Lower,
    formula: "hours on call of the person who has most ÷ hours of the range; without one: the same when that person's \
              hours are split evenly among the others",
    source: "at most 25 % of the time on call: Google, Site Reliability Engineering, ch. 11",
    pitfalls: "It says how large a team is for its rota, nothing about a person. With two roles at once eight people are \
               needed for 25 %.",
};

/// A larger share of the time on call is too much for one person.
pub const MOST_SHARE: f64 = 0.25;

/// How thin a rota is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thinness {
    /// Largest share of the range that one person is on call.
    pub largest_share: f64,
    /// The largest share when the one is missing whose absence costs most; `None` when nobody would be left.
    pub without_one: Option<f64>,
}

/// How thin the rota of `duties` is in `range`; `None` when nobody is on call in it.
#[must_use]
pub fn thinness(duties: &[Duty<'_>], range: Window) -> Option<Thinness> {
    let whole = range.millis() as f64 / HOUR_MS as f64;
    let hours: Vec<f64> = on_call_hours(duties, range).into_values().filter(|hours| *hours > 0.0).collect();
    let most = hours.iter().copied().reduce(f64::max)?;
    let others = hours.len().saturating_sub(1) as f64;
    let without = |(absent, missing): (usize, &f64)| {
        let left = hours.iter().enumerate().filter(move |(person, _)| *person != absent);
        left.map(|(_, held)| held + missing / others).reduce(f64::max)
    };
    let worst = hours.iter().enumerate().filter_map(without).reduce(f64::max);
    Some(Thinness { largest_share: most / whole, without_one: worst.map(|hours| hours / whole) })
}
