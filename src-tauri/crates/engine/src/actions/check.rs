//! Proves that sources can be reached and read, without storing anything.

use fairlead_connectors::Check;
use fairlead_domain::Timestamp;
use futures_util::future::join_all;
use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::config::SourceConfig;
use crate::sync::{Failure, connector};
use crate::views::answer::Warning;
use crate::workspace::Workspace;

/// What was found of every source that was asked.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Checks {
    /// When.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What deserves a look, in the configuration and in what was found.
    pub warnings: Vec<Warning>,
    /// By name.
    pub sources: Vec<SourceCheck>,
}

impl Checks {
    /// Whether something does not work.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.sources.iter().any(|source| source.error.is_some() || source.checks.iter().any(|check| !check.ok))
    }
}

/// What was found of a source.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SourceCheck {
    /// The source.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Why nothing could be found out.
    pub error: Option<Failure>,
    /// What was tried.
    pub checks: Vec<CheckLine>,
}

/// One thing that was tried.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CheckLine {
    /// What.
    pub subject: String,
    /// Whether it works.
    pub ok: bool,
    /// What was found, or what is lost.
    pub detail: String,
}

/// Checks one source, or all of them.
///
/// # Errors
/// [`EngineError::Unknown`] for a name that is not configured.
pub async fn check(workspace: &Workspace, name: Option<&str>) -> Result<Checks, EngineError> {
    let wanted: Vec<&SourceConfig> = match name {
        Some(name) => vec![workspace.source(name)?],
        None => workspace.config.sources.iter().collect(),
    };
    let mut sources = join_all(wanted.into_iter().map(|source| check_one(workspace, source))).await;
    sources.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    let (sources, found): (Vec<SourceCheck>, Vec<Vec<Warning>>) = sources.into_iter().unzip();
    let warnings = workspace.config.remarks().into_iter().chain(found.into_iter().flatten()).collect();
    Ok(Checks { as_of: workspace.clock.now(), warnings, sources })
}

/// What was found of a source, and what of it works and deserves a look.
async fn check_one(workspace: &Workspace, source: &SourceConfig) -> (SourceCheck, Vec<Warning>) {
    let found = match connector(workspace, source) {
        Ok(connector) => connector
            .check()
            .await
            .map_err(|error| Failure { code: error.code().to_owned(), message: error.to_string() }),
        Err(failure) => Err(failure),
    };
    let (error, checks) = match found {
        Ok(checks) => (None, checks),
        Err(failure) => (Some(failure), Vec::new()),
    };
    let warning = |check: &Check| {
        let message = format!("{}: {}: {}", source.name, check.subject, check.detail);
        check.warning.map(|code| Warning::of_source(code, &source.name, message))
    };
    let warnings = checks.iter().filter_map(warning).collect();
    let line = |check: Check| CheckLine { subject: check.subject, ok: check.ok, detail: check.detail };
    let checks = checks.into_iter().map(line).collect();
    (SourceCheck { name: source.name.clone(), kind: source.kind.clone(), error, checks }, warnings)
}
