//! What a folder holds before, and while, a workspace is open in it.

use std::path::Path;

use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::workspace::Workspace;

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FolderState {
    /// No workspace yet.
    Missing {
        /// The folder.
        folder: String,
    },
    /// A workspace.
    Open {
        /// The folder.
        folder: String,
        /// Whether it is the demo.
        demo: bool,
        /// How many sources are configured.
        sources: u32,
    },
    /// A workspace that cannot be opened.
    Broken {
        /// The folder.
        folder: String,
        /// A stable code.
        code: String,
        /// Why, one line each; faults of the configuration with file, line and column.
        faults: Vec<String>,
    },
}

impl FolderState {
    /// What an attempt to open the folder says of it.
    #[must_use]
    pub fn of(dir: &Path, opened: Result<&Workspace, &EngineError>) -> Self {
        let folder = dir.display().to_string();
        match opened {
            Ok(workspace) => Self::Open {
                folder,
                demo: workspace.demo_clock.is_some(),
                sources: u32::try_from(workspace.config.sources.len()).unwrap_or(u32::MAX),
            },
            Err(EngineError::NoWorkspace { .. }) => Self::Missing { folder },
            Err(EngineError::Config { faults }) => Self::Broken {
                folder,
                code: "config".to_owned(),
                faults: faults.iter().map(ToString::to_string).collect(),
            },
            Err(error) => Self::Broken { folder, code: error.code().to_owned(), faults: vec![error.to_string()] },
        }
    }
}
