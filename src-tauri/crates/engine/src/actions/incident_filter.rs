//! Saves filters of the Incidents page under a name, and takes them away. Both tell what was there before, so that they
//! can be taken back.

use crate::EngineError;
use crate::views::incidents::saved::setting;
use crate::views::incidents::{IncidentFilters, SavedFilter};
use crate::workspace::Workspace;

/// Characters of a name.
const LONGEST: usize = 60;

/// Saves `filters` under `name`, in the place of what was saved under it. Returns that.
///
/// # Errors
/// [`EngineError::Usage`] without a name, for a long one, and for filters that mean nothing; what the database says.
pub async fn save(
    workspace: &Workspace,
    name: &str,
    filters: IncidentFilters,
) -> Result<Option<SavedFilter>, EngineError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        let message = format!("a filter needs a name of 1 to {LONGEST} characters in one line");
        return Err(EngineError::Usage { message });
    }
    filters.check()?;
    put(workspace, name, Some(SavedFilter { name: name.to_owned(), filters })).await
}

/// Takes away what was saved under `name`. Returns it.
///
/// # Errors
/// [`EngineError::Unknown`] when nothing is saved under it, and what the database says.
pub async fn remove(workspace: &Workspace, name: &str) -> Result<SavedFilter, EngineError> {
    let before = put(workspace, name, None).await?;
    before.ok_or_else(|| EngineError::Unknown { what: "filter", name: name.to_owned(), hint: None })
}

async fn put(
    workspace: &Workspace,
    name: &str,
    filter: Option<SavedFilter>,
) -> Result<Option<SavedFilter>, EngineError> {
    let (key, by) = (setting(name), super::by(workspace));
    let value = filter.and_then(|filter| serde_json::to_value(filter).ok());
    let write = move |w: &mut fairlead_store::authored::Writer<'_>| {
        let before = w.settings(by.at)?.into_iter().find(|(known, _, _)| *known == key);
        w.set_setting(&key, value.as_ref(), None, &by)?;
        Ok(before.map(|(_, _, value)| value))
    };
    let before = workspace.authored.write(write).await?;
    Ok(before.and_then(|value| serde_json::from_value(value).ok()))
}
