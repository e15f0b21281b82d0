//! Service level objectives: how much error budget is left, how fast it burns, when it runs out or comes back.
//!
//! Everything is computed from hourly rows, because figures of an hour add up: any window is a sum.
//! One status is computed like this:
//!
//! 1. [`window`] lays out the span of the SLO at an instant: whole UTC hours up to `end = floor(as_of, hour)`.
//! 2. [`method`] reads one row by the SLO's budgeting method: bad and total, quiet, or missing.
//! 3. [`hours`] sums them up once, backwards from `end`, so that each later question costs one look-up.
//! 4. [`budget`], [`burn`], [`forecast`] answer from those sums; [`state`] names the answer.
//! 5. [`status`] puts them together; [`day_status()`] tells the same from days, for long lists.
//! 6. [`series`] tells how it went hour by hour, [`spell`] what spent it, [`compare`] why an upstream says otherwise.
//!
//! Notation: T objective (target ratio), B = 1 − T error budget, b bad, n total, e = b ÷ n error ratio, D hours of the
//! window. Sources: Google, *Site Reliability Engineering* ch. 4 and *The Site Reliability Workbook* ch. 2 and 5.

pub mod budget;
pub mod burn;
pub mod compare;
pub mod day_status;
pub mod days;
pub mod forecast;
pub mod hours;
pub mod method;
pub mod series;
pub mod sliding;
pub mod spell;
pub mod state;
pub mod status;
pub mod window;

pub use budget::Objective;
pub use burn::BurnRates;
pub use compare::{Difference, upstream_method};
pub use day_status::{day_status, day_trend};
pub use days::{DayReads, DayRows, SliDay};
pub use forecast::Forecast;
pub use hours::{HourClass, SliRow, SloHours, Tally};
pub use series::{Course, HourPoint, hour_line, hour_series, series_hours};
pub use spell::{Spell, spells};
pub use state::SloState;
pub use status::{SloStatus, StreamHealth, slo_status};
pub use window::{SloSpan, months_back, slo_span};

#[cfg(test)]
mod tests;
