//! What the numbers mean: pure functions of rows, windows and an instant. No I/O, no clock, no randomness.
//!
//! - [`slo`]: error budgets, burn rates, states and forecasts from hourly rows.
//! - [`oncall`]: gaps, double bookings and hours on call from shifts; pages from notifications.
//! - [`alerts`]: occurrences that several sources tell, counted once, and what silences match.
//! - [`pages`]: in which hours people are notified, and who was woken.
//! - [`posture`]: in which order things need the lead.
//! - [`registry`]: what every number is, for the glossary and the tooltips.
//!
//! Unknown is not zero: a figure that cannot be known is `None`, and what is missing is counted.

pub mod alerts;
mod chain;
pub mod error;
pub mod oncall;
pub mod pages;
pub mod posture;
pub mod registry;
pub mod slo;

pub use error::MetricsError;
pub use registry::MetricDef;
