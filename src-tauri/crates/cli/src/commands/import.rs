//! `import`.

use fairlead_engine::actions::import::{ImportReport, import, mapping_of};

use super::Place;
use crate::args::ImportArgs;
use crate::exit::Failure;
use crate::output::Reply;

pub(super) async fn run(place: &Place, wanted: &ImportArgs) -> Result<Reply, Failure> {
    let workspace = place.edit().await?;
    let mapping = mapping_of(wanted.map.as_deref())?;
    let report = import(&workspace, &wanted.file, &wanted.kind, &mapping, wanted.dry_run).await?;
    let skipped = report.skipped > 0;
    Ok(Reply::of(&report, &report.warnings, text(&report))?.partial_if(skipped))
}

fn text(report: &ImportReport) -> String {
    let verb = if report.dry_run { "Would store" } else { "Stored" };
    format!(
        "{verb} as source {}: {} new, {} changed, {} the same. {} rows read, {} left out.",
        report.source, report.inserted, report.updated, report.unchanged, report.rows, report.skipped
    )
}
