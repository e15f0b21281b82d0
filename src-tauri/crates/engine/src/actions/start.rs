//! The first start: a folder becomes the demo, or an empty workspace.

use std::path::Path;

use serde::Serialize;
use specta::Type;

use super::{demo, init};
use crate::EngineError;
use crate::config::{Config, FILE, edit, template};
use crate::sync::Listener;
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

/// Loads the demo team into the folder. An empty workspace that nobody has edited gives way to it.
///
/// # Errors
/// [`EngineError::Usage`] when the folder holds another workspace, and what keeps it from being written.
pub async fn start_demo(dir: &Path, listener: &Listener) -> Result<(), EngineError> {
    let path = dir.join(FILE);
    if is_untouched(&path) {
        std::fs::remove_file(&path).map_err(|source| EngineError::Folder { path, source })?;
    }
    demo::load(dir, listener).await?;
    Ok(())
}

/// Makes an empty workspace of this name, whose days are those of `timezone` (IANA) and whose author is `me`. A
/// configuration that is there stays.
///
/// # Errors
/// [`EngineError::Config`] for a zone or an address that is none, [`EngineError::Usage`] without a name, and what keeps
/// the folder from being written.
pub async fn start_empty(dir: &Path, name: &str, timezone: Option<&str>, me: Option<&str>) -> Result<(), EngineError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(EngineError::Usage { message: "the workspace needs a name".to_owned() });
    }
    let mut text = template(name);
    for (key, value) in [("timezone", timezone), ("me", me)] {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            text = edit::set(&text, &["workspace", key], value)?;
        }
    }
    Config::parse(&text, fairlead_connectors::kinds()).map_err(|faults| EngineError::Config { faults: faults.0 })?;
    init::init_with(dir, &text).await?;
    Ok(())
}

/// Whether the configuration is what `init` or an empty start wrote, but for its name, zone and author.
fn is_untouched(path: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let plain = |text: &str| {
        let own = |line: &&str| !["name = ", "timezone = ", "me = "].iter().any(|key| line.starts_with(key));
        text.lines().filter(own).map(str::to_owned).collect::<Vec<_>>()
    };
    plain(&text) == plain(&template("x"))
}
