//! All incidents that the page shows, by row alone, with everything that is counted of them. The window asks for the lines
//! that are in sight.

use fairlead_domain::{RecordKind, Timestamp};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;
use serde::Serialize;
use specta::Type;

use super::durations::{Durations, Stopwatch, secs};
use super::facets::IncidentFacets;
use super::filters::IncidentFilters;
use super::sieve::Sieve;
use crate::EngineError;
use crate::config::Config;
use crate::lookup;
use crate::mapping::Mapping;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::hidden::{HiddenCounts, hidden_by};
use crate::views::posture::SourceFreshness;
use crate::workspace::Workspace;

/// What the page shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentIndex {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Every incident shown, newest first.
    pub rows: Vec<String>,
    /// What one may narrow to.
    pub facets: IncidentFacets,
    /// Incidents that meet the filters and are tests, or dropped by a rule: left out unless `tests` is asked for.
    pub hidden: HiddenCounts,
    /// The same in words; null: there are none.
    pub hidden_words: Option<String>,
    /// What is open now, whatever the page is narrowed to but its team.
    pub open: OpenNow,
    /// Time to acknowledge.
    pub time_to_ack: Durations,
    /// Time to resolve.
    pub time_to_resolve: Durations,
    /// The sources that bring incidents, by name; empty: none is connected.
    pub sources: Vec<SourceFreshness>,
}

/// Incidents that somebody must still act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OpenNow {
    /// How many are known to be open.
    pub known: u32,
    /// The worst severity of them.
    pub worst: Option<u8>,
    /// Seconds since the oldest was made.
    pub longest_secs: Option<i32>,
    /// Sources that could not be read, so that more may be open.
    pub blind: Vec<String>,
}

/// Everything that meets `filters` at an instant, counted in one pass.
///
/// # Errors
/// [`EngineError::Usage`] for filters that mean nothing, and what the databases say.
pub async fn incident_index(
    workspace: &Workspace,
    as_of: Timestamp,
    filters: IncidentFilters,
) -> Result<IncidentIndex, EngineError> {
    let plan = workspace.plan();
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let wanted = filters.outline(as_of, Sieve::needs_titles(&config))?;
    let read = workspace.synced.read(move |reader| {
        let mut sieve = Sieve::new(reader, &config, &filters, as_of)?;
        let mut watch = Stopwatch::default();
        let mut ids = Vec::new();
        reader.each_outline(&wanted, &mut |outline| {
            if sieve.take(&outline) {
                ids.push(outline.id);
                watch.take(&outline, as_of);
            }
        })?;
        // Those of one millisecond, and those that a search found, come in no order.
        ids.sort_unstable_by(|a, b| b.cmp(a));
        let freshness = Freshness::read(reader, &plan, as_of)?;
        let (facets, hidden) = sieve.told();
        let (time_to_ack, time_to_resolve) = watch.told();
        Ok(IncidentIndex {
            as_of,
            warnings: freshness.warnings(),
            rows: ids.iter().map(i64::to_string).collect(),
            facets,
            hidden,
            hidden_words: hidden.words(),
            open: open_now(reader, &config, &freshness, filters.team.as_deref())?,
            time_to_ack,
            time_to_resolve,
            sources: feeding(&freshness).collect(),
        })
    });
    Ok(read.await?)
}

fn open_now(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    team: Option<&str>,
) -> Result<OpenNow, StoreError> {
    let mut open = reader.open_incidents(freshness.as_of)?;
    open.retain(|row| {
        let service = lookup::service_of(config, &row.source, row.service.as_deref(), row.service_name.as_deref());
        let inside = team.is_none_or(|team| service.and_then(|(_, service)| service.team.as_deref()) == Some(team));
        inside && hidden_by(config, row).is_none()
    });
    let oldest = open.iter().map(|row| row.created_at).min();
    let blind = freshness.sources.iter().filter(|(_, runs)| {
        let names: Vec<&str> = feeds(runs).collect();
        let unread = !names.iter().any(|name| runs.streams.contains_key(*name)) && !runs.read_since;
        !names.is_empty() && (unread || runs.has_failed(&names))
    });
    Ok(OpenNow {
        known: u32::try_from(open.len()).unwrap_or(u32::MAX),
        worst: open.iter().filter_map(|row| row.severity).min(),
        longest_secs: oldest.map(|at| secs(freshness.as_of.since(at))),
        blind: blind.map(|(name, _)| name.clone()).collect(),
    })
}

/// Streams of a source that bring incidents.
fn feeds(runs: &crate::views::freshness::SourceRuns) -> impl Iterator<Item = &str> {
    runs.planned.iter().filter(|stream| stream.kinds.contains(&RecordKind::Incident)).map(|stream| stream.name)
}

/// Sources that bring incidents.
pub(super) fn feeding(freshness: &Freshness) -> impl Iterator<Item = SourceFreshness> + use<'_> {
    let entries = freshness.entries().into_iter();
    entries.filter(|entry| freshness.sources.get(&entry.name).is_some_and(|runs| feeds(runs).next().is_some()))
}
