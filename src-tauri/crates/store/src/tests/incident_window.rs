//! What was open, and what was resolved, at every hour of a varied history.

use fairlead_domain::Window;
use fairlead_domain::incident::{Incident, IncidentStatus};
use fairlead_domain::record::Item;

use super::{NOW, hours, incident, with_source};
use crate::synced::IncidentFilter;

/// One incident of each status, with times before, between and after each other, or none at all.
pub(super) fn history() -> Vec<Item> {
    let mut items = Vec::new();
    let times = [None, Some(-6), Some(-2)];
    for status in IncidentStatus::ALL {
        for (resolved, closed) in times.iter().flat_map(|r| times.iter().map(move |c| (r, c))) {
            let record = Incident {
                ext_id: format!("i{}", items.len()),
                status: *status,
                created_at: hours(-10),
                acked_at: None,
                mitigated_at: None,
                updated_at: Some(hours(-4)),
                resolved_at: resolved.map(hours),
                closed_at: closed.map(hours),
                is_test: false,
                ..incident("", "Slow checkout", -10)
            };
            items.push(record.into());
        }
    }
    items
}

#[tokio::test]
async fn what_is_open_is_what_the_list_says_at_every_hour() {
    with_source(|w, source| {
        w.apply(source, "incidents", &history(), NOW)?;
        for at in (-12..2).map(hours) {
            let open = vec![IncidentStatus::Open, IncidentStatus::Acked, IncidentStatus::Mitigated];
            let listed = w.incidents(&IncidentFilter { statuses: open, limit: 1_000, ..IncidentFilter::at(at) })?;
            assert_eq!(w.open_incidents(at)?, listed.incidents, "at {at}");
        }
        assert!(!w.open_incidents(hours(-7))?.is_empty() && w.open_incidents(hours(-11))?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_resolution_belongs_to_the_window_that_ends_with_it() {
    with_source(|w, source| {
        w.apply(source, "incidents", &history(), NOW)?;
        let count =
            |from, to| Ok::<_, crate::StoreError>(w.resolved_incidents(Window::new(hours(from), hours(to)))?.len());
        let each = IncidentStatus::ALL.len() * 3;
        assert_eq!((count(-6, -3)?, count(-7, -6)?, count(-7, -2)?), (0, each, 2 * each));
        Ok(())
    })
    .await;
}
