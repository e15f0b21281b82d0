//! Every kind on facts alone: it fires, it just does not, something explains it, or it is not watched.

mod added;
mod forgetting;
mod silenced;

use chrono_tz::Tz;
use fairlead_domain::change::ChangeKind;
use fairlead_domain::incident::{IncidentKind, IncidentStatus};
use fairlead_domain::time::{HOUR_MS, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};
use rstest::rstest;

use fairlead_metrics::posture::Moment;

use super::super::answer::{Attention, AttentionClass, NotWatched};
use super::super::compose::{compose, judge};
use super::super::facts::*;
use crate::views::slos::{BurnEntry, SloEntry, WindowEntry};

const NOW: Timestamp = Timestamp::from_secs(1_795_003_200);

/// Everything is connected, and quiet.
fn quiet() -> Facts {
    Facts {
        now: NOW,
        timezone: Tz::UTC,
        last_seen: NOW.plus_days(-1),
        sources: vec![source("pd")],
        schedules: Some(vec![schedule("primary")]),
        on_call: Vec::new(),
        leaves: Some(Vec::new()),
        slos: Some(vec![slo("checkout")]),
        incidents: Some(Vec::new()),
        alerts: Some(Vec::new()),
        freeze_breaches: Ok(Vec::new()),
        pages: Ok(Vec::new()),
        nights: Ok(Vec::new()),
        silences: Ok(Vec::new()),
        next_shift_ends: Ok(NOW.plus_hours(12)),
        deploys: Ok(Vec::new()),
        overdue: Ok(Vec::new()),
        unreviewed: Ok(Vec::new()),
        rota_changes: Ok(Vec::new()),
        rota_shares: Ok(Vec::new()),
        unmapped: Ok(UnmappedFact::default()),
        terms: Ok(Vec::new()),
        ..Facts::unknown()
    }
}

/// Nothing is connected.
fn nothing() -> Facts {
    Facts { now: NOW, last_seen: NOW.plus_days(-1), ..Facts::unknown() }
}

fn source(name: &str) -> SourceFact {
    SourceFact {
        name: name.to_owned(),
        last_ok_at: Some(NOW),
        stale: false,
        error: None,
        refused: false,
        feeds: vec!["major_open"],
    }
}

fn schedule(name: &str) -> ScheduleFact {
    ScheduleFact {
        name: name.to_owned(),
        source: "pd".to_owned(),
        team: None,
        due_now: Some(true),
        held_now: true,
        empty_since: None,
        gaps: Vec::new(),
        backup: None,
        shifts: Vec::new(),
    }
}

fn slo(service: &str) -> SloFact {
    let window = WindowEntry {
        kind: "rolling".to_owned(),
        days: 30.0,
        starts_at: NOW.plus_days(-30),
        ends_at: NOW.floor_hour(),
    };
    SloFact {
        entry: SloEntry {
            id: format!("prom/{service}"),
            name: service.to_owned(),
            service: Some(service.to_owned()),
            source: "prom".to_owned(),
            objective: 0.999,
            window,
            method: "occurrences".to_owned(),
            state: "ok".to_owned(),
            sli: Some(1.0),
            good: None,
            total: None,
            too_few_events: None,
            budget_remaining: Some(0.9),
            burn: BurnEntry { h1: Some(0.5), h6: Some(0.5), d1: Some(0.5), d3: Some(0.5) },
            coverage: Some(1.0),
            exhausts_at: None,
            recovers_at: None,
            upstream_budget_remaining: None,
        },
        service: Some(service.to_owned()),
        tier: Some(1),
        team: None,
        window_hours: 720.0,
        newest_hour: Some(NOW.floor_hour().plus_hours(-1)),
        first_hour: Some(NOW.floor_hour().plus_hours(-720)),
        source_failed: false,
    }
}

fn incident(severity: Option<u8>, age_millis: i64) -> IncidentFact {
    IncidentFact {
        id: "pd/1".to_owned(),
        source: "pd".to_owned(),
        number: "INC-1".to_owned(),
        title: "Checkout is slow".to_owned(),
        kind: IncidentKind::Paged,
        status: IncidentStatus::Open,
        severity,
        severity_said: None,
        service: Some("checkout".to_owned()),
        tier: Some(1),
        team: None,
        created_at: NOW.plus_millis(-age_millis),
        acked_at: None,
        updated_at: None,
        url: None,
    }
}

fn alert(severity: &str, age_millis: i64) -> AlertFact {
    AlertFact {
        id: "am/a".to_owned(),
        source: "am".to_owned(),
        name: "DiskFull".to_owned(),
        severity: Some(severity.to_owned()),
        service: Some("checkout".to_owned()),
        tier: None,
        start: NOW.plus_millis(-age_millis),
        silenced: false,
    }
}

fn shift(start_days: i64) -> ShiftFact {
    let start = NOW.plus_days(start_days);
    ShiftFact {
        person_key: Some("ines".to_owned()),
        person: Some("Ines".to_owned()),
        covers: true,
        window: Window::new(start, start.plus_days(1)),
    }
}

/// The lines, and the kinds that say nothing.
#[derive(Debug, PartialEq)]
struct Told {
    attention: Vec<Attention>,
    not_watched: Vec<NotWatched>,
}

fn judged(facts: &Facts) -> Told {
    let judged = judge(facts);
    let composed = compose(&judged.findings, &[], &Moment { now: facts.now, running_shift: None });
    Told { attention: composed.attention, not_watched: judged.not_watched }
}

fn row(facts: &Facts, kind: &str) -> Option<Attention> {
    judged(facts).attention.into_iter().find(|row| row.kind == kind)
}

type Change = fn(&mut Facts);

fn with(change: Change) -> Facts {
    let mut facts = quiet();
    change(&mut facts);
    facts
}

#[test]
fn a_quiet_world_has_no_row() {
    assert_eq!(judged(&quiet()).attention, Vec::new());
}

#[rstest]
#[case::severe("major_open", AttentionClass::Now, "Open for 42 min",
    |f: &mut Facts| f.incidents = Some(vec![incident(Some(2), 42 * MINUTE_MS)]))]
#[case::empty("nobody_on_call", AttentionClass::Now, "Declared coverage is empty; next escalation: lead", |f: &mut Facts| {
    f.schedules = Some(vec![ScheduleFact { held_now: false, backup: Some("lead".to_owned()), ..schedule("primary") }]);
})]
#[case::hour("fast_burn", AttentionClass::Now, "Error budget burns 14.5× in the last whole hour, spent in 3 h",
    |f: &mut Facts| { let s = slos(f); s.entry.burn.h1 = Some(14.5); s.entry.exhausts_at = Some(NOW.plus_hours(3)); })]
#[case::six_hours("fast_burn", AttentionClass::Now, "Error budget burns 6.1× in the last whole hour",
    |f: &mut Facts| { let s = slos(f); s.entry.burn.h1 = Some(6.1); s.entry.burn.h6 = Some(6.1); })]
#[case::stale("blind", AttentionClass::Now, "1 check blind: it was not read for two intervals",
    |f: &mut Facts| f.sources[0].stale = true)]
#[case::gap("gap_ahead", AttentionClass::Today, "Mon 20:00–21:00 UTC, 1 h", |f: &mut Facts| gap(f, 72 * HOUR_MS))]
#[case::leave("leave_conflict", AttentionClass::Today, "primary on Sun 22 Nov", |f: &mut Facts| on_leave(f, 4, 4))]
#[case::spent("budget_spent", AttentionClass::Today, "−6.0\u{a0}% left; does not recover within its window",
    |f: &mut Facts| { let s = slos(f); s.entry.state = "spent".to_owned(); s.entry.budget_remaining = Some(-0.06); })]
#[case::soon("budget_soon", AttentionClass::Today, "90.0\u{a0}% left; spent", |f: &mut Facts| slos(f).entry.exhausts_at = Some(NOW.plus_days(7)))]
#[case::no_data("slo_blind", AttentionClass::Today, "Nothing since", |f: &mut Facts| slos(f).newest_hour = Some(NOW.floor_hour().plus_hours(-3)))]
#[case::old("incident_stale", AttentionClass::Today, "Open for 1 d",
    |f: &mut Facts| f.incidents = Some(vec![incident(Some(3), 24 * HOUR_MS + 1)]))]
#[case::unmapped_severity("incident_stale", AttentionClass::Today, "Open for 2 d",
    |f: &mut Facts| f.incidents = Some(vec![incident(None, 48 * HOUR_MS)]))]
#[case::zombie("alert_zombie", AttentionClass::Today, "Firing for 3 d",
    |f: &mut Facts| f.alerts = Some(vec![alert("Critical", 72 * HOUR_MS)]))]
#[case::frozen("freeze_breach", AttentionClass::Today, "Deploy 12 at", |f: &mut Facts| {
    f.freeze_breaches = Ok(vec![ChangeFact { kind: ChangeKind::Deploy, title: "Deploy 12".to_owned(), service: None, tier: None,
        at: NOW.plus_hours(-1), source: "ci".to_owned(), freeze: "Black Friday".to_owned() }]);
})]
fn it_fires(#[case] kind: &str, #[case] class: AttentionClass, #[case] reason: &str, #[case] change: Change) {
    let row = row(&with(change), kind).unwrap_or_else(|| panic!("{kind} does not fire"));
    assert_eq!(row.class, class);
    let reason = reason.replace("Mon 20:00–21:00", &span_words(NOW.plus_hours(72)));
    let reason = reason.replace("Sun 22 Nov", &crate::views::wording::day_in(NOW.plus_days(4), Tz::UTC));
    assert!(row.reason.starts_with(&reason), "{:?} is not {reason:?}", row.reason);
    assert!(!row.action.verb.is_empty() && !row.why.trigger.is_empty());
}

#[rstest]
#[case("Availability", Some("checkout"), "checkout: Availability")]
#[case("checkout-availability", Some("checkout"), "checkout-availability")]
#[case("Checkout API answers", Some("checkout-api"), "Checkout API answers")]
#[case("availability", None, "availability")]
fn an_slo_is_told_with_its_service(#[case] name: &str, #[case] service: Option<&str>, #[case] label: &str) {
    let mut facts = quiet();
    slos(&mut facts).entry.name = name.to_owned();
    slos(&mut facts).service = service.map(str::to_owned);
    let fires: [(&str, Change); 4] = [
        ("fast_burn", |f| slos(f).entry.burn.h1 = Some(20.0)),
        ("budget_spent", |f| slos(f).entry.state = "spent".to_owned()),
        ("budget_soon", |f| slos(f).entry.exhausts_at = Some(NOW.plus_days(1))),
        ("slo_blind", |f| slos(f).newest_hour = Some(NOW.plus_days(-1))),
    ];
    for (kind, change) in fires {
        let mut facts = facts.clone();
        change(&mut facts);
        let title = row(&facts, kind).unwrap_or_else(|| panic!("{kind} does not fire")).title;
        let named = title.strip_prefix("No data for ").unwrap_or(&title);
        assert!(named.starts_with(label), "{title:?} does not tell {label:?}");
    }
}

fn span_words(start: Timestamp) -> String {
    crate::views::wording::span_in(Window::new(start, start.plus_hours(1)), Tz::UTC).replace(" UTC", "")
}

fn slos(facts: &mut Facts) -> &mut SloFact {
    &mut facts.slos.as_mut().unwrap()[0]
}

fn gap(facts: &mut Facts, ahead_millis: i64) {
    let start = NOW.plus_millis(ahead_millis);
    facts.schedules.as_mut().unwrap()[0].gaps = vec![Window::new(start, start.plus_hours(1))];
}

fn on_leave(facts: &mut Facts, shift_days: i64, leave_days: i64) {
    facts.schedules.as_mut().unwrap()[0].shifts = vec![shift(shift_days)];
    let start = NOW.plus_days(leave_days);
    facts.leaves =
        Some(vec![LeaveFact { person_key: Some("ines".to_owned()), window: Window::new(start, start.plus_days(1)) }]);
}

#[rstest]
#[case::lesser("major_open", |f: &mut Facts| f.incidents = Some(vec![incident(Some(3), MINUTE_MS)]))]
#[case::not_declared("nobody_on_call", |f: &mut Facts| f.schedules = Some(vec![ScheduleFact { due_now: None, held_now: false, ..schedule("x") }]))]
#[case::out_of_hours("nobody_on_call", |f: &mut Facts| f.schedules = Some(vec![ScheduleFact { due_now: Some(false), held_now: false, ..schedule("x") }]))]
#[case::at_the_threshold("fast_burn", |f: &mut Facts| slos(f).entry.burn.h1 = Some(14.4))]
#[case::six_hours_but_over("fast_burn", |f: &mut Facts| slos(f).entry.burn.h6 = Some(20.0))]
#[case::no_traffic("fast_burn", |f: &mut Facts| slos(f).entry.burn.h1 = None)]
#[case::feeds_nothing("blind", |f: &mut Facts| { f.sources[0].stale = true; f.sources[0].feeds.clear(); })]
#[case::too_far("gap_ahead", |f: &mut Facts| gap(f, 72 * HOUR_MS + 1))]
#[case::already_begun("gap_ahead", |f: &mut Facts| gap(f, 0))]
#[case::next_week("leave_conflict", |f: &mut Facts| on_leave(f, 7, 7))]
#[case::they_only_touch("leave_conflict", |f: &mut Facts| on_leave(f, 3, 4))]
#[case::one_more_event("budget_spent", |f: &mut Facts| slos(f).entry.budget_remaining = Some(0.0001))]
#[case::after_a_week("budget_soon", |f: &mut Facts| slos(f).entry.exhausts_at = Some(NOW.plus_days(7).plus_millis(1)))]
#[case::spent_is_not_soon("budget_soon", |f: &mut Facts| { slos(f).entry.state = "spent".to_owned(); slos(f).entry.exhausts_at = Some(NOW); })]
#[case::one_hour_late("slo_blind", |f: &mut Facts| slos(f).newest_hour = Some(NOW.floor_hour().plus_hours(-2)))]
#[case::its_source_failed("slo_blind", |f: &mut Facts| { slos(f).newest_hour = Some(NOW.plus_days(-3)); slos(f).source_failed = true; })]
#[case::a_day_old("incident_stale", |f: &mut Facts| f.incidents = Some(vec![incident(Some(3), 24 * HOUR_MS)]))]
#[case::severe_is_not_lesser("incident_stale", |f: &mut Facts| f.incidents = Some(vec![incident(Some(1), 72 * HOUR_MS)]))]
#[case::it_pages_nobody("alert_zombie", |f: &mut Facts| f.alerts = Some(vec![alert("warning", 72 * HOUR_MS)]))]
#[case::a_day_of_firing("alert_zombie", |f: &mut Facts| f.alerts = Some(vec![alert("page", 24 * HOUR_MS)]))]
fn it_just_does_not_fire(#[case] kind: &str, #[case] change: Change) {
    assert_eq!(row(&with(change), kind), None);
}

#[rstest]
#[case::burn("fast_burn:prom/checkout", |f: &mut Facts| slos(f).entry.burn.h1 = Some(20.0))]
#[case::alert("alert_zombie:am/a", |f: &mut Facts| f.alerts = Some(vec![alert("page", 48 * HOUR_MS)]))]
fn an_incident_takes_in_the_symptoms_of_its_service(#[case] id: &str, #[case] change: Change) {
    let mut facts = with(change);
    assert!(judged(&facts).attention.iter().any(|row| row.id == id), "alone it has its own row");
    facts.incidents = Some(vec![incident(Some(1), HOUR_MS)]);
    let rows = judged(&facts).attention;
    assert_eq!((rows.len(), rows[0].absorbed.as_slice()), (1, [id.to_owned()].as_slice()));
    facts.incidents.as_mut().unwrap()[0].service = Some("search".to_owned());
    assert_eq!(judged(&facts).attention.len(), 2, "that of another service it leaves");
}

#[test]
fn a_blind_source_takes_in_what_it_makes_unknowable() {
    let facts = with(|f| {
        slos(f).newest_hour = Some(NOW.plus_hours(-5));
        f.sources = vec![SourceFact { stale: true, feeds: vec!["fast_burn"], ..source("prom") }];
    });
    let rows = judged(&facts).attention;
    assert_eq!((rows.len(), rows[0].kind.as_str()), (1, "blind"));
    assert_eq!(rows[0].absorbed, ["slo_blind:prom/checkout"]);
}

#[test]
fn two_schedules_of_one_name_are_two_rows() {
    let empty = |source: &str| ScheduleFact { held_now: false, source: source.to_owned(), ..schedule("primary") };
    let facts = Facts { schedules: Some(vec![empty("pd"), empty("calendar")]), ..quiet() };
    assert_eq!(judged(&facts).attention.len(), 2);
}

#[test]
fn without_its_data_a_kind_is_not_watched_and_never_quiet() {
    let composed = judged(&nothing());
    assert_eq!(composed.attention, Vec::new());
    assert_eq!(composed.not_watched.len(), super::KINDS.len());
    let undeclared = with(|f| f.schedules.as_mut().unwrap()[0].due_now = None);
    let unwatched: Vec<String> = judged(&undeclared).not_watched.into_iter().map(|n| n.kind).collect();
    assert!(["nobody_on_call", "gap_ahead"].iter().all(|kind| unwatched.contains(&(*kind).to_owned())));
}

#[test]
fn the_order_in_which_facts_come_does_not_matter() {
    let services = ["checkout", "ledger", "search", "mail", "login"];
    let burning = |service: &str| {
        let mut slo = slo(service);
        slo.entry.burn.h1 = Some(20.0);
        slo.tier = if service == "mail" { None } else { Some(1) };
        slo
    };
    let mut facts = with(|f| f.incidents = Some(vec![incident(Some(1), HOUR_MS), incident(Some(4), 90 * HOUR_MS)]));
    facts.incidents.as_mut().unwrap()[1].id = "pd/2".to_owned();
    facts.slos = Some(services.iter().map(|service| burning(service)).collect());
    let expected = judged(&facts);
    for turn in 0..services.len() {
        facts.slos.as_mut().unwrap().rotate_left(turn);
        facts.incidents.as_mut().unwrap().reverse();
        assert_eq!(judged(&facts), expected);
    }
}
