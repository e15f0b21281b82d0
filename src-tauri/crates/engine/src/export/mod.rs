//! Answers as text that leaves the app.

mod markdown;

pub use markdown::posture_markdown;
