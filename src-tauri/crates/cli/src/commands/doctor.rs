//! `doctor`.

use fairlead_engine::actions::doctor::doctor;

use super::Place;
use crate::exit::Failure;
use crate::output::Reply;

pub(super) async fn run(place: &Place) -> Result<Reply, Failure> {
    let diagnosis = doctor(&place.dir).await?;
    let lines: Vec<String> = diagnosis
        .findings
        .iter()
        .map(|finding| {
            let mark = if finding.ok { "ok     " } else { "look at" };
            format!("{mark} {}: {}", finding.subject, finding.detail)
        })
        .collect();
    Ok(Reply::of(&diagnosis, &diagnosis.warnings, lines.join("\n"))?.partial_if(!diagnosis.is_well()))
}
