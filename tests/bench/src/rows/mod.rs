//! The rows of the table, one file for each.

pub mod backfill;
pub mod ingest;
pub mod no_change;
mod pager;
pub mod pages;
pub mod slo_requests;
pub mod window;
