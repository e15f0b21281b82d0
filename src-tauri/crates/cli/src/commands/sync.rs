//! `sync`.

use fairlead_domain::Timestamp;
use fairlead_engine::sync::{Past, SyncReport, SyncRequest, sync};
use tokio_util::sync::CancellationToken;

use super::Place;
use crate::args::SyncArgs;
use crate::exit::Failure;
use crate::output::Reply;
use crate::progress::listener;
use crate::table::table;

pub(super) async fn run(place: &Place, wanted: SyncArgs) -> Result<Reply, Failure> {
    let workspace = place.edit().await?;
    let request = SyncRequest {
        names: wanted.names,
        due_only: wanted.due,
        accept_deletes: wanted.accept_deletes,
        past: match (wanted.backfill, wanted.due) {
            (Some(days), _) => Past::Days(days),
            (None, true) => Past::Leave,
            (None, false) => Past::ToDepth,
        },
    };
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let watch = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.cancel();
        }
    });
    let report = sync(&workspace, &request, &listener(place.json), &cancel).await;
    watch.abort();
    let report = report?;
    let reply = Reply::of(&report, &report.warnings, text(&report))?;
    Ok(reply.partial_if(report.is_partial() || cancel.is_cancelled()))
}

fn text(report: &SyncReport) -> String {
    if report.sources.is_empty() {
        return "No source is configured: add one to fairlead.toml, then run `fairleadctl sync` again.".to_owned();
    }
    let mut rows = Vec::new();
    for source in &report.sources {
        for stream in &source.streams {
            rows.push(vec![
                source.name.clone(),
                stream.name.clone(),
                stream.state.word().to_owned(),
                stream.inserted.to_string(),
                stream.updated.to_string(),
                stream.unchanged.to_string(),
                stream.tombstoned.to_string(),
                stream.requests.to_string(),
                stream.covered_from.map_or_else(String::new, day),
            ]);
        }
    }
    let head = ["SOURCE", "STREAM", "STATE", "NEW", "CHANGED", "SAME", "GONE", "REQUESTS", "SINCE"];
    let mut lines = vec![table(&head, &[3, 4, 5, 6, 7], rows)];
    for source in &report.sources {
        if let Some(error) = &source.error {
            lines.push(format!("\n{} ({}): {}", source.name, source.state, error.message));
        }
    }
    lines.join("\n")
}

fn day(at: Timestamp) -> String {
    at.to_rfc3339().chars().take(10).collect()
}
