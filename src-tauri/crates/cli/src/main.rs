//! fairleadctl
fn main() {}
