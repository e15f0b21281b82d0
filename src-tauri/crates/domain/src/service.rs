//! Services as a source knows them.

use serde::{Deserialize, Serialize};

/// A service of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The source's id.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// The owning team's id in the source.
    pub team: Option<String>,
}
