//! The pages of SLOs over the demo's story, and over small ones.

use std::collections::BTreeMap;
use std::path::Path;

use fairlead_connectors::Mode;
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::incident::Incident;
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo, SloOrigin, SloUpstream, SloWindow};
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_testkit::records::incident;
use fairlead_testkit::upstream::{Shelf, Upstream};
use serde_json::json;

use super::{SloPage, slo_list, slo_page, slo_table};
use crate::actions::demo;
use crate::export::{Flavour, slo_line_text, slo_text, slos_text};
use crate::sync::nobody;
use crate::sync::tests::rig::{MINUTE, NOW, Rig};
use crate::workspace::{Access, Workspace};

async fn demo_in(dir: &Path) -> Workspace {
    demo::load(dir, &nobody()).await.unwrap();
    Workspace::open(dir, Access::Read).await.unwrap()
}

/// The page without its columns, which are checked against its other numbers.
fn brief(page: &SloPage) -> serde_json::Value {
    let mut value = serde_json::to_value(page).unwrap();
    for (part, column) in [
        ("columns", "remaining"),
        ("columns", "burn"),
        ("columns", "bad"),
        ("columns", "total"),
        ("forecast", "at_pace"),
        ("forecast", "if_calm"),
    ] {
        value[part][column] = json!(value[part][column].as_array().unwrap().len());
    }
    value
}

#[tokio::test]
async fn the_demo_told_by_days_is_the_demo_told_by_hours() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    for back in [0, 5, 24 * 9 + 13] {
        let as_of = demo.clock.now().plus_hours(-back);
        let list = slo_list(&demo, as_of).await.unwrap().slos;
        let table = slo_table(&demo, as_of, None).await.unwrap();
        assert_eq!(list.len(), table.rows.len());
        for slo in &list {
            let row = table.rows.iter().find(|row| row.id == slo.id).unwrap();
            assert_eq!((&row.state, row.exhausts_at, row.recovers_at), (&slo.state, slo.exhausts_at, slo.recovers_at));
            let close = |a: Option<f64>, b: Option<f64>, by: f64| match (a, b) {
                (Some(a), Some(b)) => assert!((a - b).abs() <= by, "{}: {a} is not {b}", slo.id),
                (a, b) => assert_eq!(a, b, "{}", slo.id),
            };
            close(row.budget_remaining, slo.budget_remaining, 0.000_5);
            close(row.burn.h1, slo.burn.h1, 0.005);
            close(row.burn.d3, slo.burn.d3, 0.005);
            close(row.coverage, slo.coverage, 0.001);
            close(row.total, slo.total, 0.5);
            close(row.trend.last().copied().flatten(), row.budget_remaining, 0.0);
        }
    }
}

#[tokio::test]
async fn the_pages_of_the_demo_are_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    let zone = demo.config.workspace.timezone;
    let table = slo_table(&demo, now, None).await.unwrap();
    let page = slo_page(&demo, now, "metrics/checkout-availability").await.unwrap();
    insta::assert_json_snapshot!("table", table);
    insta::assert_json_snapshot!("page", brief(&page));
    insta::assert_snapshot!("table_text", slos_text(&table, zone, Flavour::Markdown));
    insta::assert_snapshot!("page_text", slo_text(&page, zone, Flavour::Markdown));
}

#[tokio::test]
async fn numbers_of_a_page_agree_with_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    for row in slo_table(&demo, now, None).await.unwrap().rows {
        let page = slo_page(&demo, now, &row.id).await.unwrap();
        assert_eq!(page.line, row, "the table and the page say the same");
        let (columns, forecast) = (&page.columns, &page.forecast);
        let length = columns.remaining.len();
        assert_eq!([columns.burn.len(), columns.bad.len(), columns.total.len()], [length; 3]);
        assert_eq!(columns.from.plus_hours(i64::try_from(length).unwrap()), forecast.from, "the line reaches now");
        assert_eq!(columns.remaining.last().copied().flatten(), row.budget_remaining);
        assert_eq!(forecast.at_pace.first().copied().flatten(), row.budget_remaining);
        if let (Some(spent), Some(left)) = (&page.spent, row.budget_remaining) {
            let tenths = |points: f64| (points * 10.0).round() as i64;
            let shown: i64 = spent.rows.iter().map(|row| tenths(row.points)).sum::<i64>() + tenths(spent.rest);
            assert_eq!(shown, tenths(spent.total), "{}", row.id);
            assert_eq!(tenths(spent.total), 1_000 - tenths(left * 100.0), "{}", row.id);
        }
        let crossing = forecast.at_pace.iter().position(|left| left.is_some_and(|left| left <= 0.0));
        let told = row.exhausts_at.map(|at| usize::try_from(at.since(forecast.from) / 3_600_000).unwrap());
        // A line that only grazes zero is rounded to it sooner.
        match (told, crossing) {
            (Some(told), Some(crossing)) => assert!(told >= crossing && told - crossing <= 24, "{told} {crossing}"),
            (told, crossing) => {
                assert!(told == crossing || row.budget_remaining.is_none_or(|left| left <= 0.0), "{}", row.id);
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_does_not_exist_says_how_ids_are_written() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let error = slo_page(&demo, demo.clock.now(), "metrics/nothing").await.unwrap_err().to_string();
    assert!(error.contains("metrics/nothing"), "{error}");
}

fn checkout(objective: f64, good: &str) -> Slo {
    Slo {
        ext_id: "checkout".into(),
        name: "Checkout *availability*".into(),
        service: Some("checkout".into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective,
        window: SloWindow::Rolling { days: 2.0 },
        method: BudgetMethod::Occurrences,
        good_expr: Some(good.into()),
        total_expr: Some("sum(total)".into()),
        description: None,
        labels: BTreeMap::new(),
    }
}

/// Six days of hours with 100 events, all good but those of the fifth hour before now; ratios say twice as much.
fn counts() -> Shelf {
    let shelf = Shelf::new("sli_counts", Mode::Created { overlap_secs: 0 }, &[RecordKind::SliHour]);
    (1..=144).fold(shelf, |shelf, back| {
        let hour = NOW.floor_hour().plus_hours(-back);
        let bad = if back == 5 { 24.0 } else { 0.0 };
        let figures = SliFigures {
            good: Some(100.0 - bad),
            total: Some(100.0),
            ratio_sum: Some(2.0 * bad / 100.0),
            ratio_count: Some(1.0),
            ..SliFigures::default()
        };
        shelf.with(hour, SliHour { slo: "checkout".into(), hour, figures })
    })
}

fn of_service(id: &str, service: &str, at: Timestamp) -> Incident {
    Incident { service: Some(service.into()), resolved_at: Some(at.plus_hours(1)), ..incident(id, at) }
}

fn deploy(id: &str, service: &str, at: Timestamp) -> Change {
    Change {
        ext_id: id.into(),
        kind: ChangeKind::Deploy,
        service: Some(service.into()),
        title: format!("Release {id}"),
        at,
        finished_at: None,
        outcome: None,
        author: None,
        url: None,
    }
}

/// A small story with everything that a page shows.
fn story() -> Vec<Shelf> {
    let start = NOW.floor_hour().plus_hours(-5);
    let incidents = [of_service("mine", "checkout", start.plus_millis(600_000)), of_service("other", "search", start)];
    let test = Incident { is_test: true, ..of_service("drill", "checkout", start) };
    let incidents = incidents.into_iter().chain([test]).fold(
        Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]),
        |shelf, incident| shelf.with(incident.created_at, incident),
    );
    let changes = Shelf::new("changes", Mode::Created { overlap_secs: 0 }, &[RecordKind::Change])
        .with(start.plus_millis(-60_000), deploy("r1", "checkout", start.plus_millis(-60_000)))
        .with(start, deploy("r2", "search", start));
    let said = SloUpstream { slo: "checkout".into(), at: NOW.plus_hours(-1), budget_remaining: 0.02 };
    vec![
        Shelf::new("slos", Mode::Snapshot, &[RecordKind::Slo]).with(NOW, checkout(0.99, "sum(good)")),
        Shelf::new("slo_status", Mode::Created { overlap_secs: 0 }, &[RecordKind::SloUpstream])
            .with(NOW.plus_hours(-1), said),
        counts(),
        incidents,
        changes,
    ]
}

#[tokio::test]
async fn a_spell_is_named_by_the_incident_of_its_service() {
    let (rig, _) = Rig::of(story()).await;
    rig.refresh().await;
    let page = slo_page(&rig.workspace, NOW, "pd/checkout").await.unwrap();
    let marks: Vec<&str> = page.marks.marks.iter().map(|mark| mark.id.as_str()).collect();
    assert_eq!(marks, ["pd/r1", "pd/mine"], "neither another service's nor a drill");
    let spent = page.spent.unwrap();
    let [spell] = spent.rows.as_slice() else { panic!("one spell: {:?}", spent.rows) };
    assert_eq!((spell.points, spent.rest, spent.total, spell.bad), (50.0, 0.0, 50.0, Some(24.0)));
    let beside = spell.beside.as_ref().unwrap();
    assert_eq!((beside.id.as_str(), beside.others), ("pd/mine", 1), "the deploy just before it is told too");
    assert_eq!(spell.leaves_at, Some(NOW.floor_hour().plus_hours(-4 + 48)));
    assert_eq!(spell.left_then, Some(1.0), "all of it comes back");
}

#[tokio::test]
async fn an_upstream_that_says_otherwise_is_explained() {
    let (rig, _) = Rig::of(story()).await;
    rig.refresh().await;
    let upstream = slo_page(&rig.workspace, NOW, "pd/checkout").await.unwrap().upstream.unwrap();
    assert_eq!((upstream.points, upstream.method_points, upstream.rest_points), (Some(-48.0), Some(-50.0), Some(2.0)));
    assert_eq!(upstream.ours_by_their_method, Some(0.0));
    assert!(upstream.reasons[0].contains("50.0 of the 48.0 points are method"), "{:?}", upstream.reasons);
}

#[tokio::test]
async fn a_definition_that_changed_is_never_summed_in_silence() {
    let (rig, upstream) = Rig::of(story()).await;
    rig.refresh().await;
    assert_eq!(slo_page(&rig.workspace, NOW, "pd/checkout").await.unwrap().changed_at, None);
    rig.later(MINUTE);
    upstream.keep_only("slos", |_| false);
    upstream.put("slos", NOW.plus_millis(MINUTE), checkout(0.98, "sum(better)"));
    rig.refresh().await;
    let now = rig.workspace.clock.now().plus_hours(2);
    let page = slo_page(&rig.workspace, now, "pd/checkout").await.unwrap();
    let changed = page.changed_at.unwrap();
    assert!(changed > NOW && changed <= now);
    let versions: Vec<(u32, f64)> = page.versions.iter().map(|v| (v.number, v.definition.objective)).collect();
    assert_eq!(versions, [(2, 0.98), (1, 0.99)], "the newest first");
    assert_eq!(page.months[0].versions, [1, 2]);
    assert!(page.upstream.unwrap().reasons.iter().any(|reason| reason.starts_with("Version:")));
    let before = slo_page(&rig.workspace, NOW, "pd/checkout").await.unwrap();
    assert_eq!((before.versions.len(), before.line.objective), (1, 0.99), "as of before it changed");
}

#[tokio::test]
async fn an_slo_that_saw_too_few_events_is_given_no_number_anywhere() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    let table = slo_table(&demo, now, None).await.unwrap();
    let row = table.rows.iter().find(|row| row.too_few).expect("the demo has one");
    let few = row.too_few_events.clone().unwrap();
    assert_eq!((row.state.as_str(), few.seen), ("ok", row.total.unwrap()));
    assert!(few.words.starts_with("too few events to judge: 93 of "), "{}", few.words);
    let healthy = table.rows.iter().filter(|row| row.state == "ok" && !row.too_few).count();
    assert!(table.words.answer.contains("1 saw too few events to judge"), "{} ({healthy})", table.words.answer);
    let list = slo_list(&demo, now).await.unwrap();
    let entry = list.slos.iter().find(|slo| slo.id == row.id).unwrap();
    assert_eq!(entry.too_few_events, Some(few.clone()));

    let page = slo_page(&demo, now, &row.id).await.unwrap();
    assert_eq!(page.words.answer.to_lowercase(), few.words);
    assert_eq!(page.words.outlook, "No forecast: one failure is the whole budget");
    let text = slo_text(&page, chrono_tz::UTC, Flavour::Markdown);
    let ours = text.lines().filter(|line| !line.contains("The upstream says"));
    assert!(ours.clone().count() > 3 && ours.clone().all(|line| !line.contains("% left")), "{text}");
    let all = slos_text(&table, chrono_tz::UTC, Flavour::Markdown);
    assert!(all.lines().any(|line| line.contains(&few.words)), "it is not among the healthy: {all}");
}

#[tokio::test]
async fn a_line_for_chat_is_inert() {
    let (rig, _) = Rig::of(story()).await;
    rig.refresh().await;
    let table = slo_table(&rig.workspace, NOW, None).await.unwrap();
    let line = slo_line_text(&table.rows[0], chrono_tz::UTC, Flavour::Markdown);
    assert!(line.starts_with("**Checkout \\*availability\\*** (checkout): critical, 50.0\u{a0}% left"), "{line}");
    assert!(line.ends_with("Objective 99\u{a0}%, 2 d rolling; from pd"), "{line}");
}

#[tokio::test]
async fn a_table_of_a_team_holds_its_services_alone() {
    let config = "[service.checkout]\nteam = \"shop\"\ntier = 1\n";
    let upstream = Upstream::new(story());
    let rig = Rig::configured(config, &[("pd", &upstream)]).await;
    rig.refresh().await;
    let table = async |team| slo_table(&rig.workspace, NOW, team).await.unwrap();
    let mine = table(Some("shop")).await;
    assert_eq!((mine.rows.len(), mine.rows[0].tier, mine.teams), (1, Some(1), vec!["shop".to_owned()]));
    let other = table(Some("desk")).await;
    assert_eq!((other.rows.len(), other.all, other.words.answer.as_str()), (0, 1, "No SLO is known"));
}
