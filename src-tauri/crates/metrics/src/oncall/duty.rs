//! A shift, seen only as far as on-call arithmetic needs it.

use fairlead_domain::schedule::{Shift, ShiftRole};
use fairlead_domain::{Timestamp, Window};

/// A stretch of time that somebody, or expressly nobody, is on call for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty<'a> {
    /// The schedule, by whatever key the caller compares schedules.
    pub schedule: &'a str,
    /// The person, by whatever key the caller compares people; `None` states that nobody is on call, or who it is was
    /// withheld.
    pub person: Option<&'a str>,
    /// Somebody who is not stored holds it: it covers.
    pub withheld: bool,
    /// What the person is there for.
    pub role: ShiftRole,
    /// When.
    pub window: Window,
}

impl<'a> Duty<'a> {
    /// Of a shift, with the key of its person.
    #[must_use]
    pub fn of(shift: &'a Shift, person: Option<&'a str>) -> Self {
        let (withheld, role, window) = (shift.withheld, shift.role, shift.window());
        Self { schedule: &shift.schedule, person, withheld, role, window }
    }

    /// Whether it covers its schedule: a primary or unknown role, with a person or a withheld one.
    #[must_use]
    pub const fn covers(&self) -> bool {
        self.role.covers() && (self.person.is_some() || self.withheld)
    }

    /// Whether its holder must answer: primary, secondary or unknown role. Shadows, managers and those who only follow
    /// carry no load.
    #[must_use]
    pub const fn answers(&self) -> bool {
        matches!(self.role, ShiftRole::Primary | ShiftRole::Secondary | ShiftRole::Unknown)
    }
}

/// Who is on call at an instant, in every role, sorted by schedule, role, person and start. A shift that states nobody
/// is not in it.
#[must_use]
pub fn on_call_at<'d, 'a>(duties: &'d [Duty<'a>], at: Timestamp) -> Vec<&'d Duty<'a>> {
    let held = |duty: &&Duty<'_>| duty.window.contains(at) && (duty.person.is_some() || duty.withheld);
    let mut now: Vec<&Duty<'a>> = duties.iter().filter(held).collect();
    now.sort_by_key(|duty| (duty.schedule, duty.role, duty.person, duty.window.start, duty.window.end));
    now
}
