//! Stops reading a source. Its history stays.

use super::configuration::{Edited, propose};
use crate::EngineError;
use crate::config::edit;
use crate::workspace::Workspace;

/// Takes the source out of the configuration and keeps its rows.
///
/// # Errors
/// [`EngineError::Unknown`] for a source that is not configured, [`EngineError::Config`] when something else in the
/// configuration needs it.
pub async fn archive_source(workspace: &Workspace, name: &str) -> Result<Edited, EngineError> {
    workspace.source(name)?;
    let edited = propose(workspace, |text| edit::remove_source(text, name))?.write(format!("archive source {name}"))?;
    let (source, now) = (name.to_owned(), workspace.clock.now());
    workspace.synced.write(move |w| w.archive_source(&source, now)).await?;
    Ok(edited)
}
