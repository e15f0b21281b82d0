//! An account of PagerDuty on this machine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
}

impl Seen {
    /// The first value of a parameter.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn number(&self, key: &str, otherwise: usize) -> usize {
        self.value(key).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    }
}

type Tweak = Arc<dyn Fn(&Seen, usize, &mut Account) -> Option<Response> + Send + Sync>;

/// What the account holds.
#[derive(Default)]
pub struct Account {
    /// Lists by path; entries with `created_at` are filtered by since and until.
    pub lists: BTreeMap<&'static str, Vec<Value>>,
    /// Whole answers by path.
    pub objects: BTreeMap<String, Value>,
    seen: Vec<Seen>,
}

/// A running account.
pub struct Running {
    pub url: String,
    account: Arc<Mutex<Account>>,
}

impl Account {
    pub fn list(mut self, path: &'static str, entries: Vec<Value>) -> Self {
        self.lists.insert(path, entries);
        self
    }

    pub fn object(mut self, path: &str, answer: Value) -> Self {
        self.objects.insert(path.to_owned(), answer);
        self
    }

    pub async fn start(self) -> Running {
        self.start_with(|_, _, _| None).await
    }

    /// Starts it; `tweak` sees each request with its number from 0 on, may change the account, and may answer itself.
    pub async fn start_with(
        self,
        tweak: impl Fn(&Seen, usize, &mut Self) -> Option<Response> + Send + Sync + 'static,
    ) -> Running {
        let account = Arc::new(Mutex::new(self));
        let (shared, tweak): (_, Tweak) = (Arc::clone(&account), Arc::new(tweak));
        let answer = move |method: Method, uri: Uri, headers: HeaderMap| {
            let (account, tweak) = (Arc::clone(&shared), Arc::clone(&tweak));
            async move {
                let query = reqwest::Url::parse(&format!("http://x{uri}")).unwrap();
                let query = query.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
                let seen = Seen { method, path: uri.path().trim_start_matches('/').to_owned(), query, headers };
                let mut account = account.lock().unwrap();
                let count = account.seen.len();
                account.seen.push(seen.clone());
                tweak(&seen, count, &mut account).unwrap_or_else(|| account.answer(&seen))
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await.unwrap() });
        Running { url, account }
    }

    fn answer(&self, seen: &Seen) -> Response {
        if let Some(object) = self.objects.get(&seen.path) {
            return reply(StatusCode::OK, object);
        }
        let Some(entries) = self.lists.get(seen.path.as_str()) else {
            return reply(StatusCode::NOT_FOUND, &json!({ "error": { "code": 2100, "message": "Not Found" } }));
        };
        let (offset, limit) = (seen.number("offset", 0), seen.number("limit", 25).min(100));
        if offset + limit > 10_000 {
            return reply(StatusCode::BAD_REQUEST, &json!({ "error": { "code": 2002, "message": "offset + limit" } }));
        }
        let statuses: Vec<&str> =
            seen.query.iter().filter(|(key, _)| key == "statuses[]").map(|(_, status)| status.as_str()).collect();
        let all = seen.value("date_range") == Some("all");
        let inside = |entry: &&Value| {
            let created = entry["created_at"].as_str();
            let since = all || seen.value("since").is_none_or(|since| created.is_none_or(|at| at >= since));
            let until = all || seen.value("until").is_none_or(|until| created.is_none_or(|at| at <= until));
            since && until && (statuses.is_empty() || entry["status"].as_str().is_some_and(|s| statuses.contains(&s)))
        };
        let found: Vec<&Value> = entries.iter().filter(inside).collect();
        let page: Vec<&Value> = found.iter().skip(offset).take(limit).copied().collect();
        let more = offset + page.len() < found.len();
        let total = if seen.value("total") == Some("true") { json!(found.len()) } else { Value::Null };
        let key = seen.path.rsplit('/').next().unwrap();
        reply(StatusCode::OK, &json!({ key: page, "limit": limit, "offset": offset, "more": more, "total": total }))
    }
}

impl Running {
    pub fn seen(&self) -> Vec<Seen> {
        self.account.lock().unwrap().seen.clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    pub fn change(&self, change: impl FnOnce(&mut Account)) {
        change(&mut self.account.lock().unwrap());
    }
}

pub fn reply(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// The entries of a fixture.
pub fn fixture(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

/// So many entries with ids and, a minute apart from `start` on, times of creation.
pub fn many(count: usize, prefix: &str) -> Vec<Value> {
    let start = super::at("2026-11-01T00:00:00Z");
    let entry = |n: usize| {
        let at = start.plus_millis(i64::try_from(n).unwrap() * 60_000).to_rfc3339();
        json!({ "id": format!("{prefix}{n}"), "name": format!("{prefix} {n}"), "title": "t", "status": "resolved",
            "created_at": at, "resolved_at": at })
    };
    (0..count).map(entry).collect()
}
