//! The page on records that came through a sync into a real workspace.

use std::path::Path;

use fairlead_connectors::Mode;
use fairlead_domain::incident::{Incident, IncidentStatus, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::person::PersonRef;
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_testkit::records::{incident, resolved};
use fairlead_testkit::upstream::{Shelf, Upstream};
use rstest::rstest;

use super::*;
use crate::actions::{demo, incident_filter};
use crate::export::{incident_markdown, incidents_markdown};
use crate::sync::nobody;
use crate::sync::tests::rig::{MINUTE, NOW, Rig, network};
use crate::workspace::{Access, Workspace};

/// What a few weeks have brought: id, hours ago, severity, service.
const PAST: &[(&str, i64, Option<u8>, &str)] = &[
    ("a", 1, Some(1), "checkout"),
    ("b", 30, Some(2), "checkout"),
    ("c", 60, Some(2), "ledger"),
    ("d", 90, None, "ledger"),
    ("e", 1_000, Some(3), "mailer"),
];

fn row(&(id, hours, severity, service): &(&str, i64, Option<u8>, &str)) -> Incident {
    let made = NOW.plus_hours(-hours);
    let base = if id == "a" { incident(id, made) } else { resolved(id, made) };
    Incident {
        severity,
        severity_raw: severity.is_none().then(|| "odd".to_owned()),
        service: Some(service.to_owned()),
        title: format!("{service} is slow {id}"),
        acked_at: (id != "a").then(|| made.plus_millis(5 * MINUTE)),
        ..base
    }
}

fn shelf(rows: impl IntoIterator<Item = Incident>) -> Shelf {
    let shelf = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]);
    rows.into_iter().fold(shelf, |shelf, row| shelf.with(row.created_at, row))
}

const TABLES: &str = "[[team]]\nname = \"pay\"\n[[team]]\nname = \"rest\"\n[service.checkout]\nteam = \"pay\"\ntier = 1\n\
    [page]\ndrop = [{ title = \"^probe\" }, { service = \"noise\" }]\n";

/// The past, one drill, one that a rule drops by its title and one by its service.
async fn past() -> Rig {
    let drill = Incident { is_test: true, ..row(&("drill", 10, Some(1), "checkout")) };
    let probe = Incident { title: "probe of the pager".to_owned(), ..row(&("probe", 11, Some(4), "checkout")) };
    let noise = row(&("noise", 12, Some(4), "noise"));
    let upstream = Upstream::new([shelf(PAST.iter().map(row).chain([drill, probe, noise]))]);
    let rig = Rig::configured(TABLES, &[("pd", &upstream)]).await;
    rig.sync(crate::sync::SyncRequest::default()).await;
    rig
}

fn said(values: &[FacetValue]) -> Vec<(&str, u32)> {
    values.iter().map(|value| (value.key.as_str(), value.count)).collect()
}

async fn ids(rig: &Rig, as_of: Timestamp, filters: &IncidentFilters) -> Vec<String> {
    let index = incident_index(&rig.workspace, as_of, filters.clone()).await.unwrap();
    let lines = incident_lines(&rig.workspace, as_of, &index.rows).await.unwrap();
    let first = incident_first(&rig.workspace, as_of, filters.clone(), 80).await.unwrap();
    assert_eq!((&first.lines, first.more), (&lines, false), "the first answer and the index say the same");
    assert_eq!(lines.iter().map(|line| &line.row).collect::<Vec<_>>(), index.rows.iter().collect::<Vec<_>>());
    lines.into_iter().map(|line| line.id.trim_start_matches("pd/").to_owned()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[rstest]
#[case::all(IncidentFilters::default(), "a b c d e")]
#[case::words(IncidentFilters { text: Some("led".into()), ..IncidentFilters::default() }, "c d")]
#[case::severity(IncidentFilters { severities: words("1 unmapped"), ..IncidentFilters::default() }, "a d")]
#[case::status(IncidentFilters { statuses: words("open"), ..IncidentFilters::default() }, "a")]
#[case::service(IncidentFilters { services: words("checkout"), ..IncidentFilters::default() }, "a b")]
#[case::team(IncidentFilters { team: Some("pay".into()), ..IncidentFilters::default() }, "a b")]
#[case::days(IncidentFilters { days: Some(2), ..IncidentFilters::default() }, "a b")]
#[case::both(IncidentFilters { services: words("ledger"), severities: words("2"), ..IncidentFilters::default() }, "c")]
#[case::never_met(IncidentFilters { sources: words("other"), ..IncidentFilters::default() }, "")]
#[case::tests(IncidentFilters { tests: true, ..IncidentFilters::default() }, "a drill probe noise b c d e")]
#[tokio::test]
async fn the_page_shows_what_it_is_narrowed_to(#[case] filters: IncidentFilters, #[case] shown: &str) {
    let rig = past().await;
    assert_eq!(ids(&rig, NOW, &filters).await, words(shown));
}

#[tokio::test]
async fn a_range_takes_its_start_and_not_its_end() {
    let rig = past().await;
    let filters = IncidentFilters {
        since: Some(NOW.plus_hours(-60).to_rfc3339()),
        until: Some(NOW.plus_hours(-1).to_rfc3339()),
        ..IncidentFilters::default()
    };
    assert_eq!(ids(&rig, NOW, &filters).await, words("b c"));
}

#[tokio::test]
async fn a_facet_counts_what_its_value_would_leave() {
    let rig = past().await;
    let filters = IncidentFilters { severities: words("2"), ..IncidentFilters::default() };
    let index = incident_index(&rig.workspace, NOW, filters).await.unwrap();
    let facets = &index.facets;
    assert_eq!(
        said(&facets.severities),
        [("1", 1), ("2", 2), ("3", 1), ("unmapped", 1)],
        "its own choice does not bind"
    );
    assert_eq!(said(&facets.services), [("checkout", 1), ("ledger", 1)], "that of others does");
    assert_eq!(said(&facets.statuses), [("resolved", 2)]);
    assert_eq!(said(&facets.sources), [("pd", 2)]);
    assert_eq!(said(&facets.kinds), [("paged", 2)]);
    assert_eq!(said(&facets.months), [("2026-11", 2)]);
    assert!(facets.severities.iter().all(|value| value.chosen == (value.key == "2")));
    let lost = IncidentFilters { services: words("gone"), ..IncidentFilters::default() };
    let index = incident_index(&rig.workspace, NOW, lost).await.unwrap();
    assert_eq!(index.facets.services.last().map(|value| (value.key.as_str(), value.chosen)), Some(("gone", true)));
    assert_eq!(said(&index.facets.services)[..2], [("checkout", 2), ("ledger", 2)]);
}

#[tokio::test]
async fn what_is_hidden_is_counted_where_it_would_be_shown() {
    let rig = past().await;
    let hidden = async |filters| incident_index(&rig.workspace, NOW, filters).await.unwrap().hidden_words;
    assert_eq!(hidden(IncidentFilters::default()).await.unwrap(), "1 test and 2 dropped by [page] hidden");
    let worst = IncidentFilters { severities: words("1"), ..IncidentFilters::default() };
    assert_eq!(hidden(worst).await.unwrap(), "1 test hidden");
    assert_eq!(hidden(IncidentFilters { services: words("mailer"), ..IncidentFilters::default() }).await, None);
}

#[tokio::test]
async fn the_past_is_told_as_it_stood() {
    let rig = past().await;
    let then = NOW.plus_hours(-30).plus_millis(MINUTE);
    assert_eq!(ids(&rig, then, &IncidentFilters::default()).await, words("b c d e"));
    let open = IncidentFilters { statuses: words("open"), ..IncidentFilters::default() };
    assert_eq!(ids(&rig, then, &open).await, ["b"]);
    let index = incident_index(&rig.workspace, then, IncidentFilters::default()).await.unwrap();
    assert_eq!((index.open.known, index.open.worst, index.open.longest_secs), (1, Some(2), Some(60)));
    assert_eq!((index.time_to_ack.ended, index.time_to_ack.running), (3, 1));
    let line = &incident_lines(&rig.workspace, then, &index.rows).await.unwrap()[0];
    assert_eq!((line.acked_after_secs, line.lasted_secs, line.running), (None, Some(60), true));
}

#[tokio::test]
async fn how_long_it_took_is_told_of_enough() {
    let rig = past().await;
    let few = incident_index(&rig.workspace, NOW, IncidentFilters::default()).await.unwrap();
    assert_eq!((few.time_to_resolve.ended, few.time_to_resolve.running, few.time_to_resolve.median), (4, 1, None));
    assert_eq!(few.time_to_resolve.dots.len(), 5);
    let rows = (1..300).map(|n| Incident { severity: Some(2), ..resolved(&format!("i{n}"), NOW.plus_hours(-n)) });
    let cancelled = Incident { status: IncidentStatus::Cancelled, ..resolved("void", NOW.plus_hours(-5)) };
    let (rig, _) = Rig::of([shelf(rows.chain([cancelled]))]).await;
    rig.sync(crate::sync::SyncRequest::default()).await;
    let index = incident_index(&rig.workspace, NOW, IncidentFilters::default()).await.unwrap();
    let took = &index.time_to_resolve;
    let median = took.median.unwrap();
    assert_eq!((took.ended, took.never, median.secs, median.high_secs), (299, 1, 3_600, Some(3_600)));
    assert!(took.dots_are_shares && took.dots.len() == 100 && took.dots[0].row.is_none());
    assert_eq!((index.time_to_ack.ended, index.time_to_ack.never), (0, 300), "nobody acknowledged them");
}

#[tokio::test]
async fn a_source_that_cannot_be_read_forbids_to_say_that_nothing_is_open() {
    let (rig, upstream) = Rig::of([shelf([])]).await;
    let blind = async || incident_index(&rig.workspace, NOW, IncidentFilters::default()).await.unwrap().open.blind;
    assert_eq!(blind().await, ["pd"], "it was never read");
    rig.refresh().await;
    assert!(blind().await.is_empty());
    upstream.break_stream("incidents", network());
    rig.later(MINUTE);
    rig.refresh().await;
    let index = incident_index(&rig.workspace, NOW.plus_millis(MINUTE), IncidentFilters::default()).await.unwrap();
    assert_eq!((index.open.known, index.open.blind), (0, vec!["pd".to_owned()]));
    assert_eq!(index.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>(), ["pd"]);
}

#[rstest]
#[case::nobody("individual", Some("ines@harbor.example"), false)]
#[case::withheld("team", None, true)]
#[tokio::test]
async fn who_was_paged_is_named_only_where_the_team_lets_it(
    #[case] people: &str,
    #[case] named: Option<&str>,
    #[case] withheld: bool,
) {
    let ines = || PersonRef { name: Some("ines@harbor.example".into()), ..PersonRef::by_email("ines@harbor.example") };
    let made = NOW.plus_hours(-1);
    let row = Incident {
        responders: vec![Responder { person: ines(), role: Some("commander".into()), assigned_at: None }],
        ..incident("a", made)
    };
    let event = TimelineEvent {
        ext_id: "t1".into(),
        incident: Some("a".into()),
        at: made.plus_millis(1_000),
        kind: TimelineKind::Note,
        actor: Some(ines()),
        raw_type: None,
        text: Some("looking".into()),
    };
    let page = Page {
        ext_id: "p1".into(),
        person: Some(ines()),
        party: None,
        incident: Some("a".into()),
        sent_at: made.plus_millis(2_000),
        channel: PageChannel::Voice,
        status: Some("success".into()),
        answered_at: Some(made.plus_millis(62_000)),
        service: None,
    };
    let created = || Mode::Created { overlap_secs: 600 };
    let upstream = Upstream::new([
        shelf([row]),
        Shelf::new("events", created(), &[RecordKind::TimelineEvent]).with(event.at, event),
        Shelf::new("pages", created(), &[RecordKind::Page]).with(page.sent_at, page),
    ]);
    let tables = format!("[[team]]\nname = \"pay\"\npeople = \"{people}\"\n");
    let rig = Rig::configured(&tables, &[("pd", &upstream)]).await;
    rig.refresh().await;
    let sheet = incident_sheet(&rig.workspace, NOW, "pd/a").await.unwrap();
    let page = &sheet.pages[0];
    assert_eq!((page.person.as_deref(), page.withheld, page.channel.as_str()), (named, withheld, "voice"));
    assert_eq!((page.answered_after_secs, sheet.people.as_str()), (Some(60), people));
    assert_eq!(sheet.responders[0].role.as_deref(), Some("commander"));
    assert_eq!((sheet.timeline.len(), sheet.timeline[0].kind.as_str()), (1, "note"));
    let before = incident_sheet(&rig.workspace, made.plus_millis(1_500), "pd/a").await.unwrap();
    assert_eq!((before.timeline.len(), before.pages.len()), (1, 0), "the page had not been sent");
}

#[tokio::test]
async fn what_an_upstream_wrote_is_cut_and_inert() {
    let long = format!("{}{}", "<b>\u{202e}|x](javascript:1)", "é".repeat(500_000));
    let hostile = Incident {
        title: long,
        url: Some("javascript:alert(1)".to_owned()),
        number: Some("`1`".to_owned()),
        ..incident("a/b c", NOW.plus_hours(-1))
    };
    let fine = Incident { url: Some("https://pd.example/2".to_owned()), ..incident("2", NOW.plus_hours(-2)) };
    let (rig, _) = Rig::of([shelf([hostile, fine])]).await;
    rig.refresh().await;
    let sheet = incident_sheet(&rig.workspace, NOW, "pd/a/b c").await.unwrap();
    assert_eq!((sheet.line.title.chars().count(), sheet.line.title_cut, &sheet.url), (240, true, &None));
    assert!(sheet.line.title.starts_with("<b>|x](javascript:1)éé"), "{}", sheet.line.title);
    assert!(incident_address(&rig.workspace, NOW, "pd/a/b c").await.is_err());
    assert_eq!(incident_address(&rig.workspace, NOW, "pd/2").await.unwrap(), "https://pd.example/2");
    let told = incident_markdown(&sheet, chrono_tz::UTC);
    assert!(
        told.starts_with("**\\`1\\` \\<b\\>\\|x\\]\\(javascript:1\\)") && !told.contains('\u{202e}'),
        "{told:.120}"
    );
}

#[rstest]
#[case("https://pd.example/1", true)]
#[case("http://[::1]:8080/", true)]
#[case("HTTPS://pd.example/", false)]
#[case("https:///x", false)]
#[case("https://pd.example/\" onload", false)]
#[case("file:///etc/passwd", false)]
#[case("javascript:alert(1)//https://", false)]
#[case("-https://x", false)]
fn only_the_web_is_opened(#[case] url: &str, #[case] opened: bool) {
    assert_eq!(sheet::may_open(url), opened);
}

#[rstest]
#[case(IncidentFilters { statuses: words("lost"), ..IncidentFilters::default() }, "\"lost\" is no status")]
#[case(IncidentFilters { severities: words("6"), ..IncidentFilters::default() }, "\"6\" is no severity")]
#[case(IncidentFilters { kinds: words("x"), ..IncidentFilters::default() }, "\"x\" is no kind")]
#[case(IncidentFilters { since: Some("today".into()), ..IncidentFilters::default() }, "\"today\" is no instant")]
fn filters_that_mean_nothing_are_refused(#[case] filters: IncidentFilters, #[case] message: &str) {
    let told = filters.check().unwrap_err().to_string();
    assert!(told.starts_with(message), "{told}");
}

#[tokio::test]
async fn a_filter_is_saved_under_a_name_and_each_step_can_be_taken_back() {
    let (rig, _) = Rig::of([shelf([])]).await;
    let ws = &rig.workspace;
    let names = async || {
        let saved = saved_filters(ws, ws.clock.now()).await.unwrap();
        saved.into_iter().map(|filter| (filter.name, filter.filters.severities)).collect::<Vec<_>>()
    };
    let worst = IncidentFilters { severities: words("1 2"), ..IncidentFilters::default() };
    assert_eq!(incident_filter::save(ws, " Major ", worst.clone()).await.unwrap(), None);
    rig.later(1);
    let before = incident_filter::save(ws, "major", IncidentFilters::default()).await.unwrap().unwrap();
    assert_eq!((before.name.as_str(), &before.filters), ("Major", &worst), "names that differ in case are one");
    assert_eq!(names().await, [("major".to_owned(), Vec::new())]);
    rig.later(1);
    incident_filter::save(ws, &before.name, before.filters).await.unwrap();
    assert_eq!(names().await, [("Major".to_owned(), words("1 2"))]);
    rig.later(1);
    let gone = incident_filter::remove(ws, "MAJOR").await.unwrap();
    assert!(names().await.is_empty());
    assert!(incident_filter::remove(ws, "major").await.is_err());
    rig.later(1);
    incident_filter::save(ws, &gone.name, gone.filters).await.unwrap();
    assert_eq!(names().await, [("Major".to_owned(), words("1 2"))]);
    let long = "x".repeat(61);
    for name in ["  ", "two\nlines", long.as_str()] {
        assert!(incident_filter::save(ws, name, IncidentFilters::default()).await.is_err(), "{name:?}");
    }
    let events = ws.authored.read(|reader| reader.events(Timestamp::EARLIEST, Timestamp::LATEST)).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.verb.starts_with("setting.")).count(), 5);
}

async fn demo_in(dir: &Path) -> Workspace {
    demo::load(dir, &nobody()).await.unwrap();
    Workspace::open(dir, Access::Read).await.unwrap()
}

#[tokio::test]
async fn the_page_of_the_demo_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let demo = demo_in(dir.path()).await;
    let now = demo.clock.now();
    let index = incident_index(&demo, now, IncidentFilters::default()).await.unwrap();
    let lines = incident_lines(&demo, now, &index.rows[..5]).await.unwrap();
    let worst = IncidentFilters { severities: words("1 2"), ..IncidentFilters::default() };
    let narrowed = incident_index(&demo, now, worst.clone()).await.unwrap();
    let few = incident_lines(&demo, now, &narrowed.rows).await.unwrap();
    let text = incidents_markdown(&narrowed, &few, &worst, demo.config.workspace.timezone);
    insta::assert_snapshot!("demo_markdown", text);
    let sheet = incident_sheet(&demo, now, &lines[0].id).await.unwrap();
    insta::assert_json_snapshot!("demo_sheet", sheet);
    insta::assert_json_snapshot!("demo_lines", lines);
    insta::assert_json_snapshot!("demo_index", index);
}
