//! People, and how records point to them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::normalise_email;

/// A person as one source knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The source's own id of the person, or [`PersonRef::identity`] of what it shows.
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// E-mail as the source gives it.
    pub email: Option<String>,
    /// IANA zone as the source gives it.
    pub timezone: Option<String>,
    /// `false` for people whom the source has deactivated or deleted.
    pub active: bool,
}

/// How a record names a person: whatever of id, e-mail and name its source gave. Equal [`identity`](Self::identity)
/// within a source means the same person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PersonRef {
    /// The source's own id.
    pub ext_id: Option<String>,
    /// E-mail as given.
    pub email: Option<String>,
    /// Name as given.
    pub name: Option<String>,
}

impl PersonRef {
    /// A person known by e-mail alone.
    #[must_use]
    pub fn by_email(email: &str) -> Self {
        Self { email: Some(email.to_owned()), ..Self::default() }
    }

    /// A person known by display name alone.
    #[must_use]
    pub fn by_name(name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..Self::default() }
    }

    /// E-mail as it is compared.
    #[must_use]
    pub fn normal_email(&self) -> Option<String> {
        self.email.as_deref().and_then(normalise_email)
    }

    /// The key of the person within the source: its id, else the e-mail, else the name; `None` when nothing is given.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        given(&self.ext_id).or_else(|| self.normal_email()).or_else(|| given(&self.name))
    }
}

/// The stable key of a person: rebuildable from the workspace and the e-mail, so that authored rows can point to it.
///
/// UUIDv5 of the normalised e-mail in the workspace's name space; without an e-mail, of `source/identity`.
#[must_use]
pub fn person_key(workspace_id: Uuid, source: &str, identity: &str, email: Option<&str>) -> Uuid {
    match email.and_then(normalise_email) {
        Some(email) => Uuid::new_v5(&workspace_id, email.as_bytes()),
        None => Uuid::new_v5(&workspace_id, format!("{source}/{identity}").as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_email_is_one_person_across_sources() {
        let workspace = Uuid::from_u128(7);
        let a = person_key(workspace, "pd", "P1", Some("Ines@Harbor.example"));
        let b = person_key(workspace, "cal", "ines", Some("mailto:ines@harbor.example"));
        assert_eq!(a, b);
        assert_ne!(a, person_key(workspace, "cal", "ines", None), "a name alone never merges");
    }
}
