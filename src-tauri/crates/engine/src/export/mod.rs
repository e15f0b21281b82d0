//! Answers as text that leaves the app.

mod incidents;
mod markdown;

pub use incidents::{incident_markdown, incidents_markdown};
pub use markdown::posture_markdown;
