//! PagerDuty: people, rotas of both systems, who is on call now, incidents, their timelines and whom they woke.
//!
//! Only ever read: [`api::Api`] can ask and cannot tell.

mod allow;
mod api;
mod bounds;
mod check;
mod entry;
mod incident;
mod incidents;
mod layered;
mod log_entries;
mod maintenance;
mod oncall;
mod page_walk;
mod people;
mod person;
mod policies;
mod schedules;
mod services;
mod settings;
mod shift;
mod shift_based;
mod shifts;
mod source;
mod streams;
#[cfg(test)]
mod tests;
mod wire;
mod zone;

use crate::registry::{Build, Kind};
use crate::{ConfigIssue, Connector};

/// The kind.
pub(crate) const KIND: Kind =
    Kind { name: "pagerduty", title: "PagerDuty", settings: settings::SETTINGS, streams: |_| streams::all(), build };

fn build(settings: &serde_json::Value, build: &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue> {
    Ok(Box::new(source::PagerDuty::new(settings, build)?))
}
