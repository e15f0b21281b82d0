//! What tests of every crate share: real peers with a known past, and an upstream that plays any part.

pub mod alertmanager;
pub mod prometheus;
pub mod records;
pub mod upstream;
