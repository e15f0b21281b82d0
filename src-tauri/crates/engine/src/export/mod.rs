//! Answers as text that leaves the app.

mod markdown;
mod sources;

pub use markdown::posture_markdown;
pub use sources::sources_markdown;
