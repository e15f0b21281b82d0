//! What stands for all of history: people, services, schedules, SLOs.

use std::collections::BTreeMap;

use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::person::Person;
use fairlead_domain::record::Item;
use fairlead_domain::schedule::{Schedule, ScheduleSystem};
use fairlead_domain::service::Service;
use fairlead_domain::slo::{BudgetMethod, Slo, SloOrigin, SloWindow};

use super::Extent;
use super::config::{SCHEDULES, TEAMS, email, person_id, schedule, service_id, service_name, slo_id};

/// Place among the sources and name of each stream, in the order of [`of`].
pub(super) const STREAMS: &[(usize, &str)] =
    &[(0, "users"), (0, "services"), (0, "policies"), (0, "schedules"), (1, "slos")];

/// What each stream lists.
pub(super) fn of(extent: Extent) -> Vec<Vec<Item>> {
    let people = (0..extent.people).map(|n| {
        Item::from(Person {
            ext_id: person_id(n),
            name: format!("Person {n}"),
            email: Some(email(n)),
            timezone: Some("Europe/Lisbon".to_owned()),
            active: true,
        })
    });
    let services =
        (0..extent.services).map(|n| Item::from(Service { ext_id: service_id(n), name: service_name(n), team: None }));
    let policies = (0..TEAMS).map(|team| {
        Item::from(EscalationPolicy {
            ext_id: format!("P{team}"),
            name: format!("Policy {team}"),
            levels: vec![PolicyLevel {
                level: 1,
                timeout_secs: Some(900),
                schedules: vec![schedule(team, 0)],
                people: Vec::new(),
            }],
        })
    });
    let schedules = (0..TEAMS).flat_map(|team| {
        (0..SCHEDULES).map(move |nth| {
            Item::from(Schedule {
                ext_id: schedule(team, nth),
                name: format!("Team {team} rota {nth}"),
                system: ScheduleSystem::Layer,
                timezone: Some("Europe/Lisbon".to_owned()),
                team: None,
                url: None,
            })
        })
    });
    vec![
        people.collect(),
        services.collect(),
        policies.collect(),
        schedules.collect(),
        (0..extent.slos).map(|n| Item::from(slo(extent, n))).collect(),
    ]
}

fn slo(extent: Extent, n: u32) -> Slo {
    Slo {
        ext_id: slo_id(n),
        name: format!("Availability {n}"),
        service: Some(service_name(n % extent.services)),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective: 0.999,
        window: SloWindow::Rolling { days: if n.is_multiple_of(2) { 28.0 } else { 30.0 } },
        method: BudgetMethod::Occurrences,
        good_expr: Some("sum(increase(good[1h]))".to_owned()),
        total_expr: Some("sum(increase(all[1h]))".to_owned()),
        description: None,
        labels: BTreeMap::new(),
    }
}
