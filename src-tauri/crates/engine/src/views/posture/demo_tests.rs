//! Posture over the demo's story: the whole answer at two instants, and how quiet quiet days are.

use std::path::Path;
use std::sync::Arc;

use fairlead_domain::Timestamp;
use fairlead_domain::time::FixedClock;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::{AttentionClass, Posture, Since, posture};
use crate::actions::mark_seen::{mark_seen, restore_seen};
use crate::actions::snooze::snooze;
use crate::actions::unsnooze::unsnooze;
use crate::config::FILE;
use crate::sync::{Past, SyncRequest, nobody, sync};
use crate::workspace::{Access, Workspace};

pub(super) const CONFIG: &str = include_str!("../../../../../../assets/demo/fairlead.toml");
/// Where the story opens.
const OPENS: &str = "2026-11-16T07:00:00Z";
/// So many quiet days are looked at.
const QUIET_DAYS: usize = 28;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// The demo's workspace on a clock that the test moves.
async fn demo(dir: &Path, start: Timestamp) -> (Arc<Workspace>, FixedClock) {
    configured(dir, CONFIG, start).await
}

async fn configured(dir: &Path, config: &str, start: Timestamp) -> (Arc<Workspace>, FixedClock) {
    std::fs::write(dir.join(FILE), config).unwrap();
    let clock = FixedClock::at(start);
    let mut workspace = Workspace::open(dir, Access::Write).await.unwrap();
    workspace.clock = Arc::new(clock.clone());
    (Arc::new(workspace), clock)
}

async fn read(workspace: &Arc<Workspace>, past: Past) {
    let request = SyncRequest { past, ..SyncRequest::default() };
    sync(workspace, &request, &nobody(), &CancellationToken::new()).await.unwrap();
}

pub(super) async fn look(workspace: &Workspace) -> Posture {
    posture(workspace, workspace.clock.now(), Since::LastSeen).await.unwrap()
}

/// The demo as it opens: its second alert source last answered at 03:10.
pub(super) async fn opened(dir: &TempDir) -> (Arc<Workspace>, FixedClock) {
    opened_as(dir, CONFIG).await
}

/// The same under another configuration.
pub(super) async fn opened_as(dir: &TempDir, config: &str) -> (Arc<Workspace>, FixedClock) {
    let (workspace, clock) = configured(dir.path(), config, at("2026-11-16T03:10:00Z")).await;
    read(&workspace, SyncRequest::default().past).await;
    clock.set(at(OPENS));
    read(&workspace, Past::Leave).await;
    (workspace, clock)
}

#[tokio::test]
async fn the_whole_answer_at_two_instants() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, _clock) = opened(&dir).await;
    insta::assert_json_snapshot!("as_it_opens", without_keys(look(&workspace).await));
    let earlier = posture(&workspace, at("2026-11-16T03:10:00Z"), Since::LastSeen).await.unwrap();
    insta::assert_json_snapshot!("four_hours_before", without_keys(earlier));
}

/// Keys of people come from the workspace's id, which is another each time.
fn without_keys(mut answer: Posture) -> Posture {
    for row in answer.attention.iter_mut().filter(|row| row.kind == "woken") {
        row.id = "woken:key".to_owned();
    }
    answer
}

#[tokio::test]
async fn on_quiet_days_little_needs_the_lead_and_nothing_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let opens = at(OPENS);
    let (workspace, clock) = demo(dir.path(), opens.plus_days(-47)).await;
    read(&workspace, SyncRequest::default().past).await;
    let mut quiet: Vec<(Timestamp, Posture)> = Vec::new();
    for day in (-46..0).map(|day| opens.plus_days(day)) {
        clock.set(day);
        read(&workspace, Past::Leave).await;
        let answer = look(&workspace).await;
        if is_quiet(&workspace, &answer, day).await {
            quiet.push((day, answer));
        }
        if quiet.len() == QUIET_DAYS {
            break;
        }
    }
    assert_eq!(quiet.len(), QUIET_DAYS, "the story has so many quiet days");
    for (day, answer) in &quiet {
        let rows: Vec<String> = answer.attention.iter().map(|row| format!("{:?} {}", row.class, row.id)).collect();
        assert!(answer.attention.iter().all(|row| row.class != AttentionClass::Now), "{day}: {rows:?}");
    }
    let mut counts: Vec<usize> = quiet.iter().map(|(_, answer)| answer.attention.len()).collect();
    counts.sort_unstable();
    let (median, p90) = (counts[(QUIET_DAYS - 1) / 2], counts[(QUIET_DAYS * 9).div_ceil(10) - 1]);
    assert!(median <= 4 && p90 <= 7, "median {median}, p90 {p90} of {counts:?}");
}

/// A quiet day of the story: no open incident of severity 1 or 2, no source cut off, no gap in the next days.
async fn is_quiet(workspace: &Workspace, answer: &Posture, day: Timestamp) -> bool {
    let open = workspace.synced.read(move |reader| reader.open_incidents(day)).await.unwrap();
    let severe = open.iter().any(|incident| incident.severity.is_some_and(|severity| severity <= 2));
    let gap = crate::views::oncall::on_call(workspace, day, None)
        .await
        .unwrap()
        .gaps
        .iter()
        .any(|gap| gap.start.since(day) <= 72 * fairlead_domain::time::HOUR_MS);
    let cut_off = answer.sources.iter().any(|source| source.stale);
    !severe && !gap && !cut_off
}

#[tokio::test]
async fn a_row_rests_until_worse_and_is_counted_meanwhile() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, clock) = opened(&dir).await;
    let before = look(&workspace).await;
    let spent = before.attention.iter().find(|row| row.kind == "budget_spent").unwrap().id.clone();
    assert!(snooze(&workspace, &spent, None, "  ").await.is_err(), "a snooze has a reason");
    let late = Some(clock_plus(&workspace, 8));
    assert!(snooze(&workspace, &spent, late, "later").await.is_err(), "7 days are the longest");
    assert!(snooze(&workspace, "budget_spent:nowhere", None, "later").await.is_err());
    assert_eq!(
        snooze(&workspace, &spent, None, "the relay moves on Monday").await.unwrap(),
        std::slice::from_ref(&spent)
    );
    clock.set(clock_plus(&workspace, 0).plus_millis(1_000));
    let resting = look(&workspace).await;
    assert_eq!(resting.attention.len(), before.attention.len(), "it is still counted");
    let row = resting.attention.iter().find(|row| row.id == spent).unwrap();
    let snoozed = row.snoozed.clone().unwrap();
    assert_eq!((row.snoozed_until, snoozed.until, snoozed.until_worse), (None, None, true));
    assert_eq!(snoozed.reason.as_deref(), Some("the relay moves on Monday"));
    assert_eq!(resting.attention.last().map(|row| row.id.as_str()), Some(spent.as_str()), "what rests comes last");
    unsnooze(&workspace, &spent).await.unwrap();
    assert!(unsnooze(&workspace, &spent).await.is_err(), "it is back already");
    clock.set(clock_plus(&workspace, 0).plus_millis(1_000));
    assert!(look(&workspace).await.attention.iter().all(|row| row.snoozed.is_none()));
}

fn clock_plus(workspace: &Workspace, days: i64) -> Timestamp {
    workspace.clock.now().plus_days(days)
}

#[tokio::test]
async fn what_was_seen_is_no_news_until_that_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, clock) = opened(&dir).await;
    let before = look(&workspace).await.since_last;
    assert_eq!(before.since, at("2026-11-13T18:00:00Z"), "Monday covers the weekend");
    assert!(before.lines.iter().any(|line| line.kind == "budgets_moved"), "{:?}", before.lines);
    assert_eq!(mark_seen(&workspace).await.unwrap(), None);
    clock.set(clock_plus(&workspace, 0).plus_millis(1_000));
    let after = look(&workspace).await.since_last;
    assert_eq!(after.since, at(OPENS));
    assert!(after.lines.iter().all(|line| line.kind == "not_read"), "{:?}", after.lines);
    assert_eq!(mark_seen(&workspace).await.unwrap(), Some(at(OPENS)));
    restore_seen(&workspace, None).await.unwrap();
    clock.set(clock_plus(&workspace, 0).plus_millis(1_000));
    assert_eq!(look(&workspace).await.since_last.since, before.since);
}
