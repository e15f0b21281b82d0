//! The kinds that watch pages, nights, silences, deploys, the rota to come and what should follow incidents: each fires,
//! just does not, is taken in by what explains it, or is not watched.

use super::*;

fn page(waits_millis: i64) -> PageFact {
    PageFact {
        id: "pd/1".to_owned(),
        source: "pd".to_owned(),
        subject: "checkout".to_owned(),
        service: Some("checkout".to_owned()),
        tier: Some(1),
        team: None,
        since: NOW.plus_millis(-waits_millis),
        timeout_secs: None,
        url: None,
    }
}

fn night(last: u32, before: u32) -> NightFact {
    NightFact {
        person_key: "ines".to_owned(),
        role: Some("primary".to_owned()),
        schedule: Some("primary".to_owned()),
        team: None,
        sources: vec!["pd".to_owned()],
        wakes_last: last,
        wakes_before: before,
        since: NOW.plus_hours(-5),
        again: true,
    }
}

/// Began 2 days ago, says why, holds back one paging alert, ends in `hours`.
fn silence(id: &str, hours: i64) -> SilenceFact {
    SilenceFact {
        source: "am".to_owned(),
        ext_id: id.to_owned(),
        comment: Some("the disk is being replaced".to_owned()),
        start: NOW.plus_days(-2),
        end: NOW.plus_hours(hours),
        holds: vec![Silenced {
            id: format!("am/{id}"),
            name: "DiskFull".to_owned(),
            pages: true,
            service: None,
            tier: Some(1),
        }],
        held_lately: Some(true),
    }
}

fn deploy(age_millis: i64, before: Option<f64>, now: Option<f64>) -> DeployFact {
    DeployFact {
        id: "ci/12".to_owned(),
        source: "ci".to_owned(),
        title: "Deploy checkout 12".to_owned(),
        service: "checkout".to_owned(),
        tier: Some(1),
        team: None,
        at: NOW.plus_millis(-age_millis),
        url: None,
        slo: "checkout".to_owned(),
        burn_before: before,
        burn_now: now,
    }
}

fn overdue(severity: Option<u8>, days: i64) -> OverdueFact {
    OverdueFact {
        source: "jira".to_owned(),
        ext_id: format!("ACT-{days}"),
        title: "Alert before certificates end".to_owned(),
        severity,
        due: NOW.plus_days(-days),
    }
}

fn review(working_days: u32) -> ReviewFact {
    ReviewFact {
        id: "pd/33".to_owned(),
        source: "pd".to_owned(),
        review_sources: vec!["jira".to_owned()],
        number: "INC-33".to_owned(),
        title: "Certificate expired".to_owned(),
        severity: 2,
        service: None,
        tier: None,
        team: None,
        resolved_at: NOW.plus_days(-7),
        working_days,
        url: None,
    }
}

fn change(before: &[&str], after: &[&str]) -> RotaChange {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    RotaChange {
        schedule: "primary".to_owned(),
        source: "pd".to_owned(),
        team: None,
        window: Window::new(NOW.plus_days(2), NOW.plus_days(3)),
        before: names(before),
        after: names(after),
        origin: Some("override".to_owned()),
        seen: NOW.plus_hours(-1),
    }
}

fn thin(largest_share: f64, without_one: Option<f64>) -> ThinFact {
    ThinFact { team: Some("Platform".to_owned()), sources: vec!["pd".to_owned()], largest_share, without_one }
}

fn unnamed(people: usize, services: usize) -> UnmappedFact {
    let names = |n: usize| (0..n).map(|n| format!("name {n}")).collect();
    UnmappedFact { people: names(people), services: names(services), ..UnmappedFact::default() }
}

#[rstest]
#[case::page("page_unacked", AttentionClass::Now, "Page on checkout unacknowledged", "Unacknowledged for 5 min",
    |f: &mut Facts| f.pages = Ok(vec![page(5 * MINUTE_MS + 1)]))]
#[case::quick_policy("page_unacked", AttentionClass::Now, "Page on checkout unacknowledged", "Unacknowledged for 2 min",
    |f: &mut Facts| f.pages = Ok(vec![PageFact { timeout_secs: Some(60), ..page(2 * MINUTE_MS) }]))]
#[case::rota("rota_changed", AttentionClass::Today, "Fri 20 Nov Devon → Yuki", "override, primary Fri 12:00",
    |f: &mut Facts| f.rota_changes = Ok(vec![change(&["Devon"], &["Yuki"])]))]
#[case::rota_emptied("rota_changed", AttentionClass::Today, "Fri 20 Nov Devon → nobody", "primary Fri 12:00",
    |f: &mut Facts| f.rota_changes = Ok(vec![change(&["Devon"], &[])]))]
#[case::silences("silence_ends", AttentionClass::Today, "2 silences end Wed 23:00 UTC", "2 will page; still firing: DiskFull",
    |f: &mut Facts| f.silences = Ok(vec![silence("a", 11), silence("b", 11)]))]
#[case::twice("woken", AttentionClass::Today, "Primary woken twice", "2 wakes last night; on call tonight",
    |f: &mut Facts| f.nights = Ok(vec![night(2, 0)]))]
#[case::two_nights("woken", AttentionClass::Today, "Primary woken two nights running", "1 wake last night; on call tonight",
    |f: &mut Facts| f.nights = Ok(vec![night(1, 1)]))]
#[case::deploy("hot_change", AttentionClass::Today, "checkout burns since its deploy", "Deploy Wed 11:00 UTC, burn 0.4× → 3.0×",
    |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, Some(0.4), Some(3.0))]))]
#[case::old("silence_bad", AttentionClass::Week, "1 silence is to be cleaned up", "1 older than 7 d; oldest 7 d",
    |f: &mut Facts| f.silences = Ok(vec![SilenceFact { start: NOW.plus_millis(-7 * 24 * HOUR_MS - 1), ..silence("a", 90) }]))]
#[case::unsaid("silence_bad", AttentionClass::Week, "1 silence is to be cleaned up", "1 without a comment",
    |f: &mut Facts| f.silences = Ok(vec![SilenceFact { comment: None, ..silence("a", 90) }]))]
#[case::useless("silence_bad", AttentionClass::Week, "2 silences are to be cleaned up", "2 match nothing for 24 h; oldest 2 d",
    |f: &mut Facts| f.silences = Ok(["a", "b"].map(|id| SilenceFact { held_lately: Some(false), ..silence(id, 90) }).to_vec()))]
#[case::one_late("action_overdue", AttentionClass::Week, "1 action overdue", "Alert before certificates end is late by 18 d",
    |f: &mut Facts| f.overdue = Ok(vec![overdue(Some(2), 18)]))]
#[case::many_late("action_overdue", AttentionClass::Week, "3 actions overdue", "3 overdue, oldest 18 d",
    |f: &mut Facts| f.overdue = Ok(vec![overdue(Some(2), 3), overdue(Some(1), 18), overdue(Some(2), 9)]))]
#[case::review("review_missing", AttentionClass::Week, "No postmortem of INC-33", "SEV2 resolved 7 d ago",
    |f: &mut Facts| f.unreviewed = Ok(vec![review(5)]))]
#[case::share("rota_thin", AttentionClass::Week, "The rota of Platform is thin", "Without one person a share is 25\u{a0}%; the largest",
    |f: &mut Facts| f.rota_shares = Ok(vec![thin(0.26, Some(0.25))]))]
#[case::without_one("rota_thin", AttentionClass::Week, "The rota of Platform is thin", "Without one person a share is 33\u{a0}%",
    |f: &mut Facts| f.rota_shares = Ok(vec![thin(0.25, Some(1.0 / 3.0))]))]
#[case::alone("rota_thin", AttentionClass::Week, "The rota of Platform is thin", "Without one person nobody is left",
    |f: &mut Facts| f.rota_shares = Ok(vec![thin(0.2, None)]))]
#[case::names("unmapped", AttentionClass::Week, "7 people, 1 service unmapped", "Excluded from what is told",
    |f: &mut Facts| f.unmapped = Ok(unnamed(7, 1)))]
fn it_fires(
    #[case] kind: &str,
    #[case] class: AttentionClass,
    #[case] title: &str,
    #[case] reason: &str,
    #[case] change: Change,
) {
    let row = row(&with(change), kind).unwrap_or_else(|| panic!("{kind} does not fire"));
    assert_eq!(row.class, class);
    assert!(row.title.starts_with(title), "{:?} is not {title:?}", row.title);
    assert!(row.reason.contains(reason), "{:?} is not {reason:?}", row.reason);
    assert!(!row.action.verb.is_empty() && !row.why.trigger.is_empty() && !row.why.rows.is_empty());
}

#[rstest]
#[case::five_minutes("page_unacked", |f: &mut Facts| f.pages = Ok(vec![page(5 * MINUTE_MS)]))]
#[case::patient_policy("page_unacked", |f: &mut Facts| f.pages = Ok(vec![PageFact { timeout_secs: Some(600), ..page(10 * MINUTE_MS) }]))]
#[case::after_the_shift("silence_ends", |f: &mut Facts| f.silences = Ok(vec![silence("a", 12)]))]
#[case::holds_back_nothing("silence_ends", |f: &mut Facts| f.silences = Ok(vec![SilenceFact { holds: Vec::new(), ..silence("a", 1) }]))]
#[case::once("woken", |f: &mut Facts| f.nights = Ok(vec![night(1, 0)]))]
#[case::only_the_night_before("woken", |f: &mut Facts| f.nights = Ok(vec![night(0, 3)]))]
#[case::two_hours("hot_change", |f: &mut Facts| f.deploys = Ok(vec![deploy(2 * HOUR_MS, Some(0.4), Some(3.0))]))]
#[case::burns_as_before("hot_change", |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, Some(3.0), Some(3.0))]))]
#[case::still_lasts("hot_change", |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, Some(0.1), Some(1.0))]))]
#[case::not_known_before("hot_change", |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, None, Some(3.0))]))]
#[case::a_week("silence_bad", |f: &mut Facts| f.silences = Ok(vec![SilenceFact { start: NOW.plus_days(-7), ..silence("a", 90) }]))]
#[case::cannot_tell("silence_bad", |f: &mut Facts| f.silences = Ok(vec![SilenceFact { held_lately: None, ..silence("a", 90) }]))]
#[case::lesser("action_overdue", |f: &mut Facts| f.overdue = Ok(vec![overdue(Some(3), 18), overdue(None, 18)]))]
#[case::four_days("review_missing", |f: &mut Facts| f.unreviewed = Ok(vec![review(4)]))]
#[case::a_quarter("rota_thin", |f: &mut Facts| f.rota_shares = Ok(vec![thin(0.25, Some(0.25))]))]
#[case::all_known("unmapped", |f: &mut Facts| f.unmapped = Ok(unnamed(0, 0)))]
#[case::nothing_changed("rota_changed", |f: &mut Facts| f.rota_changes = Ok(Vec::new()))]
fn it_just_does_not_fire(#[case] kind: &str, #[case] change: Change) {
    assert_eq!(row(&with(change), kind), None);
}

#[rstest]
#[case::page("page_unacked:pd/1", |f: &mut Facts| f.pages = Ok(vec![page(HOUR_MS)]))]
#[case::deploy("hot_change:ci/12", |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, Some(0.4), Some(3.0))]))]
fn an_incident_takes_in_the_symptoms_of_its_service(#[case] id: &str, #[case] change: Change) {
    let mut facts = with(change);
    assert!(judged(&facts).attention.iter().any(|row| row.id == id), "alone it has its own row");
    facts.incidents = Some(vec![incident(Some(1), HOUR_MS)]);
    let rows = judged(&facts).attention;
    assert_eq!((rows.len(), rows[0].absorbed.as_slice()), (1, [id.to_owned()].as_slice()));
}

#[rstest]
#[case::page("pd", "page_unacked", |f: &mut Facts| f.pages = Ok(vec![page(HOUR_MS)]))]
#[case::rota("pd", "rota_changed", |f: &mut Facts| f.rota_changes = Ok(vec![change(&["Devon"], &["Yuki"])]))]
#[case::thin("pd", "rota_thin", |f: &mut Facts| f.rota_shares = Ok(vec![thin(0.5, None)]))]
#[case::ends("am", "silence_ends", |f: &mut Facts| f.silences = Ok(vec![silence("a", 1)]))]
#[case::bad("am", "silence_bad", |f: &mut Facts| f.silences = Ok(vec![SilenceFact { comment: None, ..silence("a", 90) }]))]
#[case::zombie("am", "alert_zombie", |f: &mut Facts| f.alerts = Some(vec![alert("page", 48 * HOUR_MS)]))]
#[case::late("jira", "action_overdue", |f: &mut Facts| f.overdue = Ok(vec![overdue(Some(1), 3)]))]
#[case::review("jira", "review_missing", |f: &mut Facts| f.unreviewed = Ok(vec![review(9)]))]
#[case::deploy("ci", "hot_change", |f: &mut Facts| f.deploys = Ok(vec![deploy(HOUR_MS, Some(0.4), Some(3.0))]))]
fn a_blind_source_takes_in_what_may_have_ended(
    #[case] blind: &str,
    #[case] kind: &'static str,
    #[case] change: Change,
) {
    let mut facts = with(change);
    facts.sources = vec![SourceFact { stale: true, feeds: vec![kind], ..source(blind) }];
    let rows = judged(&facts).attention;
    assert_eq!((rows.len(), rows[0].kind.as_str(), rows[0].absorbed.len()), (1, "blind", 1));
    assert!(rows[0].absorbed[0].starts_with(kind));
    facts.sources[0].feeds = vec!["gap_ahead"];
    assert_eq!(judged(&facts).attention.len(), 2, "a source that is blind for something else leaves it");
}

#[test]
fn what_has_happened_stays_true_while_its_source_is_blind() {
    let mut facts = with(|f: &mut Facts| f.nights = Ok(vec![night(2, 0)]));
    facts.unmapped = Ok(unnamed(1, 0));
    facts.sources = vec![SourceFact { stale: true, feeds: vec!["woken", "unmapped"], ..source("pd") }];
    let kinds: Vec<String> = judged(&facts).attention.into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds, ["woken", "blind", "unmapped"], "what is unknown comes last in its class");
}

#[rstest]
#[case::at_once(&["major_open"], false, AttentionClass::Now)]
#[case::can_wait(&["silence_bad"], false, AttentionClass::Today)]
#[case::refused(&["silence_bad"], true, AttentionClass::Now)]
fn a_blind_source_is_as_urgent_as_what_rests_on_it(
    #[case] feeds: &[&'static str],
    #[case] refused: bool,
    #[case] class: AttentionClass,
) {
    let mut facts = quiet();
    facts.sources = vec![SourceFact { stale: true, refused, feeds: feeds.to_vec(), ..source("pd") }];
    assert_eq!(row(&facts, "blind").unwrap().class, class);
}

#[test]
fn a_connected_source_that_was_not_read_yet_is_named() {
    let mut facts = nothing();
    facts.awaited = vec![(fairlead_domain::RecordKind::Alert, "am".to_owned())];
    let told = judged(&facts).not_watched;
    let reason = |kind: &str| told.iter().find(|n| n.kind == kind).unwrap().reason.clone();
    assert_eq!(reason("alert_zombie"), "am brings alerts, but was not read yet");
    assert_eq!(reason("fast_burn"), "no source of SLOs is connected");
}

#[test]
fn a_page_promoted_by_nothing_names_no_person_and_neither_does_a_thin_rota() {
    let facts = with(|f: &mut Facts| {
        f.nights = Ok(vec![night(3, 1)]);
        f.rota_shares = Ok(vec![thin(0.5, Some(0.6))]);
    });
    for row in judged(&facts).attention {
        let words = format!("{} {} {:?}", row.title, row.reason, row.why);
        assert!(!words.to_lowercase().contains("ines"), "{words}");
    }
}
