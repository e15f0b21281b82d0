//! Answers as text that leaves the app.

mod incidents;
mod rota;
mod row_text;
mod slo_text;
mod sources;
mod text;

pub use incidents::{incident_markdown, incidents_markdown};
pub use rota::rota_text;
pub(crate) use rota::{gap_text, shift_text};
pub use row_text::RowText;
pub use slo_text::{slo_line_text, slo_text, slos_text};
pub use sources::sources_markdown;
pub use text::{Flavour, posture_text};
