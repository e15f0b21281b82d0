//! One seeded story of an on-call organisation, in the words of the domain. It knows no vendor and no wire: fakes serve
//! it, and [`Scenario::records`] says what a right connector makes of what they serve.
//!
//! It holds what real pagers trip over: odd zones, a leaver whom only the past names, namesakes, a bot, a team out of
//! scope, a service that moved, layered and shift schedules, overrides, swaps, gaps, nights on which the clock changes,
//! acknowledgements that ran out, incidents that came back or were merged, and an old one that can be taken today.

pub mod case;
pub mod difference;
pub mod draw;
pub mod mutation;
pub mod noun;
pub mod oracle;
pub mod person;
pub mod plot;
pub mod policy;
pub mod rota;
pub mod strand;
pub mod system;
pub mod team;
pub mod turn;
pub mod work;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use fairlead_domain::schedule::ScheduleSystem;
use fairlead_domain::{Timestamp, Window};

use case::Case;
use draw::Draw;
use person::Member;
use policy::Ladder;
use rota::{Cover, Extra, Rota};
use system::Component;
use team::Squad;
use work::Work;

/// How large the story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Incidents.
    pub incidents: u32,
    /// Days before its end at which the story begins.
    pub days: u32,
    /// People of the foreign team, who make lists longer than a page.
    pub bystanders: u32,
}

impl Default for Extent {
    fn default() -> Self {
        Self { incidents: 2_000, days: 180, bystanders: 110 }
    }
}

/// The story. Everything in it is public: a fake reads it, a test may bend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Where it begins and what is "now" in it.
    pub window: Window,
    /// The zone in which the account reads times without an offset.
    pub account_zone: Tz,
    /// Everyone, by number.
    pub people: Vec<Member>,
    /// Teams, by number.
    pub teams: Vec<Squad>,
    /// Services, by number.
    pub services: Vec<Component>,
    /// Escalation policies, by number.
    pub ladders: Vec<Ladder>,
    /// Schedules, by number.
    pub rotas: Vec<Rota>,
    /// Incidents, by number.
    pub cases: Vec<Case>,
    /// Maintenance, by number.
    pub works: Vec<Work>,
    /// The number that the next moment gets.
    next_moment: u32,
}

impl Scenario {
    /// The story of a seed that ends at an instant, in its usual extent.
    #[must_use]
    pub fn new(seed: u64, now: Timestamp) -> Self {
        Self::of(seed, now, Extent::default())
    }

    /// The story of a seed that ends at an instant.
    #[must_use]
    pub fn of(seed: u64, now: Timestamp, extent: Extent) -> Self {
        // Vendors say times to the second.
        let now = Timestamp::from_secs(now.as_secs());
        let window = Window::new(now.plus_days(-i64::from(extent.days)), now);
        let middle = now.plus_days(-i64::from(extent.days / 2)).floor_day();
        let mut draw = Draw::new(seed);
        let people = person::cast(extent.bystanders, middle);
        let mut rotas = rota::rotas(window.start, middle);
        changes(&mut rotas, window, &mut draw);
        let (services, ladders) = (system::components(middle), policy::ladders());
        let cases = plot::Stage::new(window, &services, &ladders, &rotas).cases(&mut draw, extent.incidents);
        Self {
            window,
            account_zone: Tz::America__New_York,
            teams: team::squads(u32::try_from(people.len()).unwrap_or(u32::MAX)),
            next_moment: cases.iter().map(|case| u32::try_from(case.moments.len()).unwrap_or(0)).sum(),
            people,
            services,
            ladders,
            rotas,
            cases,
            works: work::works(now),
        }
    }

    /// The instant at which the story stands.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.window.end
    }

    /// The level at which a schedule is asked, from 1 on; `None` where no policy asks it, or several at several levels.
    #[must_use]
    pub fn level(&self, rota: u32) -> Option<u32> {
        let asked =
            |ladder: &Ladder| (1..).zip(&ladder.steps).find(|(_, step)| step.rotas.contains(&rota)).map(|(at, _)| at);
        let mut levels: Vec<u32> = self.ladders.iter().filter_map(asked).collect();
        levels.dedup();
        if levels.len() == 1 { levels.first().copied() } else { None }
    }

    /// The number of the incident that began forty days ago and that nobody has taken.
    #[must_use]
    pub fn lingering(&self) -> Option<u32> {
        let began = self.cases.iter().filter(|case| case.acked().is_none() && case.is_open());
        let mut old = began.filter(|case| case.created() <= self.now().plus_days(-plot::LINGERING_DAYS));
        old.next_back().map(|case| case.number)
    }

    /// Everything that a fake shows and that must never be stored, logged or exported: telephone numbers and addresses.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        self.people.iter().flat_map(|member| [member.phone(), member.mailbox()]).collect()
    }
}

/// Overrides, swaps and shifts by hand: every three weeks one of each, and some to come.
fn changes(rotas: &mut [Rota], window: Window, draw: &mut Draw) {
    let mut covers = 0;
    let mut extras = 0;
    for rota in rotas.iter_mut().filter(|rota| rota.number <= 3) {
        for week in (1..).step_by(3).take_while(|week| window.start.plus_days(week * 7) < window.end.plus_days(21)) {
            let at = window.start.plus_days(week * 7).plus_hours(draw.between(0, 24));
            let cover = mutation::cover(rota, covers, at, 4, draw.pick(&[2, 4, 5]).copied().unwrap_or(2));
            covers += u32::from(cover.is_some());
            rota.covers.extend(cover);
            if rota.system == ScheduleSystem::Shift {
                let from = at.plus_days(2);
                rota.extras.push(Extra { number: extras, person: 0, window: Window::new(from, from.plus_hours(6)) });
                extras += 1;
            }
        }
        let halves: Vec<Cover> = mutation::swap(rota, covers, window.start.plus_days(30));
        covers += u32::try_from(halves.len()).unwrap_or(0);
        rota.covers.extend(halves);
    }
}
