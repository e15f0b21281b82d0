//! Sources that cannot be read, and what is not watched at all.

use fairlead_connectors::{ConnectorError, Mode};
use fairlead_domain::RecordKind;
use fairlead_domain::run::RunState;
use fairlead_domain::time::{MINUTE_MS, SECOND_MS};
use fairlead_testkit::upstream::Shelf;
use rstest::rstest;

use super::world::{EVERY_SECS, World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, Rig, network};
use crate::sync::{Past, SyncRequest};
use crate::views::posture::kinds::KINDS;
use crate::views::posture::{Since, headline, posture};

/// Two intervals of every stream.
const STALE_MS: i64 = 2 * EVERY_SECS as i64 * SECOND_MS;

fn refused() -> ConnectorError {
    ConnectorError::Auth { host: "ci".to_owned(), status: 401 }
}

#[tokio::test]
async fn all_that_is_connected_is_quiet_and_named() {
    let answer = World::quiet().look().await;
    assert_eq!(kinds(&answer), [] as [&str; 0]);
    let words = headline(&answer);
    assert!(
        words.contains("Nothing needs you. Checked 2026-11-18T11:06:40Z: am, ci, freezes, jira, leave, pd, prom."),
        "{words}"
    );
}

#[rstest]
#[case::a_pager("pd", "now | Cannot see pd since Wed 11:06 UTC | 13 checks blind: ")]
#[case::a_server_of_slos("prom", "now | Cannot see prom since Wed 11:06 UTC | 5 checks blind: ")]
#[case::what_can_wait("jira", "today | Cannot see jira since Wed 11:06 UTC | 2 checks blind: ")]
#[tokio::test]
async fn a_source_that_fails_is_blind(#[case] source: &str, #[case] start: &str) {
    let world = World::quiet().read().await;
    world.cut(source, &network());
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!(kinds(&answer), ["blind"]);
    let told = told(&answer, "blind");
    assert!(told[0].starts_with(start) && told[0].ends_with(" | 60 secs | Reconnect"), "{told:?}");
    assert!(!headline(&answer).contains("Nothing needs you"));
}

#[tokio::test]
async fn refused_credentials_need_the_lead_at_once() {
    let world = World::quiet().read().await;
    world.cut("ci", &refused());
    world.read_again(MINUTE_MS).await;
    let told = told(&world.look().await, "blind");
    assert!(told[0].starts_with("now | Cannot see ci since Wed 11:06 UTC | 2 checks blind: "), "{told:?}");
}

#[tokio::test]
async fn a_source_that_refuses_its_first_stream_refuses_all() {
    let world = World::quiet().read().await;
    world.upstream("pd").break_stream("people", refused());
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    let told = told(&answer, "blind");
    assert!(told[0].starts_with("now | Cannot see pd since Wed 11:06 UTC | 13 checks blind: "), "{told:?}");
    let pd = answer.sources.iter().find(|source| source.name == "pd").unwrap();
    assert_eq!((pd.state, pd.hides_now, answer.open_incidents), (RunState::Failed, true, None));
    world.upstream("pd").mend();
    world.read_again(MINUTE_MS).await;
    assert_eq!(world.look().await.open_incidents, Some(0), "it lets us in again");
}

#[tokio::test]
async fn a_source_that_is_not_read_for_two_intervals_is_blind() {
    let world = World::quiet().only(&["jira"]).read().await;
    world.rig.later(STALE_MS);
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
    world.rig.later(1);
    let line = "today | Cannot see jira since Wed 11:06 UTC | 2 checks blind: it was not read for two intervals | 172800.001 secs | Reconnect";
    assert_eq!(told(&world.look().await, "blind"), [line]);
}

#[tokio::test]
async fn what_is_read_seldom_does_not_make_a_source_blind_for_longer() {
    let incidents = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]);
    let people = Shelf::new("people", Mode::Snapshot, &[RecordKind::Person]).every_secs(EVERY_SECS);
    let (rig, upstream) = Rig::of([people, incidents]).await;
    let due = || SyncRequest { due_only: true, past: Past::Leave, ..SyncRequest::default() };
    rig.refresh().await;
    rig.later(10 * MINUTE_MS);
    rig.sync(due()).await;
    upstream.break_stream("incidents", network());
    rig.later(MINUTE_MS);
    rig.sync(due()).await;
    let answer = posture(&rig.workspace, rig.workspace.clock.now(), Since::At(NOW)).await.unwrap();
    let told = told(&answer, "blind");
    assert!(told[0].starts_with("now | Cannot see pd since Wed 11:16 UTC | "), "{told:?}");
    assert!(told[0].ends_with(" | 60 secs | Reconnect"), "{told:?}");
}

#[tokio::test]
async fn a_source_that_never_answered_is_blind() {
    let world = World::quiet().only(&["am"]);
    let connected = world.read().await;
    let other = World::quiet().only(&["am"]).read_cut("am", &network()).await;
    assert_eq!(kinds(&connected.look().await), [] as [&str; 0]);
    let answer = other.look().await;
    let told = told(&answer, "blind");
    assert!(told[0].starts_with("today | Cannot see am yet | 3 checks blind: "), "{told:?}");
    assert!(told[0].ends_with(" | unknown secs | Reconnect"), "{told:?}");
}

#[tokio::test]
async fn three_blind_sources_are_one_line() {
    let world = World::quiet().read().await;
    ["pd", "prom", "am"].iter().for_each(|source| world.cut(source, &network()));
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!(kinds(&answer), ["blind"]);
    assert_eq!(answer.attention[0].title, "Cannot see pd since Wed 11:06 UTC, and 2 more like it");
    let mut absorbed = answer.attention[0].absorbed.clone();
    absorbed.sort();
    assert_eq!(absorbed, ["blind:am", "blind:prom"]);
}

#[tokio::test]
async fn without_sources_nothing_is_watched_and_nothing_is_quiet() {
    let answer = World::quiet().only(&[]).look().await;
    let told: Vec<&str> = answer.not_watched.iter().map(|not| not.kind.as_str()).collect();
    assert_eq!(told, KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>(), "each is listed, in its order");
    assert_eq!(unwatched(&answer, "blind"), Some("no source is connected"));
    assert_eq!(headline(&answer), "No source is connected, so nothing can be said.");
}

#[rstest]
#[case("not_ready", "readiness for a first shift is not part of this version")]
#[case("handover_due", "handovers are not part of this version")]
#[case("handover_unacked", "handovers are not part of this version")]
#[case("noisy_rule", "reviews of alerts are not part of this version")]
#[case("recurrence", "links between incidents are not part of this version")]
#[case("promise_due", "promises are not part of this version")]
#[tokio::test]
async fn what_no_source_brings_is_not_watched(#[case] kind: &str, #[case] reason: &str) {
    let answer = World::quiet().look().await;
    assert_eq!(unwatched(&answer, kind), Some(reason));
    let words = headline(&answer);
    assert!(words.split_once("Not watched: ").is_some_and(|(_, kinds)| kinds.contains(kind)), "{words}");
}

#[tokio::test]
async fn with_every_source_connected_every_other_kind_is_watched() {
    let answer = World::quiet().look_since(NOW).await;
    let told: Vec<&str> =
        answer.not_watched.iter().map(|not| not.kind.as_str()).filter(|k| *k != "forgetting").collect();
    let brought_by_none = ["not_ready", "handover_due", "handover_unacked", "noisy_rule", "recurrence", "promise_due"];
    assert_eq!(told, brought_by_none);
}

#[tokio::test]
async fn a_source_that_was_not_read_yet_is_named() {
    let world = World::quiet().unread().await;
    let answer = world.look().await;
    assert_eq!(unwatched(&answer, "page_unacked"), Some("pd brings pages, but was not read yet"));
    assert_eq!(unwatched(&answer, "freeze_breach"), Some("ci brings changes, but was not read yet"));
    assert!(headline(&answer).starts_with("Cannot tell whether anything needs you"), "{}", headline(&answer));
}
