//! What of a source is read for a team, chosen by hand: entries of `[[team]]` in the configuration.

use serde::Deserialize;
use specta::Type;
use toml_edit::{Array, Value};

use crate::config::edit::{self, EditError};
use crate::config::{Config, Reach, Scope, TeamConfig};

/// What of a source is read. A list that is left out stays as it is: everything, unless a team narrows it already. Without
/// any list the team takes all schedules of a new source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
pub struct ScopeChoice {
    /// The team of the configuration that takes it; made when there is none of this name.
    pub team: String,
    /// Schedules as `source:id`.
    pub schedules: Option<Vec<String>>,
    /// Services as `source:id`.
    pub services: Option<Vec<String>>,
}

impl ScopeChoice {
    /// Whether a list was chosen, not a team alone.
    pub(super) const fn names_any(&self) -> bool {
        self.schedules.is_some() || self.services.is_some()
    }

    /// The text with the choice for `source` in it. What the team takes of other sources stays.
    ///
    /// # Errors
    /// When the team stands in another file, or the file is no TOML.
    pub(super) fn put(&self, text: &str, config: &Config, source: &str) -> Result<String, EditError> {
        let team = config.teams.iter().find(|team| team.name == self.team);
        let mut text = match team {
            Some(_) => text.to_owned(),
            None => format!("{}\n\n[[team]]\nname = {}\n", text.trim_end(), Value::from(self.team.as_str())),
        };
        let open = Scope::of(config).reach_of_schedules(source) == Reach::All;
        let others = config.sources.iter().map(|s| s.name.as_str()).filter(|name| open && *name != source);
        let others: Vec<&str> = others.collect();
        for (key, chosen) in [("schedules", &self.schedules), ("services", &self.services)] {
            let Some(chosen) = chosen else { continue };
            let list = entries(team, key, chosen, source, &others);
            text = edit::set(&text, &["team", &self.team, key], Value::Array(list))?;
        }
        Ok(text)
    }
}

/// The text with all schedules of a new source in the scope of a team, where schedules are narrowed: what is added is read
/// unless somebody chooses less of it. Without `chosen` the one team takes them; of several nobody knows whose they are.
///
/// # Errors
/// When the chosen team stands in another file.
pub(super) fn take_schedules(
    text: &str,
    config: &Config,
    source: &str,
    chosen: Option<&str>,
) -> Result<String, EditError> {
    let team = match (chosen, config.teams.as_slice()) {
        (Some(name), teams) => teams.iter().find(|team| team.name == name),
        (None, [team]) => Some(team),
        (None, _) => None,
    };
    let narrowed = Scope::of(config).reach_of_schedules(source) != Reach::All;
    let Some(team) = team.filter(|team| narrowed && team.schedules.iter().all(|entry| entry != source)) else {
        return Ok(text.to_owned());
    };
    let list: Array = team.schedules.iter().map(String::as_str).chain([source]).collect();
    match edit::set(text, &["team", &team.name, "schedules"], Value::Array(list)) {
        // Nobody asked for it: a team of a shared file is left alone, and that nothing is read is told.
        Err(_) if chosen.is_none() => Ok(text.to_owned()),
        edited => edited,
    }
}

/// The list with what is chosen of the source in place of what was.
fn entries(team: Option<&TeamConfig>, key: &str, chosen: &[String], source: &str, others: &[&str]) -> Array {
    let own = |entry: &str| entry == source || entry.strip_prefix(source).is_some_and(|rest| rest.starts_with(':'));
    let before = team.map(|team| if key == "schedules" { &team.schedules } else { &team.services });
    let kept: Vec<&str> = match before {
        Some(before) if !before.is_empty() => before.iter().map(String::as_str).filter(|entry| !own(entry)).collect(),
        // Nothing narrowed schedules: what other sources bring must not go by choosing from this one.
        _ if key == "schedules" => others.to_vec(),
        _ => Vec::new(),
    };
    kept.into_iter().chain(chosen.iter().map(String::as_str)).collect()
}
