//! Synchronisation: start, stop, and what is told while it runs.

use fairlead_engine::sync::Progress;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use tauri_specta::Event;

use crate::cockpit::Cockpit;
use crate::error::CommandError;

/// Areas of data changed; pages that show them read again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct DataChanged {
    /// Words of the areas.
    pub tags: Vec<String>,
}

/// A synchronisation began or ended.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct SyncRun {
    /// Whether one runs now.
    pub running: bool,
    /// Why the last one was refused or ended early.
    pub error: Option<CommandError>,
}

/// A step of the running synchronisation.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct SyncProgress(pub Progress);

/// Reads every source now; answers when it began.
#[tauri::command]
#[specta::specta]
pub async fn sync_start(cockpit: State<'_, Cockpit>) -> Result<(), CommandError> {
    cockpit.start_sync(Vec::new()).await
}

/// Stops the running synchronisation after the batch at hand.
#[tauri::command]
#[specta::specta]
pub async fn sync_cancel(cockpit: State<'_, Cockpit>) -> Result<(), CommandError> {
    cockpit.cancel_sync();
    Ok(())
}
