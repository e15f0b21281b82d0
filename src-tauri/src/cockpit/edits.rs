//! Edits of the configuration: in force at once, and taken back one by one.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use fairlead_engine::actions::configuration::{Edited, undo};
use fairlead_engine::actions::secret_items::forget_unnamed;
use fairlead_engine::config::Config;

use super::Cockpit;
use crate::error::CommandError;

/// Most edits that can be taken back.
const MOST: usize = 20;
/// How long the keychain is waited for when the window is closed.
const GOODBYE: Duration = Duration::from_secs(2);

impl Cockpit {
    /// Puts an edit in force, and remembers it to be taken back.
    ///
    /// # Errors
    /// Why the workspace cannot be opened.
    pub async fn edited(&self, edited: Edited) -> Result<(), CommandError> {
        self.leave_over(&edited.replaced);
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
        self.leave_over(&last.made);
        self.put_in_force(config).await?;
        Ok(Some(last.title))
    }

    /// Nothing is taken back across another workspace.
    pub(super) fn forget_edits(&self) {
        self.edits.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn leave_over(&self, items: &[String]) {
        self.left_over.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(items);
    }

    /// Takes out of the keychain what was replaced or taken back, when nothing can be taken back any more: the window is closed. What
    /// cannot be taken out now stays.
    pub async fn forget_left_over(&self) {
        self.forget_edits();
        let items = std::mem::take(&mut *self.left_over.lock().unwrap_or_else(PoisonError::into_inner));
        if items.is_empty() {
            return;
        }
        let Ok(workspace) = self.workspace().await else { return };
        match tokio::time::timeout(GOODBYE, forget_unnamed(&workspace, &items)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "secrets that nothing names are still in the keychain"),
            Err(_) => tracing::warn!("secrets that nothing names are still in the keychain: it did not answer"),
        }
    }

    async fn put_in_force(&self, config: Config) -> Result<(), CommandError> {
        let current = self.current().await?;
        current.set(Arc::new(current.get().under(config)));
        self.wake.notify_one();
        Ok(())
    }
}
