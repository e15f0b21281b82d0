//! Gives a source another name. Its history stays.

use crate::EngineError;
use crate::config::{FILE, edit};
use crate::sync::SyncLock;
use crate::workspace::Workspace;

/// Renames `old` to `new` in the configuration, in what it includes, and in the database.
///
/// # Errors
/// [`EngineError::Unknown`] for a source that is not configured, [`EngineError::Edit`] for a name that cannot be taken,
/// [`EngineError::Busy`] while another process writes.
pub async fn rename_source(workspace: &Workspace, old: &str, new: &str) -> Result<(), EngineError> {
    workspace.source(old)?;
    let _lock = SyncLock::take(&workspace.dir)?;
    let mut files = Vec::new();
    for file in &workspace.config.files {
        let path = workspace.dir.join(file);
        let text =
            std::fs::read_to_string(&path).map_err(|source| EngineError::Folder { path: path.clone(), source })?;
        let renamed = if file == FILE {
            edit::rename_source(&text, old, new)?
        } else {
            edit::rename_in_included(&text, old, new)?
        };
        if renamed != text {
            files.push((path, renamed));
        }
    }
    let (from, to) = (old.to_owned(), new.to_owned());
    workspace
        .synced
        .write(
            move |w| {
                if w.sources()?.iter().any(|source| source.name == from) { w.rename_source(&from, &to) } else { Ok(()) }
            },
        )
        .await?;
    for (path, text) in files {
        edit::write(&path, &text)?;
    }
    Ok(())
}
