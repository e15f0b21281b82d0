//! The folder: whether there is a workspace in it, and another in its place.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fairlead_engine::actions::demo;
use fairlead_engine::actions::start::{start_demo, start_empty};
use fairlead_engine::sync::{SyncLock, nobody};
use fairlead_engine::views::start::FolderState;
use fairlead_engine::{Access, EngineError, Workspace};

use super::Cockpit;
use crate::error::CommandError;

/// How long, and how often, a synchronisation that was stopped is waited for.
const WAIT: Duration = Duration::from_millis(100);
const WAITS: u32 = 100;

impl Cockpit {
    /// What the folder holds.
    pub async fn folder(&self) -> FolderState {
        match self.workspace().await {
            Ok(workspace) => FolderState::of(&self.dir, Ok(&workspace)),
            Err(error) => FolderState::of(&self.dir, Err(&error)),
        }
    }

    /// Loads the demo team into the folder and opens it.
    ///
    /// # Errors
    /// When another workspace lies there, or it cannot be written.
    pub async fn start_demo(&self) -> Result<(), CommandError> {
        self.cancel_sync();
        start_demo(&self.dir, &nobody()).await?;
        self.reopen().await
    }

    /// Makes an empty workspace in the folder and opens it.
    ///
    /// # Errors
    /// What is wrong with the name, the zone or the address, and what keeps the folder from being written.
    pub async fn start_empty(&self, name: &str, timezone: Option<&str>, me: Option<&str>) -> Result<(), CommandError> {
        start_empty(&self.dir, name, timezone, me).await?;
        self.reopen().await
    }

    /// Removes every row of the demo and opens what is left.
    ///
    /// # Errors
    /// What keeps the databases or the configuration from being written.
    pub async fn clear_demo(&self) -> Result<(), CommandError> {
        demo::clear(&*self.alone().await?).await?;
        self.reopen().await
    }

    /// The workspace, after what is read was stopped: for what must write alone.
    ///
    /// # Errors
    /// Why it cannot be opened; [`EngineError::Busy`] when something else writes for long.
    pub async fn alone(&self) -> Result<Arc<Workspace>, EngineError> {
        let workspace = self.workspace().await?;
        self.cancel_sync();
        for _ in 0..WAITS {
            match SyncLock::take(&self.dir) {
                Err(EngineError::Busy { .. }) => tokio::time::sleep(WAIT).await,
                Ok(_) => return Ok(workspace),
                Err(error) => return Err(error),
            }
        }
        SyncLock::take(&self.dir).map(|_| workspace)
    }

    /// Opens the folder anew: another clock, other sources. Who took the workspace before goes on with what it took.
    async fn reopen(&self) -> Result<(), CommandError> {
        self.forget_edits();
        match self.current.get() {
            Some(current) => current.set(Arc::new(open(&self.dir).await?)),
            None => drop(self.workspace().await?),
        }
        self.wake.notify_one();
        Ok(())
    }
}

async fn open(dir: &Path) -> Result<Workspace, EngineError> {
    Workspace::open(dir, Access::Write).await
}
