//! The shape of the incident answers (cli.md `incidents list`).

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use crate::page_rules::PageRulesVersion;
use crate::views::answer::Warning;
use crate::views::hidden::HiddenCounts;
use crate::views::unmapped::Unmapped;

/// A page of incidents, newest first.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentList {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The incidents.
    pub incidents: Vec<IncidentEntry>,
    /// Goes verbatim to `--after` for the next page.
    pub next: Option<String>,
    /// Incidents that match and are left out of this page.
    pub hidden: HiddenCounts,
    /// The rules by which they are left out.
    pub page_rules: PageRulesVersion,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct IncidentEntry {
    /// `source/external_id`.
    pub id: String,
    /// The source.
    pub source: String,
    /// The source's id.
    pub external_id: String,
    /// `paged`, `declared` or `status_page`.
    pub kind: String,
    /// The number people say.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Where it stood at `as_of`.
    pub status: String,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The service's name.
    pub service: Option<String>,
    /// When it was made.
    #[specta(type = String)]
    pub created_at: Timestamp,
    /// First acknowledgement.
    #[specta(type = Option<String>)]
    pub acked_at: Option<Timestamp>,
    /// Last resolution.
    #[specta(type = Option<String>)]
    pub resolved_at: Option<Timestamp>,
    /// Who took part.
    pub responders: Vec<ResponderEntry>,
    /// Address in the source.
    pub url: Option<String>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ResponderEntry {
    /// Who.
    pub person: String,
    /// In which part.
    pub role: Option<String>,
}

/// One incident with its timeline.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentDetail {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The incident.
    pub incident: IncidentEntry,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TimelineEntry {
    /// When.
    #[specta(type = String)]
    pub at: Timestamp,
    /// What kind.
    pub kind: String,
    /// Who.
    pub actor: Option<String>,
    /// One line.
    pub text: Option<String>,
}
