//! Schedules of both kinds: layers on each other, and shifts side by side.

use chrono_tz::Tz;
use fairlead_domain::schedule::ScheduleSystem;
use fairlead_domain::{Timestamp, Window};

use super::person::{OLGA, PIET, RUTH};
use super::strand::Strand;
use super::team::{MARKETING, PAYMENTS, PLATFORM};
use super::turn::{Turn, Why, stack};

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// Display name.
    pub name: String,
    /// [`ScheduleSystem::Layer`]: the last strand is on top, one person at a time. [`ScheduleSystem::Shift`]: all strands
    /// count, several people at a time.
    pub system: ScheduleSystem,
    /// The zone in which it is shown.
    pub zone: Tz,
    /// The owning team.
    pub team: u32,
    /// Its rotations.
    pub strands: Vec<Strand>,
    /// Overrides and halves of swaps, in the order in which they were made.
    pub covers: Vec<Cover>,
    /// Shifts made by hand.
    pub extras: Vec<Extra>,
}

/// An override.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Number within the scenario, over all schedules.
    pub number: u32,
    /// The rotation whose turn it replaces.
    pub strand: u32,
    /// Who is on call instead.
    pub person: u32,
    /// Who would have been; `None` where nobody would.
    pub replaced: Option<u32>,
    /// When.
    pub window: Window,
    /// Half of a swap.
    pub swap: bool,
}

/// A shift made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Number within the scenario, over all schedules.
    pub number: u32,
    /// Who.
    pub person: u32,
    /// When.
    pub window: Window,
}

/// Longer than any turn, so that what is cut from it comes out the same for every window.
const REACH_DAYS: i64 = 9;

impl Rota {
    /// What the rotations alone say: layers as seen from above, shifts all of them.
    #[must_use]
    pub fn plain(&self, window: Window) -> Vec<Turn> {
        let turns: Vec<Turn> = self.strands.iter().flat_map(|strand| strand.turns(wide(window))).collect();
        let seen = if self.system == ScheduleSystem::Layer { stack(&turns) } else { turns };
        within(seen, window)
    }

    /// Who is on call: every turn that reaches into the window, whole, in order of time.
    #[must_use]
    pub fn turns(&self, window: Window) -> Vec<Turn> {
        let wide = wide(window);
        let turns = if self.system == ScheduleSystem::Layer {
            let mut turns: Vec<Turn> = self.strands.iter().flat_map(|strand| strand.turns(wide)).collect();
            turns.extend(self.covers.iter().map(Cover::turn));
            stack(&turns)
        } else {
            let extras = self.extras.iter().map(|extra| Turn {
                window: extra.window,
                person: Some(extra.person),
                why: Why::Custom(extra.number),
                strand: None,
                replaced: None,
            });
            self.strands.iter().flat_map(|strand| self.lanes(strand, wide)).chain(extras).collect()
        };
        within(turns, window)
    }

    /// A rotation's turns under the overrides that concern it; those held together are covered one by one.
    fn lanes(&self, strand: &Strand, window: Window) -> Vec<Turn> {
        let turns = strand.turns(window);
        let covers = self.covers.iter().filter(|cover| cover.strand == strand.number);
        if !strand.together {
            return stack(&turns.into_iter().chain(covers.map(Cover::turn)).collect::<Vec<_>>());
        }
        let lane = |member: &Option<u32>| {
            let own = turns.iter().filter(|turn| turn.person == *member).cloned();
            let theirs = covers.clone().filter(|cover| cover.replaced == *member).map(Cover::turn);
            stack(&own.chain(theirs).collect::<Vec<_>>())
        };
        strand.members.iter().flat_map(lane).collect()
    }

    /// Everyone on call at an instant.
    #[must_use]
    pub fn on_call(&self, at: Timestamp) -> Vec<u32> {
        let turns = self.turns(Window::new(at, at.plus_millis(1)));
        turns.iter().filter_map(|turn| turn.person).collect()
    }
}

impl Cover {
    fn turn(&self) -> Turn {
        Turn {
            window: self.window,
            person: Some(self.person),
            why: if self.swap { Why::Swap(self.number) } else { Why::Override(self.number) },
            strand: Some(self.strand),
            replaced: self.replaced,
        }
    }
}

const fn wide(window: Window) -> Window {
    Window::new(window.start.plus_days(-REACH_DAYS), window.end.plus_days(REACH_DAYS))
}

fn within(mut turns: Vec<Turn>, window: Window) -> Vec<Turn> {
    turns.retain(|turn| turn.window.overlaps(window));
    turns.sort_by_key(|turn| (turn.window.start, turn.window.end, turn.person));
    turns
}

/// The schedules, from ten days before the story on. `left` is when the leaver's turns went to her heir.
pub(super) fn rotas(start: Timestamp, left: Timestamp) -> Vec<Rota> {
    let anchor = start.plus_days(-10).to_utc().date_naive();
    let strand = |number, name: &str, zone, hour, turn_days, members: &[Option<u32>]| Strand {
        number,
        name: name.to_owned(),
        zone,
        anchor,
        hour,
        turn_days,
        members: members.to_vec(),
        together: false,
        daily_hours: None,
        former: None,
    };
    let rota = |number, name: &str, system, zone, team, strands| Rota {
        number,
        name: name.to_owned(),
        system,
        zone,
        team,
        strands,
        covers: Vec::new(),
        extras: Vec::new(),
    };
    let (layer, shift) = (ScheduleSystem::Layer, ScheduleSystem::Shift);
    let (tokyo, york, lisbon, sydney) =
        (Tz::Asia__Tokyo, Tz::America__New_York, Tz::Europe__Lisbon, Tz::Australia__Sydney);
    let weeks = strand(0, "Weeks", york, 9, 7, &[Some(0), Some(2)]);
    let nights = Strand { daily_hours: Some(8), ..strand(1, "Nights", york, 22, 7, &[Some(3), Some(1)]) };
    let days = Strand { former: Some((left, RUTH, 3)), ..strand(2, "Days", tokyo, 9, 1, &[Some(1), Some(3), Some(2)]) };
    let round = strand(3, "Round", lisbon, 9, 1, &[Some(4), Some(5), None, Some(6)]);
    let pair =
        Strand { together: true, daily_hours: Some(12), ..strand(4, "Pair", sydney, 20, 1, &[Some(6), Some(7)]) };
    let backup = strand(5, "Backup", sydney, 9, 7, &[Some(4), Some(5)]);
    let campaign = strand(6, "Campaign", lisbon, 9, 7, &[Some(OLGA), Some(PIET)]);
    let watch = Strand { daily_hours: Some(8), ..strand(7, "Watch", sydney, 9, 1, &[Some(3), Some(0)]) };
    vec![
        rota(0, "Platform primary", layer, york, PLATFORM, vec![weeks, nights]),
        rota(1, "Platform secondary", layer, tokyo, PLATFORM, vec![days]),
        rota(2, "Payments primary", shift, lisbon, PAYMENTS, vec![round]),
        rota(3, "Payments secondary", shift, sydney, PAYMENTS, vec![pair, backup]),
        rota(4, "Marketing", layer, lisbon, MARKETING, vec![campaign]),
        rota(5, "Release watch", layer, sydney, PLATFORM, vec![watch]),
    ]
}
