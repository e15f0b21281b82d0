//! SLOs in the file format of a scenario.

use serde::Deserialize;

use super::offset::Offset;

/// An SLO and how its service behaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slo {
    /// Id in the metrics system.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Id of the service.
    pub service: String,
    /// Target ratio, 0 < objective < 1.
    pub objective: f64,
    /// Days of a rolling window; 0 means the calendar month of `timezone`.
    pub window_days: u32,
    /// IANA zone of a calendar window.
    pub timezone: Option<String>,
    /// Whether minutes are counted as good or bad (`true`) or events.
    #[serde(default)]
    pub minutes: bool,
    /// What the metrics system says of it.
    pub description: String,
    /// How much comes in.
    pub traffic: Traffic,
    /// Burn rate of a day like any other: 1 spends the budget exactly.
    pub background_burn: f64,
    /// When it was bad.
    #[serde(default)]
    pub outage: Vec<Outage>,
    /// When nothing was measured.
    #[serde(default)]
    pub hole: Vec<Hole>,
}

/// How many events come in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// Events of a mean hour.
    pub per_hour: f64,
    /// How far the peak hour lies above the mean and the least hour below, 0 to 1.
    pub swing: f64,
    /// UTC hour of the peak.
    pub peak_hour: u32,
    /// Share of a working day's traffic that a Saturday or Sunday has.
    pub weekend: f64,
}

/// A bad time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
    /// Share of bad events, 0 to 1.
    pub bad: f64,
}

/// A time without measurements.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// Start.
    pub start: Offset,
    /// End.
    pub end: Offset,
}
