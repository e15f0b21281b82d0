//! Alerts that fire on and on, and silences that hold them back: out of what connectors yield.

use fairlead_connectors::Mode;
use fairlead_domain::RecordKind;
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_testkit::records;
use fairlead_testkit::upstream::{Shelf, Upstream};
use rstest::rstest;

use super::*;
use crate::sync::tests::rig::{NOW, Rig};
use crate::views::posture::{Since, posture};

/// A silence of `name` from so many hours before now to so many after.
fn silence(name: &str, hours: [i64; 2]) -> Silence {
    Silence {
        ext_id: format!("of {name}"),
        start: NOW.plus_hours(hours[0]),
        end: NOW.plus_hours(hours[1]),
        creator: None,
        comment: Some("the disk is being replaced".to_owned()),
        matchers: format!(r#"[{{"name":"alertname","value":"{name}","isRegex":false}}]"#),
        state: SilenceState::Active,
    }
}

fn alerts() -> Shelf {
    Shelf::new("alerts", Mode::Observed, &[RecordKind::Alert])
}

/// The alert that fires for two days.
fn disk(shelf: Shelf) -> Shelf {
    let start = NOW.plus_days(-2);
    shelf.with_span(Window::new(start, NOW.plus_days(9)), records::alert("DiskFull", start))
}

fn silences(silence: Option<Silence>) -> Shelf {
    let shelf = Shelf::new("silences", Mode::Snapshot, &[RecordKind::Silence]);
    silence.into_iter().fold(shelf, |shelf, silence| shelf.with(silence.start, silence))
}

/// Whether the alert is told as one that fires on and on.
async fn fires(rig: &Rig, at: Timestamp) -> bool {
    let answer = posture(&rig.workspace, at, Since::At(NOW)).await.unwrap();
    assert!(answer.not_watched.iter().all(|n| n.kind != "alert_zombie"), "{:?}", answer.not_watched);
    answer.attention.iter().any(|row| row.kind == "alert_zombie")
}

async fn read(sources: &[(&str, &Upstream)]) -> Rig {
    let rig = Rig::with(sources).await;
    rig.refresh().await;
    rig
}

#[rstest]
#[case::none(None, true)]
#[case::in_force(Some(silence("DiskFull", [-1, 1])), false)]
#[case::over(Some(silence("DiskFull", [-2, 0])), true)]
#[case::yet_to_begin(Some(silence("DiskFull", [1, 2])), true)]
#[case::of_another_alert(Some(silence("DiskSlow", [-1, 1])), true)]
#[case::of_unreadable_matchers(Some(Silence { matchers: "?".to_owned(), ..silence("DiskFull", [-1, 1]) }), true)]
#[tokio::test]
async fn an_alert_that_a_silence_holds_back_is_no_zombie(#[case] silence: Option<Silence>, #[case] expected: bool) {
    let am = Upstream::new([disk(alerts()), silences(silence)]);
    assert_eq!(fires(&read(&[("am", &am)]).await, NOW).await, expected);
}

#[tokio::test]
async fn it_is_judged_by_the_silences_of_the_instant() {
    let am = Upstream::new([disk(alerts()), silences(Some(silence("DiskFull", [-1, 1])))]);
    let rig = read(&[("am", &am)]).await;
    rig.later(2 * HOUR_MS);
    rig.refresh().await;
    assert!(!fires(&rig, NOW).await, "while it was silenced");
    assert!(fires(&rig, NOW.plus_hours(2)).await, "after the silence");
}

#[tokio::test]
async fn a_silence_counts_where_it_can_hold_something_back() {
    let silent = || silences(Some(silence("DiskFull", [-1, 1])));
    let (eu, us) = (Upstream::new([alerts(), silent()]), Upstream::new([disk(alerts()), silences(None)]));
    assert!(fires(&read(&[("am-eu", &eu), ("am-us", &us)]).await, NOW).await, "another Alertmanager's silence");
    let (am, prom) = (Upstream::new([alerts(), silent()]), Upstream::new([disk(alerts())]));
    assert!(!fires(&read(&[("am", &am), ("prom", &prom)]).await, NOW).await, "Prometheus has no silences of its own");
}
