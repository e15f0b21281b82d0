//! A PagerDuty account that remembers: it serves a [`Scenario`] over HTTP on the loopback as the vendor's description
//! says, with the vendor's limits and oddities, and keeps a record of what it was asked.
//!
//! It takes reading alone; anything else, and whatever the description does not know, is refused or answered as the
//! vendor would, and noted in [`FakePagerDuty::violations`].

mod account;
mod analytics;
mod answer;
mod asked;
mod escalation_policies;
mod fault;
mod ids;
mod incident_parts;
mod incidents;
mod log_entries;
mod minimum;
mod notifications;
mod oncalls;
mod pace;
mod paging;
mod quirks;
mod routes;
mod schedules;
mod services;
mod shift_schedules;
mod state;
mod teams;
mod users;
mod view;
mod wire;

#[cfg(test)]
mod tests;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Instant;

pub use fault::{Fault, When};
pub use ids::PagerDuty;
pub use minimum::Walk;
pub use pace::Pace;
pub use quirks::{AckWord, Quirks, Rate};
pub use state::Seen;

use crate::scenario::Scenario;
use crate::scenario::mutation::Mutation;
use state::State;
use wire::{SharedState, Wire, lock};

/// A running account. It ends when it is dropped.
pub struct FakePagerDuty {
    state: SharedState,
    wire: Wire,
}

impl FakePagerDuty {
    /// Serves a story on a free port of the loopback.
    ///
    /// # Errors
    /// Says why no port or no thread could be had.
    pub fn start(story: Scenario, quirks: Quirks) -> io::Result<Self> {
        let state = Arc::new(Mutex::new(State::new(story, quirks, Instant::now())));
        let wire = Wire::start(state.clone())?;
        Ok(Self { state, wire })
    }

    /// Its address, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.wire.url
    }

    /// The token that is right at this moment: what a token command prints.
    #[must_use]
    pub fn current_token(&self) -> String {
        lock(&self.state).token()
    }

    /// The story as it stands.
    #[must_use]
    pub fn story(&self) -> Scenario {
        lock(&self.state).story.clone()
    }

    /// Lets something happen now; gives the number of what was made or changed.
    pub fn mutate(&self, mutation: Mutation) -> Option<u32> {
        lock(&self.state).mutate(mutation)
    }

    /// Lets something happen just before a request is answered, for example between two pages.
    pub fn mutate_at(&self, when: When, mutation: Mutation) {
        lock(&self.state).changes.push((when, mutation));
    }

    /// Lets something go wrong.
    pub fn fail_at(&self, when: When, fault: Fault) {
        lock(&self.state).faults.push((when, fault));
    }

    /// Lets so many of the next requests go wrong in the same way.
    pub fn fail_next(&self, times: u64, fault: &Fault) {
        for nth in 1..=times {
            self.fail_at(When::Request(nth), fault.clone());
        }
    }

    /// Lets nothing go wrong any more.
    pub fn mend(&self) {
        lock(&self.state).faults.clear();
    }

    /// Withholds and grants rights, sets the clock wrong, and so on. Limits stay as they were at the start.
    pub fn set(&self, change: impl FnOnce(&mut Quirks)) {
        change(&mut lock(&self.state).quirks);
    }

    /// Every request so far.
    #[must_use]
    pub fn log(&self) -> Vec<Seen> {
        lock(&self.state).log.clone()
    }

    /// Forgets the requests and violations so far; not the pace.
    pub fn forget(&self) {
        let mut state = lock(&self.state);
        state.log.clear();
        state.violations.clear();
    }

    /// What the client did that the description does not allow or know, one line each.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        lock(&self.state).violations.clone()
    }

    /// How the client kept to the limits it was told.
    #[must_use]
    pub fn pace(&self) -> Pace {
        lock(&self.state).watch.pace.clone()
    }

    /// How few requests can read something whole, as the story stands.
    #[must_use]
    pub fn minimum_requests(&self, walk: Walk) -> u64 {
        walk.minimum(&lock(&self.state).story)
    }
}
