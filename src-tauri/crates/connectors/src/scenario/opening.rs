//! Where scenarios come from, and how a demo begins.

use std::path::Path;

use fairlead_domain::Timestamp;

use super::issue;
use super::plot::Scenario;
use crate::ConfigIssue;

/// Scenarios that travel with the program: name and text. The first is the default.
const BUILT_IN: &[(&str, &str)] = &[("harbor", include_str!("../../../../../assets/demo/harbor.toml"))];

/// How a demo workspace is brought to where its story stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// When to read every source, in order. A source that fell silent in between has then answered before.
    pub syncs: Vec<Timestamp>,
    /// Where the demo clock stands afterwards.
    pub clock: Timestamp,
}

/// How the demo of `scenario` begins: a built-in name, or a path relative to `folder`; `None` is the default.
///
/// # Errors
/// Says what is wrong with the file.
pub fn opening(scenario: Option<&str>, folder: &Path) -> Result<Opening, ConfigIssue> {
    let scenario = load(scenario, folder)?;
    let syncs = scenario.syncs.iter().map(|&offset| scenario.at(offset)).collect();
    Ok(Opening { syncs, clock: scenario.anchor })
}

/// Reads and checks a scenario.
pub(super) fn load(name: Option<&str>, folder: &Path) -> Result<Scenario, ConfigIssue> {
    let built_in = BUILT_IN.iter().find(|(known, _)| name.is_none_or(|name| name == *known));
    match (built_in, name) {
        (Some((known, text)), _) => parse(known, text),
        (None, name) => {
            let name = name.unwrap_or_default();
            let text = std::fs::read_to_string(folder.join(name)).map_err(|reason| {
                let known: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
                let hint = format!("built in: {}; anything else is the path of a scenario file", known.join(", "));
                issue("scenario", format!("the scenario {name:?} cannot be read: {reason}"), Some(hint))
            })?;
            parse(name, &text)
        }
    }
}

/// Reads and checks the text of a scenario called `name`.
pub(super) fn parse(name: &str, text: &str) -> Result<Scenario, ConfigIssue> {
    let fault = |message: String| issue("scenario", format!("scenario {name:?}: {message}"), None);
    let scenario: Scenario = toml::from_str(text).map_err(|reason| fault(reason.to_string()))?;
    super::references::check(&scenario).map_err(fault)?;
    Ok(scenario)
}
