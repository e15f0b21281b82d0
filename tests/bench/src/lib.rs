//! How fast and how frugal the house is.
//!
//! A figure is a ratio within one run wherever it can be, because a shared machine swings between runs by more than what
//! is looked for. What is timed is processor time of this process where waiting is no work, and wall time where a person
//! would wait.

pub mod figure;
pub mod machine;
pub mod measure;
pub mod rows;
pub mod world;

/// What a bench ends in when it cannot measure: the reason.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
