//! The Incidents page.

use fairlead_engine::actions::incident_filter;
use fairlead_engine::export::{incident_markdown as incident_markdown_of, incidents_markdown as incidents_markdown_of};
use fairlead_engine::views::incidents::{
    self, IncidentFilters, IncidentFirst, IncidentIndex, IncidentLine, IncidentSheet, SavedFilter,
};
use tauri::State;

use crate::browser;
use crate::cockpit::Cockpit;
use crate::commands::moment::at;
use crate::error::CommandError;

/// Lines of the first answer: more than a large screen shows.
const FIRST: usize = 80;
/// Lines that are copied.
const COPIED: usize = 50;

/// The newest incidents that meet the filters, before everything is counted.
#[tauri::command]
#[specta::specta]
pub async fn incident_first(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    filters: IncidentFilters,
) -> Result<IncidentFirst, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(incidents::incident_first(&workspace, at(&workspace, as_of.as_deref())?, filters, FIRST).await?)
}

/// Every incident that meets the filters, by row, with facets, what is hidden and how long they took.
#[tauri::command]
#[specta::specta]
pub async fn incident_index(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    filters: IncidentFilters,
) -> Result<IncidentIndex, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(incidents::incident_index(&workspace, at(&workspace, as_of.as_deref())?, filters).await?)
}

/// The lines of rows of the index.
#[tauri::command]
#[specta::specta]
pub async fn incident_lines(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    rows: Vec<String>,
) -> Result<Vec<IncidentLine>, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(incidents::incident_lines(&workspace, at(&workspace, as_of.as_deref())?, &rows).await?)
}

/// One incident with its timeline and who was paged.
#[tauri::command]
#[specta::specta]
pub async fn incident_sheet(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    id: String,
) -> Result<IncidentSheet, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(incidents::incident_sheet(&workspace, at(&workspace, as_of.as_deref())?, &id).await?)
}

/// One incident as Markdown.
#[tauri::command]
#[specta::specta]
pub async fn incident_markdown(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    id: String,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let sheet = incidents::incident_sheet(&workspace, at(&workspace, as_of.as_deref())?, &id).await?;
    Ok(incident_markdown_of(&sheet, workspace.config.workspace.timezone))
}

/// The page as Markdown: its figures, and the newest of its lines.
#[tauri::command]
#[specta::specta]
pub async fn incidents_markdown(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    filters: IncidentFilters,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let as_of = at(&workspace, as_of.as_deref())?;
    let index = incidents::incident_index(&workspace, as_of, filters.clone()).await?;
    let rows = &index.rows[..index.rows.len().min(COPIED)];
    let lines = incidents::incident_lines(&workspace, as_of, rows).await?;
    Ok(incidents_markdown_of(&index, &lines, &filters, workspace.config.workspace.timezone))
}

/// The filters that were saved, by name.
#[tauri::command]
#[specta::specta]
pub async fn saved_filters(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
) -> Result<Vec<SavedFilter>, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(incidents::saved_filters(&workspace, at(&workspace, as_of.as_deref())?).await?)
}

/// Saves a filter under a name. Answers what was saved under it before, to take it back.
#[tauri::command]
#[specta::specta]
pub async fn save_filter(
    cockpit: State<'_, Cockpit>,
    name: String,
    filters: IncidentFilters,
) -> Result<Option<SavedFilter>, CommandError> {
    Ok(incident_filter::save(&*cockpit.workspace().await?, &name, filters).await?)
}

/// Takes a saved filter away. Answers what it said, to take it back.
#[tauri::command]
#[specta::specta]
pub async fn remove_filter(cockpit: State<'_, Cockpit>, name: String) -> Result<SavedFilter, CommandError> {
    Ok(incident_filter::remove(&*cockpit.workspace().await?, &name).await?)
}

/// Opens an incident in its source with the system's browser: only an address of the web that is stored with it.
#[tauri::command]
#[specta::specta]
pub async fn open_incident(cockpit: State<'_, Cockpit>, as_of: Option<String>, id: String) -> Result<(), CommandError> {
    let workspace = cockpit.workspace().await?;
    let address = incidents::incident_address(&workspace, at(&workspace, as_of.as_deref())?, &id).await?;
    browser::open(&address).await
}
