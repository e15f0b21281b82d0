//! Whole-database tests over files in a temporary folder.

mod acknowledgement;
mod apply;
mod archive;
mod authored;
mod erase;
mod files;
mod incident_outline;
mod incident_status;
mod incident_window;
mod plans;
mod run_log;
mod runs;
mod search;
mod slo;
mod sought;
mod terms;
mod trouble;
mod walk;

use std::collections::BTreeMap;

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::incident::*;
use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::record::{Item, Record};
use fairlead_domain::schedule::*;
use fairlead_domain::service::Service;
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::slo::*;
use fairlead_domain::team::{Team, TeamMember};
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_domain::{RecordKind, Timestamp};
use tempfile::TempDir;

use crate::synced::{SourceId, Writer};
use crate::{Mode, StoreError, Synced};

/// Monday 2026-11-16 07:00 UTC.
pub(crate) const NOW: Timestamp = Timestamp::from_secs(1_794_812_400);

pub(crate) fn hours(from_now: i64) -> Timestamp {
    NOW.plus_hours(from_now)
}

pub(crate) async fn synced() -> (TempDir, Synced) {
    let dir = TempDir::new().unwrap();
    let store = Synced::open(dir.path(), Mode::ReadWrite, NOW).await.unwrap();
    (dir, store)
}

/// Runs `work` in a writing transaction on a new database with one source.
pub(crate) async fn with_source<T, F>(work: F) -> T
where
    T: Send + 'static,
    F: FnOnce(&mut Writer<'_>, SourceId) -> Result<T, StoreError> + Send + 'static,
{
    let (_dir, store) = synced().await;
    let run = move |w: &mut Writer<'_>| {
        let source = w.ensure_source("pd", "pagerduty", NOW)?;
        work(w, source)
    };
    store.write(run).await.unwrap()
}

pub(crate) fn shift(key: &str, who: &str, start: i64, end: i64) -> Shift {
    Shift {
        schedule: "S1".into(),
        ext_key: key.into(),
        person: Some(PersonRef { ext_id: Some(who.into()), ..PersonRef::default() }),
        withheld: false,
        start: hours(start),
        end: hours(end),
        end_open: false,
        level: Some(1),
        role: ShiftRole::Primary,
        origin: ShiftOrigin::Rotation,
        replaced: None,
        rotation: Some("R1".into()),
    }
}

pub(crate) fn incident(id: &str, title: &str, created: i64) -> Incident {
    Incident {
        ext_id: id.into(),
        kind: IncidentKind::Paged,
        number: Some(format!("INC-{id}")),
        title: title.into(),
        status: IncidentStatus::Acked,
        status_raw: Some("acknowledged".into()),
        severity: Some(2),
        severity_raw: Some("P2".into()),
        urgency: Some("high".into()),
        service: Some("checkout".into()),
        teams: vec!["T1".into()],
        created_at: hours(created),
        acked_at: Some(hours(created).plus_millis(60_000)),
        ack_source: Some(AckSource::Timeline),
        mitigated_at: None,
        resolved_at: None,
        closed_at: None,
        updated_at: Some(hours(created).plus_millis(60_000)),
        impact_start: None,
        impact_end: None,
        merged_into: None,
        is_test: false,
        url: Some("https://pd.example/1".into()),
        responders: vec![Responder { person: ines(), role: Some("commander".into()), assigned_at: None }],
        links: vec![IncidentLink { system: "jira".into(), ext_id: "OPS-1".into(), relation: LinkRelation::Ticket }],
        custom_fields: vec![CustomField { field: "region".into(), value: "\"eu\"".into() }],
    }
}

pub(crate) fn ines() -> PersonRef {
    PersonRef { ext_id: Some("P1".into()), email: Some("Ines@harbor.example".into()), name: Some("Ines".into()) }
}

pub(crate) fn slo(objective: f64) -> Slo {
    Slo {
        ext_id: "checkout".into(),
        name: "Checkout answers".into(),
        service: Some("checkout".into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective,
        window: SloWindow::Rolling { days: 28.0 },
        method: BudgetMethod::Occurrences,
        good_expr: None,
        total_expr: Some("sum(x)".into()),
        description: None,
        labels: BTreeMap::from([("tier".into(), "1".into())]),
    }
}

/// One record of each kind, and a changed one of the same key.
pub(crate) fn sample(kind: RecordKind, changed: bool) -> Item {
    let text = |a: &str, b: &str| if changed { b.to_owned() } else { a.to_owned() };
    let moved = if changed { 2 } else { 1 };
    let record: Record = match kind {
        RecordKind::Person => Person {
            ext_id: "P1".into(),
            name: text("Ines", "Inês"),
            email: Some("ines@harbor.example".into()),
            timezone: Some("Europe/Lisbon".into()),
            active: true,
        }
        .into(),
        RecordKind::Team => Team {
            ext_id: "T1".into(),
            name: "Payments".into(),
            members: vec![TeamMember { person: ines(), role: Some(text("lead", "member")) }],
        }
        .into(),
        RecordKind::Service => {
            Service { ext_id: "checkout".into(), name: text("Checkout", "Check-out"), team: None }.into()
        }
        RecordKind::Schedule => Schedule {
            ext_id: "S1".into(),
            name: text("Primary", "First line"),
            system: ScheduleSystem::Layer,
            timezone: Some("UTC".into()),
            team: None,
            url: None,
        }
        .into(),
        RecordKind::Rotation => {
            Rotation { ext_id: "R1".into(), schedule: "S1".into(), name: text("Day", "Night"), ordinal: 0 }.into()
        }
        RecordKind::EscalationPolicy => EscalationPolicy {
            ext_id: "E1".into(),
            name: "Payments".into(),
            levels: vec![PolicyLevel {
                level: 1,
                timeout_secs: Some(300 * moved),
                schedules: vec!["S1".into()],
                people: vec![ines()],
            }],
        }
        .into(),
        RecordKind::Shift => shift("s1", if changed { "P2" } else { "P1" }, 24, 48).into(),
        RecordKind::Incident => incident("1", &text("Payments fail", "Payments are slow"), -3).into(),
        RecordKind::TimelineEvent => TimelineEvent {
            ext_id: "L1".into(),
            incident: Some("1".into()),
            at: hours(-2),
            kind: TimelineKind::Ack,
            actor: Some(ines()),
            raw_type: None,
            text: Some(text("on it", "on it now")),
        }
        .into(),
        RecordKind::Page => Page {
            ext_id: "G1".into(),
            person: Some(ines()),
            party: None,
            incident: Some("1".into()),
            sent_at: hours(-3),
            channel: PageChannel::Push,
            status: Some(text("sent", "delivered")),
            answered_at: None,
            service: None,
        }
        .into(),
        RecordKind::Alert => Alert {
            fingerprint: "f1".into(),
            name: "HighErrorRate".into(),
            start: hours(-3),
            end: changed.then(|| hours(-1)),
            resolution_secs: 60,
            status: if changed { AlertStatus::Resolved } else { AlertStatus::Firing },
            severity_raw: Some("page".into()),
            service: Some("checkout".into()),
            labels: BTreeMap::from([("job".into(), "api".into())]),
        }
        .into(),
        RecordKind::Silence => Silence {
            ext_id: "Z1".into(),
            start: hours(-1),
            end: hours(moved.into()),
            creator: None,
            comment: None,
            matchers: "[]".into(),
            state: SilenceState::Active,
        }
        .into(),
        RecordKind::Change => Change {
            ext_id: "D1".into(),
            kind: ChangeKind::Deploy,
            service: Some("checkout".into()),
            title: text("v1", "v2"),
            at: hours(-5),
            finished_at: None,
            outcome: None,
            author: Some(ines()),
            url: None,
        }
        .into(),
        RecordKind::Leave => Leave {
            ext_key: "A1".into(),
            person: Some(ines()),
            start: hours(24),
            end: hours(24 * i64::from(moved + 1)),
        }
        .into(),
        RecordKind::Holiday => {
            Holiday { ext_key: "H1".into(), name: text("Fado day", "Fado Day"), start: hours(24), end: hours(48) }
                .into()
        }
        RecordKind::Maintenance => Maintenance {
            ext_key: "M1".into(),
            kind: MaintenanceKind::Freeze,
            title: text("Sales", "Big sales"),
            start: hours(24),
            end: hours(48),
            services: vec!["checkout".into()],
        }
        .into(),
        RecordKind::Postmortem => Postmortem {
            ext_id: "W1".into(),
            incident: Some("1".into()),
            title: text("Why", "Why not"),
            status: None,
            published_at: None,
            url: None,
        }
        .into(),
        RecordKind::ActionItem => ActionItem {
            ext_id: "OPS-2".into(),
            incident: None,
            title: text("Fix", "Fix it"),
            status: ActionStatus::Open,
            owner: Some(ines()),
            created_at: hours(-9),
            due_at: None,
            completed_at: None,
            priority: None,
            url: None,
        }
        .into(),
        RecordKind::Slo => slo(if changed { 0.99 } else { 0.999 }).into(),
        RecordKind::SliHour => SliHour {
            slo: "checkout".into(),
            hour: hours(-4),
            figures: SliFigures { good: Some(f64::from(moved)), total: Some(9.0), ..SliFigures::default() },
        }
        .into(),
        RecordKind::SloUpstream => SloUpstream {
            slo: "checkout".into(),
            at: hours(i64::from(moved) - 9),
            budget_remaining: 1.0 / f64::from(moved),
        }
        .into(),
        RecordKind::Terms => {
            let retention_secs = Some(86_400 * moved);
            Terms { stated_by: TermsBy::Upstream, retention_secs, key_expires_at: Some(hours(99)) }.into()
        }
    };
    let key = record.key();
    Item { raw: Some(serde_json::json!({ "id": key, "moved": moved })), record }
}

pub(crate) fn samples() -> Vec<Item> {
    RecordKind::ALL.iter().map(|kind| sample(*kind, false)).collect()
}
