//! Tests of the on-call arithmetic.

mod clash;
mod cover;
mod interruption;
mod local_nights;
mod person_load;
mod spans;
mod thin;

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{Timestamp, Window};

use super::Duty;

/// A window of minutes after the epoch.
fn minutes(start: i64, end: i64) -> Window {
    Window::new(Timestamp::from_secs(start * 60), Timestamp::from_secs(end * 60))
}

fn duty<'a>(schedule: &'a str, person: Option<&'a str>, role: ShiftRole, window: Window) -> Duty<'a> {
    Duty { schedule, person, withheld: false, role, window }
}
