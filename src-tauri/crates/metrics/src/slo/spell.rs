//! What spent the budget: the spells in which it burned faster than evenly.
//!
//! An hour burns faster than evenly above 1×. Such hours that follow each other, with at most one slower hour between
//! them, are one spell. What a spell spent is its bad ÷ the bad that the window allows, so that all spells and the rest
//! add up to what was consumed. In a rolling window it comes back when its hours leave.

use fairlead_domain::Window;

use super::budget::Objective;
use super::burn::exceeds;
use super::hours::Tally;
use super::series::HourPoint;
use crate::registry::{Better, MetricDef};

/// Definition of [`Spell::spent`].
pub const SPENT_BY_SPELL: MetricDef = MetricDef {
    id: "spent_by_spell",
    title: "Spent in a spell",
    unit: "ratio of the window's budget",
    better: Better::Lower,
    formula: "bad of the hours that burn above 1× without a break of more than an hour ÷ ((1 − objective) × total)",
    source: "Fairlead: what is spent adds up to what is missing",
    pitfalls: "A slow leak that stays below 1× is no spell: it is in the rest. That an incident overlaps a spell does \
               not prove that it caused it.",
};

/// Slower hours that may lie between two fast ones of a spell.
const PAUSE: usize = 1;
/// A spell that spent less than this of the budget is left to the rest.
const LEAST: f64 = 0.01;

/// A run of hours that spent the budget faster than evenly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// From the first such hour to the end of the last.
    pub window: Window,
    /// What was counted in it.
    pub tally: Tally,
    /// Share of the budget that it spent, 0–1 and above.
    pub spent: f64,
    /// Burn rate of its worst hour.
    pub peak: f64,
}

/// The spells that spent at least a hundredth of the budget, oldest first. `whole` sums the window of `hours`.
#[must_use]
pub fn spells(objective: Objective, hours: &[HourPoint], whole: &Tally) -> Vec<Spell> {
    let allowed = objective.allowed_bad(whole.total);
    if allowed <= 0.0 {
        return Vec::new();
    }
    let fast = |hour: &HourPoint| hour.burn.is_some_and(|burn| exceeds(burn, 1.0));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = hours[at..].iter().position(fast).map(|ahead| at + ahead) {
        let mut last = start;
        while let Some(next) = hours[last + 1..].iter().take(PAUSE + 1).position(fast) {
            last += next + 1;
        }
        found.push(spell(&hours[start..=last], allowed));
        at = last + 1;
    }
    found.retain(|spell| spell.spent >= LEAST);
    found
}

fn spell(hours: &[HourPoint], allowed: f64) -> Spell {
    let tally = hours.iter().fold(Tally::default(), |sum, hour| sum.plus(&hour.tally));
    let (first, last) = (hours[0].hour, hours[hours.len() - 1].hour);
    Spell {
        window: Window::new(first, last.plus_hours(1)),
        tally,
        spent: tally.bad / allowed,
        peak: hours.iter().filter_map(|hour| hour.burn).fold(0.0, f64::max),
    }
}
