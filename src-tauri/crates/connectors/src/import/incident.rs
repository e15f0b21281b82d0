//! A row of a file of incidents.

use fairlead_domain::incident::{AckSource, Incident, IncidentKind, IncidentStatus, Responder};
use fairlead_domain::service::Service;
use fairlead_domain::text::clean_line;
use fairlead_domain::{Record, Timestamp};

use super::lines::is_web;
use super::mapping::{Rules, key};
use super::outcome::RowIssue;
use super::people;
use super::table::Row;
use crate::phone::without_marked_phones;
use crate::severity::Severity;

/// The times of an incident.
struct Times {
    created: Timestamp,
    acked: Option<Timestamp>,
    ack_source: Option<AckSource>,
    /// The file says that somebody acknowledged, not when.
    is_acked: bool,
    mitigated: Option<Timestamp>,
    resolved: Option<Timestamp>,
    closed: Option<Timestamp>,
    updated: Option<Timestamp>,
    impact_start: Option<Timestamp>,
    impact_end: Option<Timestamp>,
}

/// The records of a row: service, people, incident. None when the mapping leaves its severity out.
pub(super) fn records(row: &Row<'_>, rules: &Rules, doubts: &mut Vec<RowIssue>) -> Result<Vec<Record>, RowIssue> {
    let ext_id = clean_line(row.value("id").ok_or_else(|| row.blank("id"))?);
    let Some((severity, severity_raw)) = severity(row, rules, doubts) else { return Ok(Vec::new()) };
    let times = times(row, rules, doubts)?;
    let line = |field| row.value(field).map(clean_line);
    let responders = responders(row);
    let service = line("service");
    let incident = Incident {
        title: row
            .value("title")
            .map(|title| clean_line(&without_marked_phones(title)))
            .unwrap_or_else(|| ext_id.clone()),
        ext_id,
        kind: kind(row, doubts),
        number: line("number"),
        status: status(row, &times, rules, doubts),
        status_raw: line("status"),
        severity,
        severity_raw,
        urgency: line("urgency"),
        service: service.clone(),
        teams: parts(row.value("teams")).map(clean_line).collect(),
        created_at: times.created,
        acked_at: times.acked,
        ack_source: times.ack_source,
        mitigated_at: times.mitigated,
        resolved_at: times.resolved,
        closed_at: times.closed,
        updated_at: times.updated,
        impact_start: times.impact_start,
        impact_end: times.impact_end,
        merged_into: None,
        is_test: row
            .value("test")
            .is_some_and(|word| yes_or_no(&key(word)) == Some(true) || key(word) == "x" || word == "1"),
        url: row.value("url").filter(|url| is_web(url)).map(clean_line),
        responders,
        links: Vec::new(),
        custom_fields: Vec::new(),
    };
    let mut records: Vec<Record> = Vec::new();
    records.extend(service.map(|name| Record::from(Service { ext_id: name.clone(), name, team: None })));
    records.extend(incident.responders.iter().filter_map(|r| people::record(&r.person)).map(Record::from));
    records.push(incident.into());
    Ok(records)
}

fn times(row: &Row<'_>, rules: &Rules, doubts: &mut Vec<RowIssue>) -> Result<Times, RowIssue> {
    let zone = row.zone(rules)?;
    let mut time = |field| row.time(field, zone, rules, doubts);
    let created = time("created")?.ok_or_else(|| row.blank("created"))?;
    // Some exports say only that somebody acknowledged.
    let word = row.value("acked").map(key);
    let flag = word.as_deref().and_then(yes_or_no);
    let acked = if flag.is_some() { None } else { time("acked")? };
    let mut times = Times {
        created,
        acked,
        ack_source: acked.map(|_| AckSource::Field),
        is_acked: flag == Some(true),
        mitigated: time("mitigated")?,
        resolved: time("resolved")?,
        closed: time("closed")?,
        updated: time("updated")?,
        impact_start: time("impact_start")?,
        impact_end: time("impact_end")?,
    };
    if times.acked.is_none()
        && let Some(after) = row.duration("acked_after", doubts)
    {
        times.acked = Some(created.plus_millis(after));
        times.ack_source = Some(AckSource::Derived);
    }
    if times.resolved.is_none()
        && let Some(after) = row.duration("resolved_after", doubts)
    {
        times.resolved = Some(created.plus_millis(after));
    }
    for (field, at) in [("acked", times.acked), ("mitigated", times.mitigated), ("resolved", times.resolved)] {
        if at.is_some_and(|at| at < created) {
            doubts.push(RowIssue::at(row.header(field), "this lies before the incident was created"));
        }
    }
    Ok(times)
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// The severity with the file's word; `None` when the mapping leaves it out.
fn severity(row: &Row<'_>, rules: &Rules, doubts: &mut Vec<RowIssue>) -> Option<(Option<u8>, Option<String>)> {
    let Some(word) = row.value("severity") else { return Some((None, None)) };
    let raw = Some(clean_line(word));
    let level = match rules.severity.judge(word) {
        Severity::Level(level) => Some(level),
        Severity::Ignored => return None,
        Severity::Unmapped => None,
    };
    if level.is_none() {
        doubts.push(RowIssue::at(
            row.header("severity"),
            "this word has no severity; name it under [severity] in the mapping",
        ));
    }
    Some((level, raw))
}

fn status(row: &Row<'_>, times: &Times, rules: &Rules, doubts: &mut Vec<RowIssue>) -> IncidentStatus {
    let by_times = if times.closed.is_some() {
        IncidentStatus::Closed
    } else if times.resolved.is_some() {
        IncidentStatus::Resolved
    } else if times.mitigated.is_some() {
        IncidentStatus::Mitigated
    } else if times.acked.is_some() || times.is_acked {
        IncidentStatus::Acked
    } else {
        IncidentStatus::Open
    };
    let Some(word) = row.value("status") else { return by_times };
    let word = key(word);
    let known = rules.status.get(&word).copied().or_else(|| match word.as_str() {
        "triggered" | "new" | "firing" | "active" | "unacknowledged" | "to do" => Some(IncidentStatus::Open),
        "acknowledged" | "in progress" | "investigating" | "identified" => Some(IncidentStatus::Acked),
        "monitoring" | "stable" | "fixing" => Some(IncidentStatus::Mitigated),
        "done" | "fixed" | "solved" => Some(IncidentStatus::Resolved),
        "completed" | "post-incident" => Some(IncidentStatus::Closed),
        "canceled" | "declined" | "invalid" => Some(IncidentStatus::Cancelled),
        "duplicate" => Some(IncidentStatus::Merged),
        word => IncidentStatus::from_word(word),
    });
    if known == Some(IncidentStatus::Open) && times.is_acked {
        return IncidentStatus::Acked;
    }
    known.unwrap_or_else(|| {
        let message = "this status is not known; the times decide. Name it under [status] in the mapping";
        doubts.push(RowIssue::at(row.header("status"), message));
        by_times
    })
}

fn kind(row: &Row<'_>, doubts: &mut Vec<RowIssue>) -> IncidentKind {
    let Some(word) = row.value("kind") else { return IncidentKind::Declared };
    IncidentKind::from_word(&key(word)).unwrap_or_else(|| {
        doubts.push(RowIssue::at(row.header("kind"), "this kind is not known; it counts as declared"));
        IncidentKind::Declared
    })
}

/// `commander=ines@harbor.example; Yuki <yuki@harbor.example>`.
fn responders(row: &Row<'_>) -> Vec<Responder> {
    let responder = |text: &str| {
        let (role, who) = match text.split_once('=') {
            Some((role, who)) => (Some(clean_line(role)), who),
            None => (None, text),
        };
        let person = people::person(None, Some(who))?;
        Some(Responder { person, role: role.filter(|role| !role.is_empty()), assigned_at: None })
    };
    parts(row.value("responders")).filter_map(responder).collect()
}

/// Parts of a list within a value, separated by `;`, `|` or `,`.
fn parts(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split([';', '|', ',']).map(str::trim).filter(|part| !part.is_empty())
}
