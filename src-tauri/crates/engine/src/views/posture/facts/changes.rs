//! What is known of changes to services.

use fairlead_domain::Timestamp;
use fairlead_domain::change::ChangeKind;

/// A change inside a freeze.
#[derive(Debug, Clone)]
pub struct ChangeFact {
    /// What kind of change.
    pub kind: ChangeKind,
    /// Title.
    pub title: String,
    /// The configured service, else what the source calls it.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// When.
    pub at: Timestamp,
    /// The source.
    pub source: String,
    /// The freeze's title.
    pub freeze: String,
}

/// A deploy of a tier 1 service, and how the service's budgets burned around it.
#[derive(Debug, Clone)]
pub struct DeployFact {
    /// `source/external_id`.
    pub id: String,
    /// The source of the change.
    pub source: String,
    /// Title.
    pub title: String,
    /// Service name.
    pub service: String,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// When it began.
    pub at: Timestamp,
    /// Address in the source.
    pub url: Option<String>,
    /// The SLO that burns most since.
    pub slo: String,
    /// Burn of the last whole hour before the deploy; `None`: not known.
    pub burn_before: Option<f64>,
    /// Burn of the last whole hour, which ends after the deploy; `None`: not known.
    pub burn_now: Option<f64>,
}
