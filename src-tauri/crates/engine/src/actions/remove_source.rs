//! Removes a source and every row that came from it.

use fairlead_domain::RecordKind;
use serde::Serialize;
use specta::Type;

use super::configuration::{Edited, propose};
use super::secret_items::items_in;
use crate::EngineError;
use crate::config::edit;
use crate::sync::SyncLock;
use crate::workspace::Workspace;

/// What would go with a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Removal {
    /// The source.
    pub name: String,
    /// Whether it is configured; an archived one is not.
    pub configured: bool,
    /// Rows by kind, only kinds of which there are some.
    pub rows: Vec<RemovedRows>,
    /// All rows together.
    pub total: u32,
    /// Items of the keychain that it names. They stay there: remove them with the system's own tool.
    pub keychain: Vec<String>,
    /// What in the configuration would be wrong without it, with file, line and column; it cannot be removed before.
    pub faults: Vec<String>,
    /// What in the configuration mentions it and would be left without it.
    pub warnings: Vec<String>,
}

/// How many rows of a kind go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RemovedRows {
    /// A record's kind, for example `shift`.
    pub kind: String,
    /// How many.
    pub rows: u32,
}

/// What would go if the source were removed. Counts every row: for a question before the deed, not for a page.
///
/// # Errors
/// [`EngineError::Unknown`] for a source that is neither configured nor stored.
pub async fn preview_removal(workspace: &Workspace, name: &str) -> Result<Removal, EngineError> {
    let source = name.to_owned();
    let counts = workspace.synced.read(move |reader| {
        let row = reader.sources()?.into_iter().find(|row| row.name == source);
        row.map(|row| reader.fact_counts(row.id)).transpose()
    });
    let counts: Option<Vec<(RecordKind, u64)>> = counts.await?;
    let configured = workspace.config.source(name);
    if counts.is_none() {
        workspace.source(name)?;
    }
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    if configured.is_some() {
        match propose(workspace, |text| edit::remove_source(text, name)) {
            Ok(proposal) => {
                let known = &workspace.config.warnings;
                let new = proposal.config.warnings.iter().filter(|w| known.iter().all(|k| k.message != w.message));
                warnings.extend(new.map(ToString::to_string));
            }
            Err(EngineError::Config { faults: found }) => faults.extend(found.iter().map(ToString::to_string)),
            Err(error) => return Err(error),
        }
    }
    let rows: Vec<RemovedRows> = counts
        .into_iter()
        .flatten()
        .filter(|(_, rows)| *rows > 0)
        .map(|(kind, rows)| RemovedRows { kind: kind.word().to_owned(), rows: u32::try_from(rows).unwrap_or(u32::MAX) })
        .collect();
    let mut keychain = Vec::new();
    configured.into_iter().for_each(|source| items_in(&source.settings, &mut keychain));
    Ok(Removal {
        name: name.to_owned(),
        configured: configured.is_some(),
        total: rows.iter().fold(0, |all, row| all.saturating_add(row.rows)),
        rows,
        keychain,
        faults,
        warnings,
    })
}

/// Takes the source out of the configuration and deletes every row of it. `None`: it was in no configuration. The edit
/// of the file can be taken back, the rows cannot: they are read again where the upstream still has them.
///
/// # Errors
/// [`EngineError::Busy`] while another process writes, [`EngineError::Unknown`] for a source that is neither configured
/// nor stored, [`EngineError::Config`] when something else in the configuration needs it.
pub async fn remove_source(workspace: &Workspace, name: &str) -> Result<Option<Edited>, EngineError> {
    let _lock = SyncLock::take(&workspace.dir)?;
    let stored = workspace.synced.read(|reader| reader.sources()).await?.iter().any(|row| row.name == name);
    if !stored {
        workspace.source(name)?;
    }
    let edited = match workspace.config.source(name) {
        Some(_) => {
            let proposal = propose(workspace, |text| edit::remove_source(text, name))?;
            Some(proposal.write(format!("remove source {name}"))?)
        }
        None => None,
    };
    if stored {
        let source = name.to_owned();
        workspace.synced.write(move |w| w.delete_source(&source)).await?;
    }
    Ok(edited)
}
