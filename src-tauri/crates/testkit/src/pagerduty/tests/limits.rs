use std::time::Duration;

use reqwest::Client;
use rstest::rstest;

use super::{ACCEPT, ask, now, read, refusal, start};
use crate::pagerduty::{FakePagerDuty, PagerDuty, Quirks, Rate};
use crate::scenario::mutation::Mutation;
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::person::RUTH;

#[rstest]
#[case::too_deep("/incidents?date_range=all&offset=9950&limit=100", 400, 2002)]
#[case::too_wide("/incidents?since=2026-01-01T00:00:00Z&until=2026-11-16T00:00:00Z", 400, 2001)]
#[case::backwards("/incidents?since=2026-11-16T00:00:00Z&until=2026-11-01T00:00:00Z", 400, 2001)]
#[case::unescaped_plus("/incidents?since=2026-11-01T00:00:00+01:00&until=2026-11-16T00:00:00Z", 400, 2001)]
#[case::bad_sort("/incidents?sort_by=updated_at:asc", 400, 2001)]
#[case::bad_zone("/log_entries?time_zone=Mars/Olympus", 400, 2001)]
#[case::bad_limit("/users?limit=many", 400, 2001)]
#[case::three_months("/notifications?since=2026-08-01T00:00:00Z&until=2026-11-01T00:00:00Z", 400, 2001)]
#[case::no_bounds("/notifications", 400, 2001)]
#[case::v3_limit("/v3/schedules?limit=1001", 400, 2001)]
#[case::unknown_incident("/incidents/QNOTTHERE0000", 404, 2100)]
#[case::unknown_user("/users/PNOBODY", 404, 2100)]
#[case::own_user("/users/me", 400, 2001)]
#[tokio::test]
async fn what_is_out_of_bounds_is_refused_with_its_code(#[case] target: &str, #[case] status: u16, #[case] code: u64) {
    assert_eq!(refusal(&start(Quirks::default()), target).await, (status, Some(code)));
}

#[tokio::test]
async fn one_bound_means_a_month_and_none_the_last_one() {
    let fake = start(Quirks::default());
    let total = |page: serde_json::Value| page["total"].as_u64().expect("a total");
    let all = total(read(&fake, "/incidents?date_range=all&total=true").await);
    let lone = total(read(&fake, "/incidents?since=2026-06-01T00:00:00Z&total=true").await);
    let month = "/incidents?since=2026-06-01T00:00:00Z&until=2026-07-01T00:00:00Z&total=true";
    assert_eq!(lone, total(read(&fake, month).await));
    assert!(lone < all / 3, "{lone} of {all}");
    assert!(total(read(&fake, "/incidents?total=true").await) < all / 3);
}

#[tokio::test]
async fn incidents_are_found_by_creation_alone_and_the_feed_by_what_happened() {
    let fake = start(Quirks::default());
    let old = fake.story().lingering().expect("an old one");
    fake.mutate(Mutation::ack(old, 1, now().plus_hours(1)));
    let today = "since=2026-11-16T08:30:00Z&until=2026-11-16T10:00:00Z";
    assert_eq!(read(&fake, &format!("/incidents?{today}")).await["incidents"], serde_json::json!([]));
    let feed = read(&fake, &format!("/log_entries?{today}&include[]=incidents")).await;
    let entries = feed["log_entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["incident"]["id"], PagerDuty.id(Noun::Incident, old));
    assert_eq!(entries[0]["incident"]["status"], "acknowledged", "the whole incident was asked for");
}

#[tokio::test]
async fn a_time_without_offset_is_read_in_the_accounts_zone() {
    let fake = start(Quirks::default());
    let total = |page: serde_json::Value| page["total"].as_u64();
    let local = read(&fake, "/incidents?since=2026-11-01T12:00:00&until=2026-11-10T12:00:00&total=true").await;
    let same = read(&fake, "/incidents?since=2026-11-01T17:00:00Z&until=2026-11-10T17:00:00Z&total=true").await;
    assert_eq!(total(local), total(same));
}

#[tokio::test]
async fn each_list_has_its_own_kind_of_schedule() {
    let fake = start(Quirks::default());
    let (layered, shift) = (PagerDuty.id(Noun::Schedule, 0), PagerDuty.id(Noun::Schedule, 2));
    let named = |page: &serde_json::Value| page["schedules"].to_string();
    let (old, new) = (read(&fake, "/schedules").await, read(&fake, "/v3/schedules").await);
    assert!(named(&old).contains(&layered) && !named(&old).contains(&shift));
    assert!(named(&new).contains(&shift) && !named(&new).contains(&layered));
    assert_eq!(refusal(&fake, &format!("/schedules/{shift}")).await.0, 404);
    assert_eq!(refusal(&fake, &format!("/v3/schedules/{layered}")).await.0, 400);
}

#[tokio::test]
async fn entries_are_cut_at_the_window_unless_they_may_overflow() {
    let fake = start(Quirks::default());
    for (path, rows, start) in [
        (
            format!("/schedules/{}", PagerDuty.id(Noun::Schedule, 1)),
            "/schedule/final_schedule/rendered_schedule_entries",
            "start",
        ),
        (
            format!("/v3/schedules/{}", PagerDuty.id(Noun::Schedule, 2)),
            "/schedule/final_schedule/computed_shift_assignments",
            "start_time",
        ),
    ] {
        let window = "since=2026-10-10T12:34:00Z&until=2026-10-12T12:34:00Z&time_zone=UTC&include[]=final_schedule";
        let first = |page: serde_json::Value| page.pointer(rows).expect("rows")[0][start].as_str().map(str::to_owned);
        let cut = first(read(&fake, &format!("{path}?{window}")).await);
        let whole = first(read(&fake, &format!("{path}?{window}&overflow=true")).await);
        assert_eq!(cut.as_deref(), Some("2026-10-10T12:34:00Z"));
        assert!(whole < cut, "{whole:?}");
    }
}

#[tokio::test]
async fn the_deleted_are_unlisted_but_the_past_names_them() {
    let fake = start(Quirks::default());
    let ruth = PagerDuty.id(Noun::Person, RUTH);
    let users = super::walk(&fake, "/users", "users", "", 100).await;
    assert!(!super::ids(&users).contains(&ruth));
    assert_eq!(refusal(&fake, &format!("/users/{ruth}")).await.0, 404);
    let schedule = PagerDuty.id(Noun::Schedule, 1);
    let past =
        read(&fake, &format!("/schedules/{schedule}?since=2026-06-01T00:00:00Z&until=2026-07-01T00:00:00Z")).await;
    let entries = past.pointer("/schedule/final_schedule/rendered_schedule_entries").and_then(|rows| rows.as_array());
    let hers = entries.expect("entries").iter().find(|entry| entry["user"]["id"] == ruth).expect("her turn");
    assert!(hers["user"]["deleted_at"].is_string(), "{hers}");
}

#[tokio::test]
async fn direct_targets_are_on_call_without_end_and_the_far_future_is_unknown() {
    let fake = start(Quirks::default());
    let rows =
        super::walk(&fake, "/oncalls", "oncalls", "since=2026-11-16T08:00:00Z&until=2027-06-01T00:00:00Z", 100).await;
    assert!(rows.iter().any(|row| row["start"].is_null() && row["end"].is_null() && row["schedule"].is_null()));
    let horizon = now().plus_days(90).to_rfc3339();
    assert!(rows.iter().all(|row| row["start"].as_str().is_none_or(|start| start <= horizon.as_str())));
    assert!(rows.iter().any(|row| row["schedule"]["type"] == "schedule_v3_reference"));
}

#[tokio::test]
async fn rights_tokens_and_headers_are_looked_at() {
    let fake = start(Quirks { forbidden: vec!["notifications"], ..Quirks::default() });
    let target = "/notifications?since=2026-11-01T00:00:00Z&until=2026-11-16T00:00:00Z";
    assert_eq!(refusal(&fake, target).await, (403, Some(2010)));
    let url = format!("{}/users", fake.url());
    let bare = Client::new().get(&url).header("authorization", "harbor").send().await.expect("an answer");
    assert_eq!(bare.status(), 401);
    let bearer = Client::new().get(&url).bearer_auth(fake.current_token()).header("accept", ACCEPT);
    assert_eq!(bearer.send().await.expect("an answer").status(), 400, "the content type is missing");
    let post = Client::new().post(&url).header("authorization", format!("Token token={}", fake.current_token()));
    assert_eq!(post.send().await.expect("an answer").status(), 405);
    ask(&fake, "/users?updated_after=yesterday&limit=500").await;
    let violations = fake.violations();
    for (at, what) in ["Authorization", "Content-Type", "POST", "updated_after", "limit 500"].iter().enumerate() {
        assert!(violations[at].contains(what), "{violations:?}");
    }
}

#[tokio::test]
async fn a_short_lived_token_has_a_successor() {
    let fake = start(Quirks { token_lasts: Some(2), ..Quirks::default() });
    let first = fake.current_token();
    for _ in 0..2 {
        assert_eq!(ask(&fake, "/teams").await.status(), 200);
    }
    assert_eq!(fake.current_token(), first);
    assert_eq!(ask(&fake, "/teams").await.status(), 401, "it has served its time");
    assert_ne!(fake.current_token(), first);
    assert_eq!(ask(&fake, "/teams").await.status(), 200);
}

#[tokio::test]
async fn haste_is_refused_and_remembered() {
    let rate = Rate { limit: 3, every: Duration::from_secs(1) };
    let fake = start(Quirks { rate, oncalls_rate: Rate { limit: 1, ..rate }, ..Quirks::default() });
    assert_eq!(ask(&fake, "/oncalls").await.headers()["ratelimit-remaining"], "0", "its own limit");
    let refused = ask(&fake, "/oncalls").await;
    assert_eq!((refused.status().as_u16(), refused.headers()["ratelimit-reset"].to_str().ok()), (429, Some("1")));
    assert_eq!(ask(&fake, "/teams").await.status(), 200, "other paths go on");
    assert_eq!(fake.pace().early.len(), 1, "though the client had been told to wait");
    assert_eq!(refusal(&fake, "/teams").await, (429, Some(2020)));
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(ask(&fake, "/teams").await.status(), 200);
    assert_eq!((fake.pace().requests, fake.pace().refused, fake.pace().early.len()), (5, 2, 2));
}

#[tokio::test]
async fn two_requests_at_a_time_are_seen() {
    let quirks = Quirks { latency: Duration::from_millis(50), ..Quirks::default() };
    let fake = FakePagerDuty::start(super::small(), quirks).expect("a free port");
    ask(&fake, "/teams").await;
    assert_eq!(fake.pace().at_once, 1);
    tokio::join!(ask(&fake, "/teams"), ask(&fake, "/users"));
    assert_eq!(fake.pace().at_once, 2);
}
