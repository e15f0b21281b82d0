//! `import`.

use fairlead_engine::actions::import::{ImportAs, ImportReport, import};

use super::Place;
use crate::args::ImportArgs;
use crate::exit::Failure;
use crate::output::Reply;

pub(super) async fn run(place: &Place, wanted: &ImportArgs) -> Result<Reply, Failure> {
    let workspace = place.edit().await?;
    let how = ImportAs { kind: wanted.kind.clone(), preset: wanted.preset.clone(), map: wanted.map.clone() };
    let report = import(&workspace, &wanted.file, &how, wanted.dry_run).await?;
    let skipped = report.skipped > 0;
    Ok(Reply::of(&report, &report.warnings, text(&report))?.partial_if(skipped))
}

fn text(report: &ImportReport) -> String {
    let verb = if report.dry_run { "Would store" } else { "Stored" };
    let preset = report.preset.as_ref().map_or_else(String::new, |name| format!("Read as an export of {name}. "));
    format!(
        "{preset}{verb} as source {}: {} new, {} changed, {} the same. {} rows read, {} left out.",
        report.source, report.inserted, report.updated, report.unchanged, report.rows, report.skipped
    )
}
