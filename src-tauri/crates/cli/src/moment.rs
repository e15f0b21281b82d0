//! Instants as people write them.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;

use crate::exit::Failure;

/// An instant: RFC 3339, or a date, which is midnight in the workspace's zone.
///
/// # Errors
/// Wrong usage, with the name of the option.
pub fn instant(text: &str, option: &str, zone: Tz) -> Result<Timestamp, Failure> {
    Timestamp::parse_written(text, zone).ok_or_else(|| {
        Failure::usage(format!("{option} {text:?} is no instant: write 2026-11-16T07:00:00Z or 2026-11-16"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_instant_is_refused_by_name() {
        let failure = instant("yesterday", "--since", chrono_tz::UTC).unwrap_err();
        assert!(failure.fault.message.contains("--since"));
    }
}
