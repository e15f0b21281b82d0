//! Service level objectives: how much error budget is left, how fast it burns, when it runs out or comes back.
//!
//! Everything is computed from hourly rows, because figures of an hour add up: any window is a sum.
//! One status is computed like this:
//!
//! 1. [`window`] lays out the span of the SLO at an instant: whole UTC hours up to `end = floor(as_of, hour)`.
//! 2. [`method`] reads one row by the SLO's budgeting method: bad and total, quiet, or missing.
//! 3. [`hours`] sums them up once, backwards from `end`, so that each later question costs one look-up.
//! 4. [`budget`], [`burn`], [`forecast`] answer from those sums; [`state`] names the answer.
//! 5. [`status`] puts them together.
//!
//! Notation: T objective (target ratio), B = 1 − T error budget, b bad, n total, e = b ÷ n error ratio, D hours of the
//! window. Sources: Google, *Site Reliability Engineering* ch. 4 and *The Site Reliability Workbook* ch. 2 and 5.

pub mod budget;
pub mod burn;
pub mod forecast;
pub mod hours;
pub mod method;
pub mod state;
pub mod status;
pub mod window;

pub use budget::Objective;
pub use burn::BurnRates;
pub use hours::{HourClass, SliRow, SloHours, Tally};
pub use state::SloState;
pub use status::{SloStatus, StreamHealth, slo_status};
pub use window::{SloSpan, slo_span};

#[cfg(test)]
mod tests;
