//! Answers as text that leaves the app.

mod text;

pub use text::{Flavour, posture_text};
