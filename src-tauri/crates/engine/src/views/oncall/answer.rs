//! The shape of the on-call answer (cli.md `oncall`).

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use crate::views::answer::Warning;
use crate::views::unmapped::Unmapped;

/// Who is on call, or the shifts and gaps of a range.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OnCall {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Who is on call at `as_of`; empty when a range was asked for.
    pub on_call: Vec<OnCallEntry>,
    /// Shifts that reach into the range, not clipped.
    pub shifts: Vec<ShiftEntry>,
    /// Where declared coverage is not met.
    pub gaps: Vec<Gap>,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// Somebody on call now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OnCallEntry {
    /// The schedule's configured or upstream name.
    pub schedule: String,
    /// The source.
    pub source: String,
    /// Who; `None` when the source says nobody, or when it is somebody outside the team.
    pub person: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// What they are there for.
    pub role: String,
    /// Start of the shift.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End of the shift.
    #[specta(type = String)]
    pub end: Timestamp,
    /// IANA zone of the person, where it is known.
    pub timezone: Option<String>,
    /// Somebody outside the team's scope holds it.
    pub withheld: bool,
}

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ShiftEntry {
    /// The schedule's configured or upstream name.
    pub schedule: String,
    /// The source.
    pub source: String,
    /// Who.
    pub person: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// What they are there for.
    pub role: String,
    /// Why it is them.
    pub origin: String,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// IANA zone of the person, where it is known.
    pub timezone: Option<String>,
    /// Somebody outside the team's scope holds it.
    pub withheld: bool,
}

/// Declared coverage without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Gap {
    /// The schedule's configured or upstream name.
    pub schedule: String,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
}
