//! What is known of who is on call when.

use fairlead_domain::{Timestamp, Window};

/// Days back in which the beginning of a running gap is looked for.
pub const LOOK_BACK_DAYS: i64 = 14;

/// A schedule with its shifts from now on.
#[derive(Debug, Clone)]
pub struct ScheduleFact {
    /// Its configured or upstream name.
    pub name: String,
    /// The source.
    pub source: String,
    /// The team.
    pub team: Option<String>,
    /// Whether somebody must be on call now by the declared coverage; `None`: not declared.
    pub due_now: Option<bool>,
    /// Somebody covers now.
    pub held_now: bool,
    /// Since when nobody does, at most [`LOOK_BACK_DAYS`] back; `None` while somebody does.
    pub empty_since: Option<Timestamp>,
    /// Gaps in declared coverage within the next 14 days.
    pub gaps: Vec<Window>,
    /// The schedule that steps in.
    pub backup: Option<String>,
    /// Shifts that begin or run within the next 14 days.
    pub shifts: Vec<ShiftFact>,
}

/// A shift.
#[derive(Debug, Clone)]
pub struct ShiftFact {
    /// Key of the person.
    pub person_key: Option<String>,
    /// Name of the person.
    pub person: Option<String>,
    /// It covers its schedule.
    pub covers: bool,
    /// When.
    pub window: Window,
}

/// Leave of a person.
#[derive(Debug, Clone)]
pub struct LeaveFact {
    /// Key of the person.
    pub person_key: Option<String>,
    /// When.
    pub window: Window,
}

/// A stretch of a schedule that is held by others than it was at the last look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaChange {
    /// The schedule's configured or upstream name.
    pub schedule: String,
    /// The source.
    pub source: String,
    /// The team.
    pub team: Option<String>,
    /// When.
    pub window: Window,
    /// Names of who held it; empty: nobody.
    pub before: Vec<String>,
    /// Names of who holds it; empty: nobody.
    pub after: Vec<String>,
    /// Why it is them: the word of the shift's origin.
    pub origin: Option<String>,
    /// When the change was read.
    pub seen: Timestamp,
}

/// How thin a team's rota is in the next 28 days.
#[derive(Debug, Clone, PartialEq)]
pub struct ThinFact {
    /// The team; `None` for schedules of no team.
    pub team: Option<String>,
    /// The sources of its schedules.
    pub sources: Vec<String>,
    /// Largest share of the time that one person is on call.
    pub largest_share: f64,
    /// The same without one person; `None` when nobody would be left.
    pub without_one: Option<f64>,
}
