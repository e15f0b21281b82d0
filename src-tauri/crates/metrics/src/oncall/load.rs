//! Hours on call per person.

use std::collections::BTreeMap;

use fairlead_domain::Window;

use super::duty::Duty;
use super::spans::Spans;
use crate::registry::{Better, MetricDef};

/// Definition of [`on_call_hours`].
pub const ON_CALL_HOURS: MetricDef = MetricDef {
    id: "on_call_hours",
    title: "Hours on call",
    unit: "hours",
    better: Better::Lower,
    formula: "length of the union over all schedules of the person's primary, secondary and unknown-role shifts, \
              clipped to the range",
    source: "Fairlead; time on call as a load of its own: Google, Site Reliability Engineering, ch. 11",
    pitfalls: "Two schedules at once count once. Being on call is not being woken: look at the pages by hour class. \
               Shadow shifts are not counted.",
};

/// Hours on call of each person within `range`: the union of primary, secondary and unknown-role shifts over all
/// schedules. People without a shift in the range are listed with 0.
#[must_use]
pub fn on_call_hours<'a>(duties: &[Duty<'a>], range: Window) -> BTreeMap<&'a str, f64> {
    let mut windows: BTreeMap<&str, Vec<Window>> = BTreeMap::new();
    for duty in duties {
        if let Some(person) = duty.person {
            let held = windows.entry(person).or_default();
            if duty.answers() {
                held.push(duty.window.intersect(range));
            }
        }
    }
    windows.into_iter().map(|(person, held)| (person, Spans::of(held).hours())).collect()
}
