//! Notes on a feed: each kind a few times, then a count.

use crate::Note;
use fairlead_domain::text::clean_line;

/// Most notes of one code; the rest is counted.
const MAX_PER_CODE: usize = 10;

/// Collected notes.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    notes: Vec<Note>,
    more: Vec<(&'static str, usize, bool)>,
}

impl Remarks {
    /// Takes a note. `incomplete` says that something may be missing in what was read.
    pub(super) fn add(&mut self, code: &'static str, incomplete: bool, message: &str) {
        let message = clean_line(message);
        if let Some(same) = self.notes.iter_mut().find(|note| note.code == code && note.message == message) {
            same.incomplete |= incomplete;
            return;
        }
        if self.notes.iter().filter(|note| note.code == code).count() < MAX_PER_CODE {
            self.notes.push(Note { code, message, incomplete });
            return;
        }
        match self.more.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, count, any)) => {
                *count += 1;
                *any |= incomplete;
            }
            None => self.more.push((code, 1, incomplete)),
        }
    }

    /// The notes, with one line for each code that has more.
    pub(super) fn finish(mut self) -> Vec<Note> {
        for (code, count, incomplete) in self.more {
            self.notes.push(Note { code, message: format!("{count} more of the same"), incomplete });
        }
        self.notes
    }
}
