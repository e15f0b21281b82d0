//! Pages by when they reach a person: in working hours, off hours or sleep, by the person's own wall clock.
//!
//! An interruption is one or more notifications of a person, each less than a minute after the one before, timed by the
//! first. A wake is an interruption in sleeping hours that comes at least an hour after the one before.

pub mod hour_class;
pub mod nights;

pub use hour_class::{HourClass, PersonHours, hour_class};
pub use nights::{Wake, interruptions, night_of, wakes};

#[cfg(test)]
mod tests;
