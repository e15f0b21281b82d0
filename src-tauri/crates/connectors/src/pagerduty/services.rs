//! Services.

use fairlead_domain::Item;
use fairlead_domain::service::Service;

use super::api::Resource;
use super::page_walk::Turn;
use super::source::{PagerDuty, fresh};
use super::wire;
use crate::http::Share;
use crate::{Batch, ConnectorError, Request};

pub(super) const SERVICES: Resource =
    Resource::new("services", "services", "services", "incidents cannot be told apart by service and owner");

impl PagerDuty {
    pub(super) async fn services(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let (page, step) = self.page(&SERVICES, &[], &Turn::read(request.cursor), Share::Incremental).await?;
        let read = fresh(&page, &step).into_iter().map(wire::read::<wire::Service>);
        let items = read.filter_map(|service| {
            let ext_id = service.id?;
            let name = service.name.or(service.summary).unwrap_or_else(|| ext_id.clone());
            Some(Item::from(Service { ext_id, name, team: service.teams.into_iter().find_map(|team| team.id) }))
        });
        Ok(Batch {
            items: items.collect(),
            next: step.next.map(|next| next.text()),
            total: page.total,
            ..Batch::default()
        })
    }
}
