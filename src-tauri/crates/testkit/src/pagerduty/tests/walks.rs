use std::time::{Duration, Instant};

use rstest::rstest;

use super::{ids, now, read, start, walk};
use crate::pagerduty::state::{Arrival, State};
use crate::pagerduty::{FakePagerDuty, Quirks, Walk, When};
use crate::scenario::Scenario;
use crate::scenario::mutation::Mutation;

#[rstest]
#[case("/users", "users", "", 100)]
#[case("/users", "users", "", 7)]
#[case("/teams", "teams", "", 1)]
#[case("/services", "services", "", 2)]
#[case("/escalation_policies", "escalation_policies", "", 1)]
#[case("/schedules", "schedules", "", 2)]
#[case("/v3/schedules", "schedules", "", 1)]
#[case("/incidents", "incidents", "date_range=all", 33)]
#[case("/incidents", "incidents", "since=2026-06-01T00:00:00Z&until=2026-11-16T08:00:00Z&sort_by=created_at:desc", 100)]
#[case("/log_entries", "log_entries", "since=2026-08-01T00:00:00Z&until=2026-11-16T08:00:00Z", 100)]
#[case("/maintenance_windows", "maintenance_windows", "", 2)]
#[tokio::test]
async fn a_walk_sees_each_row_once(#[case] path: &str, #[case] rows: &str, #[case] query: &str, #[case] limit: usize) {
    let fake = start(Quirks::default());
    let all = walk(&fake, path, rows, query, limit).await;
    let total = if path.starts_with("/v3/") {
        2
    } else {
        read(&fake, &format!("{path}?total=true&{query}")).await["total"].as_u64().expect("a total")
    };
    assert_eq!(all.len() as u64, total);
    assert_eq!(ids(&all).len(), all.len(), "an id came twice");
    assert!(fake.violations().is_empty(), "{:?}", fake.violations());
}

#[tokio::test]
async fn the_total_is_unknown_unless_asked_for() {
    let fake = start(Quirks::default());
    assert!(read(&fake, "/incidents?date_range=all").await["total"].is_null());
    assert_eq!(read(&fake, "/incidents?date_range=all").await["limit"], 25, "the usual page");
}

#[tokio::test]
async fn a_row_that_comes_between_two_pages_shifts_them() {
    let fake = start(Quirks::default());
    let query = "since=2026-10-01T00:00:00Z&until=2026-11-17T00:00:00Z";
    let before = walk(&fake, "/log_entries", "log_entries", query, 50).await;
    let begin = Mutation::Begin { service: 1, person: 4, at: now().plus_hours(1), priority: None };
    fake.mutate_at(When::path("/log_entries", 2), begin);
    let shifted = walk(&fake, "/log_entries", "log_entries", query, 50).await;
    assert_eq!(shifted.len(), before.len() + 3, "three rows are seen again");
    assert_eq!(ids(&shifted), ids(&before), "the new ones are on a page that was read before");
}

#[tokio::test]
async fn a_feed_longer_than_offsets_reach_is_read_in_windows() {
    let fake = FakePagerDuty::start(Scenario::new(7, now()), Quirks::default()).expect("a free port");
    let story = fake.story();
    let moments: usize = story.cases.iter().map(|case| case.moments.len()).sum();
    assert!(moments > 10_000);
    assert_eq!(super::refusal(&fake, "/log_entries?limit=100&offset=9950").await, (400, Some(2002)));
    let (mut seen, mut start) = (0, story.window.start);
    while start < story.window.end {
        let end = start.plus_days(60).min(story.window.end);
        let page = read(&fake, &format!("/log_entries?limit=1&total=true&since={start}&until={end}")).await;
        seen += page["total"].as_u64().expect("a total");
        start = end;
    }
    // A moment in the very second in which two windows meet is in both.
    let moments = moments as u64;
    assert!((moments..=moments + 10).contains(&seen), "{seen} of {moments}");
}

#[test]
fn a_page_costs_little_more_than_its_json() {
    let began = Instant::now();
    let mut state = State::new(Scenario::new(7, now()), Quirks::default(), began);
    let (mut rows, mut offset) = (0, 0);
    let (mut serving, mut plain) = (Duration::ZERO, Duration::ZERO);
    let mut more = true;
    while more && offset < 9_900 {
        let query = [("limit", "100".to_owned()), ("offset", offset.to_string())];
        let arrival = Arrival {
            method: "GET".to_owned(),
            path: "/log_entries".to_owned(),
            query: Some(query.map(|(name, value)| (name.to_owned(), value)).to_vec()),
            authorization: Some(format!("Bearer {}", state.token())),
            accept: Some(super::ACCEPT.to_owned()),
            content_type: Some("application/json".to_owned()),
            body: Vec::new(),
        };
        let started = Instant::now();
        let body = state.receive(arrival, began).body;
        serving += started.elapsed();
        let started = Instant::now();
        let page: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(serde_json::to_vec(&page).expect("bytes").len(), body.len());
        plain += started.elapsed();
        rows += page["log_entries"].as_array().map_or(0, Vec::len);
        more = page["more"] == true;
        offset += 100;
    }
    assert_eq!(rows, 9_900, "half of the feed, to the last page that offsets reach");
    assert!(serving < plain * 6, "serving took {serving:?}, reading and writing the same JSON {plain:?}");
}

#[tokio::test]
async fn a_thrifty_walk_needs_the_minimum() {
    let fake = start(Quirks::default());
    let window = fake.story().window;
    let query = format!("since={}&until={}", window.start, window.end);
    walk(&fake, "/incidents", "incidents", &query, 100).await;
    assert_eq!(fake.log().len() as u64, fake.minimum_requests(Walk::Incidents(window)));
    fake.forget();
    walk(&fake, "/users", "users", "", 100).await;
    walk(&fake, "/teams", "teams", "", 100).await;
    for team in walk(&fake, "/teams", "teams", "", 100).await {
        walk(&fake, &format!("/teams/{}/members", team["id"].as_str().expect("an id")), "members", "", 100).await;
    }
    for (path, rows) in [("/services", "services"), ("/escalation_policies", "escalation_policies")] {
        walk(&fake, path, rows, "", 100).await;
    }
    walk(&fake, "/schedules", "schedules", "", 100).await;
    walk(&fake, "/v3/schedules", "schedules", "", 1_000).await;
    assert_eq!(fake.log().len() as u64 - 1, fake.minimum_requests(Walk::Catalogue), "one list was read twice");
}
