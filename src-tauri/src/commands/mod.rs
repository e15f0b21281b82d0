//! One file per page: thin, typed doors to the engine.
#![allow(clippy::let_underscore_must_use, reason = "what the command macro expands to")]

pub mod files;
pub mod frame;
pub mod incidents;
pub mod mapping;
pub mod moment;
#[cfg(test)]
pub mod names;
pub mod oncall;
pub mod posture;
pub mod slos;
pub mod sources;
pub mod start;
pub mod sync;
