//! Pages that wait, severe incidents, lesser ones that stay.

use fairlead_domain::incident::{Incident, IncidentStatus, TimelineKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::time::{HOUR_MS, MINUTE_MS};
use rstest::rstest;

use super::records::{entry, incident, page, policy};
use super::world::{World, kinds, told, unwatched};
use crate::sync::tests::rig::NOW;
use crate::views::posture::{Signal, headline};

const PAGE: &str = "now T1 | Page on checkout unacknowledged";

/// An incident without severity, about which somebody was paged so long ago.
fn paged(world: World, age_millis: i64) -> World {
    world.tell(incident(None, age_millis)).tell(page("ines", age_millis))
}

#[rstest]
#[case::five_minutes(|w: World| paged(w, 5 * MINUTE_MS + 1), "Unacknowledged for 5 min | 300.001 secs")]
#[case::a_patient_policy(|w: World| paged(w, 10 * MINUTE_MS + 1).tell(policy("E1", 600)), "Unacknowledged for 10 min | 600.001 secs")]
#[case::a_quick_policy(|w: World| paged(w, MINUTE_MS + 1).tell(policy("E1", 60)), "Unacknowledged for 1 min | 60.001 secs")]
#[case::policies_that_differ(|w: World| paged(w, 5 * MINUTE_MS + 1).tell(policy("E1", 60)).tell(policy("E2", 600)), "Unacknowledged for 5 min | 300.001 secs")]
#[tokio::test]
async fn a_page_waits_too_long(#[case] plot: fn(World) -> World, #[case] words: &str) {
    let answer = plot(World::quiet()).look().await;
    assert_eq!(told(&answer, "page_unacked"), [format!("{PAGE} | {words} | Open in the pager")]);
    assert_eq!(kinds(&answer), ["page_unacked"]);
}

#[rstest]
#[case::five_minutes(|w: World| paged(w, 5 * MINUTE_MS))]
#[case::a_patient_policy(|w: World| paged(w, 10 * MINUTE_MS).tell(policy("E1", 600)))]
#[case::taken(|w: World| paged(w, HOUR_MS).tell(Incident { acked_at: Some(NOW), ..incident(None, HOUR_MS) }))]
#[case::by_mail(|w: World| w.tell(incident(None, HOUR_MS)).tell(Page { channel: PageChannel::Email, ..page("ines", HOUR_MS) }))]
#[case::a_drill(|w: World| paged(w, HOUR_MS).tell(Incident { is_test: true, ..incident(None, HOUR_MS) }))]
#[tokio::test]
async fn a_page_may_wait(#[case] plot: fn(World) -> World) {
    assert_eq!(kinds(&plot(World::quiet()).look().await), [] as [&str; 0]);
}

#[rstest]
#[case::severe(Some(1), 42 * MINUTE_MS, "major_open", "now T1 | SEV1 INC-1 Checkout is slow | Open for 42 min | 2520 secs | Open incident")]
#[case::the_least_severe(Some(2), 42 * MINUTE_MS, "major_open", "now T1 | SEV2 INC-1 Checkout is slow | Open for 42 min | 2520 secs | Open incident")]
#[case::lesser_for_a_day(Some(3), 24 * HOUR_MS + 1, "incident_stale", "today T1 | INC-1 Checkout is slow is still open | Open for 1 d | 86400.001 secs | Open incident")]
#[case::of_no_severity(None, 31 * HOUR_MS, "incident_stale", "today T1 | INC-1 Checkout is slow is still open | Open for 1 d 7 h | 111600 secs | Open incident")]
#[tokio::test]
async fn an_incident_is_open(
    #[case] severity: Option<u8>,
    #[case] age_millis: i64,
    #[case] kind: &str,
    #[case] line: &str,
) {
    let answer = World::quiet().tell(incident(severity, age_millis)).look().await;
    assert_eq!(told(&answer, kind), [line]);
    assert_eq!(kinds(&answer), [kind]);
}

#[tokio::test]
async fn a_third_severe_incident_is_new_and_counted_though_it_is_one_line_with_the_others() {
    let named = |id: &str, severity, age_millis| Incident {
        ext_id: id.to_owned(),
        number: Some(id.to_owned()),
        ..incident(Some(severity), age_millis)
    };
    let two = World::quiet().tell(named("Q1", 2, HOUR_MS)).tell(named("Q2", 1, 20 * MINUTE_MS));
    let before = Signal::of(&two.look().await);
    let three = World::quiet().tell(named("Q1", 2, HOUR_MS)).tell(named("Q2", 1, 20 * MINUTE_MS));
    let answer = three.tell(named("Q3", 1, MINUTE_MS)).look().await;
    let line = "now T1 | SEV1 Q2 Checkout is slow, and 2 more like it | Open for 20 min | 1200 secs | Open incident";
    assert_eq!(told(&answer, "major_open"), [line]);
    let after = Signal::of(&answer);
    assert_eq!((before.word().as_str(), after.word().as_str(), after.new_since(&before)), ("2 now", "3 now", 1));
    assert_eq!(headline(&answer), "3 things need you");
}

#[rstest]
#[case::lesser_for_a_day(incident(Some(3), 24 * HOUR_MS))]
#[case::severe_but_over(Incident { status: IncidentStatus::Resolved, resolved_at: Some(NOW), ..incident(Some(1), HOUR_MS) })]
#[case::a_drill(Incident { is_test: true, ..incident(Some(1), HOUR_MS) })]
#[tokio::test]
async fn an_incident_needs_nobody_yet(#[case] incident: Incident) {
    assert_eq!(kinds(&World::quiet().tell(incident).look().await), [] as [&str; 0]);
}

#[rstest]
#[case::a_note(TimelineKind::Note, "; last update 18 min ago")]
#[case::a_status(TimelineKind::Status, "; last update 18 min ago")]
#[case::that_somebody_was_paged_is_no_update(TimelineKind::Notify, "")]
#[tokio::test]
async fn the_last_update_is_told(#[case] kind: TimelineKind, #[case] words: &str) {
    let world = World::quiet().tell(incident(Some(1), 42 * MINUTE_MS)).tell(entry(kind, 18 * MINUTE_MS));
    assert_eq!(world.look().await.attention[0].reason, format!("Open for 42 min{words}"));
}

#[tokio::test]
async fn an_incident_takes_in_the_page_about_it() {
    let world = World::quiet().tell(incident(Some(1), HOUR_MS)).tell(page("ines", HOUR_MS));
    let answer = world.look().await;
    let line = "now T1 | SEV1 INC-1 Checkout is slow | Open for 1 h; Page on checkout unacknowledged | 3600 secs | Open incident";
    assert_eq!(told(&answer, "major_open"), [line]);
    assert_eq!(answer.attention[0].absorbed, ["page_unacked:pd/Q1"]);
    assert_eq!(kinds(&answer), ["major_open"]);
}

#[tokio::test]
async fn three_incidents_are_one_line() {
    let one = |n: i64| Incident { ext_id: format!("Q{n}"), service: None, ..incident(Some(4), (24 + n) * HOUR_MS) };
    let two = World::quiet().tell_all((1..=2).map(one)).look().await;
    assert_eq!(kinds(&two), ["incident_stale", "incident_stale"]);
    let three = World::quiet().tell_all((1..=3).map(one)).look().await;
    let line = "today | INC-1 Checkout is slow is still open, and 2 more like it | Open for 1 d 3 h | 97200 secs | Open incident";
    assert_eq!(told(&three, "incident_stale"), [line]);
    assert_eq!(three.attention[0].absorbed, ["incident_stale:pd/Q2", "incident_stale:pd/Q1"]);
}

#[tokio::test]
async fn without_a_pager_incidents_and_pages_are_not_watched() {
    let answer = World::quiet().without("pd").look().await;
    let incidents = Some("no source of incidents is connected, and none was imported");
    assert_eq!(unwatched(&answer, "major_open"), incidents);
    assert_eq!(unwatched(&answer, "incident_stale"), incidents);
    assert_eq!(unwatched(&answer, "page_unacked"), Some("no source of pages is connected"));
}
