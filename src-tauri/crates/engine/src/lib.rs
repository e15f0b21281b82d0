//! The engine: configuration, secrets, synchronisation, views and actions. It knows neither window nor terminal.

pub mod actions;
pub mod config;
pub mod core_dump;
mod current;
mod error;
pub mod export;
mod lookup;
mod mapping;
mod page_rules;
pub mod secrets;
pub mod sync;
pub mod views;
mod workspace;

pub use current::Current;
pub use error::EngineError;
pub use workspace::{Access, DEMO_CLOCK, Workspace, default_folder};
