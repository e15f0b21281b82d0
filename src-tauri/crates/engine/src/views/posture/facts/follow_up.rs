//! What is known of what should follow incidents.

use fairlead_domain::Timestamp;

/// A follow-up that is late.
#[derive(Debug, Clone)]
pub struct OverdueFact {
    /// The source.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Title.
    pub title: String,
    /// Severity of its incident; `None` where it has none or it is not stored.
    pub severity: Option<u8>,
    /// When it was due.
    pub due: Timestamp,
}

/// A severe incident that is over and has no postmortem.
#[derive(Debug, Clone)]
pub struct ReviewFact {
    /// `source/external_id`.
    pub id: String,
    /// The source of the incident.
    pub source: String,
    /// Sources of postmortems.
    pub review_sources: Vec<String>,
    /// Number, else the id.
    pub number: String,
    /// Title.
    pub title: String,
    /// 1 or 2.
    pub severity: u8,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// When it was resolved.
    pub resolved_at: Timestamp,
    /// Whole working days since.
    pub working_days: u32,
    /// Address in the source.
    pub url: Option<String>,
}
