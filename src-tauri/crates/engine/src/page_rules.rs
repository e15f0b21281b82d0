//! Versions of `[page]`: figures that rest on the rules name the one in force.

use fairlead_metrics::oncall::PageRules;

use crate::EngineError;
use crate::workspace::Workspace;

/// Characters of a version.
const LENGTH: usize = 12;

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
