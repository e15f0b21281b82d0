//! Fairlead's two SQLite databases.
//!
//! [`Synced`] keeps what connectors bring, beyond the upstreams' own memory; [`Authored`] keeps what people write. No
//! code outside this crate speaks SQL. Reads run in one transaction and so see one state; writes are one
//! `BEGIN IMMEDIATE` transaction that commits when its closure returns `Ok`.

pub mod authored;
pub mod backup;
mod column;
mod connection;
mod error;
mod file;
mod migrations;
mod store;
pub mod synced;
#[cfg(test)]
mod tests;

pub use authored::Authored;
pub use connection::Mode;
pub use error::StoreError;
pub use file::Database;
pub use store::Store;
pub use synced::Synced;
