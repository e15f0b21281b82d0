//! Maintenance windows.

use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::record::ReplaceSet;
use fairlead_domain::{Item, RecordKind, Timestamp, Window};

use super::api::Resource;
use super::page_walk::Turn;
use super::source::{PagerDuty, fresh};
use super::wire;
use crate::http::Share;
use crate::phone::without_marked_phones;
use crate::{Batch, ConnectorError, Request};

pub(super) const MAINTENANCE: Resource = Resource::new(
    "maintenance_windows",
    "maintenance_windows",
    "maintenance windows",
    "planned maintenance is not known",
);

/// Stands for "the past was read": it does not change any more.
const PAST_READ: &str = "past";

impl PagerDuty {
    pub(super) async fn maintenance(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        // All of them once; then what runs and what comes.
        let past_read = request.known.state.as_deref() == Some(PAST_READ);
        let filter = if past_read { "open" } else { "all" };
        let turn = Turn::read(request.cursor);
        let (page, step) = self.page(&MAINTENANCE, &[("filter", filter)], &turn, Share::Incremental).await?;
        let read = fresh(&page, &step).into_iter().map(wire::read::<wire::MaintenanceWindow>);
        let coming = Window::new(request.now, Timestamp::LATEST);
        Ok(Batch {
            items: read.filter_map(maintenance).map(Item::from).collect(),
            next: step.next.map(|next| next.text()),
            total: page.total,
            complete: vec![ReplaceSet { kind: RecordKind::Maintenance, parent: String::new(), window: coming }],
            state: Some(PAST_READ.to_owned()),
            ..Batch::default()
        })
    }
}

fn maintenance(window: wire::MaintenanceWindow) -> Option<Maintenance> {
    let (ext_key, start, end) = (window.id?, window.start_time?, window.end_time?);
    let title = window.description.or(window.summary).map(|title| without_marked_phones(&title));
    Some(Maintenance {
        kind: MaintenanceKind::Maintenance,
        title: title.unwrap_or_else(|| "maintenance".to_owned()),
        start,
        end,
        services: window.services.into_iter().filter_map(|service| service.id).collect(),
        ext_key,
    })
}
