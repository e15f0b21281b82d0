//! `demo`.

use fairlead_engine::actions::demo;
use serde_json::json;

use super::Place;
use crate::args::DemoCommand;
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;

pub(super) async fn run(place: &Place, what: DemoCommand) -> Result<Reply, Failure> {
    match what {
        DemoCommand::Clock { at } => {
            let workspace = place.edit().await?;
            if let Some(text) = at {
                let at = instant(&text, "the demo's clock", workspace.config.workspace.timezone)?;
                demo::move_clock(&workspace, at).await?;
            }
            let now = workspace.clock.now();
            let is_demo = workspace.demo_clock.is_some();
            let whose = if is_demo { "The demo's clock stands at" } else { "This is no demo; the time is" };
            let json = json!({ "as_of": now.to_rfc3339(), "warnings": [], "demo": is_demo });
            Ok(Reply::plain(json, format!("{whose} {now}.")))
        }
        DemoCommand::Clear => {
            let workspace = place.edit().await?;
            demo::clear(&workspace).await?;
            let json = json!({ "as_of": super::now().to_rfc3339(), "warnings": [], "cleared": true });
            Ok(Reply::plain(json, "Every row of the demo is gone.".to_owned()))
        }
    }
}
