//! What `fairlead.toml` of the world says: five teams, everyone a member, every service mapped, round the clock.

use std::fmt::Write as _;

use fairlead_testkit::upstream::Upstream;

use super::Extent;

/// Names of the sources.
pub(super) const SOURCES: [&str; 4] = ["pd", "prom", "track", "cal"];
/// Teams.
pub(super) const TEAMS: u32 = 5;
/// Schedules of each team, the first the primary one.
pub(super) const SCHEDULES: u32 = 4;
const ZONES: [&str; 3] = ["Europe/Lisbon", "America/New_York", "Asia/Tokyo"];

pub(super) fn text(extent: Extent, upstreams: &[Upstream]) -> String {
    let mut text = "[workspace]\nname = \"Bench\"\ntimezone = \"Europe/Lisbon\"\n".to_owned();
    for (name, upstream) in SOURCES.iter().zip(upstreams) {
        let part = upstream.part();
        // Writing to a text does not fail.
        write!(text, "\n[[source]]\nname = \"{name}\"\nkind = \"scripted\"\npart = \"{part}\"\n").ok();
    }
    for team in 0..TEAMS {
        let members = (0..extent.people).filter(|person| person % TEAMS == team).map(|person| {
            let zone = ZONES[person as usize % ZONES.len()];
            format!("{{ email = \"{}\", timezone = \"{zone}\", hours = \"09:00-17:00\" }}", email(person))
        });
        let members = members.collect::<Vec<_>>().join(", ");
        let schedules = (0..SCHEDULES).map(|nth| format!("\"pd:{}\"", schedule(team, nth)));
        let schedules = schedules.collect::<Vec<_>>().join(", ");
        let services = (0..extent.services).filter(|service| service % TEAMS == team);
        let services = services.map(|service| format!("\"{}\"", service_name(service))).collect::<Vec<_>>().join(", ");
        write!(
            text,
            "\n[[team]]\nname = \"team-{team}\"\npeople = \"individual\"\nmembers = [{members}]\n\
             schedules = [{schedules}]\nservices = [{services}]\n"
        )
        .ok();
        for nth in (0..SCHEDULES).step_by(2) {
            write!(text, "\n[schedule.\"pd:{}\"]\ncoverage = \"24x7\"\n", schedule(team, nth)).ok();
        }
    }
    for service in 0..extent.services {
        let (name, team, tier) = (service_name(service), service % TEAMS, service % 4 + 1);
        write!(
            text,
            "\n[service.{name}]\nteam = \"team-{team}\"\ntier = {tier}\nalso = [\"pd:{}\"]\n",
            service_id(service)
        )
        .ok();
    }
    text
}

pub(super) fn email(person: u32) -> String {
    format!("person-{person}@example.com")
}

pub(super) fn person_id(person: u32) -> String {
    format!("U{person:04}")
}

pub(super) fn schedule(team: u32, nth: u32) -> String {
    format!("S{team}{nth}")
}

pub(super) fn service_id(service: u32) -> String {
    format!("V{service:04}")
}

pub(super) fn service_name(service: u32) -> String {
    format!("service-{service:03}")
}

pub(super) fn slo_id(slo: u32) -> String {
    format!("slo-{slo:03}")
}
