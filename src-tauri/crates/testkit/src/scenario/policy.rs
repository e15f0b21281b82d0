//! Who is asked in which order.

use super::person::INES;

/// An escalation policy. Its number is its team's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// Display name.
    pub name: String,
    /// The owning team.
    pub team: u32,
    /// The levels, the first is asked first.
    pub steps: Vec<Step>,
}

/// A level of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Number within the scenario, over all policies.
    pub number: u32,
    /// Minutes without acknowledgement before the next level is asked.
    pub minutes: u32,
    /// Schedules asked.
    pub rotas: Vec<u32>,
    /// People asked directly.
    pub people: Vec<u32>,
}

pub(super) fn ladders() -> Vec<Ladder> {
    let step = |number, minutes, rotas: &[u32], people: &[u32]| Step {
        number,
        minutes,
        rotas: rotas.to_vec(),
        people: people.to_vec(),
    };
    let ladder = |number, name: &str, steps| Ladder { number, name: name.to_owned(), team: number, steps };
    vec![
        ladder(0, "Platform on call", vec![step(0, 15, &[0], &[]), step(1, 20, &[1], &[])]),
        ladder(1, "Payments on call", vec![step(2, 10, &[2], &[]), step(3, 15, &[3], &[]), step(4, 30, &[], &[INES])]),
        ladder(2, "Marketing on call", vec![step(5, 30, &[4], &[])]),
    ]
}
