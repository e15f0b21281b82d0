//! From PagerDuty's incident to ours. Pure.

use fairlead_domain::Item;
use fairlead_domain::incident::{Incident, IncidentKind, IncidentStatus, Responder};
use fairlead_domain::text::clean_line;
use serde_json::Value;

use super::allow::only;
use super::person;
use super::wire::{self, Ref};
use crate::http::Fields;
use crate::phone::without_marked_phones;
use crate::severity::{Severity, SeverityMap};

/// Fields of the document that are kept. None of them names a person who is not a responder of the record.
const KEPT: &[&str] = &[
    "id",
    "type",
    "incident_number",
    "title",
    "created_at",
    "updated_at",
    "status",
    "service.id",
    "assignments.at",
    "assignments.assignee.id",
    "assignments.assignee.type",
    "acknowledgements.at",
    "acknowledgements.acknowledger.id",
    "acknowledgements.acknowledger.type",
    "assigned_via",
    "last_status_change_at",
    "resolved_at",
    "alert_counts.all",
    "escalation_policy.id",
    "incident_type.name",
    "teams.id",
    "priority.id",
    "priority.name",
    "priority.summary",
    "resolve_reason.type",
    "resolve_reason.incident.id",
    "urgency",
    "html_url",
];

/// Fields that are read beyond those that are kept: the record and its people are made from them too.
const READ: [&str; 6] = [
    "summary",
    "assignments",
    "acknowledgements",
    "incidents_responders.state",
    "incidents_responders.user",
    "incidents_responders.requested_at",
];

/// What of an incident is read.
pub(super) fn fields() -> Fields {
    Fields::named(KEPT.iter().copied().chain(READ))
}

/// An incident as it was read.
#[derive(Debug)]
pub(super) struct Read {
    /// The record with its document.
    pub item: Item,
    /// The name of its priority when that has no severity.
    pub unmapped: Option<String>,
    /// Everyone whom it points to.
    pub users: Vec<Ref>,
}

/// The incident of a document; `None` of a mere pointer, which has no time.
pub(super) fn read(document: &Value, severities: &SeverityMap) -> Option<Read> {
    let incident: wire::Incident = wire::read(document);
    let (ext_id, created_at) = (incident.id.clone()?, incident.created_at?);
    let merged_into = incident
        .resolve_reason
        .as_ref()
        .filter(|reason| reason.kind.as_deref().is_none_or(|kind| kind.contains("merge")))
        .and_then(|reason| reason.incident.as_ref()?.id.clone());
    let status = status(incident.status.as_deref(), merged_into.is_some());
    let over = matches!(status, IncidentStatus::Resolved | IncidentStatus::Merged);
    let priority = incident.priority.as_ref().and_then(|p| p.name.clone().or_else(|| p.summary.clone()));
    let meaning = priority.as_deref().map(|name| severities.judge(name));
    let users = users(&incident);
    let record = Incident {
        kind: IncidentKind::Paged,
        number: incident.incident_number.clone(),
        title: title(&incident).unwrap_or_else(|| ext_id.clone()),
        status,
        status_raw: incident.status.clone(),
        severity: match meaning {
            Some(Severity::Level(level)) => Some(level),
            Some(Severity::Ignored | Severity::Unmapped) | None => None,
        },
        severity_raw: priority.clone(),
        urgency: incident.urgency.clone(),
        service: incident.service.as_ref().and_then(|service| service.id.clone()),
        teams: incident.teams.iter().filter_map(|team| team.id.clone()).collect(),
        created_at,
        // Only the timeline knows the first acknowledgement: this list is emptied when an incident is over.
        acked_at: None,
        ack_source: None,
        mitigated_at: None,
        resolved_at: incident.resolved_at.or(incident.last_status_change_at).filter(|_| over),
        closed_at: None,
        updated_at: incident.updated_at.or(incident.last_status_change_at),
        impact_start: None,
        impact_end: None,
        merged_into,
        is_test: false,
        url: incident.html_url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        responders: responders(&incident),
        links: Vec::new(),
        custom_fields: Vec::new(),
        ext_id,
    };
    let mut kept = only(document, KEPT);
    if let Some(title) = kept.get_mut("title") {
        *title = record.title.clone().into();
    }
    let item = Item { record: record.into(), raw: Some(kept) };
    Some(Read { item, unmapped: priority.filter(|_| meaning == Some(Severity::Unmapped)), users })
}

/// The title without telephone numbers, which integrations and people write into it.
fn title(incident: &wire::Incident) -> Option<String> {
    let written = incident.title.as_deref().or(incident.summary.as_deref())?;
    Some(clean_line(&without_marked_phones(written))).filter(|title| !title.is_empty())
}

/// A word that is not known is taken for open: that it is over must not be claimed.
fn status(word: Option<&str>, merged: bool) -> IncidentStatus {
    match word {
        Some("resolved") if merged => IncidentStatus::Merged,
        Some("resolved") => IncidentStatus::Resolved,
        Some("acknowledged") => IncidentStatus::Acked,
        _ => IncidentStatus::Open,
    }
}

/// Who has it, who took it, and who came to help; each once.
fn responders(incident: &wire::Incident) -> Vec<Responder> {
    let assigned = incident.assignments.iter().map(|a| (a.assignee.as_ref(), "assignee", a.at));
    let acked = incident.acknowledgements.iter().map(|a| (a.acknowledger.as_ref(), "acknowledger", a.at));
    let joined = incident.incidents_responders.iter().filter(|r| r.state.as_deref() == Some("joined"));
    let joined = joined.map(|r| (r.user.as_ref(), "responder", r.requested_at));
    let mut responders: Vec<Responder> = Vec::new();
    for (who, role, assigned_at) in assigned.chain(acked).chain(joined) {
        let Some(person) = person::by_ref(who) else { continue };
        if responders.iter().all(|known| known.person.identity() != person.identity()) {
            responders.push(Responder { person, role: Some(role.to_owned()), assigned_at });
        }
    }
    responders
}

fn users(incident: &wire::Incident) -> Vec<Ref> {
    let assigned = incident.assignments.iter().filter_map(|a| a.assignee.clone());
    let acked = incident.acknowledgements.iter().filter_map(|a| a.acknowledger.clone());
    assigned.chain(acked).chain(incident.incidents_responders.iter().filter_map(|r| r.user.clone())).collect()
}
