//! What is known of people being notified.

use fairlead_domain::Timestamp;

/// A page that nobody has acknowledged.
#[derive(Debug, Clone)]
pub struct PageFact {
    /// `source/` and the incident's id, or that of the page where there is no incident.
    pub id: String,
    /// The source.
    pub source: String,
    /// What it is about: the service, else the incident's title.
    pub subject: String,
    /// Service name.
    pub service: Option<String>,
    /// Tier of the service.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// First notification.
    pub since: Timestamp,
    /// Seconds after which the source's policies ask the next level, where they agree.
    pub timeout_secs: Option<u32>,
    /// Address in the source.
    pub url: Option<String>,
}

/// The last nights of somebody who was paged.
#[derive(Debug, Clone)]
pub struct NightFact {
    /// Key of the person.
    pub person_key: String,
    /// What they are on call for: the word of the role; `None` when they are not on call now.
    pub role: Option<String>,
    /// The schedule they are on call for.
    pub schedule: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The sources of the pages.
    pub sources: Vec<String>,
    /// Wakes of the last night that began.
    pub wakes_last: u32,
    /// Wakes of the night before it.
    pub wakes_before: u32,
    /// First wake of the last night.
    pub since: Timestamp,
    /// They are on call in the coming night.
    pub again: bool,
}
