//! What the pager lists: teams, people, services, schedules, policies.

use fairlead_domain::Item;
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem};
use fairlead_domain::service::Service;
use fairlead_domain::team::{Team, TeamMember};

use super::person_ref;
use super::plot::{self, Scenario};

/// Everything, in dependency order.
#[must_use]
pub fn catalogue(scenario: &Scenario) -> Vec<Item> {
    let mut items: Vec<Item> = scenario.person.iter().map(|plot| person(plot).into()).collect();
    items.extend(scenario.team.iter().map(|plot| Item::from(team(scenario, plot))));
    items.extend(scenario.service.iter().map(|plot| {
        Item::from(Service { ext_id: plot.id.clone(), name: plot.name.clone(), team: Some(plot.team.clone()) })
    }));
    items.extend(scenario.schedule.iter().map(|plot| Item::from(schedule(scenario, plot))));
    items.extend(scenario.schedule.iter().filter_map(rotation).map(Item::from));
    items.extend(scenario.policy.iter().map(|plot| Item::from(policy(plot))));
    items
}

fn person(plot: &plot::Person) -> Person {
    Person {
        ext_id: plot.id.clone(),
        name: plot.name.clone(),
        email: Some(plot.email.clone()),
        timezone: Some(plot.timezone.clone()),
        active: true,
    }
}

fn team(scenario: &Scenario, plot: &plot::Team) -> Team {
    let member = |person: &plot::Person| {
        let role = Some(person.role.clone());
        person_ref(scenario, &person.id).map(|person| TeamMember { person, role })
    };
    let members = scenario.person.iter().filter(|person| person.team == plot.id).filter_map(member).collect();
    Team { ext_id: plot.id.clone(), name: plot.name.clone(), members }
}

fn schedule(scenario: &Scenario, plot: &plot::Schedule) -> Schedule {
    Schedule {
        ext_id: plot.id.clone(),
        name: plot.name.clone(),
        system: ScheduleSystem::Layer,
        timezone: Some(plot.timezone.clone()),
        team: Some(plot.team.clone()),
        url: scenario.addresses.pager.as_ref().map(|base| format!("{base}/schedules/{}", plot.id)),
    }
}

fn rotation(plot: &plot::Schedule) -> Option<Rotation> {
    let rotation = plot.rotation.as_ref()?;
    let (ext_id, name) = (rotation.id.clone(), rotation.name.clone());
    Some(Rotation { ext_id, schedule: plot.id.clone(), name, ordinal: 0 })
}

fn policy(plot: &plot::Policy) -> EscalationPolicy {
    let levels = (1..).zip(&plot.levels).map(|(level, step)| PolicyLevel {
        level,
        timeout_secs: Some(step.timeout_mins.saturating_mul(60)),
        schedules: step.schedules.clone(),
        people: Vec::<PersonRef>::new(),
    });
    EscalationPolicy { ext_id: plot.id.clone(), name: plot.name.clone(), levels: levels.collect() }
}
