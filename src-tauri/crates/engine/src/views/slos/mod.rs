//! SLOs: how much error budget is left, and what is known of it.

mod answer;
mod burns;
mod few;
mod hours;
mod marks;
mod months;
mod page;
mod read;
mod round;
mod row;
mod sentence;
mod spent;
mod table;
#[cfg(test)]
mod tests;
mod upstream;

use fairlead_domain::Timestamp;

pub use answer::{BurnEntry, Definition, HourCounts, SloDetail, SloEntry, SloList, WindowEntry};
pub use burns::BurnWindow;
pub use few::TooFew;
pub use hours::{ForecastColumns, HourColumns};
pub use marks::{Mark, Marks};
pub use months::Month;
pub use page::{SloPage, Version, slo_page};
pub(crate) use read::{JudgedSlo, Moment, hour_burn_at, judge_slos, judge_slos_at};
pub use row::SloTableRow;
pub use sentence::{PageWords, TableWords};
pub use spent::{Beside, Spent, SpentRow};
pub use table::{SloTable, slo_table};
pub use upstream::UpstreamSays;

use super::answer::Warning;
use super::freshness::Freshness;
use super::unmapped::Tally;
use crate::EngineError;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// Every SLO as of an instant.
///
/// # Errors
/// What the database says.
pub async fn slo_list(workspace: &Workspace, as_of: Timestamp) -> Result<SloList, EngineError> {
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let (judged, mut warnings) = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let judged = judge_slos(reader, &freshness, as_of)?;
            Ok((judged, freshness.warnings()))
        })
        .await?;
    warnings.extend(judged.iter().filter_map(JudgedSlo::warning));
    let mut slos: Vec<SloEntry> = judged.into_iter().map(|slo| slo.entry).collect();
    slos.sort_by(|a, b| a.id.cmp(&b.id));
    let mut tally = Tally::new(&config, &aliases);
    slos.iter().for_each(|slo| tally.service(&slo.source, slo.service.as_deref(), None));
    Ok(SloList { as_of, warnings, slos, unmapped: tally.counts() })
}

/// One SLO as of an instant, with its definitions.
///
/// # Errors
/// [`EngineError::Unknown`] when there is none of this id, and what the database says.
pub async fn slo_detail(workspace: &Workspace, as_of: Timestamp, id: &str) -> Result<SloDetail, EngineError> {
    let plan = workspace.plan();
    let wanted = id.to_owned();
    let found = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let judged = judge_slos(reader, &freshness, as_of)?;
            let Some(slo) = judged.into_iter().find(|slo| slo.entry.id == wanted) else { return Ok(None) };
            let definitions = read::definitions(reader, slo.row.id)?;
            Ok(Some((slo, definitions, freshness.warnings())))
        })
        .await?;
    let (slo, definitions, mut warnings) = found.ok_or_else(|| unknown(id))?;
    warnings.extend(slo.warning());
    Ok(SloDetail { as_of, warnings, hours: slo.hours, slo: slo.entry, definitions })
}

fn unknown(id: &str) -> EngineError {
    EngineError::Unknown {
        what: "SLO",
        name: id.to_owned(),
        hint: Some("ids are written source/upstream-id, as `slo list` lists them".to_owned()),
    }
}

/// Words for an SLO whose bad state stands on old rows.
fn stale(source: &str, id: &str) -> Warning {
    Warning::of_source("stale", source, format!("{id}: its state stands, but its rows are old or not whole"))
}
