//! Alerts of several sources as one, and what silences match.
//!
//! [`occurrences()`] makes rows that sources tell of the same occurrence into one, so that nothing is counted twice.
//! [`Matchers`] are a silence's, with the meaning that Alertmanager gives them.

mod go_pattern;
pub mod matcher;
pub mod occurrence;

pub use matcher::Matchers;
pub use occurrence::{Occurrence, SAME_START_MS, Telling, occurrences};

#[cfg(test)]
mod tests;
