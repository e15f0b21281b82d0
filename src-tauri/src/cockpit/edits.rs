//! Edits of the configuration: in force at once, and taken back one by one.

use std::sync::{Arc, PoisonError};

use fairlead_engine::actions::configuration::{Edited, undo};
use fairlead_engine::config::Config;

use super::Cockpit;
use crate::error::CommandError;

/// Most edits that can be taken back.
const MOST: usize = 20;

impl Cockpit {
    /// Puts an edit in force, and remembers it to be taken back.
    ///
    /// # Errors
    /// Why the workspace cannot be opened.
    pub async fn edited(&self, edited: Edited) -> Result<(), CommandError> {
        self.put_in_force(edited.config.clone()).await?;
        let mut edits = self.edits.lock().unwrap_or_else(PoisonError::into_inner);
        edits.push(edited);
        let beyond = edits.len().saturating_sub(MOST);
        edits.drain(..beyond);
        Ok(())
    }

    /// Takes the last edit back. Answers what it was; `None`: there is none.
    ///
    /// # Errors
    /// When the file was edited since, or cannot be written.
    pub async fn undo_edit(&self) -> Result<Option<String>, CommandError> {
        let Some(last) = self.edits.lock().unwrap_or_else(PoisonError::into_inner).pop() else { return Ok(None) };
        let config = undo(&*self.workspace().await?, &last).await?;
        self.put_in_force(config).await?;
        Ok(Some(last.title))
    }

    /// Nothing is taken back across another workspace.
    pub(super) fn forget_edits(&self) {
        self.edits.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn put_in_force(&self, config: Config) -> Result<(), CommandError> {
        let current = self.current().await?;
        current.set(Arc::new(current.get().under(config)));
        self.wake.notify_one();
        Ok(())
    }
}
