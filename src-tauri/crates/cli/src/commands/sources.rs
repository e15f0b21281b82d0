//! `sources`.

use fairlead_engine::actions::check::{Checks, check};
use fairlead_engine::actions::rename_source::rename_source;
use fairlead_engine::views::sources::{Sources, sources};
use serde_json::json;

use super::Place;
use crate::args::SourcesCommand;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<SourcesCommand>) -> Result<Reply, Failure> {
    match what.unwrap_or(SourcesCommand::List) {
        SourcesCommand::List => {
            let view = place.view().await?;
            let answer = sources(&view.workspace, view.as_of).await?;
            Reply::of(&answer, &answer.warnings, list_text(&answer))
        }
        SourcesCommand::Check { name } => {
            let view = place.view().await?;
            let answer = check(&view.workspace, name.as_deref()).await?;
            Ok(Reply::of(&answer, &answer.warnings, check_text(&answer))?.partial_if(answer.has_failed()))
        }
        SourcesCommand::Rename { old, new } => {
            let workspace = place.edit().await?;
            rename_source(&workspace, &old, &new).await?;
            let json = json!({
                "as_of": workspace.clock.now().to_rfc3339(), "warnings": [], "renamed": { "from": old, "to": new },
            });
            Ok(Reply::plain(json, format!("{old} is now {new}; its history came along.")))
        }
    }
}

fn list_text(answer: &Sources) -> String {
    if answer.sources.is_empty() {
        return "No source is configured: add one to fairlead.toml.".to_owned();
    }
    let mut rows = Vec::new();
    for source in &answer.sources {
        if source.streams.is_empty() {
            rows.push(vec![source.name.clone(), source.kind.clone(), String::new(), "not usable".to_owned()]);
        }
        for stream in &source.streams {
            rows.push(vec![
                source.name.clone(),
                source.kind.clone(),
                stream.name.clone(),
                stream.state.word().to_owned(),
                stream.last_ok_at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339()),
                stream.covered.last().map_or_else(String::new, |span| span.from.to_rfc3339()),
            ]);
        }
    }
    table(&["SOURCE", "KIND", "STREAM", "STATE", "LAST READ", "SINCE"], &[], rows)
}

fn check_text(answer: &Checks) -> String {
    let mut lines = Vec::new();
    for source in &answer.sources {
        if let Some(error) = &source.error {
            lines.push(format!("{} ({}): failed: {}", source.name, source.kind, error.message));
        }
        for check in &source.checks {
            let mark = if check.ok { "ok" } else { "missing" };
            lines.push(format!("{} ({}): {mark}: {}: {}", source.name, source.kind, check.subject, check.detail));
        }
    }
    if lines.is_empty() { "No source is configured: add one to fairlead.toml.".to_owned() } else { lines.join("\n") }
}
