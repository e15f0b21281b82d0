//! The table of SLOs: where each budget stands, in one line each.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_domain::slo::Slo;
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SloRow};
use serde::Serialize;
use specta::Type;

use super::row::{Common, SloTableRow, Told};
use super::sentence::{TableWords, table_words};
use super::stale;
use crate::EngineError;
use crate::config::Config;
use crate::mapping::Mapping;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::posture::{SloCounts, SourceFreshness};
use crate::views::unmapped::{Tally, Unmapped};
use crate::workspace::Workspace;

/// Every SLO of a team, or of all.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SloTable {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The answer in words.
    pub words: TableWords,
    /// How many stand where.
    pub counts: SloCounts,
    /// The worst first; among equals what runs out first, then by name.
    pub rows: Vec<SloTableRow>,
    /// The teams that own one, by name.
    pub teams: Vec<String>,
    /// SLOs there are over all teams.
    pub all: u32,
    /// The sources of these SLOs, by name.
    pub sources: Vec<SourceFreshness>,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// The table as of an instant, of one team when it is named.
///
/// # Errors
/// What the database says.
pub async fn slo_table(workspace: &Workspace, as_of: Timestamp, team: Option<&str>) -> Result<SloTable, EngineError> {
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let (mapped, zone) = (config.clone(), config.workspace.timezone);
    let (told, freshness) = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            Ok((tell(reader, &mapped, &freshness, as_of)?, freshness))
        })
        .await?;
    let mut tally = Tally::new(&config, &aliases);
    let teams: BTreeSet<String> = told.iter().filter_map(|(_, told)| told.line.team.clone()).collect();
    let all = u32::try_from(told.len()).unwrap_or(u32::MAX);
    let kept = told.into_iter().filter(|(_, told)| team.is_none() || told.line.team.as_deref() == team);
    let mut rows: Vec<SloTableRow> = Vec::new();
    for (slo, told) in kept {
        tally.service(&told.line.source, slo.service.as_deref(), None);
        rows.push(told.line);
    }
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut warnings = freshness.warnings();
    warnings.extend(rows.iter().filter(|row| row.stale).map(|row| stale(&row.source, &row.id)));
    let named: BTreeSet<&str> = rows.iter().map(|row| row.source.as_str()).collect();
    let sources = freshness.entries().into_iter().filter(|source| named.contains(source.name.as_str())).collect();
    Ok(SloTable {
        as_of,
        warnings,
        words: table_words(&rows, zone),
        counts: count(&rows),
        teams: teams.into_iter().collect(),
        all,
        sources,
        unmapped: tally.counts(),
        rows,
    })
}

fn tell(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    as_of: Timestamp,
) -> Result<Vec<(Slo, Told)>, StoreError> {
    let common = Common::read(reader, config, freshness, as_of)?;
    let rows: Vec<SloRow> = reader.slos(as_of)?;
    rows.into_iter().map(|row| Ok((row.slo.clone(), common.tell(reader, &row)?))).collect()
}

/// The worst first; what runs out first, what never does last; then by name.
fn order(row: &SloTableRow) -> (u8, Timestamp, &str, &str) {
    (u8::MAX - row.rank, row.exhausts_at.unwrap_or(Timestamp::LATEST), &row.name, &row.id)
}

fn count(rows: &[SloTableRow]) -> SloCounts {
    let mut counts = SloCounts::default();
    for row in rows {
        counts.count(&row.state, row.too_few);
    }
    counts
}
