//! What the configuration says of a thing that a source names.

use crate::config::{Config, ScheduleConfig, ServiceConfig, TeamConfig};

/// A schedule, as its source names it.
#[derive(Debug, Clone, Copy)]
pub struct ScheduleName<'a> {
    /// The source.
    pub source: &'a str,
    /// The id in the source.
    pub ext_id: &'a str,
    /// The display name.
    pub name: &'a str,
}

impl ScheduleName<'_> {
    /// Whether `key` means this schedule: `source:id`, `source:name`, the source alone, or the name.
    fn is(&self, key: &str) -> bool {
        let within = key.strip_prefix(self.source).and_then(|rest| rest.strip_prefix(':'));
        within.is_some_and(|rest| rest == self.ext_id || rest == self.name) || key == self.source || key == self.name
    }
}

/// What is configured for a schedule; the key that says most goes first.
#[must_use]
pub fn schedule<'c>(config: &'c Config, schedule: ScheduleName<'_>) -> Option<&'c ScheduleConfig> {
    let exact = |rest: &str| config.schedules.get(&format!("{}:{rest}", schedule.source));
    exact(schedule.ext_id)
        .or_else(|| exact(schedule.name))
        .or_else(|| config.schedules.get(schedule.name))
        .or_else(|| config.schedules.get(schedule.source))
}

/// The team that a schedule belongs to; without `[[team]]` the one team of the workspace.
#[must_use]
pub fn team_of_schedule(config: &Config, schedule: ScheduleName<'_>) -> Option<String> {
    let takes = |team: &&TeamConfig| team.schedules.iter().any(|key| schedule.is(key));
    config
        .teams
        .iter()
        .find(takes)
        .or_else(|| config.teams.iter().find(|t| names_nothing(t)))
        .map_or_else(|| config.teams.is_empty().then(|| config.workspace.name.clone()), |team| Some(team.name.clone()))
}

fn names_nothing(team: &TeamConfig) -> bool {
    team.members.is_empty() && team.schedules.is_empty() && team.services.is_empty()
}

/// What is configured for a service that `source` knows by an id, a name or both: its configured name, and the rest.
#[must_use]
pub fn service_of<'c>(
    config: &'c Config,
    source: &str,
    id: Option<&str>,
    name: Option<&str>,
) -> Option<(&'c str, &'c ServiceConfig)> {
    [id, name].into_iter().flatten().find_map(|called| service(config, source, called))
}

/// Every name by which a rule may mean a service: `source:id`, `source:name`, the id, the name, the configured name.
#[must_use]
pub fn service_names(config: &Config, source: &str, id: Option<&str>, name: Option<&str>) -> Vec<String> {
    let known = [id, name].into_iter().flatten();
    let mut names: Vec<String> = known.flat_map(|called| [format!("{source}:{called}"), called.to_owned()]).collect();
    names.extend(service_of(config, source, id, name).map(|(key, _)| key.to_owned()));
    names
}

/// What is configured for a service that `source` calls `name`: its configured name, and the rest.
#[must_use]
pub fn service<'c>(config: &'c Config, source: &str, name: &str) -> Option<(&'c str, &'c ServiceConfig)> {
    config.services.called(source, name)
}
