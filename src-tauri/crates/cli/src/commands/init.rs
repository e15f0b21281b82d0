//! `init`.

use fairlead_engine::actions::{demo, init};
use serde_json::json;

use super::Place;
use crate::exit::Failure;
use crate::output::Reply;
use crate::progress::listener;

pub(super) async fn run(place: &Place, with_demo: bool) -> Result<Reply, Failure> {
    let (made, report) = if with_demo {
        let (made, report) = demo::load(&place.dir, &listener(place.json)).await?;
        (made, Some(report))
    } else {
        (init::init(&place.dir).await?, None)
    };
    let file = made.dir.join(fairlead_engine::config::FILE);
    let config = if made.wrote_config { "wrote" } else { "kept" };
    let mut text = format!("Workspace in {}: {config} {}.\n", made.dir.display(), file.display());
    text.push_str(match &report {
        Some(_) => "The demo team is loaded; see it with `fairleadctl status`.",
        None => "Add a source to it, then run `fairleadctl sources check` and `fairleadctl sync`.",
    });
    let json = json!({
        "as_of": report.as_ref().map_or_else(|| super::now().to_rfc3339(), |report| report.as_of.to_rfc3339()),
        "warnings": report.as_ref().map_or_else(Vec::new, |report| report.warnings.clone()),
        "workspace": made.dir,
        "wrote_config": made.wrote_config,
        "demo": with_demo,
    });
    Ok(Reply::plain(json, text))
}
