//! What tests of every crate share: real peers with a known past, one story that fakes of vendors serve over HTTP, and
//! an upstream that plays any part; bounds on work that hold on a busy machine.

pub mod alertmanager;
pub mod effort;
pub mod pagerduty;
pub mod prometheus;
pub mod records;
pub mod scenario;
pub mod upstream;
