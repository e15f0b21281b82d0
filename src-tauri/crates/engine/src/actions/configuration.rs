//! How the configuration is edited: read, changed, checked as a whole, and only then written. Each edit can be taken
//! back while nobody else edited the file since.

use std::path::PathBuf;

use crate::EngineError;
use crate::config::{Config, FILE, edit};
use crate::workspace::Workspace;

/// An edit that was made.
pub struct Edited {
    /// What the configuration says now.
    pub config: Config,
    /// What was done, for example `add source pd`.
    pub title: String,
    /// Items of the keychain that hold what was typed: left over once the edit was taken back.
    pub made: Vec<String>,
    /// Items that they took the place of: left over once the edit can be taken back no more.
    pub replaced: Vec<String>,
    path: PathBuf,
    before: String,
    after: String,
}

/// An edit that was checked and not made yet.
pub(super) struct Proposal {
    pub config: Config,
    path: PathBuf,
    before: String,
    after: String,
}

/// What the file would say after `change`, checked as a whole.
///
/// # Errors
/// [`EngineError::Edit`] when the change has no place in the file, [`EngineError::Config`] with every fault that the file
/// would have, each with its line and column.
pub(super) fn propose(
    workspace: &Workspace,
    change: impl FnOnce(&str) -> Result<String, edit::EditError>,
) -> Result<Proposal, EngineError> {
    let path = workspace.dir.join(FILE);
    let before = read(&path)?;
    let after = change(&before)?;
    let config = checked(workspace, &after)?;
    Ok(Proposal { config, path, before, after })
}

impl Proposal {
    /// The workspace as it would be. Nothing was written.
    pub fn workspace(&self, workspace: &Workspace) -> Workspace {
        workspace.under(self.config.clone())
    }

    /// Makes the edit.
    pub fn write(self, title: String) -> Result<Edited, EngineError> {
        edit::write(&self.path, &self.after)?;
        let Self { config, path, before, after } = self;
        Ok(Edited { config, title, made: Vec::new(), replaced: Vec::new(), path, before, after })
    }
}

/// Takes an edit back; a source that it had archived is out of the archive. Returns what the configuration says then.
///
/// # Errors
/// [`EngineError::Usage`] when the file was edited since, and what keeps it from being written.
pub async fn undo(workspace: &Workspace, edited: &Edited) -> Result<Config, EngineError> {
    if read(&edited.path)? != edited.after {
        let message = format!("{FILE} was edited since: \"{}\" cannot be taken back by itself", edited.title);
        return Err(EngineError::Usage { message });
    }
    let config = checked(workspace, &edited.before)?;
    edit::write(&edited.path, &edited.before)?;
    let back: Vec<(String, String)> = config.sources.iter().map(|s| (s.name.clone(), s.kind.clone())).collect();
    let now = workspace.clock.now();
    let read_again = workspace.synced.write(move |w| {
        let archived = w.sources()?.into_iter().filter(|row| row.archived_at.is_some());
        let archived = archived.filter(|row| back.contains(&(row.name.clone(), row.kind.clone())));
        for row in archived.collect::<Vec<_>>() {
            w.ensure_source(&row.name, &row.kind, now)?;
        }
        Ok(())
    });
    read_again.await?;
    Ok(config)
}

fn checked(workspace: &Workspace, text: &str) -> Result<Config, EngineError> {
    Config::proposed(&workspace.dir, text, workspace.kinds).map_err(|faults| EngineError::Config { faults: faults.0 })
}

fn read(path: &std::path::Path) -> Result<String, EngineError> {
    std::fs::read_to_string(path).map_err(|source| EngineError::Folder { path: path.to_owned(), source })
}
