//! The SLOs page.

use fairlead_engine::export::{self, Flavour};
use fairlead_engine::views::slos::{SloPage, SloTable, slo_page as page_of, slo_table as table_of};
use tauri::State;

use crate::cockpit::Cockpit;
use crate::commands::moment::at;
use crate::error::CommandError;

/// Every SLO of a team, or of all, as of an instant; without one, now.
#[tauri::command]
#[specta::specta]
pub async fn slo_table(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    team: Option<String>,
) -> Result<SloTable, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(table_of(&workspace, at(&workspace, as_of.as_deref())?, team.as_deref()).await?)
}

/// One SLO: its hours, what comes, what spent it, its months and definitions.
#[tauri::command]
#[specta::specta]
pub async fn slo_page(cockpit: State<'_, Cockpit>, id: String, as_of: Option<String>) -> Result<SloPage, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(page_of(&workspace, at(&workspace, as_of.as_deref())?, &id).await?)
}

/// The table as text, for documents or chat.
#[tauri::command]
#[specta::specta]
pub async fn slos_text(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    team: Option<String>,
    flavour: Flavour,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let table = table_of(&workspace, at(&workspace, as_of.as_deref())?, team.as_deref()).await?;
    Ok(export::slos_text(&table, workspace.config.workspace.timezone, flavour))
}

/// One SLO as text: its line, or all of its page.
#[tauri::command]
#[specta::specta]
pub async fn slo_text(
    cockpit: State<'_, Cockpit>,
    id: String,
    as_of: Option<String>,
    whole: bool,
    flavour: Flavour,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let page = page_of(&workspace, at(&workspace, as_of.as_deref())?, &id).await?;
    let zone = workspace.config.workspace.timezone;
    Ok(if whole { export::slo_text(&page, zone, flavour) } else { export::slo_line_text(&page.line, zone, flavour) })
}
