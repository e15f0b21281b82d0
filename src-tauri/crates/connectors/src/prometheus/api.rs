//! The questions that are put to the server, and what its refusals mean.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use fairlead_domain::text::clean_line;
use serde::de::DeserializeOwned;

use super::occurrence::{Broken, Firing, History, STEP};
use super::pyrra::quoted;
use super::span;
use super::wire::{
    BuildInfo, Envelope, Fault, Labels, Point, QueryResult, RuleGroup, RuleGroups, RuntimeInfo, Sample, Series,
};
use crate::ConnectorError;
use crate::http::{Answer, Endpoint, Http};

/// Points that Prometheus gives for one series.
const MAX_POINTS: i64 = 11_000;

/// Statuses whose documents are read here.
const READ: &[u16] = &[400, 404, 413, 422, 503];

/// Pages of rules that are read at most.
const MAX_RULE_PAGES: u32 = 1_000;

/// Words in refusals that ask for a smaller question.
const TOO_LARGE: [&str; 9] = [
    "exceeded maximum resolution",
    "too many samples",
    "too many points",
    "err-mimir-max",
    "query timed out",
    "exceeds the limit",
    "query time range",
    "-search.max",
    "too large",
];

/// What became of a query.
#[derive(Debug)]
pub(super) enum Asked<T> {
    /// The answer.
    Answered {
        /// One entry for each series.
        rows: Vec<T>,
        /// Why the answer is not whole, in the server's words.
        warning: Option<String>,
    },
    /// The query itself was refused.
    Refused(Refusal),
}

/// Why the server did not answer a query that it understood as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The status that came with it.
    pub status: u16,
    /// The server's words.
    pub reason: String,
}

/// Hours or ticks to evaluate at: from, to (both included) and step, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    /// First instant.
    pub from: i64,
    /// Last instant.
    pub to: i64,
    /// Between two.
    pub step: i64,
}

/// What a server says of how long it keeps samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retention {
    /// So long.
    Kept(Duration),
    /// Nothing: it does not offer it, whoever asks may not read it, or only a size bounds it.
    Untold,
    /// It could not be read this time.
    Unread,
}

impl Retention {
    /// The time for which samples are kept, where it is known.
    pub const fn kept(self) -> Option<Duration> {
        match self {
            Self::Kept(kept) => Some(kept),
            Self::Untold | Self::Unread => None,
        }
    }
}

/// A server with the interface of Prometheus.
#[derive(Debug)]
pub(super) struct Api {
    http: Http,
    /// Why even a small question was not answered; larger ones are then not put, as each would wait as long.
    hung: Mutex<Option<ConnectorError>>,
}

impl Api {
    pub const fn new(http: Http) -> Self {
        Self { http, hung: Mutex::new(None) }
    }

    fn remember(&self, answer: &Result<Answer, ConnectorError>) {
        let hung = answer.as_ref().err().filter(|error| matches!(error, ConnectorError::Timeout { .. })).cloned();
        *self.hung.lock().unwrap_or_else(PoisonError::into_inner) = hung;
    }

    fn hung(&self) -> Option<ConnectorError> {
        self.hung.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub const fn http(&self) -> &Http {
        &self.http
    }

    /// A query at one instant.
    pub async fn instant(&self, query: &str, at: i64) -> Result<Asked<Sample>, ConnectorError> {
        let form = [("query", query), ("time", &at.to_string()), ("dedup", "true"), ("partial_response", "false")];
        let endpoint = Endpoint::new("series", "SLOs and alerts are not seen").reading(READ);
        let answer = self.http.post_form("api/v1/query", &form, endpoint).await;
        self.remember(&answer);
        self.asked(&answer.map_err(|error| self.explained(error))?, false)
    }

    /// A query over a grid.
    ///
    /// # Errors
    /// [`ConnectorError::TooLarge`] where a smaller grid would be answered.
    pub async fn range(&self, query: &str, grid: Grid) -> Result<Asked<Series>, ConnectorError> {
        if (grid.to - grid.from) / grid.step.max(1) > MAX_POINTS {
            return Err(self.too_large("more than 11,000 points"));
        }
        if let Some(hung) = self.hung() {
            return Err(hung);
        }
        let (from, to, step) = (grid.from.to_string(), grid.to.to_string(), grid.step.to_string());
        let form = [
            ("query", query),
            ("start", &from),
            ("end", &to),
            ("step", &step),
            ("dedup", "true"),
            ("partial_response", "false"),
        ];
        let endpoint = Endpoint::new("series", "SLOs and alerts have no past").reading(READ).up_to_mib(64);
        match self.http.post_form("api/v1/query_range", &form, endpoint).await {
            Ok(answer) => self.asked(&answer, true),
            Err(ConnectorError::BodyTooLarge { .. }) => Err(self.too_large("more than 64 MiB")),
            Err(ConnectorError::Timeout { .. }) if grid.to - grid.from > 86_400 => {
                Err(self.too_large("it took too long"))
            }
            Err(other) => Err(self.explained(other)),
        }
    }

    /// A page that is not there is no fault of the question: the address leads elsewhere.
    fn explained(&self, error: ConnectorError) -> ConnectorError {
        match error {
            ConnectorError::Upstream { status: 404, .. } => self.not_there(),
            other => other,
        }
    }

    fn not_there(&self) -> ConnectorError {
        let reason = "nothing answers /api/v1/query there: check the path in url".to_owned();
        ConnectorError::Upstream { host: self.http.host(), status: 404, reason }
    }

    /// What an answer says; `divisible` questions can be put for less.
    fn asked<T: DeserializeOwned>(&self, answer: &Answer, divisible: bool) -> Result<Asked<T>, ConnectorError> {
        if answer.status >= 300 {
            return self.refused(answer, divisible).map(Asked::Refused);
        }
        let envelope: Envelope<QueryResult<T>> = answer.json("the result of a query")?;
        match envelope.data.filter(|_| envelope.status == "success") {
            Some(data) => {
                let warning = envelope.warnings.and_then(|w| w.into_iter().next()).map(|w| clean_line(&w));
                Ok(Asked::Answered { rows: data.result, warning })
            }
            None => self.refused(answer, divisible).map(Asked::Refused),
        }
    }

    /// The reason of a refusal that concerns the query; any other refusal is an error.
    fn refused(&self, answer: &Answer, divisible: bool) -> Result<Refusal, ConnectorError> {
        let fault: Fault = answer.json("an error's document").unwrap_or_default();
        let reason = clean_line(&fault.error.unwrap_or_default());
        let kind = fault.error_type.unwrap_or_default();
        let large = answer.status == 413 || kind == "timeout" || TOO_LARGE.iter().any(|words| reason.contains(words));
        match answer.status {
            _ if large && divisible => Err(self.too_large(&reason)),
            status @ (400 | 422 | 200) => Ok(Refusal { status, reason }),
            404 if reason.is_empty() => Err(self.not_there()),
            status => Err(ConnectorError::Upstream { host: self.http.host(), status, reason }),
        }
    }

    /// The refusal of a question that nothing can be read without.
    pub fn failed(&self, refusal: Refusal) -> ConnectorError {
        ConnectorError::Upstream { host: self.http.host(), status: refusal.status, reason: refusal.reason }
    }

    fn too_large(&self, reason: &str) -> ConnectorError {
        ConnectorError::TooLarge { host: self.http.host(), reason: reason.to_owned() }
    }

    /// Every group of rules; `None` where they may not be read or the server has none of this interface.
    pub async fn rules(&self) -> Result<Option<Vec<RuleGroup>>, ConnectorError> {
        let (mut groups, mut token) = (Vec::new(), None::<String>);
        for _ in 0..MAX_RULE_PAGES {
            let mut query = vec![("exclude_alerts", "true")];
            query.extend(token.as_deref().map(|token| ("group_next_token", token)));
            let endpoint = Endpoint::new("rules", "events cannot be counted").reading(&[404, 501]).up_to_mib(64);
            let answer = match self.http.get("api/v1/rules", &query, endpoint).await {
                Ok(answer) if answer.status >= 300 => return Ok(None),
                Err(ConnectorError::Forbidden { .. }) => return Ok(None),
                Err(ConnectorError::Upstream { status: 404 | 405 | 501, .. }) => return Ok(None),
                other => other?,
            };
            let envelope: Envelope<RuleGroups> = answer.json("rule groups")?;
            let page = envelope.data.unwrap_or_default();
            groups.extend(page.groups);
            token = page.group_next_token.filter(|next| !next.is_empty() && Some(next) != token.as_ref());
            if token.is_none() {
                break;
            }
        }
        Ok(Some(groups))
    }

    /// The server's version.
    pub async fn version(&self) -> Result<String, ConnectorError> {
        let endpoint = Endpoint::new("the version", "nothing else");
        let answer = self.http.get("api/v1/status/buildinfo", &[], endpoint).await?;
        let envelope: Envelope<BuildInfo> = answer.json("the version")?;
        Ok(clean_line(&envelope.data.unwrap_or_default().version))
    }

    /// How long the server keeps samples.
    pub async fn retention(&self) -> Result<Retention, ConnectorError> {
        let endpoint = Endpoint::new("the retention", "the depth of history").reading(&[404, 501]);
        let answer = match self.http.get("api/v1/status/runtimeinfo", &[], endpoint).await {
            Ok(answer) if answer.status >= 300 => return Ok(Retention::Untold),
            Err(ConnectorError::Forbidden { .. } | ConnectorError::Upstream { status: 404 | 405 | 501, .. }) => {
                return Ok(Retention::Untold);
            }
            Err(ConnectorError::Upstream { .. } | ConnectorError::Decode { .. }) => return Ok(Retention::Unread),
            other => other?,
        };
        let known = answer.json::<Envelope<RuntimeInfo>>("the retention").ok().and_then(|envelope| envelope.data);
        let kept = known.and_then(|info| span::retention(&info.storage_retention));
        Ok(kept.map_or(Retention::Untold, Retention::Kept))
    }
}

#[async_trait]
impl History for Api {
    async fn firing(&self, from: i64, to: i64, only: Option<&Labels>) -> Result<Vec<Firing>, Broken> {
        let matchers: String =
            only.into_iter().flatten().map(|(key, value)| format!(",{key}={}", quoted(value))).collect();
        let query = format!("ALERTS{{alertstate=\"firing\"{matchers}}}");
        match self.range(&query, Grid { from, to, step: STEP }).await? {
            Asked::Answered { rows, warning: None } => Ok(rows.into_iter().map(firing).collect()),
            Asked::Answered { warning: Some(warning), .. } => Err(Broken::Incomplete(warning)),
            Asked::Refused(refusal) => Err(Broken::Failed(self.failed(refusal))),
        }
    }
}

fn firing(series: Series) -> Firing {
    let ticks = series.values.iter().map(Point::secs).collect();
    let mut labels = series.metric;
    labels.remove("__name__");
    labels.remove("alertstate");
    Firing { labels, ticks }
}

#[cfg(test)]
#[path = "api_tests.rs"]
mod tests;
