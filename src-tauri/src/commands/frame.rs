//! The frame around every page: whose workspace this is, and what the palette finds.

use fairlead_engine::views;
use fairlead_engine::views::frame::Frame;
use fairlead_engine::views::incidents::{IncidentEntry, IncidentQuery};
use fairlead_engine::views::places::Place;
use tauri::State;

use crate::cockpit::Cockpit;
use crate::commands::moment::at;
use crate::error::CommandError;

/// So many incidents are offered for what is typed.
const OFFERED: u32 = 8;

/// Whose workspace this is, and in which zone times are told.
#[tauri::command]
#[specta::specta]
pub async fn frame(cockpit: State<'_, Cockpit>) -> Result<Frame, CommandError> {
    Ok(views::frame::frame(&*cockpit.workspace().await?))
}

/// Everything that has a name and a page: SLOs, services, people and sources.
#[tauri::command]
#[specta::specta]
pub async fn places(cockpit: State<'_, Cockpit>) -> Result<Vec<Place>, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::places::places(&workspace, workspace.clock.now()).await?)
}

/// The newest incidents whose title or number has the words.
#[tauri::command]
#[specta::specta]
pub async fn find_incidents(cockpit: State<'_, Cockpit>, text: String) -> Result<Vec<IncidentEntry>, CommandError> {
    let workspace = cockpit.workspace().await?;
    let now = at(&workspace, None)?;
    let query = IncidentQuery { text: Some(text), limit: OFFERED, ..IncidentQuery::default() };
    Ok(views::incidents::incident_list(&workspace, now, query).await?.incidents)
}
