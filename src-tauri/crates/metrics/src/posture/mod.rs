//! In which order things need the lead: "Now, then Today, then Week; inside each: service tier, what is due first,
//! oldest". Plain rows go in, the page's list comes out; what makes a row is decided elsewhere.
//!
//! [`arrange()`] does, in this order: promote what is due ([`order`]); let incidents and blind sources absorb what they
//! explain ([`mod@absorb`]); set aside what is snoozed ([`snooze`]); fold what is alike; sort; cut at seven.

pub mod absorb;
pub mod arrange;
pub mod order;
pub mod row;
pub mod snooze;

pub use arrange::{Posture, arrange};
pub use order::Moment;
pub use row::{Class, Entry, Part, Row, SnoozeLimit};
pub use snooze::{Snooze, SnoozeUntil, check_snooze};

#[cfg(test)]
mod tests;
