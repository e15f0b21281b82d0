//! Plain records, to be varied where a test cares.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::incident::{Incident, IncidentKind, IncidentStatus};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::schedule::{Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};

/// An open incident without severity.
#[must_use]
pub fn incident(id: &str, created_at: Timestamp) -> Incident {
    Incident {
        ext_id: id.to_owned(),
        kind: IncidentKind::Paged,
        number: None,
        title: format!("Incident {id}"),
        status: IncidentStatus::Open,
        status_raw: None,
        severity: None,
        severity_raw: None,
        urgency: None,
        service: None,
        teams: Vec::new(),
        created_at,
        acked_at: None,
        ack_source: None,
        mitigated_at: None,
        resolved_at: None,
        closed_at: None,
        updated_at: None,
        impact_start: None,
        impact_end: None,
        merged_into: None,
        is_test: false,
        url: None,
        responders: Vec::new(),
        links: Vec::new(),
        custom_fields: Vec::new(),
    }
}

/// An incident that was resolved an hour after it was made.
#[must_use]
pub fn resolved(id: &str, created_at: Timestamp) -> Incident {
    let resolved_at = Some(created_at.plus_hours(1));
    Incident { status: IncidentStatus::Resolved, resolved_at, updated_at: resolved_at, ..incident(id, created_at) }
}

/// A person with an e-mail.
#[must_use]
pub fn person(id: &str, email: &str) -> Person {
    Person { ext_id: id.to_owned(), name: id.to_owned(), email: Some(email.to_owned()), timezone: None, active: true }
}

/// A schedule.
#[must_use]
pub fn schedule(id: &str) -> Schedule {
    Schedule {
        ext_id: id.to_owned(),
        name: id.to_owned(),
        system: ScheduleSystem::Shift,
        timezone: None,
        team: None,
        url: None,
    }
}

/// A shift of somebody known by e-mail, of no stated role.
#[must_use]
pub fn shift(schedule: &str, email: &str, start: Timestamp, end: Timestamp) -> Shift {
    Shift {
        schedule: schedule.to_owned(),
        ext_key: format!("{schedule}/{email}/{start}"),
        person: Some(PersonRef { name: Some(email.to_owned()), ..PersonRef::by_email(email) }),
        withheld: false,
        start,
        end,
        end_open: false,
        level: None,
        role: ShiftRole::Unknown,
        origin: ShiftOrigin::Rotation,
        replaced: None,
        rotation: None,
    }
}

/// A firing alert of paging severity.
#[must_use]
pub fn alert(name: &str, start: Timestamp) -> Alert {
    Alert {
        fingerprint: format!("print-{name}"),
        name: name.to_owned(),
        start,
        end: None,
        resolution_secs: 60,
        status: AlertStatus::Firing,
        severity_raw: Some("critical".to_owned()),
        service: None,
        labels: BTreeMap::from([("alertname".to_owned(), name.to_owned())]),
    }
}
