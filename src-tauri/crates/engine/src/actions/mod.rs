//! What a person does: one file per verb. Writes to authored.db are row, revision and event in one transaction.

pub mod archive_source;
pub mod backup;
pub mod catalogue;
pub mod check;
pub mod configuration;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod import;
pub mod import_services;
pub mod incident_filter;
pub mod init;
pub mod map_people;
pub mod map_services;
pub mod mark_seen;
pub mod remove_source;
pub mod rename_source;
pub mod save_source;
pub mod scope_choice;
pub mod scope_told;
pub mod secret_items;
pub mod snooze;
#[cfg(test)]
mod source_tests;
pub mod start;
#[cfg(test)]
mod start_tests;
pub mod unsnooze;

use fairlead_store::authored::{By, MappingArea, MappingStep};

use crate::EngineError;
use crate::workspace::Workspace;

/// The author of what is written now: `me` of the configuration, by the workspace's clock. What is written in the demo
/// lies in the demo's time, else it could not be seen there.
pub(crate) fn by(workspace: &Workspace) -> By {
    let author = workspace.config.workspace.me.clone().unwrap_or_else(|| "unnamed".to_owned());
    By { author, at: workspace.clock.now() }
}

/// Takes back the last step of mapping of the workspace's author.
pub(crate) async fn undo_mapping(workspace: &Workspace, area: MappingArea) -> Result<MappingStep, EngineError> {
    let by = by(workspace);
    let author = by.author.clone();
    workspace.authored.write(move |w| w.undo_mapping(area, &by)).await?.ok_or_else(|| EngineError::Usage {
        message: format!("{author} has mapped no {} that could be taken back", area.word()),
    })
}
