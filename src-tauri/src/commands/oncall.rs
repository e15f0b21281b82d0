//! The On-call page.

use fairlead_domain::Window;
use fairlead_engine::Workspace;
use fairlead_engine::export::{Flavour, rota_text};
use fairlead_engine::views::lanes::{self, GapDetail, Lanes, LanesQuery, ShiftDetail};
use tauri::State;

use crate::cockpit::Cockpit;
use crate::commands::moment::{at, parsed};
use crate::error::CommandError;

async fn lanes_of(
    workspace: &Workspace,
    as_of: Option<String>,
    from: Option<String>,
    span: String,
    team: Option<String>,
) -> Result<Lanes, CommandError> {
    let query = LanesQuery::parse(from.as_deref(), &span, team)?;
    Ok(lanes::lanes(workspace, at(workspace, as_of.as_deref())?, query).await?)
}

/// The rota of a window as lanes: from a day (`YYYY-MM-DD`), without one around the instant.
#[tauri::command]
#[specta::specta]
pub async fn oncall_lanes(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    from: Option<String>,
    span: String,
    team: Option<String>,
) -> Result<Lanes, CommandError> {
    lanes_of(&*cockpit.workspace().await?, as_of, from, span, team).await
}

/// The same as text, for documents or chat.
#[tauri::command]
#[specta::specta]
pub async fn oncall_text(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    from: Option<String>,
    span: String,
    team: Option<String>,
    flavour: Flavour,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let answer = lanes_of(&workspace, as_of, from, span, team).await?;
    Ok(rota_text(&answer, workspace.config.workspace.timezone, flavour))
}

/// A shift in full. `near`: an instant in it.
#[tauri::command]
#[specta::specta]
pub async fn oncall_shift(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    id: String,
    near: String,
) -> Result<ShiftDetail, CommandError> {
    let workspace = cockpit.workspace().await?;
    let as_of = at(&workspace, as_of.as_deref())?;
    Ok(lanes::shift_detail(&workspace, as_of, &id, parsed(&near)?).await?)
}

/// A gap in full: who would be awake, and a request for cover.
#[tauri::command]
#[specta::specta]
pub async fn oncall_gap(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    schedule: String,
    start: String,
    end: String,
) -> Result<GapDetail, CommandError> {
    let workspace = cockpit.workspace().await?;
    let as_of = at(&workspace, as_of.as_deref())?;
    let gap = Window::new(parsed(&start)?, parsed(&end)?);
    Ok(lanes::gap_detail(&workspace, as_of, &schedule, gap).await?)
}
