//! Answers as text that leaves the app.

mod markdown;
mod rota;
mod style;

pub use markdown::posture_markdown;
pub use rota::rota_text;
pub(crate) use rota::{gap_text, shift_text};
pub use style::{RowText, TextStyle};
