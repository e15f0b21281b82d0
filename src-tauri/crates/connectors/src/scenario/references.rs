//! What a scenario must fulfil beyond its form: what it names exists, what has a start ends later.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::offset::Offset;
use super::plot::{Scenario, Schedule, Slo};

/// Says the first thing that is wrong.
///
/// # Errors
/// Names the entry, what is wrong with it, and the remedy.
pub fn check(scenario: &Scenario) -> Result<(), String> {
    if !scenario.syncs.is_sorted() || scenario.syncs.last().is_none_or(|&at| scenario.at(at) != scenario.anchor) {
        return Err("`syncs` must rise and end at the anchor".to_owned());
    }
    if scenario.history_days > 3_650 {
        return Err("`history_days` must be at most 3650".to_owned());
    }
    people(scenario)?;
    on_call(scenario)?;
    happenings(scenario)?;
    scenario.slo.iter().try_for_each(|slo| objective(scenario, slo))?;
    planned(scenario)
}

fn people(scenario: &Scenario) -> Result<(), String> {
    let teams: Vec<&str> = scenario.team.iter().map(|team| team.id.as_str()).collect();
    for person in &scenario.person {
        known(&format!("person {}", person.id), "team", &person.team, &teams)?;
        zone(&format!("person {}", person.id), &person.timezone)?;
    }
    let policies: Vec<&str> = scenario.policy.iter().map(|policy| policy.id.as_str()).collect();
    for service in &scenario.service {
        known(&format!("service {}", service.id), "team", &service.team, &teams)?;
        known(&format!("service {}", service.id), "policy", &service.policy, &policies)?;
    }
    let schedules = schedules(scenario);
    for policy in &scenario.policy {
        for schedule in policy.levels.iter().flat_map(|level| &level.schedules) {
            known(&format!("policy {}", policy.id), "schedule", schedule, &schedules)?;
        }
    }
    Ok(())
}

fn on_call(scenario: &Scenario) -> Result<(), String> {
    let (people, schedules) = (ids(scenario), schedules(scenario));
    scenario.schedule.iter().try_for_each(|schedule| rotation(schedule, &people))?;
    for each in &scenario.overrides {
        known("an override", "schedule", &each.schedule, &schedules)?;
        each.person.iter().try_for_each(|person| known("an override", "person", person, &people))?;
        rising("an override", each.start, each.end)?;
    }
    for each in &scenario.shift {
        known("a shift", "schedule", &each.schedule, &schedules)?;
        known("a shift", "person", &each.person, &people)?;
        rising("a shift", each.start, each.end)?;
    }
    Ok(())
}

fn rotation(schedule: &Schedule, people: &[&str]) -> Result<(), String> {
    let place = format!("schedule {}", schedule.id);
    zone(&place, &schedule.timezone)?;
    let Some(rotation) = &schedule.rotation else { return Ok(()) };
    if !(1..=366).contains(&rotation.days) || rotation.people.is_empty() || rotation.first_day.abs() > 3_650 {
        return Err(format!("{place}: a rotation needs people, 1 to 366 days a turn and a first day within ten years"));
    }
    if NaiveTime::parse_from_str(&rotation.at, "%H:%M").is_err() {
        return Err(format!("{place}: {:?} is no time of day, write for example \"08:00\"", rotation.at));
    }
    rotation.people.iter().try_for_each(|person| known(&place, "person", person, people))
}

fn happenings(scenario: &Scenario) -> Result<(), String> {
    let (people, services) = (ids(scenario), services(scenario));
    for incident in &scenario.incident {
        let place = format!("incident {}", incident.number);
        known(&place, "service", &incident.service, &services)?;
        let named = incident.responders.iter().map(|r| &r.person).chain(incident.notes.iter().map(|n| &n.person));
        named.into_iter().try_for_each(|person| known(&place, "person", person, &people))?;
        let steps = [incident.acked, incident.mitigated, incident.resolved];
        if !(1..=5).contains(&incident.severity) || !steps.iter().flatten().is_sorted() {
            return Err(format!("{place}: severity is 1 to 5, and acked ≤ mitigated ≤ resolved"));
        }
    }
    for noise in &scenario.noise {
        known(&format!("noise {}", noise.alert), "service", &noise.service, &services)?;
        rising(&format!("noise {}", noise.alert), noise.start, noise.end)?;
    }
    for alert in &scenario.alert {
        known(&format!("alert {}", alert.name), "service", &alert.service, &services)?;
        alert.end.map_or(Ok(()), |end| rising(&format!("alert {}", alert.name), alert.start, end))?;
    }
    for silence in &scenario.silence {
        known(&format!("silence {}", silence.id), "person", &silence.creator, &people)?;
        rising(&format!("silence {}", silence.id), silence.start, silence.end)?;
    }
    Ok(())
}

fn objective(scenario: &Scenario, slo: &Slo) -> Result<(), String> {
    let place = format!("slo {}", slo.id);
    known(&place, "service", &slo.service, &services(scenario))?;
    if !(slo.objective > 0.0 && slo.objective < 1.0) {
        return Err(format!("{place}: the objective must lie between 0 and 1, for example 0.999"));
    }
    if slo.window_days == 0 && slo.timezone.is_none() {
        return Err(format!("{place}: a calendar month needs a `timezone`"));
    }
    slo.timezone.iter().try_for_each(|name| zone(&place, name))?;
    slo.outage.iter().try_for_each(|outage| rising(&place, outage.start, outage.end))?;
    slo.hole.iter().try_for_each(|hole| rising(&place, hole.start, hole.end))
}

fn planned(scenario: &Scenario) -> Result<(), String> {
    let (people, services) = (ids(scenario), services(scenario));
    let incidents: Vec<&str> = scenario.incident.iter().map(|incident| incident.id.as_str()).collect();
    for release in &scenario.release {
        known("a release", "service", &release.service, &services)?;
        release.people.iter().try_for_each(|person| known("a release", "person", person, &people))?;
    }
    for change in &scenario.change {
        known(&format!("change {}", change.id), "service", &change.service, &services)?;
        known(&format!("change {}", change.id), "person", &change.person, &people)?;
    }
    for action in &scenario.action {
        let place = format!("action {}", action.id);
        known(&place, "person", &action.owner, &people)?;
        action.incident.iter().try_for_each(|incident| known(&place, "incident", incident, &incidents))?;
        action.ended.map_or(Ok(()), |end| rising(&place, action.created, end))?;
    }
    for postmortem in &scenario.postmortem {
        known(&format!("postmortem {}", postmortem.id), "incident", &postmortem.incident, &incidents)?;
    }
    for leave in &scenario.leave {
        known("leave", "person", &leave.person, &people)?;
        rising("leave", leave.start, leave.end)?;
    }
    for holiday in &scenario.holiday {
        zone(&format!("holiday {}", holiday.name), &holiday.timezone)?;
        if holiday.date.parse::<NaiveDate>().is_err() {
            return Err(format!(
                "holiday {}: {:?} is no date, write for example \"2026-12-25\"",
                holiday.name, holiday.date
            ));
        }
    }
    Ok(())
}

fn ids(scenario: &Scenario) -> Vec<&str> {
    scenario.person.iter().map(|person| person.id.as_str()).collect()
}

fn services(scenario: &Scenario) -> Vec<&str> {
    scenario.service.iter().map(|service| service.id.as_str()).collect()
}

fn schedules(scenario: &Scenario) -> Vec<&str> {
    scenario.schedule.iter().map(|schedule| schedule.id.as_str()).collect()
}

fn known(place: &str, what: &str, id: &str, all: &[&str]) -> Result<(), String> {
    if all.contains(&id) { Ok(()) } else { Err(format!("{place} names the {what} {id:?}, which is not declared")) }
}

fn rising(place: &str, start: Offset, end: Offset) -> Result<(), String> {
    if start < end { Ok(()) } else { Err(format!("{place}: the end must lie after the start")) }
}

fn zone(place: &str, name: &str) -> Result<(), String> {
    name.parse::<Tz>().map(|_| ()).map_err(|_| format!("{place}: {name:?} is no IANA time zone"))
}
