//! Incidents that are left out of lists and counts: tests and drills, and what a drop rule of `[page]` takes.

use fairlead_store::synced::IncidentRow;
use serde::Serialize;
use specta::Type;

use crate::config::Config;
use crate::lookup;

/// Why an incident is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// The source says that it is a test or a drill.
    Test,
    /// A drop rule takes it.
    Dropped,
}

/// How many incidents are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
pub struct HiddenCounts {
    /// Tests and drills, as their source says.
    pub tests: u32,
    /// What a drop rule of `[page]` takes.
    pub dropped: u32,
}

impl HiddenCounts {
    pub(crate) const fn count(&mut self, reason: Hidden) {
        match reason {
            Hidden::Test => self.tests += 1,
            Hidden::Dropped => self.dropped += 1,
        }
    }

    /// In words, for people: `3 tests hidden`; `None` when nothing is.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let tests = match self.tests {
            0 => None,
            1 => Some("1 test".to_owned()),
            n => Some(format!("{n} tests")),
        };
        let dropped = (self.dropped > 0).then(|| format!("{} dropped by [page]", self.dropped));
        let parts: Vec<String> = [tests, dropped].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{} hidden", parts.join(" and ")))
    }
}

/// Why an incident is left out; `None`: it counts.
pub(crate) fn hidden_by(config: &Config, row: &IncidentRow) -> Option<Hidden> {
    if row.is_test {
        return Some(Hidden::Test);
    }
    if config.page.drop.is_empty() {
        return None;
    }
    let services = lookup::service_names(config, &row.source, row.service.as_deref(), row.service_name.as_deref());
    config.page.dropped_by(&services, Some(&row.title)).map(|_| Hidden::Dropped)
}
