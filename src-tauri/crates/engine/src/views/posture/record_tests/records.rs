//! Plain records of the team, to be varied where a test cares.

use std::collections::BTreeMap;

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::incident::{Incident, TimelineEvent, TimelineKind};
use fairlead_domain::leave::Leave;
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::person::PersonRef;
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo, SloOrigin, SloWindow};
use fairlead_domain::{Record, Timestamp, Window};
use fairlead_testkit::records as plain;

use crate::sync::tests::rig::NOW;

/// The people of the rota, in the order of their turns.
pub const PEOPLE: [&str; 7] = ["ines", "yuki", "tomasz", "devon", "amara", "noor", "li"];

/// The turn that runs at [`NOW`] began then: Wed 18 Nov 2026, 08:00 UTC.
pub const TURN: Timestamp = Timestamp::from_secs(1_794_988_800);

pub fn email(name: &str) -> String {
    format!("{name}@harbor.example")
}

/// Who has the turn of a day, counted from the one that runs.
pub fn on_turn(day: i64) -> &'static str {
    PEOPLE[usize::try_from(day.rem_euclid(7)).unwrap()]
}

/// The window of a day's turn.
pub fn turn(day: i64) -> Window {
    Window::new(TURN.plus_days(day), TURN.plus_days(day + 1))
}

/// A stretch of the schedule `primary` that somebody holds.
pub fn shift(name: &str, window: Window) -> Record {
    let email = email(name);
    let mut shift = plain::shift("primary", &email, window.start, window.end);
    shift.person = Some(PersonRef { name: Some(name.to_owned()), ..PersonRef::by_email(&email) });
    shift.into()
}

/// The schedule, and two months of turns.
pub fn rota() -> Vec<Record> {
    let turns = (-14..60).map(|day| shift(on_turn(day), turn(day)));
    std::iter::once(plain::schedule("primary").into()).chain(turns).collect()
}

/// An open incident of the service `checkout`, by the id that the pager gives it.
pub fn incident(severity: Option<u8>, age_millis: i64) -> Incident {
    Incident {
        number: Some("INC-1".to_owned()),
        title: "Checkout is slow".to_owned(),
        severity,
        service: Some("SCHECK".to_owned()),
        ..plain::incident("Q1", NOW.plus_millis(-age_millis))
    }
}

/// An entry of that incident's timeline.
pub fn entry(kind: TimelineKind, age_millis: i64) -> TimelineEvent {
    TimelineEvent {
        ext_id: format!("{}-{age_millis}", kind.word()),
        incident: Some("Q1".to_owned()),
        at: NOW.plus_millis(-age_millis),
        kind,
        actor: None,
        raw_type: None,
        text: None,
    }
}

/// A page of that incident, by telephone.
pub fn page(name: &str, age_millis: i64) -> Page {
    Page {
        ext_id: format!("P-{name}-{age_millis}"),
        person: Some(PersonRef::by_email(&email(name))),
        party: None,
        incident: Some("Q1".to_owned()),
        sent_at: NOW.plus_millis(-age_millis),
        channel: PageChannel::Voice,
        status: None,
        answered_at: None,
        service: Some("SCHECK".to_owned()),
    }
}

/// A policy that asks the next level after so many seconds.
pub fn policy(id: &str, timeout_secs: u32) -> EscalationPolicy {
    let level = PolicyLevel {
        level: 1,
        timeout_secs: Some(timeout_secs),
        schedules: vec!["primary".to_owned()],
        people: vec![],
    };
    EscalationPolicy { ext_id: id.to_owned(), name: id.to_owned(), levels: vec![level] }
}

/// An SLO of `checkout`: 99.9 % of all requests in 30 days.
pub fn slo(name: &str) -> Slo {
    Slo {
        ext_id: name.to_owned(),
        name: name.to_owned(),
        service: Some("checkout".to_owned()),
        group: BTreeMap::new(),
        origin: SloOrigin::Plain,
        objective: 0.999,
        window: SloWindow::Rolling { days: 30.0 },
        method: BudgetMethod::Occurrences,
        good_expr: None,
        total_expr: None,
        description: None,
        labels: BTreeMap::new(),
    }
}

/// 100,000 requests in the hour that began so many hours before the running one, of which `bad` failed.
pub fn hour(slo: &str, ago: i64, bad: f64) -> SliHour {
    let total = 100_000.0;
    let figures = SliFigures { good: Some(total - bad), total: Some(total), ..SliFigures::default() };
    SliHour { slo: slo.to_owned(), hour: NOW.floor_hour().plus_hours(-ago), figures }
}

/// An SLO with its last hours, the newest first: how many requests of each failed.
pub fn measured(name: &str, bad: &[f64]) -> Vec<Record> {
    let hours = bad.iter().zip(1..).map(|(bad, ago)| hour(name, ago, *bad).into());
    std::iter::once(slo(name).into()).chain(hours).collect()
}

/// A silence of everything named `DiskFull`.
pub fn silence(id: &str, age_millis: i64, left_millis: i64) -> Silence {
    Silence {
        ext_id: id.to_owned(),
        start: NOW.plus_millis(-age_millis),
        end: NOW.plus_millis(left_millis),
        creator: None,
        comment: Some("the disk is being replaced".to_owned()),
        matchers: r#"[{"name":"alertname","value":"DiskFull","isRegex":false,"isEqual":true}]"#.to_owned(),
        state: SilenceState::Active,
    }
}

/// A deploy of `checkout`.
pub fn deploy(id: &str, age_millis: i64) -> Change {
    Change {
        ext_id: id.to_owned(),
        kind: ChangeKind::Deploy,
        service: Some("checkout".to_owned()),
        title: format!("Deploy checkout {id}"),
        at: NOW.plus_millis(-age_millis),
        finished_at: None,
        outcome: None,
        author: None,
        url: None,
    }
}

/// A freeze of everything.
pub fn freeze(from_millis: i64, to_millis: i64) -> Maintenance {
    Maintenance {
        ext_key: "freeze".to_owned(),
        kind: MaintenanceKind::Freeze,
        title: "Black Friday".to_owned(),
        start: NOW.plus_millis(from_millis),
        end: NOW.plus_millis(to_millis),
        services: Vec::new(),
    }
}

pub fn leave(name: &str, window: Window) -> Leave {
    let person = Some(PersonRef::by_email(&email(name)));
    Leave { ext_key: format!("{name}@{}", window.start), person, start: window.start, end: window.end }
}

/// An open follow-up of that incident which was due so long ago.
pub fn action(id: &str, late_millis: i64) -> ActionItem {
    ActionItem {
        ext_id: id.to_owned(),
        incident: Some("Q1".to_owned()),
        title: format!("Fix {id}"),
        status: ActionStatus::Open,
        owner: None,
        created_at: NOW.plus_days(-20),
        due_at: Some(NOW.plus_millis(-late_millis)),
        completed_at: None,
        priority: None,
        url: None,
    }
}

pub fn postmortem(incident: &str) -> Postmortem {
    Postmortem {
        ext_id: format!("PM-{incident}"),
        incident: Some(incident.to_owned()),
        title: "What happened".to_owned(),
        status: Some("draft".to_owned()),
        published_at: None,
        url: None,
    }
}
