//! How long incidents take: medians and 90th percentiles with the interval in which they lie, never a mean, because one
//! long outage would own it.

pub mod length;
pub mod order_statistic;

pub use length::{FEWEST, Length, Lengths, Quantile, dots, lengths};
pub use order_statistic::{CONFIDENCE, interval_ranks};

#[cfg(test)]
mod tests;
