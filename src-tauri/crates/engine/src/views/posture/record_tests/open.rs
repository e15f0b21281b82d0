//! Open incidents by name.

use fairlead_domain::incident::{Incident, IncidentStatus};
use fairlead_domain::time::{HOUR_MS, MINUTE_MS};

use super::records::incident;
use super::world::{TEAM, World};
use crate::sync::tests::rig::{NOW, network};
use crate::views::posture::{OpenIncident, Posture, Since, posture};

/// An incident under an id of its own.
fn named(id: &str, severity: Option<u8>, hours: i64) -> Incident {
    Incident { ext_id: id.to_owned(), number: None, ..incident(severity, hours * HOUR_MS) }
}

fn names(answer: &Posture) -> Option<Vec<&str>> {
    Some(answer.open_list.as_ref()?.iter().map(|one| one.id.as_str()).collect())
}

#[tokio::test]
async fn an_open_incident_is_named_with_where_it_stands() {
    let acked_at = Some(NOW.plus_millis(-MINUTE_MS));
    let severity_raw = Some("P2".to_owned());
    let told = Incident { acked_at, severity_raw, status: IncidentStatus::Acked, ..incident(Some(2), HOUR_MS) };
    let answer = World::quiet().tell(told).look().await;
    let expected = OpenIncident {
        id: "pd/Q1".to_owned(),
        number: "INC-1".to_owned(),
        title: "Checkout is slow".to_owned(),
        severity: Some(2),
        severity_said: None,
        service: Some("checkout".to_owned()),
        tier: Some(1),
        status: "acked".to_owned(),
        acked_at,
        kind: "paged".to_owned(),
        source: "pd".to_owned(),
        since: NOW.plus_millis(-HOUR_MS),
    };
    assert_eq!(answer.open_list, Some(vec![expected]));
}

#[tokio::test]
async fn the_worst_come_first_and_five_are_named() {
    let taken =
        |one: Incident| Incident { acked_at: Some(NOW.plus_millis(-MINUTE_MS)), status: IncidentStatus::Acked, ..one };
    let elsewhere = |one: Incident| Incident { service: Some("SOTHER".to_owned()), ..one };
    let incidents = [
        named("unsaid", None, 9),
        named("minor", Some(4), 8),
        taken(named("taken", Some(2), 7)),
        elsewhere(named("elsewhere", Some(2), 6)),
        named("young", Some(2), 1),
        named("old", Some(2), 2),
        named("worst", Some(1), 1),
    ];
    let answer = World::quiet().tell_all(incidents).look().await;
    assert_eq!(answer.open_incidents, Some(7), "the number counts all");
    assert_eq!(names(&answer), Some(vec!["pd/worst", "pd/old", "pd/young", "pd/elsewhere", "pd/taken"]));
}

#[tokio::test]
async fn what_has_no_severity_comes_last() {
    let said = Incident { severity_raw: Some("P-odd".to_owned()), ..named("unsaid", None, 9) };
    let answer = World::quiet().tell_all([said, named("least", Some(5), 1)]).look().await;
    assert_eq!(names(&answer), Some(vec!["pd/least", "pd/unsaid"]));
    let word = |at: usize| answer.open_list.as_ref().unwrap()[at].severity_said.as_deref();
    assert_eq!((word(0), word(1)), (None, Some("P-odd")));
}

#[tokio::test]
async fn what_is_left_out_of_the_number_is_not_named() {
    let drill = Incident { is_test: true, ..named("drill", Some(1), 1) };
    let probe = Incident { title: "Synthetic probe".to_owned(), ..named("probe", Some(1), 1) };
    let over = Incident { status: IncidentStatus::Resolved, resolved_at: Some(NOW), ..named("over", Some(1), 1) };
    let rules = format!("{TEAM}[page]\ndrop = [{{ title = \"(?i)probe\" }}]\n");
    let world = World::quiet().said(&rules).tell_all([drill, probe, over, named("real", Some(3), 1)]);
    let answer = world.look().await;
    assert_eq!((names(&answer), answer.open_incidents), (Some(vec!["pd/real"]), Some(1)));
    assert_eq!((answer.hidden.tests, answer.hidden.dropped), (1, 1));
}

#[tokio::test]
async fn they_are_those_of_the_instant() {
    let end = NOW.plus_millis(-HOUR_MS);
    let ended = Incident { status: IncidentStatus::Resolved, resolved_at: Some(end), ..named("ended", Some(1), 3) };
    let world = World::quiet().tell_all([ended, named("began", Some(1), 1)]).read().await;
    assert_eq!(names(&world.look().await), Some(vec!["pd/began"]));
    let before = posture(&world.rig.workspace, NOW.plus_millis(-2 * HOUR_MS), Since::At(NOW.plus_days(-1))).await;
    assert_eq!(names(&before.unwrap()), Some(vec!["pd/ended"]));
}

#[tokio::test]
async fn while_the_pager_is_blind_those_that_were_read_are_named() {
    let world = World::quiet().tell(incident(Some(2), HOUR_MS)).read().await;
    world.cut("pd", &network());
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!((names(&answer), answer.open_incidents), (Some(vec!["pd/Q1"]), None));
    assert_eq!(answer.open_unnamed().as_deref(), Some("how many more is not known"));
}

#[tokio::test]
async fn without_a_source_of_incidents_nothing_is_known_and_without_one_open_none_is_named() {
    assert_eq!(names(&World::quiet().without("pd").look().await), None);
    assert_eq!(names(&World::quiet().look().await), Some(vec![]));
}

#[tokio::test]
async fn a_title_is_cut_and_cannot_turn_the_direction_of_what_follows() {
    let title = format!("\u{202e}Checkout\n{}", "x".repeat(1_000_000));
    let answer = World::quiet().tell(Incident { title, ..incident(Some(1), HOUR_MS) }).look().await;
    let told = &answer.open_list.unwrap()[0].title;
    assert!(told.starts_with("Checkout x") && told.chars().count() == 240, "{told:.20}");
}
