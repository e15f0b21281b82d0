//! What the page is narrowed to.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{IncidentKind, IncidentStatus};
use fairlead_store::synced::OutlineFilter;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::EngineError;

/// Severity of an incident whose source's word means none of ours.
pub const NOT_MAPPED: &str = "unmapped";
/// Severity of an incident whose source gives none.
pub const NOT_GIVEN: &str = "none";

/// What the page is narrowed to. Of each list any value may be met, of all lists each must; an empty list asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct IncidentFilters {
    /// Words of the title or number, the last one a beginning.
    pub text: Option<String>,
    /// Created at or after (RFC 3339).
    pub since: Option<String>,
    /// Created before (RFC 3339).
    pub until: Option<String>,
    /// Created in so many days before the instant.
    pub days: Option<u32>,
    /// Services of this team.
    pub team: Option<String>,
    /// Words of the status at the instant.
    pub statuses: Vec<String>,
    /// `1` (worst) to `5`, `unmapped`: the source's word means none of ours, `none`: the source gives none.
    pub severities: Vec<String>,
    /// Names of services, ours where there is one; empty text: incidents without.
    pub services: Vec<String>,
    /// Names of sources.
    pub sources: Vec<String>,
    /// Kinds: `paged`, `declared`, `status_page`.
    pub kinds: Vec<String>,
    /// Months of the workspace's zone in which they were created, `2026-11`.
    pub months: Vec<String>,
    /// Also tests, drills and what a drop rule takes.
    pub tests: bool,
}

impl IncidentFilters {
    /// What the store is asked for.
    ///
    /// # Errors
    /// [`EngineError::Usage`] for an instant or a word that is none.
    pub(super) fn outline(&self, as_of: Timestamp, titles: bool) -> Result<OutlineFilter, EngineError> {
        self.check()?;
        let of_days = self.days.map(|days| as_of.plus_days(-i64::from(days)));
        Ok(OutlineFilter {
            as_of,
            // Nothing is before the first of both: an absent one asks nothing.
            since: instant(self.since.as_deref())?.max(of_days),
            until: instant(self.until.as_deref())?,
            text: self.text.clone(),
            titles,
        })
    }

    /// Refuses words that mean nothing: they would find nothing, and nobody could tell why.
    ///
    /// # Errors
    /// [`EngineError::Usage`] with the word and those that there are.
    pub(crate) fn check(&self) -> Result<(), EngineError> {
        let statuses: Vec<&str> = IncidentStatus::ALL.iter().map(|status| status.word()).collect();
        let kinds: Vec<&str> = IncidentKind::ALL.iter().map(|kind| kind.word()).collect();
        known("status", &self.statuses, &statuses)?;
        known("kind", &self.kinds, &kinds)?;
        known("severity", &self.severities, &["1", "2", "3", "4", "5", NOT_MAPPED, NOT_GIVEN])?;
        instant(self.since.as_deref())?;
        instant(self.until.as_deref()).map(|_| ())
    }

    /// The lists in the order of the facets.
    pub(super) fn chosen(&self) -> [BTreeSet<&str>; 6] {
        let all = [&self.statuses, &self.severities, &self.services, &self.sources, &self.kinds, &self.months];
        all.map(|words| words.iter().map(String::as_str).collect())
    }
}

fn known(what: &str, words: &[String], all: &[&str]) -> Result<(), EngineError> {
    match words.iter().find(|word| !all.contains(&word.as_str())) {
        None => Ok(()),
        Some(word) => {
            Err(EngineError::Usage { message: format!("{word:?} is no {what}: they are {}", all.join(", ")) })
        }
    }
}

fn instant(text: Option<&str>) -> Result<Option<Timestamp>, EngineError> {
    let Some(text) = text else { return Ok(None) };
    let parsed = Timestamp::parse_rfc3339(text);
    parsed.map(Some).map_err(|_| EngineError::Usage {
        message: format!("{text:?} is no instant: it is written like 2026-11-16T07:00:00Z"),
    })
}
