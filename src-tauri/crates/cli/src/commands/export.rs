//! `export`.

use fairlead_domain::{Timestamp, Window};
use fairlead_engine::actions::export::{ExportReport, ExportRequest, export};
use tokio_util::sync::CancellationToken;

use super::Place;
use crate::args::ExportArgs;
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;
use crate::progress::export_listener;
use crate::table::table;

pub(super) async fn run(place: &Place, wanted: &ExportArgs) -> Result<Reply, Failure> {
    let view = place.view().await?;
    let zone = view.workspace.config.workspace.timezone;
    let bound = |text: &Option<String>, option| text.as_deref().map(|text| instant(text, option, zone)).transpose();
    let (from, to) = (bound(&wanted.from, "--from")?, bound(&wanted.to, "--to")?);
    let window = (from.is_some() || to.is_some())
        .then(|| Window::new(from.unwrap_or(Timestamp::EARLIEST), to.unwrap_or(Timestamp::LATEST)));
    if window.is_some_and(|window| window.end <= window.start) {
        return Err(Failure::usage("--to lies before --from"));
    }
    let request = ExportRequest {
        dir: wanted.dir.clone(),
        include_people: wanted.include_people,
        window,
        as_of: view.as_of,
        csv: wanted.csv,
        // Documents are only kept as they are now.
        documents: wanted.include_people && place.as_of.is_none(),
    };
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let watch = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.cancel();
        }
    });
    let report = export(&view.workspace, &request, &export_listener(place.json), &cancel).await;
    watch.abort();
    let report = report?;
    Reply::of(&report, &report.warnings, text(&report))
}

fn text(report: &ExportReport) -> String {
    let files = report.files.iter().filter(|file| file.records > 0);
    let rows = files.map(|file| vec![file.file.clone(), file.records.to_string(), (file.bytes / 1024).to_string()]);
    let people = match report.people {
        "included" => "People are named in it: keep it as you keep the workspace.",
        _ => "People are pseudonyms; whoever knows the rota can still tell who is who.",
    };
    let table = table(&["FILE", "RECORDS", "KIB"], &[1, 2], rows.collect());
    format!("{table}\n\nExported {} records to {}. {people}", report.records, report.dir)
}
