//! Answers as text that leaves the app.

mod slo_text;
mod text;

pub use slo_text::{slo_line_text, slo_text, slos_text};
pub use text::{Flavour, posture_text};
