//! The shape of the On-call page: lanes of schedules and people over one window.

use fairlead_domain::{Timestamp, Window};
use serde::Serialize;
use specta::Type;

use super::axis::{Axis, AxisGroup};
use super::facts::RotaFacts;
use crate::views::answer::Warning;
use crate::views::posture::SourceFreshness;

/// The rota of a window, as lanes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Lanes {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// Start of the window: a midnight of the workspace's zone.
    #[specta(type = String)]
    pub from: Timestamp,
    /// End of the window: a midnight of the workspace's zone.
    #[specta(type = String)]
    pub to: Timestamp,
    /// How long it is: `3d`, `1w`, `2w`, `4w` or `quarter`.
    pub span: String,
    /// First day of the window, `YYYY-MM-DD`.
    pub first_day: String,
    /// First day of the window before.
    pub earlier: String,
    /// First day of the window after.
    pub later: String,
    /// The window in words: `16–29 November 2026`.
    pub title: String,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// What stands above the lanes.
    pub facts: RotaFacts,
    /// Weeks, in a quarter months.
    pub groups: Vec<AxisGroup>,
    /// The workspace's zone first, then those of the people shown, from west to east.
    pub axes: Vec<Axis>,
    /// By what they are there for, then by name.
    pub schedules: Vec<ScheduleLane>,
    /// By name; last those outside the team, as one.
    pub people: Vec<PersonLane>,
    /// Every shift that reaches into the window, by start.
    pub blocks: Vec<Block>,
    /// Leave that reaches into the window, by start.
    pub leaves: Vec<LeaveSpan>,
    /// Why leave is not known; `None`: it is.
    pub leave_unknown: Option<String>,
    /// Who or what is held twice at once, by start.
    pub double_bookings: Vec<DoubleBooking>,
    /// What the rota said before, the latest first.
    pub changes: Vec<RotaDifference>,
    /// Sources of shifts and leave, and how fresh they are.
    pub sources: Vec<SourceFreshness>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct Stretch {
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
}

impl From<Window> for Stretch {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end }
    }
}

/// A schedule.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ScheduleLane {
    /// `source:id`.
    pub key: String,
    /// Its configured or upstream name.
    pub name: String,
    /// The source.
    pub source: String,
    /// The team.
    pub team: Option<String>,
    /// IANA zone of the schedule, as the source gives it.
    pub timezone: Option<String>,
    /// Where it stands in the source.
    pub url: Option<String>,
    /// What its people are there for: the configured role, else the one most shifts state.
    pub role: String,
    /// When somebody must be on call, as declared; `None`: not declared, and no gap is claimed.
    pub declared: Option<String>,
    /// The schedule that steps in.
    pub backup: Option<String>,
    /// Names of its rotations, in order.
    pub rotations: Vec<String>,
    /// How many people hold it in the window, those outside the team not counted.
    pub people: u32,
    /// Lines that its blocks need so that none lies over another.
    pub rows: u32,
    /// Declared coverage that nobody holds.
    pub gaps: Vec<GapSpan>,
    /// Length of the gaps, hours; `None`: no coverage is declared.
    pub gap_hours: Option<f64>,
    /// Time of which no shift was read: nothing is known.
    pub unread: Vec<Stretch>,
    /// Overrides and swaps in the window.
    pub overrides: u32,
    /// Double bookings that one of its shifts is part of.
    pub double_bookings: u32,
}

/// Declared coverage that nobody holds.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct GapSpan {
    /// Stable within the schedule.
    pub id: String,
    /// Start, not before the window.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End, not after the window.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Length in hours.
    pub hours: f64,
}

/// A person's lane.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PersonLane {
    /// Key of the person; `None`: those outside the team.
    pub key: Option<String>,
    /// Display name; empty for those outside the team.
    pub name: String,
    /// IANA zone, where it is known.
    pub timezone: Option<String>,
    /// `person`, `shared` or `bot`; the last two count in no person's numbers.
    pub account: String,
    /// Lines that the blocks need so that none lies over another.
    pub rows: u32,
    /// Hours in the window; `None` of those outside the team, and of accounts that are no one person's.
    pub load: Option<Load>,
}

/// Hours of a person in the window. Shadows and managers carry none.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Load {
    /// As primary, or where no role is stated.
    pub primary_hours: f64,
    /// As secondary.
    pub secondary_hours: f64,
    /// In either, each hour once.
    pub on_call_hours: f64,
    /// Of these between 22:00 and 08:00 where the person is; `None`: the zone is not known.
    pub night_hours: Option<f64>,
    /// Share of the window, 0 to 1.
    pub share: f64,
    /// Shifts that reach into the window.
    pub shifts: u32,
}

/// A shift.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Block {
    /// `source/key of the source`.
    pub id: String,
    /// Key of the schedule.
    pub schedule: String,
    /// Start as the source states it, perhaps before the window.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End as the source states it, perhaps after the window.
    #[specta(type = String)]
    pub end: Timestamp,
    /// The source does not know the end: it is the edge of what was read.
    pub end_open: bool,
    /// Who; `None`: nobody, or withheld.
    pub person: Option<String>,
    /// Key of the person.
    pub person_key: Option<String>,
    /// Somebody outside the team's scope holds it.
    pub withheld: bool,
    /// What the person is there for.
    pub role: String,
    /// Why it is this person.
    pub origin: String,
    /// Whom an override or a swap replaced.
    pub replaced: Option<String>,
    /// IANA zone of the person.
    pub timezone: Option<String>,
    /// Line within the schedule's lane, the first is 0.
    pub row: u32,
    /// Line within the person's lane.
    pub person_row: u32,
    /// The person's nights in it, within the window.
    pub nights: Vec<Stretch>,
    /// Length in hours.
    pub hours: f64,
    /// Length within the window, hours.
    pub hours_in_view: f64,
    /// Hours of the person's nights within the window; `None`: the zone is not known.
    pub night_hours_in_view: Option<f64>,
    /// Part of it is held twice.
    pub double_booked: bool,
    /// The person is on leave during a part of it, and must answer.
    pub on_leave: bool,
    /// It was changed after it was first known.
    pub changed: bool,
}

/// Leave of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LeaveSpan {
    /// `source/key of the source`.
    pub id: String,
    /// The source.
    pub source: String,
    /// Key of the person; `None`: the entry could not be matched.
    pub person_key: Option<String>,
    /// Name of the person.
    pub person: Option<String>,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Ids of the shifts that the person must answer during it.
    pub conflicts: Vec<String>,
}

/// Somebody, or a post, held twice at once.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct DoubleBooking {
    /// `person`: one person holds two shifts. `post`: two people hold the same role of one schedule.
    pub kind: String,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Length in hours.
    pub hours: f64,
    /// Names of who holds it, by name.
    pub people: Vec<String>,
    /// Names of the schedules, by name.
    pub schedules: Vec<String>,
    /// Ids of the two shifts.
    pub blocks: [String; 2],
}

/// A stretch of a schedule that was held by others before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RotaDifference {
    /// Stable within an answer.
    pub id: String,
    /// `after_the_fact`: it had begun. `coming`: it had not. `upstream_differs`: it ended long ago and is kept; the
    /// source says otherwise now.
    pub kind: String,
    /// Key of the schedule, `source:id`.
    pub schedule: String,
    /// Name of the schedule.
    pub schedule_name: String,
    /// What its people are there for.
    pub role: String,
    /// Start of the stretch.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End of the stretch.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Names of who held it by what was said before; empty: nobody.
    pub before: Vec<String>,
    /// Names of who holds it by what is said since, or of whom the source names now; empty: nobody.
    pub after: Vec<String>,
    /// Why it is them, where the rows say so.
    pub origin: Option<String>,
    /// When the change was read.
    #[specta(type = String)]
    pub seen: Timestamp,
}
