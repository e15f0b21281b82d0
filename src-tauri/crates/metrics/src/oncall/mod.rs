//! Who is on call, where nobody is, and who is there twice.
//!
//! Everything is set arithmetic on half-open spans of time ([`spans`]), so it holds across every clock change: what
//! wall clocks mean was settled when shifts and coverage became instants.

pub mod clash;
pub mod cover;
pub mod duty;
pub mod load;
pub mod spans;
pub mod thin;

pub use clash::{Clash, ClashKind, clashes};
pub use cover::{Cover, cover};
pub use duty::{Duty, on_call_at};
pub use load::on_call_hours;
pub use spans::Spans;
pub use thin::{Thinness, thinness};

#[cfg(test)]
mod tests;
