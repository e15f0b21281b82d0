//! Filters that people saved under a name.

use fairlead_domain::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::filters::IncidentFilters;
use crate::EngineError;
use crate::workspace::Workspace;

/// Settings that hold saved filters begin so.
pub(crate) const PREFIX: &str = "incidents.filter.";

/// A filter with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SavedFilter {
    /// What people call it.
    pub name: String,
    /// What it narrows to.
    pub filters: IncidentFilters,
}

/// The setting that holds the filter of a name. Names that differ in case alone are the same.
pub(crate) fn setting(name: &str) -> String {
    format!("{PREFIX}{}", name.trim().to_lowercase())
}

/// The filters that were saved by an instant, by name. One that this version does not understand is left out.
///
/// # Errors
/// What the database says.
pub async fn saved_filters(workspace: &Workspace, as_of: Timestamp) -> Result<Vec<SavedFilter>, EngineError> {
    let settings = workspace.authored.read(move |reader| reader.settings(as_of)).await?;
    let ours = settings.into_iter().filter(|(key, _, _)| key.starts_with(PREFIX));
    Ok(ours.filter_map(|(_, _, value)| serde_json::from_value(value).ok()).collect())
}
