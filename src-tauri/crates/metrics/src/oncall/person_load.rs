//! What being on call was or will be for each person: hours by role, and hours of their own nights.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use fairlead_domain::Window;
use fairlead_domain::schedule::ShiftRole;

use super::duty::Duty;
use super::local_nights::Nights;
use super::spans::Spans;
use crate::registry::{Better, MetricDef};

/// Definition of [`PersonLoad::night`].
pub const NIGHT_HOURS: MetricDef = MetricDef {
    id: "on_call_night_hours",
    title: "On call in the own night",
    unit: "hours",
    better: Better::Lower,
    formula: "length of the union of the person's primary, secondary and unknown-role shifts within the range that lies \
              between 22:00 and 08:00 by the wall clock of the person's zone",
    source: "Fairlead; sleeping hours as in PagerDuty's analytics",
    pitfalls: "Being on call at night is not being woken: look at the pages by hour class. Where a person's zone is not \
               known, no night is claimed.",
};

/// A duty, and by whose wall clock it is held.
#[derive(Debug, Clone, Copy)]
pub struct ZonedDuty<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// Zone of its holder; `None`: not known.
    pub zone: Option<Tz>,
}

/// Hours of one person within a range.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonLoad {
    /// Hours as primary, or where the source states no role.
    pub primary: f64,
    /// Hours as secondary.
    pub secondary: f64,
    /// Hours in either, each instant once.
    pub on_call: f64,
    /// Those of them that lie in the person's nights; `None` when the zone of one of the shifts is not known.
    pub night: Option<f64>,
    /// Share of the range on call, 0 to 1.
    pub share: f64,
    /// Shifts that must be answered and reach into the range.
    pub shifts: usize,
}

/// What one person holds.
#[derive(Default)]
struct Held {
    primary: Vec<Window>,
    secondary: Vec<Window>,
    nights: Vec<Window>,
    zoneless: bool,
    shifts: usize,
}

/// Hours of each person within `range`, by key. Shadows, managers and those who only follow carry no hours and are not
/// listed. Shifts are clipped to the range; two schedules at once count once in `on_call` and `night`.
#[must_use]
pub fn person_loads<'a>(duties: &[ZonedDuty<'a>], range: Window, nights: &mut Nights) -> BTreeMap<&'a str, PersonLoad> {
    let mut people: BTreeMap<&str, Held> = BTreeMap::new();
    for ZonedDuty { duty, zone } in duties {
        let part = duty.window.intersect(range);
        let Some(person) = duty.person.filter(|_| duty.answers() && !part.is_empty()) else { continue };
        let held = people.entry(person).or_default();
        let role = if duty.role == ShiftRole::Secondary { &mut held.secondary } else { &mut held.primary };
        role.push(part);
        held.shifts += 1;
        match zone {
            Some(zone) => held.nights.extend(nights.within(*zone, part)),
            None => held.zoneless = true,
        }
    }
    let whole = Spans::from(range).hours();
    let load = |held: Held| {
        let (primary, secondary) = (Spans::of(held.primary), Spans::of(held.secondary));
        let on_call = primary.union(&secondary).hours();
        PersonLoad {
            primary: primary.hours(),
            secondary: secondary.hours(),
            on_call,
            night: (!held.zoneless).then(|| Spans::of(held.nights).hours()),
            share: if whole > 0.0 { on_call / whole } else { 0.0 },
            shifts: held.shifts,
        }
    };
    people.into_iter().map(|(person, held)| (person, load(held))).collect()
}
