//! Local nights: the sleeping hours of a zone within a stretch of time, as long as they really are.
//!
//! A night runs from 22:00 to 08:00 by the wall clock of the zone. In the night in which clocks go forward it has nine
//! hours, in the one in which they go back eleven.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono_tz::Tz;
use fairlead_domain::Window;
use fairlead_domain::coverage::{Coverage, WeekRange};

use super::spans::Spans;

/// Start of the night, minutes since midnight.
pub const NIGHT_FROM: u16 = 22 * 60;
/// End of the night, minutes since midnight.
pub const NIGHT_TO: u16 = 8 * 60;

/// The nights of `zone` within `window`, each clipped to it.
#[must_use]
pub fn local_nights(zone: Tz, window: Window) -> Spans {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let days = vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let night = Coverage::Weekly { ranges: vec![WeekRange { days, from: NIGHT_FROM, to: NIGHT_TO }], tz: zone };
    Spans::of(night.spans(window))
}

/// The nights of several zones over one window, each zone's worked out once.
#[derive(Debug, Clone)]
pub struct Nights {
    window: Window,
    zones: BTreeMap<&'static str, Spans>,
}

impl Nights {
    /// Nights within `window`, of no zone yet.
    #[must_use]
    pub const fn over(window: Window) -> Self {
        Self { window, zones: BTreeMap::new() }
    }

    /// The nights of `zone` that lie in `part` of the window, clipped to both. O(log n) and what it answers, once the zone
    /// is known.
    pub fn within(&mut self, zone: Tz, part: Window) -> Vec<Window> {
        let nights = match self.zones.entry(zone.name()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(local_nights(zone, self.window)),
        };
        let nights = nights.as_slice();
        let first = nights.partition_point(|night| night.end <= part.start);
        let reached = nights[first..].iter().take_while(|night| night.start < part.end);
        reached.map(|night| night.intersect(part)).filter(|night| !night.is_empty()).collect()
    }
}
