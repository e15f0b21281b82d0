//! Planned work.

use fairlead_domain::{Timestamp, Window};

/// A maintenance window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// One line.
    pub title: String,
    /// When.
    pub window: Window,
    /// Services by number.
    pub services: Vec<u32>,
    /// Who announced it.
    pub by: u32,
}

/// One over, one going on, one to come.
pub(super) fn works(now: Timestamp) -> Vec<Work> {
    let work = |number, title: &str, from: i64, hours: i64, services: &[u32]| Work {
        number,
        title: title.to_owned(),
        window: Window::new(now.plus_hours(from), now.plus_hours(from + hours)),
        services: services.to_vec(),
        by: 0,
    };
    vec![
        work(0, "Ledger database upgrade", -24 * 21, 3, &[1]),
        work(1, "Edge certificate renewal", -1, 4, &[3, 2]),
        work(2, "Checkout failover drill", 24 * 5, 2, &[0]),
    ]
}
