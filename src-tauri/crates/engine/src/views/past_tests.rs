//! Views of an instant that is past: what had not happened by then is not told.

use std::collections::BTreeMap;

use fairlead_connectors::Mode;
use fairlead_domain::incident::{Incident, IncidentStatus};
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo, SloOrigin, SloWindow};
use fairlead_domain::{RecordKind, Window};
use fairlead_testkit::records::{incident, schedule, shift};
use fairlead_testkit::upstream::{Shelf, Upstream};
use rstest::rstest;

use super::incidents::{IncidentQuery, incident_detail, incident_list};
use super::oncall::on_call;
use super::posture::{Since, posture};
use super::slos::slo_list;
use crate::sync::tests::rig::{MINUTE, NOW, Rig, network};

const WATCHED: &str = "[schedule.\"pd:primary\"]\ncoverage = \"24x7\"\n";

fn incidents(row: Incident) -> Shelf {
    Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]).with(row.created_at, row)
}

/// Made 10 hours ago, acknowledged 8, mitigated 6, resolved 4 and closed 2 hours ago.
fn closed() -> Incident {
    Incident {
        status: IncidentStatus::Closed,
        acked_at: Some(NOW.plus_hours(-8)),
        mitigated_at: Some(NOW.plus_hours(-6)),
        resolved_at: Some(NOW.plus_hours(-4)),
        closed_at: Some(NOW.plus_hours(-2)),
        ..incident("a", NOW.plus_hours(-10))
    }
}

#[rstest]
#[case::just_made(-10, 0, "open", [false, false])]
#[case::just_before_the_ack(-8, -1, "open", [false, false])]
#[case::at_the_ack(-8, 0, "acked", [true, false])]
#[case::just_before_it_was_mitigated(-6, -1, "acked", [true, false])]
#[case::mitigated(-6, 0, "mitigated", [true, false])]
#[case::just_before_it_was_resolved(-4, -1, "mitigated", [true, false])]
#[case::resolved(-4, 0, "resolved", [true, true])]
#[case::just_before_it_was_closed(-2, -1, "resolved", [true, true])]
#[case::closed(-2, 0, "closed", [true, true])]
#[tokio::test]
async fn an_incident_stands_as_it_stood(
    #[case] hours: i64,
    #[case] millis: i64,
    #[case] status: &str,
    #[case] known: [bool; 2],
) {
    let (rig, _) = Rig::of([incidents(closed())]).await;
    rig.refresh().await;
    let at = NOW.plus_hours(hours).plus_millis(millis);
    let shown = incident_detail(&rig.workspace, at, "pd/a").await.unwrap().incident;
    assert_eq!(shown.status, status);
    assert_eq!([shown.acked_at.is_some(), shown.resolved_at.is_some()], known);
    for asked in IncidentStatus::ALL {
        let query = IncidentQuery { statuses: vec![*asked], limit: 10, ..IncidentQuery::default() };
        let found = incident_list(&rig.workspace, at, query).await.unwrap().incidents;
        assert_eq!(found.len(), usize::from(asked.word() == status), "{asked}");
    }
}

#[tokio::test]
async fn an_incident_that_was_not_made_yet_is_unknown() {
    let (rig, _) = Rig::of([incidents(closed())]).await;
    rig.refresh().await;
    let before = NOW.plus_hours(-10).plus_millis(-1);
    assert!(incident_detail(&rig.workspace, before, "pd/a").await.is_err());
    let query = IncidentQuery { limit: 10, ..IncidentQuery::default() };
    assert!(incident_list(&rig.workspace, before, query).await.unwrap().incidents.is_empty());
}

/// The world at an instant is told as it is known now: one that was reopened was never over.
#[tokio::test]
async fn an_incident_that_was_reopened_was_not_over_in_between() {
    let over = Incident { status: IncidentStatus::Resolved, closed_at: None, ..closed() };
    let (rig, upstream) = Rig::of([incidents(over)]).await;
    rig.refresh().await;
    let between = NOW.plus_hours(-3);
    assert_eq!(incident_detail(&rig.workspace, between, "pd/a").await.unwrap().incident.status, "resolved");
    let again = Incident { status: IncidentStatus::Acked, closed_at: None, resolved_at: None, ..closed() };
    upstream.put("incidents", NOW, again);
    rig.later(MINUTE);
    rig.refresh().await;
    let now = rig.workspace.clock.now();
    for (at, status) in [(NOW.plus_hours(-9), "open"), (between, "acked"), (now, "acked")] {
        assert_eq!(incident_detail(&rig.workspace, at, "pd/a").await.unwrap().incident.status, status, "at {at}");
    }
    let read = rig.workspace.synced.read(|r| {
        let row = r.incident("pd", "a", NOW.plus_days(1))?.expect("it is stored");
        r.incident_revisions(row.id)
    });
    let revisions = read.await.unwrap();
    assert_eq!(revisions.len(), 1, "and what was known before is kept");
    assert_eq!((revisions[0].old_status, revisions[0].seen_at), (IncidentStatus::Resolved, now));
}

/// An SLO that loses a thousandth of its requests, read with its last two days.
fn measured() -> [Shelf; 2] {
    let slo = Slo {
        ext_id: "checkout".into(),
        name: "Checkout answers".into(),
        service: Some("checkout".into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective: 0.99,
        window: SloWindow::Rolling { days: 28.0 },
        method: BudgetMethod::Occurrences,
        good_expr: None,
        total_expr: None,
        description: None,
        labels: BTreeMap::new(),
    };
    let figures = SliFigures { good: Some(999.0), total: Some(1_000.0), ..SliFigures::default() };
    let counts = Shelf::new("sli_counts", Mode::Created { overlap_secs: 0 }, &[RecordKind::SliHour]);
    let counts = (1..=48).fold(counts, |shelf, back| {
        let hour = NOW.floor_hour().plus_hours(-back);
        shelf.with(hour, SliHour { slo: "checkout".into(), hour, figures })
    });
    [Shelf::new("slos", Mode::Snapshot, &[RecordKind::Slo]).with(NOW, slo), counts]
}

#[tokio::test]
async fn hours_that_were_learned_later_are_known_at_a_past_instant() {
    let (rig, upstream) = Rig::of(measured()).await;
    rig.refresh().await;
    let told = async |at| {
        let answer = slo_list(&rig.workspace, at).await.unwrap();
        (answer.slos[0].state.clone(), answer.warnings.first().map(|warning| warning.message.clone()))
    };
    let learned = Some("pd had not been read by then: what is shown was learned later".to_owned());
    assert_eq!(told(NOW).await, ("ok".to_owned(), None));
    assert_eq!(told(NOW.plus_hours(-12)).await, ("ok".to_owned(), learned.clone()));

    // One that cannot list its SLOs vouches for none of their hours.
    upstream.break_stream("slos", network());
    rig.later(MINUTE);
    rig.refresh().await;
    assert_eq!(told(rig.workspace.clock.now()).await.0, "unknown");
    assert_eq!(told(NOW.plus_hours(-12)).await, ("ok".to_owned(), learned));
}

fn rota(who: &str, from: i64, to: i64) -> [Shelf; 2] {
    let mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let span = Window::new(NOW.plus_days(from), NOW.plus_days(to));
    let shifts =
        Shelf::new("shifts", mode, &[RecordKind::Shift]).with_span(span, shift("primary", who, span.start, span.end));
    [Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]).with(NOW, schedule("primary")), shifts]
}

#[tokio::test]
async fn no_gap_is_claimed_where_shifts_were_not_read() {
    let upstream = Upstream::new(rota("ines@harbor.example", -14, 30));
    let rig = Rig::configured(WATCHED, &[("pd", &upstream)]).await;
    rig.refresh().await;
    let inside = on_call(&rig.workspace, NOW, Some(Window::new(NOW, NOW.plus_days(50)))).await.unwrap();
    assert_eq!(inside.warnings, []);
    assert_eq!(inside.gaps.len(), 1, "nobody holds it from the 30th day on");
    let beyond = on_call(&rig.workspace, NOW, Some(Window::new(NOW, NOW.plus_days(100)))).await.unwrap();
    let codes: Vec<&str> = beyond.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["not_covered"]);
    assert_eq!(beyond.gaps[0].end, NOW.plus_days(60), "the gap ends where reading ended");
}

#[tokio::test]
async fn a_shift_of_somebody_outside_the_team_covers_without_a_name() {
    let team = format!("{WATCHED}[[team]]\nname = \"a\"\nmembers = [\"ines@harbor.example\"]\n");
    let upstream = Upstream::new(rota("oswald@elsewhere.example", -14, 60));
    let rig = Rig::configured(&team, &[("pd", &upstream)]).await;
    rig.refresh().await;
    let answer = on_call(&rig.workspace, NOW, None).await.unwrap();
    let entry = &answer.on_call[0];
    assert_eq!((entry.withheld, &entry.person, &entry.email), (true, &None, &None));
    assert_eq!((answer.on_call.len(), answer.gaps.len()), (1, 0));
    let attention = posture(&rig.workspace, NOW, Since::At(NOW.plus_days(-1))).await.unwrap().attention;
    assert!(!attention.iter().any(|row| ["nobody_on_call", "gap_ahead"].contains(&row.kind.as_str())), "{attention:?}");
}
