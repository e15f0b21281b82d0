//! Answers as text that leaves the app.

mod incidents;
mod text;

pub use incidents::{incident_markdown, incidents_markdown};
pub use text::{Flavour, posture_text};
