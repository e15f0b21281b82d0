//! Asking PagerDuty. There is one way out of here, and it is `GET`.

use std::num::NonZeroU32;

use serde_json::{Map, Value};

use super::settings::US;
use crate::http::{Answer, Endpoint, Fields, Http, Share};
use crate::{Build, ConfigIssue, ConnectorError};

/// Entries of a page: the most that every list gives.
pub(super) const LIMIT: u64 = 100;

/// Entries of one question that can be reached: beyond, PagerDuty refuses to go on.
pub(super) const REACH: u64 = 10_000;

/// The published limit of an account's key, in requests per minute.
const PER_MINUTE: NonZeroU32 = per_minute(960);

/// The lane of `/oncalls`, which PagerDuty counts apart under a lower limit that it does not publish.
pub(super) const ONCALLS_LANE: &str = "oncalls";

/// What is taken for that lower limit.
const ONCALLS_PER_MINUTE: NonZeroU32 = per_minute(60);

const fn per_minute(requests: u32) -> NonZeroU32 {
    match NonZeroU32::new(requests) {
        Some(requests) => requests,
        None => NonZeroU32::MIN,
    }
}

const HEADERS: &[(&str, &str)] =
    &[("accept", "application/vnd.pagerduty+json;version=2"), ("content-type", "application/json")];

/// A page of log entries with the incidents in it can be large.
const PAGE_MIB: u64 = 64;

const EU: &str = "https://api.eu.pagerduty.com";

/// A list that is read page by page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource {
    /// Path beneath the source's address.
    pub path: &'static str,
    /// The list's key in the answer.
    pub list: &'static str,
    /// What it is, for messages.
    pub what: &'static str,
    /// What is lost without it.
    pub lost: &'static str,
    /// Lane of its own.
    pub lane: Option<&'static str>,
    /// Statuses that mean an account without this.
    pub absent: &'static [u16],
    /// Fields of an entry that are read; without it all.
    pub reads: Option<fn() -> Fields>,
}

impl Resource {
    pub const fn new(path: &'static str, list: &'static str, what: &'static str, lost: &'static str) -> Self {
        Self { path, list, what, lost, lane: None, absent: &[], reads: None }
    }

    /// Of which no more than these fields are read.
    pub const fn reading(self, reads: fn() -> Fields) -> Self {
        Self { reads: Some(reads), ..self }
    }

    /// What is read of an answer.
    fn fields(&self) -> Fields {
        let entries = self.reads.map_or_else(Fields::whole, |reads| reads());
        entries.beneath(self.list).and(Fields::named(["more", "total"]))
    }
}

/// One page of a list.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The entries.
    pub entries: Vec<Value>,
    /// Whether there are more.
    pub more: bool,
    /// How many there are in all, where PagerDuty says so.
    pub total: Option<u64>,
    /// The account has no such thing.
    pub absent: bool,
}

/// A single object as it was answered.
#[derive(Debug)]
pub(super) enum Found {
    /// It is there.
    Object(Value),
    /// It is not there, or is of another system.
    Missing,
}

/// The way to PagerDuty, for reading alone.
pub(super) struct Api {
    http: Http,
}

impl Api {
    pub fn new(settings: &Value, build: &Build<'_>) -> Result<Self, ConfigIssue> {
        let http = Http::from_settings(settings, build)?
            .with_token_prefix("Token token=")
            .with_limit_per_minute(PER_MINUTE)
            .with_lane(ONCALLS_LANE, ONCALLS_PER_MINUTE);
        Ok(Self { http })
    }

    pub const fn http(&self) -> &Http {
        &self.http
    }

    pub fn host(&self) -> String {
        self.http.host()
    }

    /// Asks for up to `limit` entries of a list from `offset` on.
    pub async fn page(
        &self,
        resource: &Resource,
        query: &[(&str, &str)],
        (offset, limit): (u64, u64),
        share: Share,
    ) -> Result<Page, ConnectorError> {
        let (offset_text, limit) = (offset.to_string(), limit.to_string());
        let mut query = query.to_vec();
        query.extend([("limit", limit.as_str()), ("offset", &offset_text), ("total", "true")]);
        let reads: Vec<u16> = resource.absent.iter().copied().chain([400]).collect();
        let endpoint = endpoint(resource.what, resource.lost, share).in_lane(resource.lane).reading(&reads);
        let answer = self.get(resource.path, &query, endpoint).await?;
        if resource.absent.contains(&answer.status) {
            return Ok(Page { absent: true, ..Page::default() });
        }
        if answer.status == 400 {
            return Err(self.refused(&answer, offset > 0));
        }
        let expected = format!("a list of {}", resource.what);
        let mut body = answer.json_in(&resource.fields(), &expected)?;
        let Some(Value::Array(entries)) = body.get_mut(resource.list).map(Value::take) else {
            let reason = format!("there is no list {:?} in it", resource.list);
            return Err(ConnectorError::Decode { host: answer.host, expected, reason });
        };
        let more = body.get("more").and_then(Value::as_bool).unwrap_or(false);
        Ok(Page { more, total: body.get("total").and_then(Value::as_u64), entries, absent: false })
    }

    /// Asks for up to [`LIMIT`] entries, from `offset` on, of a list that belongs to one object and stands under one of
    /// `keys`. An object that is not there has none.
    pub async fn part(
        &self,
        path: &str,
        keys: &[&str],
        query: &[(&str, &str)],
        offset: u64,
        endpoint: Endpoint<'_>,
    ) -> Result<Page, ConnectorError> {
        let (offset, limit) = (offset.to_string(), LIMIT.to_string());
        let mut query = query.to_vec();
        query.extend([("limit", limit.as_str()), ("offset", &offset)]);
        let answer = self.get(path, &query, endpoint.reading(&[400, 404])).await?;
        if matches!(answer.status, 400 | 404) {
            return Ok(Page::default());
        }
        let mut body: Map<String, Value> = answer.json(&format!("the {}", endpoint.what))?;
        let entries = keys.iter().find_map(|key| match body.remove(*key) {
            Some(Value::Array(entries)) => Some(entries),
            _ => None,
        });
        let more = body.get("more").and_then(Value::as_bool).unwrap_or(false);
        Ok(Page { entries: entries.unwrap_or_default(), more, ..Page::default() })
    }

    /// Asks for one object, which stands under `key`.
    pub async fn one(
        &self,
        path: &str,
        key: &str,
        query: &[(&str, &str)],
        endpoint: Endpoint<'_>,
    ) -> Result<Found, ConnectorError> {
        let answer = self.get(path, query, endpoint.reading(&[400, 404])).await?;
        if matches!(answer.status, 400 | 404) {
            return Ok(Found::Missing);
        }
        let expected = format!("one of the {}", endpoint.what);
        let mut body: Map<String, Value> = answer.json(&expected)?;
        let missing = || ConnectorError::Decode {
            host: answer.host.clone(),
            expected: expected.clone(),
            reason: format!("there is no {key:?} in it"),
        };
        body.remove(key).filter(Value::is_object).map(Found::Object).ok_or_else(missing)
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], endpoint: Endpoint<'_>) -> Result<Answer, ConnectorError> {
        self.http.get(path, query, endpoint).await.map_err(in_region)
    }

    /// A question that PagerDuty does not take. Behind the first page that means that it is too far.
    fn refused(&self, answer: &Answer, behind_the_first: bool) -> ConnectorError {
        let host = self.http.host();
        let body: Value = answer.json("a reason").unwrap_or_default();
        let said = body.pointer("/error/message").and_then(Value::as_str).unwrap_or("Bad Request");
        let reason = fairlead_domain::text::clean_line(said);
        if behind_the_first || body.pointer("/error/code").and_then(Value::as_u64) == Some(2002) {
            ConnectorError::TooLarge { host, reason }
        } else {
            ConnectorError::Upstream { host, status: 400, reason }
        }
    }
}

/// An endpoint as every question here has it.
pub(super) const fn endpoint<'a>(what: &'a str, lost: &'a str, share: Share) -> Endpoint<'a> {
    Endpoint::new(what, lost).with_headers(HEADERS).up_to_mib(PAGE_MIB).paid_from(share)
}

/// A key of the other region is refused like a wrong one: says so.
fn in_region(error: ConnectorError) -> ConnectorError {
    let host_of = |url: &'static str| url.trim_start_matches("https://");
    match error {
        ConnectorError::Auth { host, status } if host == host_of(US) => {
            ConnectorError::Auth { host: format!("{host} (an account of the EU region needs url = \"{EU}\")"), status }
        }
        ConnectorError::Auth { host, status } if host == host_of(EU) => {
            ConnectorError::Auth { host: format!("{host} (an account of the US region needs no url)"), status }
        }
        other => other,
    }
}

/// An id as it stands in a path.
pub(super) fn in_path(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_key_names_the_other_region() {
        let refused = |host: &str| in_region(ConnectorError::Auth { host: host.into(), status: 401 }).to_string();
        assert!(refused("api.pagerduty.com").contains("https://api.eu.pagerduty.com"));
        assert!(refused("api.eu.pagerduty.com").contains("US region"));
        assert!(!refused("proxy.example").contains("region"));
    }

    #[test]
    fn an_id_cannot_leave_its_place_in_the_path() {
        assert_eq!(in_path("PT4KHLK"), "PT4KHLK");
        assert_eq!(in_path("../users"), "%2E%2E%2Fusers");
    }
}
