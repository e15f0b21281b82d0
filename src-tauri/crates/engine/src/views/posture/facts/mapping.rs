//! What sources name and nothing says what it is.

/// Names without a mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnmappedFact {
    /// People whom no e-mail and no merge makes one with others.
    pub people: Vec<String>,
    /// Severities of incidents, as `source: word`.
    pub severities: Vec<String>,
    /// Services, as `source: name`.
    pub services: Vec<String>,
    /// The sources that name them.
    pub sources: Vec<String>,
}
