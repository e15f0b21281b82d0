//! Teams as a source knows them.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;

/// A team of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The source's id.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// Everyone in the team, with the role that the source states.
    #[serde(default)]
    pub members: Vec<TeamMember>,
}

/// A person in a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Who.
    pub person: PersonRef,
    /// The source's word for the role.
    pub role: Option<String>,
}
