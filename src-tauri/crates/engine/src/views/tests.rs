//! Views on records that came through a sync into a real workspace.

use fairlead_connectors::Mode;
use fairlead_domain::alert::Alert;
use fairlead_domain::incident::{Incident, IncidentStatus};
use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_testkit::records::{alert, incident, resolved, schedule, shift};
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::oncall::on_call;
use super::people::people;
use super::posture::{AttentionClass, Posture, Since, headline, posture};
use crate::actions::map_people::merge;
use crate::export::{Flavour, posture_text};
use crate::sync::tests::rig::{MINUTE, NOW, Rig, network};

fn incidents(rows: impl IntoIterator<Item = Incident>) -> Shelf {
    let shelf = Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident]);
    rows.into_iter().fold(shelf, |shelf, row| shelf.with(row.created_at, row))
}

fn rota(shifts: &[(&str, i64, i64)]) -> [Shelf; 2] {
    let mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let shelf = shifts.iter().fold(Shelf::new("shifts", mode, &[RecordKind::Shift]), |shelf, (who, from, to)| {
        let span = Window::new(NOW.plus_hours(*from), NOW.plus_hours(*to));
        shelf.with_span(span, shift("primary", who, span.start, span.end))
    });
    let schedules = Shelf::new("schedules", Mode::Snapshot, &[RecordKind::Schedule]).with(NOW, schedule("primary"));
    [schedules, shelf]
}

async fn look(rig: &Rig) -> Posture {
    posture(&rig.workspace, rig.workspace.clock.now(), Since::At(NOW.plus_days(-1))).await.unwrap()
}

fn kinds(answer: &Posture) -> Vec<&str> {
    answer.attention.iter().map(|row| row.kind.as_str()).collect()
}

#[tokio::test]
async fn posture_tells_what_records_say() {
    let major = Incident { severity: Some(1), ..incident("major", NOW.plus_hours(-1)) };
    let stale = Incident { severity: Some(4), ..incident("stale", NOW.plus_hours(-30)) };
    let drill = Incident { severity: Some(1), is_test: true, ..incident("drill", NOW.plus_hours(-1)) };
    let over = Incident { severity: Some(3), ..resolved("over", NOW.plus_hours(-20)) };
    let start = NOW.plus_days(-3);
    let firing = Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert])
        .with_span(Window::new(start, NOW.plus_days(9)), Alert { start, ..alert("DiskFull", start) });
    let (rig, _) = Rig::of([incidents([major, stale, drill, over]), firing]).await;
    rig.refresh().await;
    let answer = look(&rig).await;
    assert_eq!(kinds(&answer), ["major_open", "alert_zombie", "incident_stale"]);
    assert_eq!((answer.attention[0].class, answer.open_incidents), (AttentionClass::Now, Some(2)));
    assert_eq!(headline(&answer), "3 things need you");
    let lines: Vec<&str> = answer.since_last.lines.iter().map(|line| line.text.as_str()).collect();
    let came = "2 rows came: stale Incident stale is still open, SEV1 major Incident major";
    assert_eq!(lines, ["Opened: 1 SEV1, 1 SEV3", "Resolved: 1 SEV3", came]);
    let unwatched: Vec<&str> = answer.not_watched.iter().map(|kind| kind.kind.as_str()).collect();
    assert!(unwatched.contains(&"nobody_on_call") && !unwatched.contains(&"major_open"));
}

#[tokio::test]
async fn a_cause_that_is_mended_upstream_removes_its_row() {
    let (rig, upstream) = Rig::of([incidents([incident("a", NOW.plus_hours(-30))])]).await;
    rig.refresh().await;
    assert_eq!(kinds(&look(&rig).await), ["incident_stale"]);
    let mended = Incident {
        status: IncidentStatus::Resolved,
        resolved_at: Some(NOW),
        updated_at: Some(NOW),
        ..incident("a", NOW.plus_hours(-30))
    };
    // The stream is found by change here: what was made earlier comes again when it changes.
    upstream.put("incidents", NOW, mended);
    rig.later(MINUTE);
    rig.refresh().await;
    let answer = look(&rig).await;
    assert_eq!((kinds(&answer), answer.open_incidents), (Vec::new(), Some(0)));
    assert!(headline(&answer).starts_with("Nothing needs you. Checked"), "{}", headline(&answer));
}

#[tokio::test]
async fn nothing_is_called_quiet_while_a_source_is_blind() {
    let (rig, upstream) = Rig::of([incidents([])]).await;
    rig.refresh().await;
    assert!(headline(&look(&rig).await).starts_with("Nothing needs you."));
    upstream.break_stream("incidents", network());
    rig.later(MINUTE);
    rig.refresh().await;
    let answer = look(&rig).await;
    assert_eq!((kinds(&answer), answer.open_incidents), (vec!["blind"], None));
    assert_eq!(headline(&answer), "1 thing needs you");
    assert_eq!(answer.warnings[0].source.as_deref(), Some("pd"));
    let snoozed = Posture { attention: Vec::new(), ..answer };
    assert!(headline(&snoozed).starts_with("Cannot tell whether anything needs you: pd not read."));
}

#[tokio::test]
async fn when_a_source_was_last_read_whole_stands_beside_the_message_and_is_written_by_the_readers_clock() {
    let (rig, upstream) = Rig::of([incidents([])]).await;
    upstream.break_stream("incidents", network());
    rig.refresh().await;
    let never = look(&rig).await.warnings.remove(0);
    let cause = "pd cannot be reached: connection refused";
    assert_eq!(never.message, format!("pd failed at its last sync and was never read whole: {cause}"));
    assert_eq!(never.last_ok_at, None);

    upstream.mend();
    rig.refresh().await;
    upstream.break_stream("incidents", network());
    rig.later(MINUTE);
    rig.refresh().await;
    let answer = look(&rig).await;
    let warning = &answer.warnings[0];
    assert_eq!(
        (warning.message.as_str(), warning.last_ok_at),
        (&*format!("pd failed at its last sync: {cause}"), Some(NOW))
    );
    assert_eq!(warning.words(|at| at.to_rfc3339()), format!("{} (last read whole {NOW})", warning.message));
    let text = posture_text(&answer, chrono_tz::Asia::Tokyo, Flavour::Markdown);
    let known = text.lines().find(|line| line.starts_with("- Not known: ")).unwrap();
    assert!(known.ends_with("\\(last read whole Wed 18 Nov 20:06 JST\\)") && !known.contains("T11:"), "{known}");
}

#[tokio::test]
async fn a_part_that_was_not_read_forbids_the_all_clear_only_where_a_now_is_judged_by_it() {
    let leave = Shelf::new("leave", Mode::Snapshot, &[RecordKind::Leave]);
    let (rig, upstream) = Rig::of([incidents([]), leave]).await;
    rig.refresh().await;
    let mut told = Vec::new();
    for stream in ["leave", "incidents"] {
        upstream.set_incomplete(stream, true);
        rig.later(MINUTE);
        rig.refresh().await;
        let answer = look(&rig).await;
        let [source] = answer.sources.as_slice() else { panic!("one source") };
        assert_eq!((kinds(&answer), source.state, source.stale), (Vec::new(), RunState::Partial, false));
        assert!(
            answer.warnings[0].message.contains("pd was read only in part at its last sync"),
            "{:?}",
            answer.warnings
        );
        told.push((source.hides_now, headline(&answer)));
        upstream.set_incomplete(stream, false);
    }
    let (hides, clear) = &told[0];
    assert!(!hides && clear.starts_with("Nothing needs you. Checked"), "{clear}");
    assert!(clear.contains(". Read only in part: pd. Not watched: ") && !clear.contains(": pd. Read"), "{clear}");
    assert_eq!(told[1], (true, "Cannot tell whether anything needs you: pd read only in part.".to_owned()));
}

#[tokio::test]
async fn a_source_that_answers_late_is_stale_after_two_intervals() {
    let (rig, _) = Rig::of([incidents([])]).await;
    rig.refresh().await;
    rig.later(2 * MINUTE);
    assert!(!look(&rig).await.sources[0].stale);
    rig.later(1);
    assert!(look(&rig).await.sources[0].stale);
}

#[tokio::test]
async fn a_source_that_is_read_by_cron_is_stale_after_two_of_its_own_intervals() {
    use crate::sync::{Past, SyncRequest};
    let leave = Shelf::new("leave", Mode::Snapshot, &[RecordKind::Leave]).every_secs(86_400);
    let upstream = Upstream::new([incidents([]), leave]);
    let rig = Rig::configured("interval_secs = 900", &[("pd", &upstream)]).await;
    rig.refresh().await;
    rig.later(30 * MINUTE);
    assert!(!look(&rig).await.sources[0].stale, "twice the pace at which it is read");
    rig.later(1);
    assert!(look(&rig).await.sources[0].stale, "it was really not read in time");

    let due = || SyncRequest { due_only: true, past: Past::Leave, ..SyncRequest::default() };
    rig.sync(due()).await;
    upstream.forget_calls();
    rig.later(15 * MINUTE - 1);
    rig.sync(due()).await;
    assert_eq!(upstream.calls(), [], "nothing is due before the pace");
    rig.later(1);
    rig.sync(due()).await;
    assert_eq!(upstream.calls().len(), 1, "the one that is due once a day keeps its own interval");
}

#[tokio::test]
async fn reading_the_past_does_not_pass_for_reading_the_present() {
    use crate::sync::{Past, SyncRequest};
    let (rig, _) = Rig::of([incidents([])]).await;
    rig.refresh().await;
    rig.later(30 * MINUTE);
    // Every stream is busy with its past; none was brought up to now.
    let upstream = Upstream::new([incidents([]).every_secs(86_400)]);
    let other = Rig::with(&[("pd", &upstream)]).await;
    other.refresh().await;
    other.later(DAY_MS - 1);
    let step = SyncRequest { due_only: true, past: Past::OneStep, ..SyncRequest::default() };
    let report = other.sync(step).await;
    assert_eq!(report.sources[0].streams[0].covered_from, Some(NOW.plus_days(-14)));
    assert_eq!(look(&other).await.sources[0].last_ok_at, Some(NOW));
}

#[tokio::test]
async fn who_is_on_call_and_whose_shifts_reach_into_a_range() {
    let (rig, _) = Rig::of(rota(&[("ines@harbor.example", -4, 4), ("yuki@harbor.example", 4, 12)])).await;
    rig.refresh().await;
    let now = on_call(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!((now.on_call.len(), now.on_call[0].email.as_deref()), (1, Some("ines@harbor.example")));
    let edge = on_call(&rig.workspace, NOW.plus_hours(4), None).await.unwrap();
    assert_eq!(edge.on_call[0].email.as_deref(), Some("yuki@harbor.example"), "a shift ends where the next begins");
    let range = Window::new(NOW.plus_hours(1), NOW.plus_hours(4));
    let inside = on_call(&rig.workspace, NOW, Some(range)).await.unwrap();
    assert_eq!((inside.shifts.len(), inside.shifts[0].start), (1, NOW.plus_hours(-4)), "not clipped");
    assert!(inside.gaps.is_empty(), "no coverage is declared, so no gap is claimed");
}

#[tokio::test]
async fn people_who_were_merged_are_one_on_call() {
    let (rig, _) = Rig::of(rota(&[("ines@old.example", -4, 4), ("ines@harbor.example", 4, 12)])).await;
    rig.refresh().await;
    let known = people(&rig.workspace, NOW).await.unwrap().people;
    let key = |email: &str| known.iter().find(|p| p.email.as_deref() == Some(email)).unwrap().key.clone();
    merge(&rig.workspace, &key("ines@old.example"), &key("ines@harbor.example")).await.unwrap();
    let after = rig.workspace.clock.now().plus_millis(1);
    let now = on_call(&rig.workspace, after, None).await.unwrap();
    assert_eq!(now.on_call[0].email.as_deref(), Some("ines@harbor.example"));
    assert_eq!(people(&rig.workspace, after).await.unwrap().people.len(), 1);
}

/// Alerts that a source shows as firing since hours ago, over when `ends` says so.
fn alerts_since(start: Timestamp, ends: Option<Timestamp>) -> Shelf {
    let mut row = Alert { start, end: ends, ..alert("DiskFull", start) };
    if ends.is_some() {
        row.status = fairlead_domain::alert::AlertStatus::Resolved;
    }
    Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert]).with_span(Window::new(start, NOW.plus_days(9)), row)
}

async fn zombies(of: [Shelf; 2]) -> Vec<String> {
    let [am, prom] = of.map(|shelf| Upstream::new([shelf]));
    let rig = Rig::with(&[("am", &am), ("prom", &prom)]).await;
    rig.refresh().await;
    let attention = look(&rig).await.attention;
    attention.into_iter().filter(|row| row.kind == "alert_zombie").map(|row| row.id).collect()
}

#[tokio::test]
async fn an_alert_that_two_sources_show_needs_the_lead_once() {
    let start = NOW.plus_days(-3);
    let near = start.plus_millis(59_000);
    let id = format!("alert_zombie:am/print-DiskFull@{start}");
    assert_eq!(zombies([alerts_since(start, None), alerts_since(near, None)]).await, [id]);
    let far = start.plus_millis(61_000);
    assert_eq!(zombies([alerts_since(start, None), alerts_since(far, None)]).await.len(), 2);
}

#[tokio::test]
async fn an_alert_that_one_source_saw_end_is_over() {
    let start = NOW.plus_days(-3);
    let over = alerts_since(start.plus_millis(30_000), Some(NOW.plus_hours(-2)));
    assert!(zombies([alerts_since(start, None), over]).await.is_empty());
    let later = alerts_since(start.plus_millis(30_000), Some(NOW.plus_hours(2)));
    assert_eq!(zombies([alerts_since(start, None), later]).await.len(), 1, "not yet at this instant");
}

#[tokio::test]
async fn labels_that_a_server_adds_when_it_sends_are_compared() {
    use super::alerts::firing;
    let start = NOW.plus_days(-3);
    let mut sent = alert("DiskFull", start);
    sent.labels.insert("cluster".to_owned(), "eu".to_owned());
    let span = Window::new(start, NOW.plus_days(9));
    let am = Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert]).with_span(span, sent);
    let (am, prom) = (Upstream::new([am]), Upstream::new([alerts_since(start, None)]));
    let rig = Rig::with(&[("am", &am), ("prom", &prom)]).await;
    rig.refresh().await;
    let mut config = rig.workspace.config.clone();
    let count = async |config: &crate::config::Config| {
        let config = config.clone();
        rig.workspace.synced.read(move |reader| Ok(firing(reader, &config, NOW)?.len())).await.unwrap()
    };
    assert_eq!(count(&config).await, 2);
    for cluster in ["eu", "us"] {
        let prom = config.sources.iter_mut().find(|source| source.name == "prom").unwrap();
        prom.settings["external_labels"] = serde_json::json!({ "cluster": cluster });
        assert_eq!(count(&config).await, if cluster == "eu" { 1 } else { 2 }, "{cluster}");
    }
}

#[tokio::test]
async fn a_swap_ahead_is_told_until_the_next_look() {
    let (rig, upstream) = Rig::of(rota(&[("ines@harbor.example", -4, 40), ("yuki@harbor.example", 40, 80)])).await;
    rig.refresh().await;
    let told = async |as_of: Timestamp, since: Timestamp| {
        let answer = posture(&rig.workspace, as_of, Since::At(since)).await.unwrap();
        let rows = answer.attention.into_iter().filter(|row| row.kind == "rota_changed");
        rows.map(|row| row.title).collect::<Vec<String>>()
    };
    assert!(told(NOW, NOW).await.is_empty(), "the first reading is no change");
    rig.later(MINUTE);
    upstream.keep_only("shifts", |record| !record.key().contains("yuki"));
    upstream.put(
        "shifts",
        NOW.plus_hours(40),
        shift("primary", "devon@harbor.example", NOW.plus_hours(40), NOW.plus_hours(80)),
    );
    let report = rig.refresh().await;
    let shifts = report.sources[0].streams.iter().find(|stream| stream.name == "shifts").unwrap();
    assert_eq!((shifts.inserted, shifts.tombstoned, shifts.updated), (1, 1, 0));
    let swapped = NOW.plus_millis(MINUTE);
    let titles = told(swapped, NOW).await;
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert!(titles[0].ends_with("yuki@harbor.example → devon@harbor.example"), "{titles:?}");
    assert!(told(NOW, NOW.plus_days(-1)).await.is_empty(), "as of before it was made");
    rig.later(MINUTE);
    rig.refresh().await;
    assert_eq!(told(swapped.plus_millis(MINUTE), NOW).await, titles, "reading it again is no further change");
    assert!(told(swapped.plus_millis(MINUTE), swapped).await.is_empty(), "what was seen is no news");
}
