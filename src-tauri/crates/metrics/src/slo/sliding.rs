//! Sums over a window that slides: for each step the sum of the units that lie inside, in O(units) and without taking
//! one big sum from another.
//!
//! The units are cut into blocks as long as the window. Each window then is the tail of one block and the head of the
//! next, and the sums of all tails and heads are made once (van Herk, *Pattern Recognition Letters* 13, 1992, for
//! maxima; sums need it as much, because a difference of running sums loses the small hours behind a huge one).

use super::hours::{RunningTally, Tally};

/// The sums of `width` consecutive units: of `units[i..i + width]` for each `i` that fits. Empty when none fits, or when
/// `width` is 0.
#[must_use]
pub fn sliding_sums(units: &[Tally], width: usize) -> Vec<Tally> {
    if width == 0 || units.len() < width {
        return Vec::new();
    }
    let heads: Vec<Tally> = units.chunks(width).flat_map(|block| running(block.iter())).collect();
    let tails: Vec<Tally> = units.chunks(width).flat_map(tails_of).collect();
    let window = |start: usize| {
        // A window that begins with a block is that block.
        if start.is_multiple_of(width) {
            heads[start + width - 1]
        } else {
            tails[start].plus(&heads[start + width - 1])
        }
    };
    (0..=units.len() - width).map(window).collect()
}

/// The sums from each unit to the end of its block.
fn tails_of(block: &[Tally]) -> Vec<Tally> {
    let mut sums = running(block.iter().rev());
    sums.reverse();
    sums
}

/// The sums up to each unit: cumulative, as a calendar period adds up.
#[must_use]
pub fn running<'a>(units: impl Iterator<Item = &'a Tally>) -> Vec<Tally> {
    let mut sums = RunningTally::default();
    units
        .map(|unit| {
            sums.add_tally(unit);
            sums.tally()
        })
        .collect()
}
