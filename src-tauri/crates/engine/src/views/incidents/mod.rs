//! Incidents: what broke, how long, who took part.

mod answer;
mod durations;
mod facets;
mod filters;
mod index;
mod line;
mod months;
pub(crate) mod saved;
mod sheet;
mod sieve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::incident::IncidentStatus;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader, ResponderRow};

pub use answer::{IncidentDetail, IncidentEntry, IncidentList, ResponderEntry, TimelineEntry};
pub use durations::{DurationDot, DurationMethod, Durations, QuantileEntry};
pub use facets::{FacetValue, IncidentFacets};
pub use filters::{IncidentFilters, NOT_GIVEN, NOT_MAPPED};
pub use index::{IncidentIndex, OpenNow, incident_index};
pub use line::{IncidentFirst, IncidentLine, MOST_LINES, incident_first, incident_lines};
pub(in crate::views) use line::{TITLE, cut};
pub use saved::{SavedFilter, saved_filters};
pub use sheet::{IncidentSheet, SheetEvent, SheetLink, SheetPage, SheetResponder, incident_address, incident_sheet};

use super::freshness::Freshness;
use super::hidden::{HiddenCounts, hidden_by};
use super::unmapped::Tally;
use crate::EngineError;
use crate::config::Config;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// Which incidents.
#[derive(Debug, Clone, Default)]
pub struct IncidentQuery {
    /// Created at or after.
    pub since: Option<Timestamp>,
    /// Created before.
    pub until: Option<Timestamp>,
    /// With one of these statuses at the instant; empty: any.
    pub statuses: Vec<IncidentStatus>,
    /// Words of the title or number.
    pub text: Option<String>,
    /// At most so many.
    pub limit: u32,
    /// [`IncidentList::next`] of the page before.
    pub after: Option<String>,
    /// Also tests, drills and what a drop rule takes.
    pub tests: bool,
}

/// A page of incidents as they stood at `as_of`, newest first.
///
/// # Errors
/// [`EngineError::Usage`] for an `after` that no answer gave, and what the database says.
pub async fn incident_list(
    workspace: &Workspace,
    as_of: Timestamp,
    query: IncidentQuery,
) -> Result<IncidentList, EngineError> {
    let before = query.after.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_| EngineError::Usage {
        message: "--after takes the `next` of an earlier answer, unchanged".to_owned(),
    })?;
    let filter = IncidentFilter {
        since: query.since,
        until: query.until,
        statuses: query.statuses,
        text: query.text,
        before,
        limit: query.limit,
        ..IncidentFilter::at(as_of)
    };
    let (plan, tests) = (workspace.plan(), query.tests);
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let page_rules = crate::page_rules::in_force(workspace).await?;
    let answer = workspace.synced.read(move |reader| {
        let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
        let page = shown(reader, &config, filter, tests)?;
        let mut tally = Tally::new(&config, &aliases);
        page.rows.iter().for_each(|row| tally.incident(row));
        let next = page.next.map(|id| id.to_string());
        let incidents = entries(reader, page.rows, Some(&mut tally))?;
        let unmapped = tally.counts();
        Ok(IncidentList { as_of, warnings, incidents, next, hidden: page.hidden, page_rules, unmapped })
    });
    Ok(answer.await?)
}

/// One incident as it stood at `as_of`, with its timeline up to then.
///
/// # Errors
/// [`EngineError::Unknown`] when there is none of this id, and what the database says.
pub async fn incident_detail(workspace: &Workspace, as_of: Timestamp, id: &str) -> Result<IncidentDetail, EngineError> {
    let (source, ext_id) = split(id)?;
    let plan = workspace.plan();
    let answer = workspace.synced.read(move |reader| {
        let Some(row) = reader.incident(&source, &ext_id, as_of)? else { return Ok(None) };
        let timeline = reader.timeline(row.source_id, &ext_id, as_of)?;
        let timeline = timeline.into_iter().map(|event| TimelineEntry {
            at: event.at,
            kind: event.kind.word().to_owned(),
            actor: event.actor.map(|person| person.name),
            text: event.text,
        });
        let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
        let timeline = timeline.collect();
        let incident = entries(reader, vec![row], None)?.pop();
        Ok(incident.map(|incident| IncidentDetail { as_of, warnings, incident, timeline }))
    });
    answer.await?.ok_or_else(|| unknown(id))
}

/// Source and external id of `source/external_id`.
fn split(id: &str) -> Result<(String, String), EngineError> {
    let (source, ext_id) = id.split_once('/').ok_or_else(|| unknown(id))?;
    Ok((source.to_owned(), ext_id.to_owned()))
}

fn unknown(id: &str) -> EngineError {
    EngineError::Unknown {
        what: "incident",
        name: id.to_owned(),
        hint: Some("ids are written source/external_id, as `incidents` lists them".to_owned()),
    }
}

/// A page of incidents that are shown.
struct Shown {
    rows: Vec<IncidentRow>,
    next: Option<i64>,
    hidden: HiddenCounts,
}

/// Reads on until the page is full: what is left out takes no place of it.
fn shown(reader: &Reader<'_>, config: &Config, mut filter: IncidentFilter, tests: bool) -> Result<Shown, StoreError> {
    let limit = filter.limit.max(1) as usize;
    let mut page = Shown { rows: Vec::new(), next: None, hidden: HiddenCounts::default() };
    // Counted with the next row that is shown: after the last one they belong to the page that follows.
    let mut passed = Vec::new();
    loop {
        let read = reader.incidents(&filter)?;
        for row in read.incidents {
            let reason = if tests { None } else { hidden_by(config, &row) };
            match (reason, page.rows.last()) {
                (Some(reason), _) => passed.push(reason),
                (None, Some(last)) if page.rows.len() == limit => {
                    page.next = Some(last.id);
                    return Ok(page);
                }
                (None, _) => {
                    passed.drain(..).for_each(|reason| page.hidden.count(reason));
                    page.rows.push(row);
                }
            }
        }
        match read.next {
            Some(next) => filter.before = Some(next),
            None => {
                passed.drain(..).for_each(|reason| page.hidden.count(reason));
                return Ok(page);
            }
        }
    }
}

/// The rows with who took part in them.
fn entries(
    reader: &Reader<'_>,
    rows: Vec<IncidentRow>,
    tally: Option<&mut Tally<'_>>,
) -> Result<Vec<IncidentEntry>, StoreError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let responders = reader.responders(&ids)?;
    if let Some(tally) = tally {
        let sources: BTreeMap<i64, &str> = rows.iter().map(|row| (row.id, row.source.as_str())).collect();
        for responder in &responders {
            tally.person(sources.get(&responder.incident).copied().unwrap_or_default(), responder.person.as_ref());
        }
    }
    Ok(rows.into_iter().map(|row| entry(row, &responders)).collect())
}

fn entry(row: IncidentRow, responders: &[ResponderRow]) -> IncidentEntry {
    let mine = responders.iter().filter(|responder| responder.incident == row.id);
    let named = mine.filter_map(|responder| {
        let person = responder.person.as_ref()?.name.clone();
        Some(ResponderEntry { person, role: responder.role.clone() })
    });
    IncidentEntry {
        id: format!("{}/{}", row.source, row.ext_id),
        responders: named.collect(),
        source: row.source,
        external_id: row.ext_id,
        kind: row.kind.word().to_owned(),
        number: row.number,
        title: row.title,
        status: row.status.word().to_owned(),
        severity: row.severity,
        service: row.service_name.or(row.service),
        created_at: row.created_at,
        acked_at: row.acked_at,
        resolved_at: row.resolved_at,
        url: row.url,
    }
}
