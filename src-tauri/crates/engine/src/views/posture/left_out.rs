//! What Posture leaves out or cannot place, in numbers: tests, and names that nobody has mapped.

use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentRow, Reader};

use super::gather::Settings;
use crate::views::hidden::{HiddenCounts, hidden_by};
use crate::views::unmapped::{Tally, Unmapped};

/// Of these incidents, which are open, the shifts that run, and the SLOs.
pub(super) fn left_out(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    open: &[IncidentRow],
    now: Timestamp,
) -> Result<(HiddenCounts, Unmapped), StoreError> {
    let Settings { config, aliases, .. } = settings;
    let mut hidden = HiddenCounts::default();
    let mut tally = Tally::new(config, aliases);
    for row in open {
        match hidden_by(config, row) {
            Some(reason) => hidden.count(reason),
            None => tally.incident(row),
        }
    }
    for row in reader.shifts(Window::new(now, now.plus_millis(1)))? {
        tally.person(&row.source, row.person.as_ref());
    }
    for (source, service) in reader.slo_services(now)? {
        tally.service(&source, service.as_deref(), None);
    }
    Ok((hidden, tally.counts()))
}
