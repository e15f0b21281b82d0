//! Versions of `[page]`: figures that rest on the rules name the one in force.

use fairlead_domain::Timestamp;
use fairlead_metrics::oncall::PageRules;
use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::workspace::Workspace;

/// Characters of a version.
const LENGTH: usize = 12;

/// The rules that an answer was judged by: what counts as a page, and what is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PageRulesVersion {
    /// The same for the same rules, however they are written.
    pub version: String,
    /// Since when they were noticed to be in force; `None` when they were not yet.
    #[specta(type = Option<String>)]
    pub since: Option<Timestamp>,
}

/// The rules of the configuration, and since when they are known to hold.
///
/// # Errors
/// What the database says.
pub(crate) async fn in_force(workspace: &Workspace) -> Result<PageRulesVersion, EngineError> {
    let version = version(&workspace.config.page);
    let last = workspace.authored.read(|reader| Ok(reader.page_rules()?.pop())).await?;
    let since = last.filter(|last| last.version == version).map(|last| last.since);
    Ok(PageRulesVersion { version, since })
}

/// What tells rules from others: the beginning of the BLAKE3 of what they say.
pub(crate) fn version(rules: &PageRules) -> String {
    let mut hex = blake3::hash(rules.canonical().as_bytes()).to_hex().to_string();
    hex.truncate(LENGTH);
    hex
}

/// Notes the rules in force when they are others than those that were noted last.
///
/// # Errors
/// What the database says.
pub(crate) async fn note(workspace: &Workspace) -> Result<(), EngineError> {
    let rules = &workspace.config.page;
    let (version, text) = (version(rules), rules.canonical());
    let known = version.clone();
    let same =
        workspace.authored.read(move |reader| Ok(reader.page_rules()?.pop().map(|row| row.version) == Some(known)));
    if !same.await? {
        let by = crate::actions::by(workspace);
        workspace.authored.write(move |w| w.note_page_rules(&version, &text, &by)).await?;
    }
    Ok(())
}
