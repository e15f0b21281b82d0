//! The generator: the same instant gives the same record, whoever asks for which window.

use std::path::Path;

use chrono::{Datelike, Timelike};
use fairlead_domain::silence::SilenceState;
use fairlead_domain::time::{DAY_MS, HOUR_MS};
use fairlead_domain::{Item, Record, Timestamp, Window};
use proptest::prelude::*;
use rstest::rstest;

use super::super::part::{PARTS, Part, walk as told};
use super::super::plot::Override;
use super::super::{alerts, hours, rota, work};
use super::*;

#[test]
fn every_part_can_be_configured() {
    let words: Vec<&str> = Part::ALL.iter().map(|part| part.word()).collect();
    assert_eq!(words, PARTS);
}

#[tokio::test]
async fn the_same_question_has_the_same_answer() {
    let now = built_in().anchor;
    for &part in Part::ALL {
        let (first, second) = (everything(part, now).await, everything(part, now).await);
        assert!(!first.is_empty(), "{part} is empty");
        assert_eq!(first, second);
    }
}

fn records(stream: &Stream, window: Window, now: Timestamp) -> Vec<Item> {
    let known = Known::default();
    told(&built_in(), stream, None, Request { stream: stream.name, cursor: None, window, known: &known, now }, window)
}

fn sorted(items: &[Item]) -> Vec<String> {
    let mut keys: Vec<String> = items.iter().map(|item| format!("{:?}", item.record)).collect();
    keys.sort();
    keys
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A past that is read in two pieces is the past that is read in one.
    #[test]
    fn windows_that_touch_add_up(split in 0..120_i64 * 24 * 60, ahead in 0..20_i64 * 24) {
        let scenario = built_in();
        let now = scenario.anchor.plus_hours(ahead);
        let (begin, at) = (scenario.begins(), scenario.begins().plus_millis(split * 60_000));
        for part in Part::ALL {
            for stream in part.streams() {
                if !matches!(stream.mode, Mode::Created { .. } | Mode::Feed { .. }) {
                    continue;
                }
                let whole = records(stream, Window::new(begin, now), now);
                let mut pieces = records(stream, Window::new(begin, at), now);
                pieces.extend(records(stream, Window::new(at, now), now));
                prop_assert_eq!(sorted(&pieces), sorted(&whole), "{}", stream.name);
            }
        }
    }

    /// An hour's figures do not depend on the window or on when it is asked for.
    #[test]
    fn an_hour_is_the_same_in_every_window(from in 0..2_800_i64, length in 1..80_i64, later in 0..900_i64) {
        let scenario = built_in();
        let start = scenario.begins().plus_hours(from);
        let window = Window::new(start, start.plus_hours(length));
        for slo in &scenario.slo {
            let apart = hours::hours(&scenario, slo, window, window.end.plus_hours(later));
            let all = hours::hours(&scenario, slo, Window::new(Timestamp::EARLIEST, window.end), window.end);
            let all: Vec<_> = all.into_iter().filter(|hour| hour.hour >= start).collect();
            prop_assert_eq!(&apart, &all);
            for hour in apart {
                let f = hour.figures;
                let (good, total) = (f.good.or(f.slices_good), f.total.or(f.slices));
                prop_assert!(good >= Some(0.0) && good <= total, "{:?}", f);
            }
        }
    }

    /// A shift is whole in every window that it reaches into.
    #[test]
    fn a_shift_is_the_same_in_every_window(from in -140..100_i64 * 24, length in 1..400_i64) {
        let scenario = built_in();
        let start = scenario.begins().plus_hours(from);
        let window = Window::new(start, start.plus_hours(length));
        let wide = Window::new(start.plus_days(-40), window.end.plus_days(40));
        for schedule in &scenario.schedule {
            let apart = rota::shifts(&scenario, schedule, window);
            let mut all = rota::shifts(&scenario, schedule, wide);
            all.retain(|shift| shift.window().overlaps(window));
            prop_assert_eq!(apart, all);
        }
    }
}

#[test]
fn another_seed_tells_other_hours() {
    let scenario = built_in();
    let other = Scenario { seed: scenario.seed + 1, ..scenario.clone() };
    let window = Window::new(scenario.begins(), scenario.anchor);
    let told = |s: &Scenario| hours::hours(s, &s.slo[0], window, scenario.anchor);
    assert_ne!(told(&scenario), told(&other));
}

#[tokio::test]
async fn pages_lead_through_everything_once() {
    let now = built_in().anchor;
    let (source, stream) = (source(Part::Metrics), stream(Part::Metrics, "sli_counts"));
    let items = walk(source.as_ref(), &stream, asked(&stream, now), now).await;
    let mut keys: Vec<String> = items.iter().map(|item| item.record.key()).collect();
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count, "no row comes twice");
    assert_eq!(source.requests(), u64::try_from(count.div_ceil(crate::scenario::PAGE_ROWS)).unwrap());
}

#[tokio::test]
async fn memory_ends_where_history_begins() {
    let scenario = built_in();
    let (source, known) = (source(Part::Pager), Known::default());
    let window = Window::new(scenario.begins().plus_days(-90), scenario.begins().plus_days(10));
    let request = Request { stream: "incidents", cursor: None, window, known: &known, now: scenario.anchor };
    let batch = source.fetch(request).await.unwrap();
    assert_eq!(batch.covered, Some(Window::new(scenario.begins(), window.end)));
    assert!(batch.exhausted);
    let inside = Request { window: Window::new(scenario.begins(), window.end), ..request };
    let batch = source.fetch(inside).await.unwrap();
    assert_eq!((batch.covered, batch.exhausted), (None, false));
}

#[tokio::test]
async fn an_open_incident_is_read_again_though_it_was_made_before() {
    let scenario = built_in();
    let source = source(Part::Pager);
    let open = scenario.incident.last().unwrap();
    let (start, end) = (scenario.at(open.start), scenario.at(open.start).plus_days(3));
    let known = Known { open_incidents: vec![open.id.clone()], ..Known::default() };
    let window = Window::new(start.plus_days(2), end);
    let request = Request { stream: "incidents", cursor: None, window, known: &known, now: end };
    let batch = source.fetch(request).await.unwrap();
    let resolved = batch.items.iter().filter_map(|item| match &item.record {
        Record::Incident(incident) => incident.resolved_at,
        _ => None,
    });
    assert_eq!(resolved.count(), 1);
}

#[rstest]
#[case::stream("nothing", None)]
#[case::cursor("incidents", Some("next"))]
#[tokio::test]
async fn a_wrong_question_is_refused(#[case] stream: &str, #[case] cursor: Option<&str>) {
    let (now, known) = (built_in().anchor, Known::default());
    let window = Window::new(now.plus_millis(-HOUR_MS), now);
    let request = Request { stream, cursor, window, known: &known, now };
    assert_eq!(source(Part::Pager).fetch(request).await.unwrap_err().code(), "decode");
}

#[test]
fn a_missing_file_is_a_fault_of_the_settings() {
    let settings = serde_json::json!({ "part": "pager", "scenario": "no-such.toml" });
    let issue = build(&settings, Path::new("/nonexistent")).err().expect("refused");
    assert_eq!(issue.path, ["scenario"]);
    assert!(issue.message.contains("no-such.toml") && issue.hint.is_some());
}

#[test]
fn a_scenario_is_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = "anchor = \"2030-01-01T00:00:00Z\"\nseed = 1\nhistory_days = 3\nsyncs = [\"0d 00:00\"]\n";
    std::fs::write(folder.path().join("own.toml"), text).unwrap();
    let opening = opening::opening(Some("own.toml"), folder.path()).unwrap();
    let anchor = Timestamp::parse_rfc3339("2030-01-01T00:00:00Z").unwrap();
    assert_eq!((opening.syncs, opening.clock), (vec![anchor], anchor));
    assert!(build(&serde_json::json!({ "part": "pager", "scenario": "own.toml" }), folder.path()).is_ok());
}

/// The first turn that an override replaces may lie outside the window that is asked for.
#[test]
fn an_override_across_a_handover_is_the_same_on_both_sides() {
    let mut scenario = built_in();
    let handover = scenario.overrides.iter().map(|o| o.start).next().unwrap();
    let schedule = scenario.schedule[0].clone();
    let (before, after) = (scenario.at(handover).plus_hours(-9), scenario.at(handover).plus_hours(9));
    let offset = |at: Timestamp| {
        let day = at.floor_day().since(scenario.anchor.floor_day()) / DAY_MS;
        super::super::offset::Offset::parse(&format!("{day}d {}", at.to_utc().format("%H:%M"))).unwrap()
    };
    let person = Some(scenario.person[0].id.clone());
    let across = Override { schedule: schedule.id.clone(), person, start: offset(before), end: offset(after) };
    scenario.overrides = vec![across];
    let told = |from: Timestamp| rota::shifts(&scenario, &schedule, Window::new(from, from.plus_millis(1)));
    let (early, late) = (told(before), told(after.plus_millis(-1)));
    assert_eq!(early.len(), 1);
    assert_eq!(early, late);
    let replaced = early[0].replaced.clone().and_then(|person| person.ext_id);
    assert_eq!(replaced.as_deref(), rota::holder(&scenario, &schedule.id, before.plus_millis(-1)));
}

#[test]
fn drawn_deploys_keep_working_days_and_hours() {
    let scenario = Scenario { change: Vec::new(), ..built_in() };
    let window = Window::new(scenario.begins(), scenario.anchor);
    let changes = work::changes(&scenario, window, scenario.anchor);
    assert!(changes.len() > 50, "{}", changes.len());
    for change in changes {
        let release = scenario.release.iter().find(|r| Some(&r.service) == change.service.as_ref()).unwrap();
        let at = change.at.to_utc();
        assert!((release.from_hour..release.to_hour).contains(&at.hour()), "{at}");
        assert!(at.weekday().num_days_from_monday() < 5, "{at}");
    }
}

#[test]
fn a_silence_is_shown_from_its_start_until_it_is_forgotten() {
    let scenario = Scenario { silence: built_in().silence.into_iter().take(1).collect(), ..built_in() };
    let (start, end) = (scenario.at(scenario.silence[0].start), scenario.at(scenario.silence[0].end));
    let state = |at: Timestamp| alerts::silences(&scenario, None, at).first().map(|silence| silence.state);
    assert_eq!(state(start.plus_millis(-1)), None);
    assert_eq!(state(start), Some(SilenceState::Active));
    assert_eq!(state(end), Some(SilenceState::Expired));
    assert_eq!(state(end.plus_days(5)), None);
}
