//! More than PagerDuty lets anybody page through: windows are halved until each can be read to its end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod pager;
mod support;

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use fairlead_testkit::pagerduty::{Quirks, Seen};
use pager::{Pager, SMALL, generous};

/// So many rows can be reached; the vendor's 10,000 in small. A month of the story's log is longer.
const REACH: usize = 200;

fn parameter<'s>(seen: &'s Seen, name: &str) -> Option<&'s str> {
    seen.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Days of the windows that were asked for of the log, whole days alone, and whether a page was refused there.
fn windows(log: &[Seen]) -> BTreeSet<(i64, bool)> {
    let bound = |seen: &Seen, name| Timestamp::parse_rfc3339(parameter(seen, name)?).ok();
    let of_log = log.iter().filter(|seen| seen.path == "/log_entries");
    let window = |seen: &Seen| {
        let days = bound(seen, "until")?.since(bound(seen, "since")?).div_euclid(DAY_MS);
        Some((days, seen.status == 400))
    };
    of_log.filter_map(window).collect()
}

#[test]
fn a_log_beyond_reach_is_read_in_halves_and_stored_whole() {
    let pager = Pager::of(SMALL, Quirks { reach: REACH, ..generous() });
    let report = pager.sync();
    assert_eq!(report.sources[0].state, RunState::Ok, "{report:#?}");
    pager.equals_the_story();
    let log = pager.fake.log();
    let asked = windows(&log);
    let refused = |days: i64| asked.contains(&(days, true));
    assert!(refused(28), "four weeks are more than can be reached: {asked:?}");
    let halves: Vec<i64> = asked.iter().map(|(days, _)| *days).filter(|days| [7, 14].contains(days)).collect();
    assert!(!halves.is_empty(), "{asked:?}");
    let furthest = log.iter().filter(|seen| seen.status == 200).filter_map(|seen| parameter(seen, "offset"));
    let furthest = furthest.filter_map(|offset| offset.parse::<usize>().ok()).max();
    assert!(furthest.is_some_and(|offset| offset + 100 <= REACH), "{furthest:?}");
    assert_eq!(pager.fake.violations(), Vec::<String>::new());

    let again = pager.sync();
    let streams = again.sources.iter().flat_map(|source| &source.streams);
    let changed: u32 = streams.map(|stream| stream.inserted + stream.updated + stream.tombstoned).sum();
    assert_eq!(changed, 0, "{again:#?}");
}
