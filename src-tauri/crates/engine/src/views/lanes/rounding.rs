//! Numbers as the page shows them: rounded once.

use fairlead_domain::Window;
use fairlead_domain::time::HOUR_MS;

/// Hours to one decimal.
pub(super) fn tenth(hours: f64) -> f64 {
    (hours * 10.0).round() / 10.0
}

/// Length of a window in hours, to one decimal.
pub(super) fn hours_of(window: Window) -> f64 {
    tenth(window.millis() as f64 / HOUR_MS as f64)
}

/// Length of some windows in hours, to one decimal.
pub(super) fn hours_of_all<'w>(windows: impl IntoIterator<Item = &'w Window>) -> f64 {
    tenth(windows.into_iter().map(|window| window.millis()).sum::<i64>() as f64 / HOUR_MS as f64)
}

/// How many, as the page counts.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
