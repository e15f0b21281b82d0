//! Names without an e-mail that belong to no member. Whoever bears one may be anybody, so it is not stored; how many
//! there were is told, and not which.

use fairlead_domain::Record;
use fairlead_domain::person::PersonRef;

use super::learned::folded;
use super::{Scope, Standing};

/// The code of the warning about them.
pub const UNMATCHED_NAME: &str = "unmatched_name_withheld";

impl Scope {
    /// Counts the unmatched names of a record that would be stored with them.
    pub(super) fn note_unmatched(&mut self, source: &str, record: &Record) {
        let persons: Vec<PersonRef> = match record {
            Record::Shift(shift) if self.schedule_inside(source, &shift.schedule) => {
                shift.person.iter().chain(&shift.replaced).cloned().collect()
            }
            Record::Leave(leave) => leave.person.iter().cloned().collect(),
            Record::Person(person) => vec![super::reference_to(person)],
            _ => Vec::new(),
        };
        for person in persons {
            if self.standing(source, &person) == Standing::Unknown {
                self.unmatched.extend(person.name.as_deref().map(folded));
            }
        }
    }

    /// What to tell of the unmatched names so far, and what to do if one of them is a member's.
    #[must_use]
    pub fn unmatched(&self) -> Option<String> {
        let count = self.unmatched.len();
        (count > 0).then(|| {
            format!(
                "names without an e-mail that match no member: {count}. Their shifts are kept without the person, their \
                 leave is not stored. If they are members', write them there: {{ email = \"…\", also = [\"…\"] }}"
            )
        })
    }
}
