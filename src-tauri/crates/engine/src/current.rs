//! The workspace that a long-running program works in, which changes when its configuration does.

use std::sync::{Arc, PoisonError, RwLock};

use crate::workspace::Workspace;

/// The workspace as it stands. Who took it before a change goes on with what it took.
pub struct Current(RwLock<Arc<Workspace>>);

impl Current {
    /// Begins with this workspace.
    #[must_use]
    pub const fn new(workspace: Arc<Workspace>) -> Self {
        Self(RwLock::new(workspace))
    }

    /// The workspace of this moment.
    #[must_use]
    pub fn get(&self) -> Arc<Workspace> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in its place.
    pub fn set(&self, workspace: Arc<Workspace>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = workspace;
    }
}
