//! Stretches of time that people are on call for, and what is left of them under overrides.

use fairlead_domain::{Timestamp, Window};

/// Why somebody is on call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The rotation's turn.
    Rotation,
    /// An override replaced the turn; the override's number.
    Override(u32),
    /// Half of a swap between two people; the override's number.
    Swap(u32),
    /// A shift made by hand; its number.
    Custom(u32),
}

/// A stretch of time and who is on call; `None` says that expressly nobody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub window: Window,
    /// Who.
    pub person: Option<u32>,
    /// Why.
    pub why: Why,
    /// The rotation, for turns and what replaced them.
    pub strand: Option<u32>,
    /// Whom an override replaced.
    pub replaced: Option<u32>,
}

/// What is seen from above of turns that lie on each other, the last on top. One turn that is covered in its middle is
/// seen as two.
#[must_use]
pub fn stack(turns: &[Turn]) -> Vec<Turn> {
    let mut edges: Vec<Timestamp> = turns.iter().flat_map(|turn| [turn.window.start, turn.window.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut seen: Vec<(usize, Turn)> = Vec::new();
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        let Some((at, top)) = turns.iter().enumerate().rev().find(|(_, turn)| turn.window.contains(*start)) else {
            continue;
        };
        match seen.last_mut() {
            Some((last, turn)) if *last == at && turn.window.end == *start => turn.window.end = *end,
            _ => seen.push((at, Turn { window: Window::new(*start, *end), ..top.clone() })),
        }
    }
    seen.into_iter().map(|(_, turn)| turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(from: i64, to: i64, person: u32) -> Turn {
        let at = |hour: i64| Timestamp::from_secs(hour * 3600);
        Turn {
            window: Window::new(at(from), at(to)),
            person: Some(person),
            why: Why::Rotation,
            strand: None,
            replaced: None,
        }
    }

    #[test]
    fn an_override_in_the_middle_cuts_a_turn_in_two() {
        let seen = stack(&[turn(0, 24, 1), turn(24, 48, 2), turn(6, 8, 9)]);
        assert_eq!(seen, [turn(0, 6, 1), turn(6, 8, 9), turn(8, 24, 1), turn(24, 48, 2)]);
    }
}
