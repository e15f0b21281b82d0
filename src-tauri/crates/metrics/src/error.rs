//! Why a number could not be computed, or a row not be snoozed.

use thiserror::Error;

/// A definition that no number can be computed from, or a snooze that is refused. Hourly rows never cause an error: an
/// impossible row counts as missing.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum MetricsError {
    /// An objective outside (0, 1).
    #[error("objective {0} is not between 0 and 1; write 99.9 % as 0.999")]
    BadObjective(f64),
    /// A zone that the IANA database does not list.
    #[error("time zone `{0}` is not in the IANA database; write it like `Europe/Lisbon`")]
    UnknownZone(String),
    /// An anchor that is no wall-clock time.
    #[error("anchor `{0}` is not a wall-clock time; write it like `2026-01-01T00:00:00`, without an offset")]
    BadAnchor(String),
    /// A window without length, or one that leaves the calendar.
    #[error("window of {0} cannot be laid out; give it a length between one hour and ten years")]
    BadWindow(String),
    /// A row that may never rest.
    #[error("`{0}` cannot be snoozed: SEV1 and nobody on call stay in sight until they end")]
    NotSnoozable(String),
    /// A snooze that ends too late, or has ended.
    #[error("`{row}` can be snoozed for at most {hours} h from now; choose an end within that")]
    SnoozeLength {
        /// The row's id.
        row: String,
        /// Longest rest.
        hours: i64,
    },
    /// Matchers of a silence that cannot be read.
    #[error("the matchers cannot be read: {0}; what the silence matches is unknown")]
    BadMatchers(String),
}

impl MetricsError {
    /// The stable code that programs switch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadObjective(_) => "bad_objective",
            Self::UnknownZone(_) => "unknown_zone",
            Self::BadAnchor(_) => "bad_anchor",
            Self::BadWindow(_) => "bad_window",
            Self::NotSnoozable(_) => "not_snoozable",
            Self::SnoozeLength { .. } => "snooze_length",
            Self::BadMatchers(_) => "bad_matchers",
        }
    }
}
