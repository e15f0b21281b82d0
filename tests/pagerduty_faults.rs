//! A PagerDuty account on bad days: whatever goes wrong on the way, the rows equal the story in the end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod pager;
mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use fairlead_domain::RecordKind;
use fairlead_domain::run::RunState;
use fairlead_domain::time::MINUTE_MS;
use fairlead_engine::sync::SyncReport;
use fairlead_testkit::pagerduty::{Fault, Quirks, Rate, When};
use fairlead_testkit::scenario::Extent;
use fairlead_testkit::scenario::difference::compare;
use fairlead_testkit::scenario::mutation::Mutation;
use pager::{Pager, SHORT, generous};
use rstest::rstest;

/// So few requests that they can be made at the real pace.
const TINY: Extent = Extent { incidents: 12, days: 13, bystanders: 4 };

fn state(report: &SyncReport) -> RunState {
    report.sources[0].state
}

/// That nothing but reading was asked for, in the way that the description says.
#[track_caller]
fn only_read(pager: &Pager) {
    assert_eq!(pager.fake.violations(), Vec::<String>::new());
    assert!(pager.fake.log().iter().all(|seen| seen.method == "GET"));
}

/// That nothing is missing once nothing goes wrong any more.
#[track_caller]
fn the_next_sync_makes_it_whole(pager: &Pager) {
    pager.fake.mend();
    pager.pass(1);
    let report = pager.sync();
    assert_eq!(state(&report), RunState::Ok, "{report:#?}");
    pager.equals_the_story();
    only_read(pager);
}

#[rstest]
#[case::reset(Fault::Reset)]
#[case::bad_gateway(Fault::Status(502))]
#[case::truncated(Fault::Truncated)]
#[case::sign_in_page(Fault::Html)]
#[case::slow(Fault::Slow(100))]
#[case::hasty(Fault::TooMany(None))]
fn a_fault_on_any_page_is_got_over_at_once_or_at_the_next_sync(#[case] fault: Fault) {
    let pager = Pager::of(SHORT, generous());
    for (path, nth) in [("/users", 2), ("/schedules/", 2), ("/v3/schedules/", 3), ("/oncalls", 1), ("/log_entries", 3)]
    {
        pager.fake.fail_at(When::path(path, nth), fault.clone());
    }
    pager.fake.fail_at(When::path("/incidents", 2), fault.clone());
    pager.sync();
    the_next_sync_makes_it_whole(&pager);
}

#[rstest]
#[case::unavailable(Fault::Status(503), "503")]
#[case::broken(Fault::Reset, "")]
#[case::more_for_ever(Fault::MoreForEver, "the same again")]
fn a_list_that_never_answers_stops_no_other(#[case] fault: Fault, #[case] said: &str) {
    let pager = Pager::of(SHORT, generous());
    pager.fake.fail_at(When::Always("/log_entries".to_owned()), fault);
    let report = pager.sync();
    assert_eq!(state(&report), RunState::Partial, "{report:#?}");
    let log = report.sources[0].streams.iter().find(|stream| stream.name == "log_entries").unwrap();
    assert_eq!(log.state, RunState::Failed);
    let error = report.sources[0].error.as_ref().unwrap();
    assert!(error.message.contains(said), "{error:?}");
    let others = [RecordKind::Person, RecordKind::Service, RecordKind::Shift, RecordKind::Maintenance];
    let differences = compare(&pager.oracle().of(&others), &pager.stored());
    assert!(differences.is_empty(), "{differences}");
    the_next_sync_makes_it_whole(&pager);
}

#[test]
fn pages_that_shift_and_repeat_themselves_lose_nothing() {
    let pager = Pager::of(SHORT, generous());
    let fake = &pager.fake;
    let now = fake.story().now();
    let at = |secs: i64| now.plus_millis(secs * 1_000);
    let open = fake.story().lingering().unwrap();
    fake.fail_at(When::path("/log_entries", 4), Fault::RepeatedPage);
    // Somebody of the first page goes, and everybody after slides onto it.
    fake.mutate_at(When::path("/users", 2), Mutation::Delete(2, now));
    // Entries come in at the newer end of a list that is read from there on.
    fake.mutate_at(When::path("/log_entries", 2), Mutation::ack(open, 1, at(-400)));
    fake.mutate_at(
        When::path("/log_entries", 3),
        Mutation::Begin { service: 0, person: 4, at: at(-90), priority: Some(1) },
    );
    fake.mutate_at(When::path("/incidents", 1), Mutation::resolve(open, 1, at(-60)));
    fake.mutate_at(When::path("/schedules/", 3), Mutation::Cover { rota: 0, person: 7, at: at(86_400), hours: 2 });
    pager.sync();
    the_next_sync_makes_it_whole(&pager);
}

#[rstest]
#[case::ahead(10 * MINUTE_MS)]
#[case::behind(-10 * MINUTE_MS)]
fn clocks_that_differ_are_said_and_lose_nothing(#[case] skew: i64) {
    let pager = Pager::of(TINY, generous());
    pager.fake.set(|quirks| quirks.clock_skew_millis = skew);
    let report = pager.sync();
    assert_eq!(state(&report), RunState::Ok, "{report:#?}");
    assert!(report.warnings.iter().any(|warning| warning.code == "clock_skew"), "{:#?}", report.warnings);
    // The machine's clock is the wrong one: what is new happens at times that it takes for the past or the future.
    let now = pager.fake.story().now();
    pager.fake.mutate(Mutation::Begin { service: 0, person: 4, at: now.plus_millis(60_000), priority: None });
    pager.clock.set(pager.fake.story().now().plus_millis(skew));
    pager.sync();
    pager.clock.set(pager.fake.story().now().plus_millis(MINUTE_MS));
    pager.sync();
    pager.equals_the_story();
}

#[test]
fn a_token_that_expires_is_fetched_again_for_hours() {
    let pager = Pager::of(SHORT, Quirks { token_lasts: Some(25), ..generous() });
    let token = pager.desk.beside("token");
    let script = format!("{{ command = \"sleep 0.1; cat {}\" }}", token.display());
    let config = pager::config(&pager.fake, &script);
    // The other way to sign in takes the same road.
    let bearer = config.replace("token =", "auth = { bearer =").replace("\" }\n", "\" } }\n");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                std::fs::write(pager.desk.beside("next"), pager.fake.current_token()).unwrap();
                std::fs::rename(pager.desk.beside("next"), &token).unwrap();
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for config in [&config, &bearer, &config] {
                pager.desk.configure(config);
                let report = pager.sync();
                assert_eq!(state(&report), RunState::Ok, "{report:#?}");
                pager.pass(60);
            }
        }));
        over.store(true, Ordering::SeqCst);
        ended.unwrap();
    });
    let refused = pager.fake.log().iter().filter(|seen| seen.status == 401).count();
    assert!(refused >= 3, "the token expired {refused} times");
    pager.pass(0);
    pager.equals_the_story();
    only_read(&pager);
}

#[test]
fn a_resource_that_may_not_be_read_is_named_and_stops_no_other() {
    let pager = Pager::of(SHORT, Quirks { forbidden: vec!["log_entries"], ..generous() });
    let report = pager.sync();
    assert_eq!(state(&report), RunState::Partial);
    let error = report.sources[0].error.as_ref().unwrap();
    assert!(error.message.contains("who was woken"), "{error:?}");
    let failed: Vec<&str> = report.sources[0]
        .streams
        .iter()
        .filter(|stream| stream.state == RunState::Failed)
        .map(|stream| stream.name.as_str())
        .collect();
    assert_eq!(failed, ["log_entries"]);
    let others: Vec<RecordKind> = pager::KINDS
        .into_iter()
        .filter(|kind| !matches!(kind, RecordKind::TimelineEvent | RecordKind::Page | RecordKind::Incident))
        .collect();
    let differences = compare(&pager.oracle().of(&others), &pager.stored());
    assert!(differences.is_empty(), "{differences}");
    pager.fake.set(|quirks| quirks.forbidden.clear());
    pager.pass(1);
    assert_eq!(state(&pager.sync()), RunState::Ok);
    pager.equals_the_story();
}

/// At the real pace, since the account tells real seconds.
#[rstest]
#[case::told(true)]
#[case::untold(false)]
fn it_never_comes_sooner_than_told(#[case] limit_headers: bool) {
    let rate = Rate { limit: 25, every: Duration::from_secs(3) };
    let pager = Pager::of(TINY, Quirks { rate, limit_headers, latency: Duration::from_millis(1), ..Quirks::default() });
    pager.fake.fail_at(When::path("/teams", 1), Fault::TooMany(Some(1)));
    pager.fake.fail_at(When::path("/oncalls", 1), Fault::TooMany(Some(2)));
    pager.fake.fail_at(When::path("/log_entries", 1), Fault::TooMany(None));
    let report = pager.sync_in_real_time();
    assert_eq!(state(&report), RunState::Ok, "{report:#?}");
    let pace = pager.fake.pace();
    assert_eq!(pace.early, [], "{pace:?}");
    assert_eq!(pace.at_once, 1, "{pace:?}");
    assert!(pace.refused >= 3, "{pace:?}");
    // Beside the three that were staged, it stops before the limit when it is told how near that is.
    assert!(pace.refused <= if limit_headers { 3 } else { 6 }, "{pace:?}");
    pager.equals_the_story();
    only_read(&pager);
}
