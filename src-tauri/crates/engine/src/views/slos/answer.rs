//! The shape of the SLO answers (cli.md `slo list`).

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::few::TooFew;
use crate::views::answer::Warning;
use crate::views::unmapped::Unmapped;

/// A number that is always finite, as it is told to TypeScript: of any other it must be asked whether it is null, which is
/// how JSON writes what is not finite.
pub(super) type Finite = i32;

/// Every SLO.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SloList {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Sorted by id.
    pub slos: Vec<SloEntry>,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// Where one SLO stands. Ratios 0–1; unknown is null, never 0.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SloEntry {
    /// `source/upstream-id`, for a member of a group with its labels.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The service.
    pub service: Option<String>,
    /// The source.
    pub source: String,
    /// Target ratio.
    pub objective: f64,
    /// Over which time.
    pub window: WindowEntry,
    /// How the budget is counted.
    pub method: String,
    /// `ok`, `warn`, `critical`, `spent`, `no_traffic` or `unknown`.
    pub state: String,
    /// Good share.
    pub sli: Option<f64>,
    /// Good events or slices.
    pub good: Option<f64>,
    /// All events or slices.
    pub total: Option<f64>,
    /// 1 = untouched, < 0 = overspent.
    pub budget_remaining: Option<f64>,
    /// So few events that what is left is no finding.
    pub too_few_events: Option<TooFew>,
    /// Burn rates over the last whole hours.
    pub burn: BurnEntry,
    /// Known hours over hours of the window.
    pub coverage: Option<f64>,
    /// When it runs out at the last day's pace.
    #[specta(type = Option<String>)]
    pub exhausts_at: Option<Timestamp>,
    /// When a spent budget comes back without further errors.
    #[specta(type = Option<String>)]
    pub recovers_at: Option<Timestamp>,
    /// What the upstream last said itself.
    pub upstream_budget_remaining: Option<f64>,
}

/// The time an SLO is judged over.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct WindowEntry {
    /// `rolling` or `calendar`.
    pub kind: String,
    /// Length in days of 24 hours; of a calendar period its real length.
    #[specta(type = Finite)]
    pub days: f64,
    /// Start.
    #[specta(type = String)]
    pub starts_at: Timestamp,
    /// End.
    #[specta(type = String)]
    pub ends_at: Timestamp,
}

/// Burn rates: 1 spends the budget exactly within the window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
pub struct BurnEntry {
    /// Over the last hour.
    #[serde(rename = "1h")]
    pub h1: Option<f64>,
    /// Over the last 6 hours.
    #[serde(rename = "6h")]
    pub h6: Option<f64>,
    /// Over the last day.
    #[serde(rename = "1d")]
    pub d1: Option<f64>,
    /// Over the last 3 days.
    #[serde(rename = "3d")]
    pub d3: Option<f64>,
}

/// One SLO with its definitions.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SloDetail {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Where it stands.
    pub slo: SloEntry,
    /// Hours of the window by what is known of them.
    pub hours: HourCounts,
    /// Its definitions, the newest first.
    pub definitions: Vec<Definition>,
}

/// Hours of a window by what is known of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct HourCounts {
    /// Traffic was measured.
    pub measured: u32,
    /// The series were there, no traffic was.
    pub quiet: u32,
    /// Nothing is known.
    pub missing: u32,
}

/// A version of an SLO's definition.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Definition {
    /// From when on it was seen.
    #[specta(type = String)]
    pub valid_from: Timestamp,
    /// Until when; `None` for the one in force.
    #[specta(type = Option<String>)]
    pub valid_to: Option<Timestamp>,
    /// What defined it.
    pub origin: String,
    /// Target ratio.
    #[specta(type = Finite)]
    pub objective: f64,
    /// How the budget is counted.
    pub method: String,
    /// Expression of good events.
    pub good: Option<String>,
    /// Expression of all events.
    pub total: Option<String>,
    /// What the upstream says of it.
    pub description: Option<String>,
}
