//! The first start: what the folder holds, and the three ways to begin.

use fairlead_engine::views::start::FolderState;
use tauri::{AppHandle, State};

use crate::cockpit::{Cockpit, everything_changed, tell};
use crate::error::CommandError;

/// What the folder holds: nothing yet, a workspace, or one that cannot be opened.
#[tauri::command]
#[specta::specta]
pub async fn workspace_state(cockpit: State<'_, Cockpit>) -> Result<FolderState, CommandError> {
    Ok(cockpit.folder().await)
}

/// Loads the demo team.
#[tauri::command]
#[specta::specta]
pub async fn start_demo(app: AppHandle, cockpit: State<'_, Cockpit>) -> Result<FolderState, CommandError> {
    cockpit.start_demo().await?;
    tell(&app, everything_changed());
    Ok(cockpit.folder().await)
}

/// Makes an empty workspace.
#[tauri::command]
#[specta::specta]
pub async fn start_empty(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    name: String,
    timezone: Option<String>,
    me: Option<String>,
) -> Result<FolderState, CommandError> {
    cockpit.start_empty(&name, timezone.as_deref(), me.as_deref()).await?;
    tell(&app, everything_changed());
    Ok(cockpit.folder().await)
}

/// Removes every row of the demo.
#[tauri::command]
#[specta::specta]
pub async fn clear_demo(app: AppHandle, cockpit: State<'_, Cockpit>) -> Result<FolderState, CommandError> {
    cockpit.clear_demo().await?;
    tell(&app, everything_changed());
    Ok(cockpit.folder().await)
}
