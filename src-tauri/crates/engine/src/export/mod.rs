//! Answers as text that leaves the app.

mod sources;
mod text;

pub use sources::sources_markdown;
pub use text::{Flavour, posture_text};
