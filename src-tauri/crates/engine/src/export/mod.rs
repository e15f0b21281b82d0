//! Answers as text that leaves the app.

mod markdown;
mod slo_markdown;

pub use markdown::posture_markdown;
pub use slo_markdown::{slo_line_markdown, slo_markdown, slos_markdown};
