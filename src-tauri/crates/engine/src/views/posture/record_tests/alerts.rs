//! Alerts that fire on and on, and silences.

use fairlead_domain::alert::Alert;
use fairlead_domain::silence::Silence;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use fairlead_testkit::records as plain;
use rstest::rstest;

use super::records::{incident, silence, turn};
use super::world::{World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, network};

/// An alert of `checkout` that fires and pages.
fn alert(name: &str, age_millis: i64) -> Alert {
    Alert { service: Some("checkout".to_owned()), ..plain::alert(name, NOW.plus_millis(-age_millis)) }
}

#[rstest]
#[case::a_day(24 * HOUR_MS + 1, "Firing for 1 d | 86400.001 secs")]
#[case::days(75 * HOUR_MS, "Firing for 3 d 3 h | 270000 secs")]
#[tokio::test]
async fn an_alert_fires_on_and_on(#[case] age_millis: i64, #[case] words: &str) {
    let answer = World::quiet().tell(alert("DiskFull", age_millis)).look().await;
    assert_eq!(
        told(&answer, "alert_zombie"),
        [format!("today T1 | DiskFull fires on and on | {words} | Silence or fix")]
    );
    assert_eq!(kinds(&answer), ["alert_zombie"]);
}

#[rstest]
#[case::a_day(alert("DiskFull", 24 * HOUR_MS))]
#[case::it_pages_nobody(Alert { severity_raw: Some("warning".to_owned()), ..alert("DiskFull", 3 * DAY_MS) })]
#[tokio::test]
async fn an_alert_fires_for_a_while(#[case] alert: Alert) {
    assert_eq!(kinds(&World::quiet().tell(alert).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn an_incident_takes_in_the_alert_of_its_service() {
    let world = World::quiet().tell(alert("DiskFull", 2 * DAY_MS)).tell(incident(Some(1), HOUR_MS));
    let answer = world.look().await;
    assert_eq!(kinds(&answer), ["major_open"]);
    assert_eq!(answer.attention[0].reason, "Open for 1 h; DiskFull fires on and on");
}

#[tokio::test]
async fn three_alerts_are_one_line() {
    let alerts = [2, 3, 4].map(|days| alert(&format!("Disk{days}"), days * DAY_MS));
    let line = "today T1 | Disk4 fires on and on, and 2 more like it | Firing for 4 d | 345600 secs | Silence or fix";
    assert_eq!(told(&World::quiet().tell_all(alerts).look().await, "alert_zombie"), [line]);
}

/// Milliseconds to the end of the next turn.
fn next_turn_ends() -> i64 {
    turn(1).end.since(NOW)
}

/// A silence of what fires that ends then.
fn ends(id: &str, left_millis: i64) -> Silence {
    silence(id, 2 * HOUR_MS, left_millis)
}

#[rstest]
#[case::before_the_next_turn_does(next_turn_ends() - 1, "today T1 | 1 silence ends Fri 07:59 UTC")]
#[case::within_the_running_turn(HOUR_MS, "now T1 | 1 silence ends Wed 12:06 UTC")]
#[tokio::test]
async fn a_silence_ends_while_its_alert_fires(#[case] left_millis: i64, #[case] title: &str) {
    let answer = World::quiet().tell(alert("DiskFull", HOUR_MS)).tell(ends("a", left_millis)).look().await;
    assert_eq!(
        told(&answer, "silence_ends"),
        [format!("{title} | 1 will page; still firing: DiskFull | 1 count | Decide")]
    );
    assert_eq!(kinds(&answer), ["silence_ends"]);
}

#[rstest]
#[case::with_the_next_turn(alert("DiskFull", HOUR_MS), next_turn_ends())]
#[case::of_something_else(alert("DiskSlow", HOUR_MS), HOUR_MS)]
#[tokio::test]
async fn a_silence_ends_and_nothing_follows(#[case] alert: Alert, #[case] left_millis: i64) {
    assert_eq!(kinds(&World::quiet().tell(alert).tell(ends("a", left_millis)).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn silences_that_end_together_are_one_row_and_an_alert_pages_once() {
    let left = 30 * HOUR_MS;
    let world = World::quiet().tell(alert("DiskFull", HOUR_MS)).tell_all(["a", "b", "c"].map(|id| ends(id, left)));
    let line = "today T1 | 3 silences end Thu 17:06 UTC | 1 will page; still firing: DiskFull | 3 count | Decide";
    assert_eq!(told(&world.look().await, "silence_ends"), [line]);
}

#[tokio::test]
async fn an_alert_that_another_silence_still_holds_back_does_not_page() {
    let world = World::quiet().tell(alert("DiskFull", HOUR_MS));
    let answer = world.tell(ends("a", 30 * HOUR_MS)).tell(ends("b", next_turn_ends() + HOUR_MS)).look().await;
    assert_eq!(kinds(&answer), [] as [&str; 0]);
}

/// The sources a day after they were first read: what silences held back since is known.
async fn a_day_later(world: World) -> super::world::Connected {
    let connected = world.read().await;
    connected.read_again(DAY_MS).await;
    connected
}

/// A silence that began so long before [`NOW`] and lasts for another month.
fn lasting(id: &str, age_millis: i64) -> Silence {
    silence(id, age_millis, 30 * DAY_MS)
}

#[rstest]
#[case::holds_back_nothing(vec![lasting("a", 0)], "1 silence is to be cleaned up | 1 matches nothing for 24 h; oldest 1 d | 1 count")]
#[case::two_hold_back_nothing(vec![lasting("a", 0), lasting("b", DAY_MS)], "2 silences are to be cleaned up | 2 match nothing for 24 h; oldest 2 d | 2 count")]
#[case::too_old(vec![lasting("a", 6 * DAY_MS + 1)], "1 silence is to be cleaned up | 1 matches nothing for 24 h, 1 older than 7 d; oldest 7 d | 1 count")]
#[case::without_a_reason(vec![Silence { comment: Some(" ".to_owned()), ..lasting("a", -1) }], "1 silence is to be cleaned up | 1 without a comment; oldest 23 h 59 min | 1 count")]
#[tokio::test]
async fn silences_are_to_be_cleaned_up(#[case] silences: Vec<Silence>, #[case] words: &str) {
    let answer = a_day_later(World::quiet().tell_all(silences)).await.look().await;
    assert_eq!(told(&answer, "silence_bad"), [format!("week | {words} | Remove")]);
    assert_eq!(kinds(&answer), ["silence_bad"]);
}

#[rstest]
#[case::younger_than_a_day(World::quiet().tell(lasting("a", -1)))]
#[case::a_week_old_and_useful(World::quiet().tell(lasting("a", 6 * DAY_MS)).tell(alert("DiskFull", HOUR_MS)))]
#[tokio::test]
async fn a_silence_is_in_order(#[case] world: World) {
    assert!(!kinds(&a_day_later(world).await.look().await).contains(&"silence_bad"));
}

#[tokio::test]
async fn what_a_silence_held_back_before_anybody_looked_is_not_known() {
    assert_eq!(kinds(&World::quiet().tell(lasting("a", 2 * DAY_MS)).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_blind_source_takes_in_its_alerts_and_silences() {
    let old = Silence { comment: None, ..silence("b", 9 * DAY_MS, 30 * HOUR_MS) };
    // The silence holds back the first alert, so only the second is one that fires on and on.
    let alerts = [alert("DiskFull", 2 * DAY_MS), alert("LogFull", 2 * DAY_MS)];
    let world = World::quiet().tell_all(alerts).tell(old).read().await;
    let before = world.look().await;
    let mut found = kinds(&before);
    found.sort_unstable();
    assert_eq!(found, ["alert_zombie", "silence_bad", "silence_ends"]);
    world.cut("am", &network());
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!(kinds(&answer), ["blind"]);
    let mut absorbed: Vec<&str> = answer.attention[0].absorbed.iter().filter_map(|id| id.split(':').next()).collect();
    absorbed.sort_unstable();
    assert_eq!(absorbed, found);
}

#[tokio::test]
async fn without_a_source_neither_alerts_nor_silences_are_watched() {
    let answer = World::quiet().without("am").look().await;
    assert_eq!(unwatched(&answer, "alert_zombie"), Some("no source of alerts is connected"));
    assert_eq!(unwatched(&answer, "silence_ends"), Some("no source of silences is connected"));
    assert_eq!(unwatched(&answer, "silence_bad"), Some("no source of silences is connected"));
    let answer = World::quiet().without("pd").look().await;
    let shift = Some("when the next shift ends is not known: no source of shifts is connected");
    assert_eq!(unwatched(&answer, "silence_ends"), shift);
}
