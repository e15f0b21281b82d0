//! What can be read with this key, and what is lost without the rest.

use super::api::Resource;
use super::incidents::INCIDENTS;
use super::log_entries::LOG_ENTRIES;
use super::maintenance::MAINTENANCE;
use super::oncall::ONCALLS;
use super::people::{TEAMS, USERS};
use super::policies::POLICIES;
use super::schedules::{LAYERED, SHIFT_BASED};
use super::services::SERVICES;
use super::source::PagerDuty;
use super::wire::{self, Priority};
use crate::http::Share;
use crate::severity::Severity;
use crate::{Check, ConnectorError};

const PRIORITIES: Resource = Resource {
    absent: &[402, 404],
    ..Resource::new("priorities", "priorities", "priorities", "it is not checked whether every priority has a severity")
};

const ALL: [Resource; 11] =
    [USERS, TEAMS, SERVICES, POLICIES, LAYERED, SHIFT_BASED, ONCALLS, LOG_ENTRIES, INCIDENTS, MAINTENANCE, PRIORITIES];

/// Asks once for each resource.
pub(super) async fn check(source: &PagerDuty) -> Result<Vec<Check>, ConnectorError> {
    let mut checks = Vec::new();
    for resource in ALL {
        let subject = format!("read {}", resource.what);
        let limit = if resource.path == PRIORITIES.path { 100 } else { 1 };
        let check = match source.api.page(&resource, &[], (0, limit), Share::Incremental).await {
            Ok(page) if page.absent => {
                Check { subject, ok: true, detail: format!("this account has no {}", resource.what) }
            }
            Ok(page) if resource.path == PRIORITIES.path => {
                let names = page.entries.iter().map(wire::read::<Priority>);
                priorities(source, subject, &names.filter_map(|p| p.name.or(p.summary)).collect::<Vec<_>>())
            }
            Ok(_) => Check { subject, ok: true, detail: "they can be read".into() },
            Err(error) if error.stops_source() => return Err(error),
            Err(ConnectorError::Forbidden { lost, .. }) => {
                Check { subject, ok: false, detail: format!("this key may not read them (HTTP 403): {lost}") }
            }
            Err(error) => Check { subject, ok: false, detail: error.to_string() },
        };
        checks.push(check);
    }
    Ok(checks)
}

/// Whether every priority of the account has a severity.
fn priorities(source: &PagerDuty, subject: String, names: &[String]) -> Check {
    let unmapped = |name: &&String| source.severities.judge(name) == Severity::Unmapped;
    let unmapped: Vec<&str> = names.iter().filter(unmapped).map(String::as_str).collect();
    let detail = if unmapped.is_empty() {
        "each has a severity".to_owned()
    } else {
        format!("without a severity: {}; name them under severity, as 1 to 5 or \"ignore\"", unmapped.join(", "))
    };
    Check { subject, ok: unmapped.is_empty(), detail }
}
