//! What an archived source said last says nothing of the present, and is as it was before.

use fairlead_domain::action_item::ActionItem;
use fairlead_domain::{Record, RecordKind, Timestamp, Window};

use super::{NOW, hours, sample, with_source};
use crate::StoreError;
use crate::synced::Writer;

/// How many open incidents, firing alerts (twice), silences, late action items, and SLOs (twice) there are at an instant.
fn present(w: &Writer<'_>, at: Timestamp) -> Result<[usize; 7], StoreError> {
    Ok([
        w.open_incidents(at)?.len(),
        w.firing_alerts(at)?.len(),
        w.firing_alerts_and_like(at, 0)?.len(),
        w.silences(Window::new(at, at.plus_millis(1)))?.len(),
        w.overdue_action_items(at)?.len(),
        w.slos(at)?.len(),
        w.slo_services(at)?.len(),
    ])
}

#[tokio::test]
async fn what_a_source_said_holds_until_it_is_archived_and_again_when_it_is_read() {
    with_source(|w, source| {
        for kind in [RecordKind::Incident, RecordKind::Alert, RecordKind::Silence, RecordKind::Slo] {
            w.apply(source, "all", &[sample(kind, false)], hours(-9))?;
        }
        let Record::ActionItem(item) = sample(RecordKind::ActionItem, false).record else { return Ok(()) };
        w.apply(source, "all", &[ActionItem { due_at: Some(hours(-2)), ..item }.into()], hours(-9))?;
        let (before, after) = (NOW.plus_millis(-1), hours(1).plus_millis(-1));
        assert_eq!(present(w, before)?, [1; 7]);
        w.archive_source("pd", NOW)?;
        assert_eq!((present(w, before)?, present(w, NOW)?, present(w, after)?), ([1; 7], [0; 7], [0; 7]));
        w.ensure_source("pd", "pagerduty", NOW)?;
        assert_eq!(present(w, after)?, [1; 7]);
        Ok(())
    })
    .await;
}
