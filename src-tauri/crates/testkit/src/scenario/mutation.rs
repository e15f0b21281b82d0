//! How the story goes on.

use fairlead_domain::page::PageChannel;
use fairlead_domain::{Timestamp, Window};

use super::Scenario;
use super::case::{Case, Moment, What};
use super::rota::{Cover, Rota};
use super::turn::{Turn, Why};
use super::work::Work;

/// Something that happens while somebody reads. Instants move the story's now forwards when they lie after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mutation {
    /// Time passes.
    Pass(Timestamp),
    /// A new incident of a service wakes a person.
    Begin {
        /// The service.
        service: u32,
        /// Who is woken.
        person: u32,
        /// When.
        at: Timestamp,
        /// Index into [`super::case::PRIORITIES`].
        priority: Option<u32>,
    },
    /// Something happens to an incident.
    Happen {
        /// The incident.
        case: u32,
        /// What.
        what: What,
        /// Who did it.
        by: Option<u32>,
        /// When.
        at: Timestamp,
    },
    /// An incident ends because another continues it.
    Merge {
        /// The one that ends.
        case: u32,
        /// The one that goes on.
        into: u32,
        /// Who did it.
        by: Option<u32>,
        /// When.
        at: Timestamp,
    },
    /// A person is called otherwise.
    Rename(u32, String),
    /// A person's account is deleted.
    Delete(u32, Timestamp),
    /// A service goes to another team.
    Move(u32, u32, Timestamp),
    /// Somebody takes over from whoever would have been on call.
    Cover {
        /// The schedule.
        rota: u32,
        /// Who takes over.
        person: u32,
        /// From when.
        at: Timestamp,
        /// For how long, at most to the end of the turn.
        hours: i64,
    },
    /// The first two turns in a row after an instant change hands.
    Swap {
        /// The schedule.
        rota: u32,
        /// From when on to look.
        at: Timestamp,
    },
    /// Maintenance is announced.
    Announce(String, Window, Vec<u32>),
}

impl Mutation {
    /// Somebody takes an incident.
    #[must_use]
    pub const fn ack(case: u32, by: u32, at: Timestamp) -> Self {
        Self::Happen { case, what: What::Ack, by: Some(by), at }
    }

    /// Somebody ends an incident.
    #[must_use]
    pub const fn resolve(case: u32, by: u32, at: Timestamp) -> Self {
        Self::Happen { case, what: What::Resolve, by: Some(by), at }
    }
}

impl Scenario {
    /// Lets it happen, and gives the number of what was made or changed; `None` when there is no such thing to change.
    pub fn mutate(&mut self, mutation: Mutation) -> Option<u32> {
        match mutation {
            Mutation::Pass(at) => {
                self.reach(at);
                None
            }
            Mutation::Begin { service, person, at, priority } => self.begin(service, person, at, priority),
            Mutation::Happen { case, what, by, at } => self.happen(case, what, by, at),
            Mutation::Merge { case, into, by, at } => {
                self.cases.get(into as usize)?;
                self.cases.get_mut(case as usize)?.merged_into = Some(into);
                self.happen(case, What::Resolve, by, at)
            }
            Mutation::Rename(person, name) => {
                self.people.get_mut(person as usize)?.name = name;
                Some(person)
            }
            Mutation::Delete(person, at) => {
                self.reach(at);
                self.people.get_mut(person as usize)?.deleted_at = Some(at);
                self.teams.iter_mut().for_each(|team| team.members.retain(|(member, _)| *member != person));
                Some(person)
            }
            Mutation::Move(service, team, at) => {
                self.reach(at);
                let component = self.services.get_mut(service as usize)?;
                component.moved = Some((at, component.team));
                component.team = team;
                component.policy = team;
                Some(service)
            }
            Mutation::Cover { rota, person, at, hours } => {
                let number = self.covers();
                let rota = self.rotas.get_mut(rota as usize)?;
                let made = cover(rota, number, at, hours, person)?;
                rota.covers.push(made);
                Some(number)
            }
            Mutation::Swap { rota, at } => {
                let number = self.covers();
                let rota = self.rotas.get_mut(rota as usize)?;
                let halves = swap(rota, number, at);
                let made = halves.first().map(|half| half.number);
                rota.covers.extend(halves);
                made
            }
            Mutation::Announce(title, window, services) => {
                let number = u32::try_from(self.works.len()).ok()?;
                self.works.push(Work { number, title, window, services, by: 0 });
                Some(number)
            }
        }
    }

    fn reach(&mut self, at: Timestamp) {
        self.window.end = self.window.end.max(at);
    }

    fn covers(&self) -> u32 {
        let last = self.rotas.iter().flat_map(|rota| &rota.covers).map(|cover| cover.number).max();
        last.map_or(0, |last| last + 1)
    }

    fn begin(&mut self, service: u32, person: u32, at: Timestamp, priority: Option<u32>) -> Option<u32> {
        let component = self.services.get(service as usize)?;
        let number = u32::try_from(self.cases.len()).ok()?;
        self.cases.push(Case {
            number,
            title: format!("New trouble {number} ({})", component.name),
            service,
            team: component.team,
            policy: component.policy,
            priority,
            urgent: true,
            moments: Vec::new(),
            merged_into: None,
        });
        self.happen(number, What::Trigger, None, at)?;
        self.happen(number, What::Assign(vec![person]), None, at)?;
        let notify = What::Notify { person, channel: PageChannel::Push, status: "success" };
        self.happen(number, notify, None, at.plus_millis(7_000))
    }

    fn happen(&mut self, case: u32, what: What, by: Option<u32>, at: Timestamp) -> Option<u32> {
        self.reach(at);
        let number = self.next_moment;
        let case = self.cases.get_mut(case as usize)?;
        if let What::Priority(priority) = what {
            case.priority = Some(priority);
        }
        case.moments.push(Moment { number, at, what, by });
        case.moments.sort_by_key(|moment| moment.at);
        self.next_moment += 1;
        Some(case.number)
    }
}

/// An override of whatever turn there is at an instant; `None` where the rotation has nobody else's turn.
pub(super) fn cover(rota: &Rota, number: u32, at: Timestamp, hours: i64, person: u32) -> Option<Cover> {
    let turns = rota.turns(Window::new(at, at.plus_millis(1)));
    let turn =
        turns.into_iter().find(|turn| turn.why == Why::Rotation && turn.person.is_some_and(|who| who != person))?;
    let window = Window::new(at, at.plus_hours(hours).min(turn.window.end));
    let cover = Cover { number, strand: turn.strand?, person, replaced: turn.person, window, swap: false };
    (!window.is_empty()).then_some(cover)
}

/// Both halves of a swap of the first two whole turns in a row of a rotation after an instant.
pub(super) fn swap(rota: &Rota, number: u32, at: Timestamp) -> Vec<Cover> {
    let mut turns = rota.turns(Window::new(at, at.plus_days(30)));
    // Who is on call together has nothing to swap.
    let alone = |number| rota.strands.iter().any(|strand| Some(strand.number) == number && !strand.together);
    turns.retain(|turn| alone(turn.strand));
    turns.retain(|turn| turn.why == Why::Rotation && turn.window.start >= at && turn.person.is_some());
    let next_of = |first: &Turn| {
        let other = |turn: &&Turn| turn.window.start >= first.window.end && turn.strand == first.strand;
        turns.iter().find(other).filter(|second| second.person != first.person).cloned()
    };
    let Some((first, second)) = turns.iter().find_map(|first| next_of(first).map(|second| (first.clone(), second)))
    else {
        return Vec::new();
    };
    let half = |number, mine: &Turn, theirs: &Turn| {
        let (strand, person) = (mine.strand?, theirs.person?);
        Some(Cover { number, strand, person, replaced: mine.person, window: mine.window, swap: true })
    };
    half(number, &first, &second).into_iter().chain(half(number + 1, &second, &first)).collect()
}
