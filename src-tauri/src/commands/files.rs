//! Files that pages give to the person.

use tauri::{AppHandle, Manager};

use crate::download;
use crate::error::CommandError;

/// Keeps a picture or a table in the folder for downloads, beside what is there. Answers where it is.
#[tauri::command]
#[specta::specta]
pub async fn save_file(app: AppHandle, name: String, content: Vec<u8>) -> Result<String, CommandError> {
    // A desktop that names no such folder has none; the usual one is made then.
    let usual = || app.path().home_dir().map(|home| home.join("Downloads"));
    let folder = app.path().download_dir().or_else(|_| usual()).map_err(|error| CommandError {
        code: "not_saved".to_owned(),
        message: format!("no folder for downloads is known: {error}"),
        hint: None,
    })?;
    Ok(download::save(&folder, &name, &content).await?.display().to_string())
}
