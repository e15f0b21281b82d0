//! What a source forgets before it was read, and keys that end: out of what connectors yield and what is configured.

use fairlead_connectors::{ConnectorError, Mode};
use fairlead_domain::RecordKind;
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_domain::time::DAY_MS;
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::*;
use crate::sync::tests::rig::{NOW, Rig};
use crate::sync::{Past, SyncRequest};
use crate::views::posture::{Posture, Since, posture};

const DAY_SECS: u32 = 86_400;

fn keeps(retention_secs: Option<u32>) -> Terms {
    Terms { stated_by: TermsBy::Upstream, retention_secs, key_expires_at: None }
}

/// A source that says how long it keeps its alerts, and gives seven days of them at once.
fn source_that(terms: Option<Terms>) -> Upstream {
    let stated = Shelf::new("terms", Mode::Snapshot, &[RecordKind::Terms]);
    let alerts = Shelf::new("alerts", Mode::Created { overlap_secs: 0 }, &[RecordKind::Alert]);
    Upstream::new([terms.into_iter().fold(stated, |shelf, terms| shelf.with(NOW, terms)), alerts])
}

/// A workspace that has read it once, with `more` in the table of the source.
async fn read_once(upstream: &Upstream, more: &str) -> Rig {
    let rig = Rig::configured(more, &[("prom", upstream)]).await;
    rig.refresh().await;
    rig
}

async fn told(rig: &Rig, at: Timestamp) -> Posture {
    posture(&rig.workspace, at, Since::At(NOW)).await.unwrap()
}

fn rows(answer: &Posture) -> Vec<(&str, &str)> {
    let rows = answer.attention.iter().filter(|row| row.kind == "forgetting");
    rows.map(|row| (row.title.as_str(), row.reason.as_str())).collect()
}

fn unwatched(answer: &Posture) -> Option<&str> {
    answer.not_watched.iter().find(|n| n.kind == "forgetting").map(|n| n.reason.as_str())
}

#[tokio::test]
async fn what_a_source_keeps_and_nobody_read_fires_until_it_is_read() {
    let rig = read_once(&source_that(Some(keeps(Some(15 * DAY_SECS)))), "").await;
    let answer = told(&rig, NOW).await;
    let row = answer.attention.iter().find(|row| row.kind == "forgetting").unwrap();
    assert_eq!(row.title, "prom keeps 15 d; covered 7 d");
    assert!(row.reason.starts_with("8 d of history are unread and forgotten by "), "{}", row.reason);
    assert_eq!((row.class, row.due), (AttentionClass::Week, Some(NOW.plus_days(8))));
    assert!(row.why.rows[0].ends_with("fairleadctl sync prom --backfill 15 reads the rest"), "{:?}", row.why.rows);

    rig.sync(SyncRequest { past: Past::Days(15), ..SyncRequest::default() }).await;
    let answer = told(&rig, NOW).await;
    assert_eq!((rows(&answer), unwatched(&answer)), (Vec::new(), None), "all that it keeps is read");
}

#[rstest]
#[case::fourteen_days_ahead(Some(21 * DAY_SECS), true)]
#[case::a_second_more(Some(21 * DAY_SECS + 1), false)]
#[case::a_day_unread(Some(8 * DAY_SECS), true)]
#[case::a_scrap_unread(Some(8 * DAY_SECS - 1), false)]
#[case::less_than_is_read(Some(5 * DAY_SECS), false)]
#[tokio::test]
async fn it_is_near_from_fourteen_days_on(#[case] retention: Option<u32>, #[case] fires: bool) {
    let rig = read_once(&source_that(Some(keeps(retention))), "").await;
    let answer = told(&rig, NOW).await;
    assert_eq!((rows(&answer).len(), unwatched(&answer)), (usize::from(fires), None));
}

#[rstest]
#[case::in_fourteen_days(14 * DAY_MS, Some("Expires in 14 d; then prom cannot be read"))]
#[case::a_second_later(14 * DAY_MS + 1_000, None)]
#[case::gone(-DAY_MS, Some("Expired 1 d ago; then prom cannot be read"))]
#[tokio::test]
async fn a_key_that_ends_is_told_fourteen_days_before(#[case] left: i64, #[case] reason: Option<&str>) {
    let upstream = source_that(None);
    let rig = read_once(&upstream, &format!("token_expires = \"{}\"", NOW.plus_millis(left))).await;
    let answer = told(&rig, NOW).await;
    assert_eq!(rows(&answer).into_iter().map(|(_, reason)| reason).collect::<Vec<_>>(), Vec::from_iter(reason));
    assert_eq!(unwatched(&answer), None);
}

#[tokio::test]
async fn a_refused_key_is_told_with_the_blindness_it_makes() {
    let upstream = source_that(Some(keeps(Some(15 * DAY_SECS))));
    let rig = read_once(&upstream, &format!("token_expires = \"{}\"", NOW.plus_days(1))).await;
    assert_eq!(rows(&told(&rig, NOW).await).len(), 2, "the key and the memory, while it can be read");
    rig.later(2 * DAY_MS);
    for stream in ["terms", "alerts"] {
        upstream.break_stream(stream, ConnectorError::Auth { host: "prom".to_owned(), status: 401 });
    }
    rig.refresh().await;
    let answer = told(&rig, NOW.plus_days(2)).await;
    assert_eq!(rows(&answer), []);
    let blind = answer.attention.iter().find(|row| row.kind == "blind").unwrap();
    assert_eq!(blind.absorbed, ["forgetting:key/prom", "forgetting:memory/prom"]);
    assert!(blind.reason.contains("The key of prom expired"), "{}", blind.reason);
}

#[rstest]
#[case::nothing_stated(None)]
#[case::it_does_not_tell(Some(keeps(None)))]
#[tokio::test]
async fn what_nobody_states_is_not_watched(#[case] terms: Option<Terms>) {
    let rig = read_once(&source_that(terms), "").await;
    let answer = told(&rig, NOW).await;
    assert_eq!(unwatched(&answer), Some("no source states how long it keeps its history, and none has token_expires"));
    assert_eq!(rows(&answer), []);
}

#[tokio::test]
async fn before_it_was_read_a_source_that_will_state_it_is_named() {
    let upstream = source_that(Some(keeps(Some(15 * DAY_SECS))));
    let rig = Rig::with(&[("prom", &upstream)]).await;
    let answer = told(&rig, NOW).await;
    assert_eq!(unwatched(&answer), Some("prom brings how long it keeps its history, but was not read yet"));
}

#[tokio::test]
async fn a_statement_that_is_taken_back_is_unknown_from_then_on() {
    let upstream = source_that(Some(keeps(Some(15 * DAY_SECS))));
    let rig = read_once(&upstream, "").await;
    rig.later(60_000);
    upstream.put("terms", NOW, keeps(None));
    rig.refresh().await;
    let (then, now) = (told(&rig, NOW).await, told(&rig, NOW.plus_millis(60_000)).await);
    assert_eq!((rows(&then).len(), unwatched(&then)), (1, None), "as it was known then");
    assert_eq!(rows(&now), []);
    assert!(unwatched(&now).is_some(), "unknown is not \"enough\"");
}
