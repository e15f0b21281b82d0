//! What is known of silences.

use fairlead_domain::Timestamp;

/// A silence in force.
#[derive(Debug, Clone)]
pub struct SilenceFact {
    /// The source.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Why, one line.
    pub comment: Option<String>,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// Firing alerts that it holds back.
    pub holds: Vec<Silenced>,
    /// Whether it held back anything within 24 hours; `None`: it is younger, or that cannot be told.
    pub held_lately: Option<bool>,
}

/// A firing alert that a silence holds back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// Which one: `source/fingerprint@start`.
    pub id: String,
    /// The rule's name.
    pub name: String,
    /// It would page.
    pub pages: bool,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
}
