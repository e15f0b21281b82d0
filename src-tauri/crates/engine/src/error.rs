//! Why the engine could not do what was asked.

use std::path::PathBuf;

use fairlead_connectors::ConnectorError;
use fairlead_connectors::import::ImportError;
use fairlead_store::StoreError;
use thiserror::Error;

use crate::config::ConfigError;
use crate::config::edit::EditError;

/// Why the engine could not do what was asked. Messages name what happened, to what, and what to do.
#[derive(Debug, Error)]
pub enum EngineError {
    /// A file or folder of the workspace cannot be used.
    #[error("{}: {source}: check that the folder exists and may be written", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no workspace.
    #[error("no workspace in {}: run `fairleadctl init` there first", path.display())]
    NoWorkspace {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Another process writes.
    #[error("another process is writing this workspace (it holds {}): wait for it, or stop it", path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// The configuration has faults; every one that was found.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Config {
        /// The faults, in the order of the file.
        faults: Vec<ConfigError>,
    },
    /// A name that the configuration does not have.
    #[error("there is no {what} {name:?}{}", hint.as_deref().map(|h| format!(": {h}")).unwrap_or_default())]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
        /// What to write instead.
        hint: Option<String>,
    },
    /// Something that was asked for makes no sense.
    #[error("{message}")]
    Usage {
        /// What and why.
        message: String,
    },
    /// A secret that was typed was not kept.
    #[error("what was typed was not kept as {place}: {reason}")]
    Unkept {
        /// The reference under which it was to be kept.
        place: String,
        /// Why not.
        reason: String,
    },
    /// An export cannot be put there.
    #[error("{} was left as it is: {reason}", path.display())]
    Export {
        /// Where.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Somebody stopped it.
    #[error("{what} was stopped: nothing was written")]
    Cancelled {
        /// What was stopped.
        what: &'static str,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A source could not be read.
    #[error(transparent)]
    Connector(#[from] ConnectorError),
    /// The configuration could not be edited.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Nothing could be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl From<ConfigError> for EngineError {
    fn from(fault: ConfigError) -> Self {
        Self::Config { faults: vec![fault] }
    }
}

impl EngineError {
    /// A stable code that consumers switch on.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Folder { .. } => "folder",
            Self::NoWorkspace { .. } => "no_workspace",
            Self::Busy { .. } => "busy",
            Self::Config { .. } => "config",
            Self::Unknown { .. } => "unknown_name",
            Self::Usage { .. } => "usage",
            Self::Unkept { .. } => "secret_unkept",
            Self::Export { .. } => "export_refused",
            Self::Cancelled { .. } => "cancelled",
            Self::Store(error) => error.code(),
            Self::Connector(error) => error.code(),
            Self::Edit(error) => error.code(),
            Self::Import(error) => error.code(),
        }
    }
}
