//! What should follow incidents, and what nobody has mapped.

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::incident::{Incident, IncidentStatus};
use fairlead_domain::service::Service;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use rstest::rstest;

use super::records::{action, incident, postmortem};
use super::world::{Connected, World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, network};

/// An incident that was over so long ago.
fn over(severity: Option<u8>, ago_millis: i64) -> Incident {
    let resolved_at = Some(NOW.plus_millis(-ago_millis));
    Incident { status: IncidentStatus::Resolved, resolved_at, ..incident(severity, ago_millis + HOUR_MS) }
}

/// A severe incident of last month, reviewed, and what is to follow it.
fn followed(severity: Option<u8>, actions: impl IntoIterator<Item = ActionItem>) -> World {
    World::quiet().tell(over(severity, 20 * DAY_MS)).tell(postmortem("Q1")).tell_all(actions)
}

#[rstest]
#[case::just_late(vec![action("A1", 1)], "1 action overdue | Fix A1 is late by 0 min | 1 count")]
#[case::three(vec![action("A1", 18 * DAY_MS), action("A2", DAY_MS), action("A3", HOUR_MS)], "3 actions overdue | 3 overdue, oldest 18 d | 3 count")]
#[tokio::test]
async fn actions_are_late(#[case] actions: Vec<ActionItem>, #[case] words: &str) {
    let answer = followed(Some(2), actions).look().await;
    assert_eq!(told(&answer, "action_overdue"), [format!("week | {words} | See actions")]);
    assert_eq!(kinds(&answer), ["action_overdue"]);
}

#[rstest]
#[case::due_now(followed(Some(2), [action("A1", 0)]))]
#[case::of_a_lesser_incident(followed(Some(3), [action("A1", DAY_MS)]))]
#[case::done(followed(Some(2), [ActionItem { status: ActionStatus::Done, completed_at: Some(NOW), ..action("A1", DAY_MS) }]))]
#[case::of_no_incident(followed(Some(2), [ActionItem { incident: None, ..action("A1", DAY_MS) }]))]
#[tokio::test]
async fn an_action_is_in_time(#[case] world: World) {
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

/// Wed to Wed: five working days.
const WEEK_MS: i64 = 7 * DAY_MS;

#[tokio::test]
async fn a_postmortem_is_missing() {
    let answer = World::quiet().tell(over(Some(2), WEEK_MS)).look().await;
    let line = "week T1 | No postmortem of INC-1 Checkout is slow | SEV2 resolved 7 d ago | 604800 secs | Start review";
    assert_eq!(told(&answer, "review_missing"), [line]);
    assert_eq!(kinds(&answer), ["review_missing"]);
}

#[rstest]
#[case::four_working_days(World::quiet().tell(over(Some(2), WEEK_MS - 1)))]
#[case::a_lesser_incident(World::quiet().tell(over(Some(3), WEEK_MS)))]
#[case::a_draft(World::quiet().tell(over(Some(2), WEEK_MS)).tell(postmortem("Q1")))]
#[tokio::test]
async fn a_postmortem_has_time(#[case] world: World) {
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn three_missing_postmortems_are_one_line() {
    let one = |n: i64| Incident {
        ext_id: format!("Q{n}"),
        number: Some(format!("INC-{n}")),
        ..over(Some(1), (n + 7) * DAY_MS)
    };
    let answer = World::quiet().tell_all((1..=3).map(one)).look().await;
    let line = "week T1 | No postmortem of INC-3 Checkout is slow, and 2 more like it | SEV1 resolved 10 d ago | 864000 secs | Start review";
    assert_eq!(told(&answer, "review_missing"), [line]);
}

async fn without_tracker(world: World) -> Connected {
    let world = world.read().await;
    world.cut("jira", &network());
    world.read_again(MINUTE_MS).await;
    world
}

#[rstest]
#[case::actions(followed(Some(2), [action("A1", DAY_MS)]), "action_overdue:jira")]
#[case::reviews(World::quiet().tell(over(Some(2), WEEK_MS)), "review_missing:pd/Q1")]
#[tokio::test]
async fn a_blind_tracker_takes_in_what_may_be_done(#[case] world: World, #[case] id: &str) {
    let answer = without_tracker(world).await.look().await;
    assert_eq!((kinds(&answer), answer.attention[0].absorbed.as_slice()), (vec!["blind"], [id.to_owned()].as_slice()));
}

fn service(id: &str, name: &str) -> Service {
    Service { ext_id: id.to_owned(), name: name.to_owned(), team: None }
}

const EXCLUDED: &str = "Excluded from what is told by team, tier and severity";

#[rstest]
#[case::services(World::quiet().tell(service("S1", "mailer")).tell(service("S2", "wiki")),
    "2 services unmapped", "services without team and tier", "2")]
#[case::a_severity(World::quiet().tell(Incident { severity_raw: Some("whale".to_owned()), ..over(None, HOUR_MS) }),
    "1 severity unmapped", "severities which count as unknown", "1")]
#[tokio::test]
async fn what_a_source_names_is_not_mapped(
    #[case] world: World,
    #[case] title: &str,
    #[case] why: &str,
    #[case] count: &str,
) {
    let answer = world.look().await;
    assert_eq!(told(&answer, "unmapped"), [format!("week | {title} | {EXCLUDED}: {why} | {count} count | Map")]);
    assert_eq!(kinds(&answer), ["unmapped"]);
}

#[tokio::test]
async fn what_is_mapped_needs_nobody() {
    let world = World::quiet().tell(service("SCHECK", "Check-out")).tell(service("S2", "search"));
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn what_is_not_mapped_stays_so_beside_a_blind_source() {
    let world = World::quiet().tell(service("S1", "mailer")).read().await;
    world.cut("pd", &network());
    world.read_again(MINUTE_MS).await;
    assert_eq!(kinds(&world.look().await), ["blind", "unmapped"]);
}

#[tokio::test]
async fn without_its_source_a_follow_up_is_not_watched() {
    let answer = World::quiet().without("jira").look().await;
    assert_eq!(unwatched(&answer, "action_overdue"), Some("no source of action items is connected"));
    assert_eq!(unwatched(&answer, "review_missing"), Some("no source of postmortems is connected"));
    let answer = World::quiet().without("pd").look().await;
    assert_eq!(unwatched(&answer, "review_missing"), Some("no source of incidents is connected"));
    let answer = World::quiet().only(&[]).look().await;
    assert_eq!(unwatched(&answer, "unmapped"), Some("no source is connected"));
}
