//! Who is on call, where nobody is, who is there twice, and who was interrupted.
//!
//! Everything is set arithmetic on half-open spans of time ([`spans`]), so it holds across every clock change: what
//! wall clocks mean was settled when shifts and coverage became instants.

pub mod clash;
pub mod cover;
pub mod duty;
pub mod interruption;
pub mod load;
pub mod local_nights;
pub mod page_rules;
pub mod person_load;
pub mod spans;
pub mod thin;

pub use clash::{Clash, ClashKind, clashes};
pub use cover::{Cover, cover};
pub use duty::{Duty, on_call_at};
pub use interruption::{DropReason, Interruption, Interruptions, Notification, interruptions};
pub use load::on_call_hours;
pub use local_nights::{Nights, local_nights};
pub use page_rules::{DropRule, PageRules, Quiet};
pub use person_load::{PersonLoad, ZonedDuty, person_loads};
pub use spans::Spans;
pub use thin::{MOST_SHARE, Thinness, thinness};

#[cfg(test)]
mod tests;
