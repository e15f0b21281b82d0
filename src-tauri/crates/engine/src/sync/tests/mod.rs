//! Syncs of a scripted upstream into a real workspace.

mod failing;
mod mapped;
mod modes;
mod past;
mod resuming;
pub(crate) mod rig;
mod stopping;
mod ticking;
