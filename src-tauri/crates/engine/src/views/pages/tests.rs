//! Pages that came through a sync into a real workspace.

use fairlead_connectors::Mode;
use fairlead_domain::incident::Incident;
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::person::PersonRef;
use fairlead_domain::service::Service;
use fairlead_domain::{RecordKind, Timestamp};
use fairlead_testkit::records::{incident, person};
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::*;
use crate::actions::map_people::mark;
use crate::config::Config;
use crate::sync::tests::rig::{MINUTE, NOW, Rig};

const INES: &str = "ines@harbor.example";
const YUKI: &str = "yuki@harbor.example";

fn sent(id: &str, who: &str, seconds: i64, about: &str) -> Page {
    Page {
        ext_id: id.to_owned(),
        person: Some(PersonRef::by_email(who)),
        party: None,
        incident: Some(about.to_owned()),
        sent_at: at(seconds),
        channel: PageChannel::Push,
        status: None,
        answered_at: None,
        service: None,
    }
}

/// Seconds after ten minutes past the hour that began two hours ago: no hour ends in between.
fn at(seconds: i64) -> Timestamp {
    NOW.floor_hour().plus_hours(-2).plus_millis(10 * MINUTE + seconds * 1_000)
}

/// Two people are called for one incident; then one for a test, one for a service in maintenance, and by mail.
fn night() -> Vec<Shelf> {
    let created = || Mode::Created { overlap_secs: 600 };
    let about = |id: &str, service: &str, title: &str| Incident {
        service: Some(service.to_owned()),
        title: title.to_owned(),
        urgency: Some("High".to_owned()),
        ..incident(id, at(0))
    };
    let pages = [
        sent("n1", INES, 0, "slow"),
        Page { channel: PageChannel::Sms, ..sent("n2", INES, 20, "slow") },
        sent("n3", YUKI, 25, "slow"),
        sent("n4", INES, 600, "drill"),
        sent("n5", INES, 700, "work"),
        Page { channel: PageChannel::Email, ..sent("n6", INES, 800, "slow") },
        sent("n7", INES, 900, "probe"),
    ];
    let work = Maintenance {
        ext_key: "m1".to_owned(),
        kind: MaintenanceKind::Maintenance,
        title: "Ledger moves".to_owned(),
        start: at(650),
        end: at(750),
        services: vec!["S2".to_owned()],
    };
    let shelf = |name: &'static str, kinds| Shelf::new(name, created(), kinds);
    let incidents = [
        about("slow", "S1", "Checkout is slow"),
        Incident { is_test: true, ..about("drill", "S1", "Drill") },
        about("work", "S2", "Ledger is away"),
        about("probe", "S1", "Synthetic probe"),
    ];
    vec![
        Shelf::new("catalogue", Mode::Snapshot, &[RecordKind::Person, RecordKind::Service])
            .with(NOW, person("P1", INES))
            .with(NOW, person("P2", YUKI))
            .with(NOW, Service { ext_id: "S1".into(), name: "Checkout API".into(), team: None })
            .with(NOW, Service { ext_id: "S2".into(), name: "Ledger".into(), team: None }),
        incidents.into_iter().fold(shelf("incidents", &[RecordKind::Incident]), |s, i| s.with(i.created_at, i)),
        pages.into_iter().fold(shelf("pages", &[RecordKind::Page]), |s, page| s.with(page.sent_at, page)),
        shelf("maintenance", &[RecordKind::Maintenance]).with(work.start, work),
    ]
}

/// The night under a configuration with `more` at its end.
async fn rig(more: &str) -> (Rig, Upstream) {
    let upstream = Upstream::new(night());
    let mut rig = Rig::with(&[("pd", &upstream)]).await;
    rig.workspace = configured(&rig, more);
    rig.refresh().await;
    (rig, upstream)
}

fn configured(rig: &Rig, more: &str) -> std::sync::Arc<Workspace> {
    let text = std::fs::read_to_string(rig.dir.path().join(crate::config::FILE)).unwrap();
    let config = Config::parse(&format!("{text}\n{more}"), rig.workspace.kinds).unwrap();
    std::sync::Arc::new(rig.workspace.under(config))
}

/// Reason, rule, notifications.
type Dropped<'t> = Vec<(&'t str, Option<&'t str>, u32)>;

/// Notifications, pages, merged, dropped.
fn told(totals: &PageTotals) -> (u32, u32, u32, Dropped<'_>) {
    let dropped = totals.dropped.iter().map(|d| (d.reason.as_str(), d.rule.as_deref(), d.notifications)).collect();
    (totals.notifications, totals.pages, totals.merged, dropped)
}

const PROBE: &str = "[page]\ndrop = [{ title = \"(?i)probe\" }]\n";

#[tokio::test]
async fn a_night_is_counted_as_a_team_without_knowing_who() {
    let (rig, _) = rig(PROBE).await;
    let list = page_list(&rig.workspace, NOW, None).await.unwrap();
    let expected = vec![
        ("test", None, 1),
        ("rule", Some("{ title = \"(?i)probe\" }"), 1),
        ("maintenance", None, 1),
        ("channel", Some("email"), 1),
    ];
    assert_eq!(told(&list.totals), (7, 2, 1, expected), "the two who were called for one incident are two");
    assert!(list.pages.iter().all(|page| page.person.is_none()), "people = team names nobody");
    let first = &list.pages[0];
    assert_eq!((first.id.as_str(), first.channels.join("+")), ("pd/n1", "push+sms".to_owned()));
    assert_eq!(list.unmapped.services, 1);
    assert_eq!(
        list.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(),
        ["not_covered"],
        "28 days were asked"
    );
}

#[tokio::test]
async fn whoever_may_be_named_is_named_and_a_bot_counts_on_no_page() {
    let team = "[[team]]\nname = \"platform\"\npeople = \"individual\"\n";
    let (rig, _) = rig(team).await;
    let list = page_list(&rig.workspace, NOW, None).await.unwrap();
    let named: Vec<_> = list.pages.iter().map(|page| page.person.as_deref()).collect();
    assert_eq!(named, [Some(INES), Some(YUKI), Some(INES)]);
    rig.later(MINUTE);
    mark(&rig.workspace, INES, "bot").await.unwrap();
    mark(&rig.workspace, YUKI, "shared").await.unwrap();
    rig.later(MINUTE);
    let list = page_list(&rig.workspace, rig.workspace.clock.now(), None).await.unwrap();
    assert_eq!(list.pages.iter().map(|page| page.person.as_deref()).collect::<Vec<_>>(), [None]);
    assert!(told(&list.totals).3.contains(&("bot", None, 4)), "{:?}", list.totals);
    let before = page_list(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!(before.pages.len(), 3, "as it was known then");
}

#[tokio::test]
async fn proposed_rules_show_what_they_would_change() {
    let (rig, _) = rig("[service.checkout]\nalso = [\"pd:S1\"]\n").await;
    let text = "[page]\nchannels = [\"push\", \"email\"]\nmerge_secs = 0\ndrop = [{ service = \"pd:S1\", title = \"probe\" }]\n";
    let proposed = Config::page_rules("new.toml", text).unwrap();
    let range = Some(Window::new(at(-60), at(3_600)));
    let preview = page_preview(&rig.workspace, NOW, range, Some(&proposed)).await.unwrap();
    assert_eq!((preview.totals.pages, preview.totals.merged), (3, 1));
    let services: Vec<_> =
        preview.services.iter().map(|s| (s.service.as_deref(), s.totals.notifications, s.totals.pages)).collect();
    assert_eq!(services, [(Some("Ledger"), 1, 0), (Some("checkout"), 6, 3)]);
    let then = preview.proposed.unwrap();
    // The mail counts anew; the message and the probe no more.
    assert_eq!((then.totals.pages, then.pages_change, then.newly_counted, then.newly_dropped), (3, 0, 1, 2));
    assert_ne!(then.rules.version, preview.rules.version);
    let all = |totals: &PageTotals| {
        totals.pages + totals.merged + totals.dropped.iter().map(|dropped| dropped.notifications).sum::<u32>()
    };
    assert_eq!((all(&preview.totals), all(&then.totals)), (7, 7));
    for (text, code) in [("[workspace]\nname = \"x\"\n", "missing_key"), ("[page]\nchanels = []\n", "unknown_key")] {
        assert_eq!(Config::page_rules("new.toml", text).unwrap_err().0[0].code, code);
    }
}

#[tokio::test]
async fn other_rules_recompute_the_past_and_have_another_version() {
    let (mut rig, _) = rig("").await;
    let before = page_list(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!((before.pages.len(), before.rules.since), (3, Some(NOW)));
    rig.workspace = configured(&rig, PROBE);
    let after = page_list(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!((after.pages.len(), after.rules.since), (2, None), "no sync has noted them yet");
    assert_ne!(after.rules.version, before.rules.version);
    rig.later(MINUTE);
    rig.refresh().await;
    let past = page_list(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!((past.pages.len(), past.rules.since), (2, Some(NOW.plus_millis(MINUTE))));
    rig.refresh().await;
    let noted = rig.workspace.authored.read(|reader| reader.page_rules()).await.unwrap();
    assert_eq!(noted.len(), 2, "the same rules are noted once");
}

#[tokio::test]
async fn a_page_that_began_before_the_range_is_not_begun_anew() {
    let (rig, _) = rig("").await;
    let range = Some(Window::new(at(10), at(300)));
    let list = page_list(&rig.workspace, NOW, range).await.unwrap();
    assert_eq!(told(&list.totals), (2, 1, 1, Vec::new()), "the message goes on from a call before the range");
    let ids: Vec<&str> = list.pages.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(ids, ["pd/n3"]);
}

#[tokio::test]
async fn reading_again_writes_nothing() {
    let (rig, upstream) = rig("").await;
    upstream.forget_calls();
    rig.later(MINUTE);
    let report = rig.refresh().await;
    let news: u64 = report.sources[0].streams.iter().map(|s| u64::from(s.inserted) + u64::from(s.updated)).sum();
    assert_eq!(news, 0, "a token is no news");
}

#[tokio::test]
async fn without_a_source_of_notifications_nothing_is_called_quiet() {
    let (rig, _) =
        Rig::of([Shelf::new("incidents", Mode::Created { overlap_secs: 600 }, &[RecordKind::Incident])]).await;
    rig.refresh().await;
    let list = page_list(&rig.workspace, NOW, None).await.unwrap();
    assert_eq!(list.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["not_watched"]);
}
