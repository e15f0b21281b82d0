mod description;
mod faults;
mod limits;
mod truth;
mod walks;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use fairlead_domain::Timestamp;
use reqwest::{Client, Response};
use serde_json::Value;

use super::{FakePagerDuty, Quirks};
use crate::scenario::{Extent, Scenario};

const ACCEPT: &str = "application/vnd.pagerduty+json;version=2";

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-16T08:00:00Z").expect("an instant")
}

fn small() -> Scenario {
    Scenario::of(7, now(), Extent { incidents: 250, ..Extent::default() })
}

fn start(quirks: Quirks) -> FakePagerDuty {
    FakePagerDuty::start(small(), quirks).expect("a free port")
}

/// One client for all: to make one is slow. It keeps no connection, which would belong to the runtime of one test.
fn client() -> Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| Client::builder().pool_max_idle_per_host(0).build().expect("a client")).clone()
}

/// Asks as a well-behaved client does.
async fn ask(fake: &FakePagerDuty, target: &str) -> Response {
    let request = client().get(format!("{}{target}", fake.url()));
    let request = request.header("authorization", format!("Token token={}", fake.current_token()));
    request.header("accept", ACCEPT).header("content-type", "application/json").send().await.expect("an answer")
}

async fn read(fake: &FakePagerDuty, target: &str) -> Value {
    let answer = ask(fake, target).await;
    let status = answer.status();
    let body = answer.text().await.expect("a body");
    assert!(status.is_success(), "{target}: {status} {body}");
    serde_json::from_str(&body).expect("JSON")
}

/// The status and the vendor's code.
async fn refusal(fake: &FakePagerDuty, target: &str) -> (u16, Option<u64>) {
    let answer = ask(fake, target).await;
    let status = answer.status().as_u16();
    let body: Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
    (status, body.pointer("/error/code").and_then(Value::as_u64))
}

/// Every row of a list, page by page.
async fn walk(fake: &FakePagerDuty, path: &str, rows: &str, query: &str, limit: usize) -> Vec<Value> {
    let mut all = Vec::new();
    loop {
        let page = read(fake, &format!("{path}?limit={limit}&offset={}&{query}", all.len())).await;
        let found = page[rows].as_array().cloned().unwrap_or_default();
        let more = page["more"] == true && !found.is_empty();
        all.extend(found);
        if !more {
            return all;
        }
    }
}

fn ids(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row["id"].as_str()).map(str::to_owned).collect()
}
