//! Lanes over records that came through a sync into a real workspace.

use std::time::Duration;

use chrono::NaiveDate;
use fairlead_connectors::Mode;
use fairlead_domain::leave::Leave;
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::schedule::{Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_testkit::effort::used;
use fairlead_testkit::records::{person, schedule, shift};
use fairlead_testkit::upstream::{Shelf, Upstream};
use rstest::rstest;

use super::range::Range;
use super::*;
use crate::export::{Flavour, rota_text};
use crate::sync::tests::rig::{MINUTE, NOW, Rig};

const INES: &str = "ines@harbor.example";
const YUKI: &str = "yuki@harbor.example";
const DEVON: &str = "devon@harbor.example";

/// Somebody in a zone.
fn living(email: &str, zone: &str) -> Person {
    let name = email.split('@').next().unwrap().to_owned();
    Person { name, timezone: Some(zone.to_owned()), ..person(email, email) }
}

fn named(email: &str) -> PersonRef {
    PersonRef { ext_id: Some(email.to_owned()), ..PersonRef::by_email(email) }
}

fn held(schedule: &str, email: &str, from: Timestamp, hours: i64) -> Shift {
    Shift { person: Some(named(email)), ..shift(schedule, email, from, from.plus_hours(hours)) }
}

fn shelves(people: &[Person], schedules: &[&str], shifts: Vec<Shift>, leaves: Vec<Leave>) -> Vec<Shelf> {
    let mode = Mode::ReplaceWindow { back_days: 100, ahead_days: 120 };
    let people = people.iter().fold(Shelf::new("people", Mode::Snapshot, &[RecordKind::Person]), |shelf, person| {
        shelf.with(NOW, person.clone())
    });
    let known = schedules.iter().fold(Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]), |shelf, id| {
        shelf.with(NOW, schedule(id))
    });
    let shifts = shifts
        .into_iter()
        .fold(Shelf::new("shifts", mode, &[RecordKind::Shift]), |shelf, row| shelf.with_span(row.window(), row));
    let leaves = leaves.into_iter().fold(Shelf::new("leave", mode, &[RecordKind::Leave]), |shelf, row| {
        shelf.with_span(Window::new(row.start, row.end), row)
    });
    vec![people, known, shifts, leaves]
}

async fn rig_of(tables: &str, shelves: Vec<Shelf>) -> (Rig, Upstream) {
    let upstream = Upstream::new(shelves);
    let rig = Rig::configured(tables, &[("pd", &upstream)]).await;
    rig.refresh().await;
    (rig, upstream)
}

fn days(from: &str, span: Span) -> LanesQuery {
    LanesQuery { from: Some(from.parse::<NaiveDate>().unwrap()), span, team: None }
}

async fn look(rig: &Rig, query: LanesQuery) -> Lanes {
    lanes(&rig.workspace, rig.workspace.clock.now(), query).await.unwrap()
}

/// Hours from `NOW`, which is Wed 18 Nov 2026, 11:06:40 UTC.
fn h(hours: i64) -> Timestamp {
    NOW.floor_day().plus_hours(hours)
}

#[rstest]
#[case::three_days(None, Span::Days3, "2026-11-18", "2026-11-21", "2026-11-15")]
#[case::a_week(None, Span::Week, "2026-11-16", "2026-11-23", "2026-11-09")]
#[case::two_weeks(None, Span::Weeks2, "2026-11-16", "2026-11-30", "2026-11-09")]
#[case::four_weeks(None, Span::Weeks4, "2026-11-09", "2026-12-07", "2026-10-26")]
#[case::a_quarter(None, Span::Quarter, "2026-10-01", "2027-01-01", "2026-07-01")]
#[case::another_week(Some("2026-10-19"), Span::Week, "2026-10-19", "2026-10-26", "2026-10-12")]
#[case::another_quarter(Some("2026-02-12"), Span::Quarter, "2026-01-01", "2026-04-01", "2025-10-01")]
fn a_window_is_whole_days(
    #[case] from: Option<&str>,
    #[case] span: Span,
    #[case] first: &str,
    #[case] end: &str,
    #[case] earlier: &str,
) {
    let query = LanesQuery { from: from.map(|day| day.parse().unwrap()), span, team: None };
    let range = Range::of(&query, NOW, chrono_tz::Europe::Lisbon);
    assert_eq!((range.first.to_string().as_str(), range.end.to_string().as_str()), (first, end));
    assert_eq!(range.earlier.to_string(), earlier);
}

#[test]
fn a_window_over_a_clock_change_is_as_long_as_it_is() {
    let range = Range::of(&days("2026-10-19", Span::Week), NOW, chrono_tz::Europe::Lisbon);
    assert_eq!(range.window.millis() / HOUR_MS, 169);
    let groups = axis::groups(&range, Span::Week, NOW, chrono_tz::Europe::Lisbon);
    assert_eq!(groups[0].title, "19–25 October");
    let axes = axis::axes(&range, Span::Week, NOW, chrono_tz::Europe::Lisbon, &[chrono_tz::Asia::Tokyo]);
    let zones: Vec<(&str, usize, u32)> = axes.iter().map(|a| (a.zone.as_str(), a.days.len(), a.people)).collect();
    assert_eq!(zones, [("Europe/Lisbon", 7, 0), ("Asia/Tokyo", 8, 1)], "Tokyo's days begin elsewhere");
    assert_eq!(axes[0].ticks.len(), 21);
}

#[rstest]
#[case(Some("2026-13-01"), "1w", "is no day")]
#[case(Some("0001-01-01"), "1w", "is no day")]
#[case(None, "5w", "is none of")]
fn what_is_no_window_is_refused(#[case] from: Option<&str>, #[case] span: &str, #[case] says: &str) {
    let refused = LanesQuery::parse(from, span, None).unwrap_err().to_string();
    assert!(refused.contains(says), "{refused}");
}

/// A week with an override, a gap, a double booking, leave, and hours that were not read.
async fn week() -> (Rig, Upstream) {
    let people = [living(INES, "Europe/Lisbon"), living(YUKI, "Asia/Tokyo"), living(DEVON, "Asia/Tokyo")];
    let swap =
        Shift { origin: ShiftOrigin::Override, replaced: Some(named(INES)), ..held("primary", DEVON, h(24), 24) };
    let second = Shift { role: ShiftRole::Secondary, ..held("second", INES, h(-24), 72) };
    let shifts = vec![
        held("primary", INES, h(-96), 120),
        swap,
        held("primary", INES, h(48), 12),
        held("primary", YUKI, h(72), 96),
        second,
        Shift {
            person: None,
            withheld: true,
            role: ShiftRole::Secondary,
            ext_key: "outside".to_owned(),
            ..held("second", INES, h(48), 24)
        },
    ];
    let leave = Leave { ext_key: "l1".to_owned(), person: Some(named(YUKI)), start: h(80), end: h(90) };
    let tables = "[schedule.\"pd:primary\"]\ncoverage = \"24x7\"\nrole = \"primary\"\nbackup = \"pd:second\"\n";
    rig_of(tables, shelves(&people, &["primary", "second"], shifts, vec![leave])).await
}

#[tokio::test]
async fn lanes_tell_gaps_overrides_nights_and_clashes() {
    let (rig, _) = week().await;
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    let primary = &answer.schedules[0];
    assert_eq!((primary.key.as_str(), primary.role.as_str(), primary.people), ("pd:primary", "primary", 3));
    assert_eq!((primary.overrides, primary.gap_hours), (1, Some(12.0)));
    assert_eq!((primary.gaps[0].start, primary.gaps[0].end), (h(60), h(72)));
    let second = &answer.schedules[1];
    assert_eq!((second.declared.as_deref(), second.gap_hours, second.gaps.len()), (None, None, 0), "not declared");

    let first = answer.blocks.iter().find(|block| block.start == h(-96)).unwrap();
    assert_eq!((first.hours, first.hours_in_view), (120.0, 72.0), "it began before the window");
    assert_eq!(first.nights.first().unwrap().start, answer.from, "a night is clipped to the window");
    assert_eq!(first.night_hours_in_view, Some(8.0 + 10.0 + 10.0 + 2.0));
    assert!(first.double_booked, "Ines is also secondary");
    let swap = answer.blocks.iter().find(|block| block.origin == "override").unwrap();
    assert_eq!((swap.person.as_deref(), swap.replaced.as_deref()), (Some("devon"), Some("ines")));
    assert_eq!(swap.night_hours_in_view, Some(10.0), "of Tokyo, from 13:00 to 23:00 UTC");

    let bookings: Vec<(&str, Timestamp, Timestamp)> =
        answer.double_bookings.iter().map(|b| (b.kind.as_str(), b.start, b.end)).collect();
    assert_eq!(bookings, [("person", h(-24), h(24)), ("person", h(48), h(48))][..1], "the withheld one is nobody's");
    let away = &answer.leaves[0];
    assert_eq!((away.person.as_deref(), away.conflicts.len()), (Some("yuki"), 1));
    assert!(answer.blocks.iter().filter(|block| block.on_leave).all(|block| block.person.as_deref() == Some("yuki")));
    assert_eq!(answer.leave_unknown, None);
    assert_eq!(answer.changes, [], "the first reading is no change");
}

#[tokio::test]
async fn people_stand_by_name_and_outsiders_last() {
    let (rig, _) = week().await;
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    let names: Vec<&str> = answer.people.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(names, ["devon", "ines", "yuki", ""]);
    let outside = answer.people.last().unwrap();
    assert_eq!((outside.key.as_deref(), outside.load.as_ref()), (None, None));
    let ines = answer.people[1].load.as_ref().unwrap();
    assert_eq!((ines.primary_hours, ines.secondary_hours, ines.on_call_hours), (84.0, 72.0, 108.0));
    assert_eq!(answer.people[1].rows, 2, "two schedules at once need two lines");
    let zones: Vec<&str> = answer.axes.iter().map(|axis| axis.zone.as_str()).collect();
    assert_eq!(zones, ["UTC", "Europe/Lisbon", "Asia/Tokyo"]);
}

#[tokio::test]
async fn the_answer_names_now_and_next_and_the_next_gap() {
    let (rig, _) = week().await;
    let facts = look(&rig, days("2026-11-16", Span::Week)).await.facts;
    let primary = &facts.primary[0];
    assert_eq!((primary.person.as_deref(), primary.until), (Some("ines"), Some(h(24))));
    let next = primary.next.as_ref().unwrap();
    assert_eq!((next.person.as_deref(), next.at), (Some("devon"), h(24)));
    let second = &facts.secondary[0];
    assert_eq!((second.person.as_deref(), second.next.as_ref().unwrap().withheld), (Some("ines"), true));
    let gap = facts.ahead.gap.as_ref().unwrap();
    assert_eq!((facts.ahead.state.as_str(), gap.start, gap.hours), ("gap", h(60), 12.0));
    let told = facts.ahead.declared_hours - facts.ahead.held_hours;
    assert!(told >= 12.0 && facts.ahead.unread_hours == 0.0);
    assert_eq!(facts.share.unknown.as_deref(), Some("who holds the shifts is not stored"), "somebody is withheld");
}

#[tokio::test]
async fn nobody_now_is_told_apart_from_not_declared_and_not_read() {
    let people = [living(INES, "Europe/Lisbon")];
    let shifts = vec![held("declared", INES, h(40), 8), held("plain", INES, h(60), 8)];
    let tables = "[schedule.\"pd:declared\"]\ncoverage = \"24x7\"\n";
    let (rig, _) = rig_of(tables, shelves(&people, &["declared", "plain"], shifts, Vec::new())).await;
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    let states: Vec<(&str, &str)> =
        answer.facts.primary.iter().map(|post| (post.schedule_name.as_str(), post.state.as_str())).collect();
    assert_eq!(states, [("declared", "nobody"), ("plain", "undeclared")]);
    assert_eq!(answer.facts.primary[0].until, Some(h(40)));
    let far = look(&rig, days("2027-06-07", Span::Week)).await;
    let lane = &far.schedules[0];
    assert_eq!((lane.gaps.len(), lane.gap_hours), (0, Some(0.0)), "what was not read is no gap");
    assert_eq!((lane.unread[0].start, lane.unread[0].end), (far.from, far.to));
}

#[tokio::test]
async fn what_the_rota_said_before_is_told_with_when_it_was_seen() {
    let (rig, upstream) = week().await;
    rig.later(MINUTE);
    upstream.keep_only("shifts", |record| !record.key().contains("yuki"));
    upstream.put("shifts", h(72), held("primary", DEVON, h(72), 96));
    rig.refresh().await;
    let seen = rig.workspace.clock.now();
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    let told: Vec<(&str, Timestamp, Timestamp)> =
        answer.changes.iter().map(|change| (change.kind.as_str(), change.start, change.end)).collect();
    assert_eq!(told, [("coming", h(72), answer.to)], "clipped to the window");
    assert_eq!((&answer.changes[0].before, &answer.changes[0].after), (&vec!["yuki".into()], &vec!["devon".into()]));
    assert_eq!(answer.changes[0].seen, Timestamp::from_secs(seen.as_secs()));
    let changed: Vec<&str> =
        answer.blocks.iter().filter(|block| block.changed).filter_map(|block| block.person.as_deref()).collect();
    assert_eq!(changed, ["devon"]);

    // The past is corrected: it was Yuki who answered on Monday.
    rig.later(MINUTE);
    upstream.keep_only("shifts", |record| !record.key().contains(&h(-96).to_string()));
    upstream.put("shifts", h(-96), held("primary", YUKI, h(-96), 120));
    rig.refresh().await;
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    let latest = &answer.changes[0];
    assert_eq!(
        (latest.kind.as_str(), latest.before[0].as_str(), latest.after[0].as_str()),
        ("after_the_fact", "ines", "yuki")
    );
    assert_eq!(answer.changes.len(), 2, "{:?}", answer.changes);
    let block = answer.blocks.iter().find(|block| block.start == h(-96)).unwrap();
    let detail = shift_detail(&rig.workspace, rig.workspace.clock.now(), &block.id, NOW).await.unwrap();
    assert_eq!(detail.history.len(), 1);
    assert!(detail.text.markdown.contains("Changed after the fact: primary"), "{}", detail.text.markdown);
}

#[tokio::test]
async fn a_shift_tells_its_nights_as_long_as_they_are() {
    let people = [living(INES, "Europe/Lisbon")];
    // Clocks in Lisbon go back on 25 October 2026, at 02:00.
    let start = Timestamp::parse_rfc3339("2026-10-24T12:00:00Z").unwrap();
    let shifts = vec![held("primary", INES, start, 72)];
    let (rig, _) = rig_of("", shelves(&people, &["primary"], shifts, Vec::new())).await;
    rig.sync(crate::sync::SyncRequest::default()).await;
    let answer = look(&rig, days("2026-10-19", Span::Week)).await;
    assert_eq!(answer.blocks[0].night_hours_in_view, Some(11.0 + 2.0), "and not a minute after the window");
    let id = answer.blocks[0].id.clone();
    let detail = shift_detail(&rig.workspace, NOW, &id, start).await.unwrap();
    let nights: Vec<f64> = detail.nights.unwrap().iter().map(|night| night.hours).collect();
    assert_eq!(nights, [11.0, 10.0, 10.0]);
    assert_eq!((detail.hours, detail.night_hours, detail.frozen), (72.0, Some(31.0), true));
    let gone = shift_detail(&rig.workspace, NOW, "pd/nothing", start).await.unwrap_err();
    assert!(gone.to_string().contains("no shift"), "{gone}");
}

#[tokio::test]
async fn a_gap_tells_who_is_awake_and_asks_for_cover() {
    let (rig, _) = week().await;
    let gap = gap_detail(&rig.workspace, NOW, "pd:primary", Window::new(h(60), h(72))).await.unwrap();
    assert_eq!((gap.hours, gap.declared.as_str()), (12.0, "24x7"));
    assert_eq!((gap.before.as_deref(), gap.after.as_deref()), (Some("ines"), Some("yuki")));
    assert_eq!((gap.backup.as_deref(), gap.backup_people.len()), (Some("second"), 0), "who it is is withheld");
    let people: Vec<(&str, Option<f64>)> =
        gap.awake.iter().map(|person| (person.person.as_str(), person.night_hours)).collect();
    // Fri 20 Nov 12:00 to midnight UTC: in Tokyo from 21:00 to 09:00.
    assert_eq!(people, [("devon", Some(10.0)), ("ines", Some(2.0)), ("yuki", Some(10.0))]);
    assert_eq!(gap.least_sleep.as_deref(), Some("ines"));
    let text = &gap.text.markdown;
    assert!(
        text.starts_with("**Cover needed**: primary, Fri 20 Nov 12:00 – Sat 21 Nov 00:00 UTC (12\u{a0}h)"),
        "{text}"
    );
    assert!(
        text.contains("- devon: Fri 20 Nov 21:00 – Sat 21 Nov 09:00 JST in Tokyo, 10\u{a0}h of it at night"),
        "{text}"
    );
    assert!(gap.text.slack.starts_with("*Cover needed*: primary"), "{}", gap.text.slack);
    let covered = gap_detail(&rig.workspace, NOW, "pd:primary", Window::new(h(0), h(12))).await.unwrap_err();
    assert!(covered.to_string().contains("no gap"), "{covered}");
}

#[tokio::test]
async fn the_page_leaves_as_text() {
    let (rig, _) = week().await;
    let answer = look(&rig, days("2026-11-16", Span::Week)).await;
    insta::assert_snapshot!("rota_markdown", rota_text(&answer, chrono_tz::UTC, Flavour::Markdown));
    assert!(rota_text(&answer, chrono_tz::UTC, Flavour::Slack).starts_with("*On call, 16–22 November 2026*"));
}

#[tokio::test]
async fn the_demo_opens_with_its_answer() {
    let dir = tempfile::tempdir().unwrap();
    crate::actions::demo::load(dir.path(), &crate::sync::nobody()).await.unwrap();
    let demo = Workspace::open(dir.path(), crate::workspace::Access::Read).await.unwrap();
    let now = demo.clock.now();
    let query = LanesQuery { from: None, span: Span::Weeks2, team: None };
    let answer = lanes(&demo, now, query.clone()).await.unwrap();
    let Ahead { declared_hours, held_hours, unread_hours, gaps, .. } = answer.facts.ahead;
    assert_eq!((declared_hours, held_hours, unread_hours, gaps), (336.0, 324.0, 0.0, 1));
    let share = &answer.facts.share;
    assert!(share.above && share.people == 4 && share.needed == 8, "{share:?}");
    let zone = demo.config.workspace.timezone;
    insta::assert_snapshot!("demo_markdown", rota_text(&answer, zone, Flavour::Markdown));
    let none = lanes(&demo, now, LanesQuery { team: Some("Nobody".to_owned()), ..query }).await.unwrap();
    assert!(none.schedules.is_empty() && none.blocks.is_empty() && none.people.is_empty());
    let ours = LanesQuery { from: None, span: Span::Quarter, team: Some("Platform".to_owned()) };
    assert_eq!(lanes(&demo, now, ours).await.unwrap().schedules.len(), 3);
}

/// A quarter of 20 schedules that 50 people hold by the day.
#[tokio::test]
async fn a_quarter_of_many_is_told_fast() {
    let people: Vec<Person> = (0..50)
        .map(|n| living(&format!("p{n:02}@harbor.example"), ["Europe/Lisbon", "Asia/Tokyo", "America/New_York"][n % 3]))
        .collect();
    let names: Vec<String> = (0..20).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shifts = (0..20usize).flat_map(|schedule| {
        let people = &people;
        let names = &names;
        (-60i64..100).map(move |day| {
            let index = usize::try_from(day + 60).unwrap() + schedule * 7;
            held(names[schedule], people[index % 50].email.as_deref().unwrap(), h(day * 24), 24)
        })
    });
    let tables: String = names.iter().map(|name| format!("[schedule.\"pd:{name}\"]\ncoverage = \"24x7\"\n")).collect();
    let (rig, _) = rig_of(&tables, shelves(&people, &names, shifts.collect(), Vec::new())).await;
    let first = look(&rig, days("2026-10-01", Span::Quarter)).await;
    assert_eq!((first.schedules.len(), first.people.len(), first.axes.len()), (20, 50, 4));
    assert!(first.blocks.len() > 1_500, "{}", first.blocks.len());
    let (plan, query) = (rig.workspace.plan(), days("2026-10-01", Span::Quarter));
    let Mapping { config, aliases } = Mapping::at(&rig.workspace, NOW).await.unwrap();
    let read = rig.workspace.synced.read(move |reader| {
        let said = Said { config: &config, aliases: &aliases };
        let range = Range::of(&query, NOW, chrono_tz::UTC);
        let freshness = Freshness::read(reader, &plan, NOW)?;
        let before = used();
        for _ in 0..4 {
            compose(reader, said, &freshness, &query, (&range, chrono_tz::UTC))?;
        }
        Ok(before.zip(used()).map(|(before, after)| (after - before) / 4))
    });
    // A debug build, some twenty times slower than the app. The clock of a thread's work ticks in hundredths.
    let Some(each) = read.await.unwrap() else { return };
    assert!(each < Duration::from_millis(600), "{each:?} for a quarter");
}
