//! Open incidents by name: the worst first.

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::facts::IncidentFact;
use crate::views::incidents::{TITLE, cut};

/// So many are named; the rest is on the page of incidents.
const NAMED: usize = 5;

/// An incident that somebody must still act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OpenIncident {
    /// `source/external_id`: what the page of incidents opens.
    pub id: String,
    /// The number people say; where the source gives none, its id.
    pub number: String,
    /// Title, cut where it is long.
    pub title: String,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source's word, where it means none of ours.
    pub severity_said: Option<String>,
    /// Our service, else the source's name for it.
    pub service: Option<String>,
    /// The service's tier, 1 the most important.
    pub tier: Option<u8>,
    /// Where it stood at the instant: `open`, `acked` or `mitigated`.
    pub status: String,
    /// First acknowledgement; null: none, or the source does not tell.
    #[specta(type = Option<String>)]
    pub acked_at: Option<Timestamp>,
    /// `paged`, `declared` or `status_page`.
    pub kind: String,
    /// The source.
    pub source: String,
    /// When it was made.
    #[specta(type = String)]
    pub since: Timestamp,
}

impl OpenIncident {
    /// `SEV2 INC-41 Ledger lag (ledger), acked`.
    #[must_use]
    pub fn words(&self) -> String {
        let severity = match (self.severity, &self.severity_said) {
            (Some(level), _) => format!("SEV{level}"),
            (None, Some(word)) => word.clone(),
            (None, None) => "No severity:".to_owned(),
        };
        let service = self.service.as_ref().map_or_else(String::new, |service| format!(" ({service})"));
        cut(&format!("{severity} {} {}{service}, {}", self.number, self.title, self.status), usize::MAX).0
    }
}

/// The worst that are open: by severity, one without any last; inside each those that nobody took yet, then the most
/// important service, then the oldest.
pub(super) fn worst(incidents: &[IncidentFact]) -> Vec<OpenIncident> {
    let mut open: Vec<&IncidentFact> = incidents.iter().collect();
    open.sort_by_key(|one| {
        let severity = one.severity.unwrap_or(u8::MAX);
        (severity, one.status, one.tier.unwrap_or(2), one.created_at, &one.id)
    });
    open.into_iter().take(NAMED).map(entry).collect()
}

fn entry(incident: &IncidentFact) -> OpenIncident {
    OpenIncident {
        id: incident.id.clone(),
        number: incident.number.clone(),
        title: cut(&incident.title, TITLE).0,
        severity: incident.severity,
        severity_said: incident.severity_said.clone().filter(|_| incident.severity.is_none()),
        service: incident.service.clone(),
        tier: incident.tier,
        status: incident.status.word().to_owned(),
        acked_at: incident.acked_at,
        kind: incident.kind.word().to_owned(),
        source: incident.source.clone(),
        since: incident.created_at,
    }
}
