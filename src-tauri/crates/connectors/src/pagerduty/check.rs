//! What can be read with this key, and what is lost without the rest.

use super::api::Resource;
use super::incidents::{INCIDENTS, SEVERITY_UNMAPPED};
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
            Ok(page) if page.absent => Check::new(subject, true, format!("this account has no {}", resource.what)),
            Ok(page) if resource.path == PRIORITIES.path => {
                let names = page.entries.iter().map(wire::read::<Priority>);
                priorities(source, subject, &names.filter_map(|p| p.name.or(p.summary)).collect::<Vec<_>>())
            }
            Ok(_) => Check::new(subject, true, "they can be read"),
            Err(error) if error.stops_source() => return Err(error),
            Err(ConnectorError::Forbidden { lost, .. }) => {
                Check::new(subject, false, format!("this key may not read them (HTTP 403): {lost}"))
            }
            Err(error) => Check::new(subject, false, error.to_string()),
        };
        checks.push(check);
    }
    Ok(checks)
}

/// Whether every priority of the account has a severity.
fn priorities(source: &PagerDuty, subject: String, names: &[String]) -> Check {
    let unmapped = |name: &&String| source.severities.judge(name) == Severity::Unmapped;
    let unmapped: Vec<&str> = names.iter().filter(unmapped).map(String::as_str).collect();
    if unmapped.is_empty() {
        return Check::new(subject, true, "each has a severity");
    }
    let names = unmapped.join(", ");
    let detail = format!("without a severity: {names}; name them under severity, as 1 to 5 or \"ignore\"");
    // They were read; their incidents are kept, of unknown severity.
    Check::with_warning(subject, SEVERITY_UNMAPPED, detail)
}
