//! Looks a workspace over and says what is wrong with it, and what to do.

use std::path::Path;

use fairlead_domain::time::{DAY_MS, SystemClock};
use fairlead_domain::{Clock, Timestamp};
use fairlead_store::backup;
use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::secrets::keychain::{Keychain, KeychainState};
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::workspace::{Access, Workspace};

/// What was found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Diagnosis {
    /// When.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// One line for each thing looked at.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Finding {
    /// What.
    pub subject: String,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was found, and what to do.
    pub detail: String,
}

impl Diagnosis {
    /// Whether everything is as it should be.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.findings.iter().all(|finding| finding.ok)
    }
}

/// Looks over the workspace in `dir`.
///
/// # Errors
/// When there is no workspace, or its configuration or databases cannot be opened at all.
pub async fn doctor(dir: &Path) -> Result<Diagnosis, EngineError> {
    let workspace = Workspace::open(dir, Access::Read).await?;
    let as_of = workspace.clock.now();
    let mut findings = vec![finding("configuration", true, configuration(&workspace))];
    findings.extend(workspace.config.warnings.iter().map(|w| finding("configuration", false, w.to_string())));
    findings.push(keychain(&workspace).await?);
    findings.push(last_backup(dir)?);
    findings.extend(sources(&workspace, as_of).await?);
    Ok(Diagnosis { as_of, warnings: Vec::new(), findings })
}

fn finding(subject: &str, ok: bool, detail: String) -> Finding {
    Finding { subject: subject.to_owned(), ok, detail }
}

fn configuration(workspace: &Workspace) -> String {
    let config = &workspace.config;
    let zone = if config.workspace.timezone_given { "" } else { " (none is configured)" };
    format!(
        "{} sources, {} teams, days in {}{zone}",
        config.sources.len(),
        config.teams.len(),
        config.workspace.timezone.name()
    )
}

async fn keychain(workspace: &Workspace) -> Result<Finding, EngineError> {
    let keychain =
        Keychain::system(workspace.id).map_err(|source| EngineError::Folder { path: workspace.dir.clone(), source })?;
    let state = keychain.probe().await;
    let (ok, detail) = match state {
        KeychainState::Available => (true, "the keychain answers".to_owned()),
        other => {
            let word = other.word();
            (true, format!("keychain: {word}; secrets can still come from env, command or file"))
        }
    };
    Ok(finding("keychain", ok, detail))
}

fn last_backup(dir: &Path) -> Result<Finding, EngineError> {
    let newest = backup::list(dir)?.into_iter().map(|backup| backup.at).max();
    Ok(match newest {
        None => finding("backup", false, "there is no backup yet: run `fairleadctl backup create`".to_owned()),
        Some(at) => {
            let old = SystemClock.now().since(at) > 2 * DAY_MS;
            let advice = if old { ": older than two days, run `fairleadctl backup create`" } else { "" };
            finding("backup", !old, format!("the newest is of {at}{advice}"))
        }
    })
}

async fn sources(workspace: &Workspace, as_of: Timestamp) -> Result<Vec<Finding>, EngineError> {
    let plan = workspace.plan();
    let freshness = workspace.synced.read(move |reader| Freshness::read(reader, &plan, as_of)).await?;
    let entries = freshness.entries();
    let warnings = freshness.warnings();
    Ok(entries
        .into_iter()
        .map(|entry| {
            let said = warnings.iter().find(|w| w.source.as_deref() == Some(entry.name.as_str()));
            let detail = match (said, entry.last_ok_at) {
                (Some(warning), _) => warning.words(|at| at.to_rfc3339()),
                (None, Some(at)) => format!("read whole at {at}"),
                (None, None) => "never read".to_owned(),
            };
            finding(&format!("source {}", entry.name), said.is_none(), detail)
        })
        .collect())
}
