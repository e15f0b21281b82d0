//! Changes after which a budget burns, and changes inside a freeze.

use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use rstest::rstest;

use super::records::{deploy, freeze, incident, measured};
use super::world::{World, kinds, told, unwatched};
use crate::sync::tests::rig::network;

/// A deploy of `checkout`, and its budget's burn in the last hours, the newest first; two days before there is none.
fn deployed(age_millis: i64, rates: &[f64]) -> World {
    let burning = rates.iter().map(|rate| rate * 100.0);
    let bad: Vec<f64> = burning.chain(std::iter::repeat(0.0)).take(48).collect();
    World::quiet().tell(deploy("12", age_millis)).tell_all(measured("checkout-availability", &bad))
}

#[rstest]
#[case::an_hour_before(97 * MINUTE_MS, &[3.0, 2.0, 0.4], "Deploy Wed 09:29 UTC, burn 0.4× → 3.0× | 3 x")]
#[case::within_the_last_hour(30 * MINUTE_MS, &[3.0, 0.4], "Deploy Wed 10:36 UTC, burn 0.4× → 3.0× | 3 x")]
#[case::just_under_two_hours(2 * HOUR_MS - 1, &[1.1, 1.0, 0.4], "Deploy Wed 09:06 UTC, burn 0.4× → 1.1× | 1.1 x")]
#[tokio::test]
async fn a_budget_burns_since_a_deploy(#[case] age_millis: i64, #[case] rates: &[f64], #[case] words: &str) {
    let answer = deployed(age_millis, rates).look().await;
    assert_eq!(
        told(&answer, "hot_change"),
        [format!("today T1 | checkout burns since its deploy | {words} | Open change")]
    );
    assert_eq!(kinds(&answer), ["hot_change"]);
}

#[rstest]
#[case::two_hours_ago(deployed(2 * HOUR_MS, &[3.0, 2.0, 0.4]))]
#[case::no_whole_hour_since(deployed(6 * MINUTE_MS, &[3.0, 0.4]))]
#[case::it_burned_before(deployed(30 * MINUTE_MS, &[3.0, 3.0]))]
#[case::the_budget_lasts(deployed(30 * MINUTE_MS, &[1.0, 0.4]))]
#[case::of_tier_two(deployed(30 * MINUTE_MS, &[3.0, 0.4]).tell(Change { service: Some("search".to_owned()), ..deploy("12", 30 * MINUTE_MS) }))]
#[case::taken_back(deployed(30 * MINUTE_MS, &[3.0, 0.4]).tell(Change { kind: ChangeKind::Rollback, ..deploy("12", 30 * MINUTE_MS) }))]
#[tokio::test]
async fn a_deploy_is_cool(#[case] world: World) {
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn an_incident_takes_in_the_deploy_of_its_service() {
    let answer = deployed(30 * MINUTE_MS, &[3.0, 0.4]).tell(incident(Some(1), 10 * MINUTE_MS)).look().await;
    assert_eq!(kinds(&answer), ["major_open"]);
    assert_eq!(answer.attention[0].reason, "Open for 10 min; checkout burns since its deploy");
}

#[tokio::test]
async fn a_blind_source_takes_in_a_deploy_that_may_have_been_taken_back() {
    let world = deployed(30 * MINUTE_MS, &[3.0, 0.4]).read().await;
    world.cut("ci", &network());
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!((kinds(&answer), answer.attention[0].absorbed.len()), (vec!["blind"], 1));
    assert_eq!(answer.attention[0].absorbed, ["hot_change:ci/12"]);
}

/// A freeze that began two hours ago, and changes since.
fn frozen(changes: impl IntoIterator<Item = Change>) -> World {
    World::quiet().tell(freeze(-2 * HOUR_MS, DAY_MS)).tell_all(changes)
}

#[rstest]
#[case::on_its_first_instant(vec![deploy("12", 2 * HOUR_MS)],
    "1 deploy during Black Friday | Deploy checkout 12 at Wed 09:06 UTC | 1 count")]
#[case::two(vec![deploy("12", HOUR_MS), deploy("13", MINUTE_MS)],
    "2 deploys during Black Friday | Deploy checkout 12 at Wed 10:06 UTC, Deploy checkout 13 at Wed 11:05 UTC | 2 count")]
#[case::of_different_kinds(vec![deploy("12", HOUR_MS), Change { kind: ChangeKind::Config, title: "Raise the limit".to_owned(), ..deploy("13", MINUTE_MS) }],
    "2 changes during Black Friday | Deploy checkout 12 at Wed 10:06 UTC, Raise the limit at Wed 11:05 UTC | 2 count")]
#[tokio::test]
async fn a_freeze_is_broken(#[case] changes: Vec<Change>, #[case] words: &str) {
    let answer = frozen(changes).look().await;
    assert_eq!(told(&answer, "freeze_breach"), [format!("today T1 | {words} | See changes")]);
    assert_eq!(kinds(&answer), ["freeze_breach"]);
}

#[tokio::test]
async fn many_changes_in_a_freeze_are_one_row_and_none_is_lost() {
    let answer = frozen((0..5).map(|n| deploy(&n.to_string(), (50 - n) * MINUTE_MS))).look().await;
    let first =
        "Deploy checkout 0 at Wed 10:16 UTC, Deploy checkout 1 at Wed 10:17 UTC, Deploy checkout 2 at Wed 10:18 UTC";
    let line = format!("today T1 | 5 deploys during Black Friday | {first} and 2 more | 5 count | See changes");
    assert_eq!(told(&answer, "freeze_breach"), [line]);
    assert_eq!(answer.attention[0].why.rows.len(), 5);
}

#[rstest]
#[case::the_instant_before(frozen([deploy("12", 2 * HOUR_MS + 1)]))]
#[case::it_is_over(World::quiet().tell(freeze(-2 * HOUR_MS, -HOUR_MS)).tell(deploy("12", HOUR_MS)))]
#[case::a_day_ago(World::quiet().tell(freeze(-3 * DAY_MS, DAY_MS)).tell(deploy("12", DAY_MS + 1)))]
#[case::of_another_service(World::quiet().tell(Maintenance { services: vec!["search".to_owned()], ..freeze(-2 * HOUR_MS, DAY_MS) }).tell(deploy("12", HOUR_MS)))]
#[case::maintenance_is_no_freeze(World::quiet().tell(Maintenance { kind: MaintenanceKind::Maintenance, ..freeze(-2 * HOUR_MS, DAY_MS) }).tell(deploy("12", HOUR_MS)))]
#[tokio::test]
async fn a_freeze_is_kept(#[case] world: World) {
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_freeze_and_a_change_may_call_a_service_by_different_names() {
    let of = |name: &str| vec![name.to_owned()];
    let world =
        World::quiet().said(&super::world::TEAM.replace("[\"pd:SCHECK\"]", "[\"ci:co\", \"freezes:Checkout\"]"));
    let world = world.tell(Maintenance { services: of("Checkout"), ..freeze(-2 * HOUR_MS, DAY_MS) });
    let answer = world.tell(Change { service: Some("co".to_owned()), ..deploy("12", HOUR_MS) }).look().await;
    assert_eq!(kinds(&answer), ["freeze_breach"]);
    assert_eq!(answer.attention[0].service.as_deref(), Some("checkout"));
}

#[tokio::test]
async fn a_breach_stays_true_while_its_source_is_blind() {
    let world = frozen([deploy("12", HOUR_MS)]).read().await;
    world.cut("ci", &network());
    world.read_again(MINUTE_MS).await;
    assert_eq!(kinds(&world.look().await), ["freeze_breach", "blind"]);
}

#[rstest]
#[case("ci", "no source of changes is connected")]
#[case("freezes", "no source of freezes is connected")]
#[tokio::test]
async fn without_changes_or_freezes_no_breach_is_watched(#[case] source: &str, #[case] reason: &str) {
    let answer = World::quiet().without(source).look().await;
    assert_eq!(unwatched(&answer, "freeze_breach"), Some(reason));
    let hot = (source == "ci").then_some("no source of changes is connected");
    assert_eq!(unwatched(&answer, "hot_change"), hot);
}
