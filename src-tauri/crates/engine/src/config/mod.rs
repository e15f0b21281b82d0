//! `fairlead.toml`: what it says, and what is wrong with it and where.

mod document;
pub mod edit;
mod fault;
mod granting;
mod model;
mod page;
mod read;
mod rename;
mod scope;
mod section;
mod services;
mod setting;
mod shared;
mod template;
#[cfg(test)]
mod tests;
mod values;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use fairlead_connectors::{ConfigIssue, Kind};

use crate::views::answer::Warning;

pub use fault::{ConfigError, ConfigErrors, Position};
pub use model::{
    DropRule, Member, PageRules, People, ScheduleConfig, ServiceConfig, SloConfig, SourceConfig, TeamConfig, WorkHours,
    Workspace,
};
pub use scope::{Reach, Scope, UNMATCHED_NAME};
pub use services::Services;
pub use template::template;
pub(crate) use values::{hours, zone};
pub use watch::{Look, Watch};

/// The configuration's file in the workspace folder.
pub const FILE: &str = "fairlead.toml";

/// A whole configuration that was checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[workspace]`.
    pub workspace: Workspace,
    /// `[[team]]`, also those of included files; none: everything is one team named after the workspace.
    pub teams: Vec<TeamConfig>,
    /// `[schedule.*]` by its key: `source:id` or a schedule's name.
    pub schedules: BTreeMap<String, ScheduleConfig>,
    /// `[service.*]` by name.
    pub services: Services,
    /// `[page]`.
    pub page: PageRules,
    /// `[[source]]` in the order written.
    pub sources: Vec<SourceConfig>,
    /// `[[slo]]` in the order written.
    pub slos: Vec<SloConfig>,
    /// What deserves a look but stops nothing.
    pub warnings: Vec<ConfigError>,
    /// Every file that was read, relative to the workspace folder, [`FILE`] first.
    pub files: Vec<String>,
    marks: setting::Marks,
}

impl Config {
    /// Reads [`FILE`] in `folder` and what it includes.
    ///
    /// # Errors
    /// Everything that is wrong, with file, line and column.
    pub fn load(folder: &Path, kinds: &[Kind]) -> Result<Self, ConfigErrors> {
        let read = |name: &str| read_capped(&folder.join(name));
        match read(FILE) {
            Ok(text) => read::config(&text, kinds, &read),
            Err(reason) => Err(ConfigErrors(vec![ConfigError {
                file: FILE.to_owned(),
                line: 1,
                column: 1,
                message: format!("{FILE} cannot be read: {reason}"),
                hint: Some("make one with: fairleadctl init".to_owned()),
                code: "unreadable",
            }])),
        }
    }

    /// What [`FILE`] in `folder` would say if it were `text`, with the files that it includes as they are.
    ///
    /// # Errors
    /// Everything that is wrong, with file, line and column in `text`.
    pub fn proposed(folder: &Path, text: &str, kinds: &[Kind]) -> Result<Self, ConfigErrors> {
        read::config(text, kinds, &|name: &str| read_capped(&folder.join(name)))
    }

    /// Parses the text of [`FILE`] alone; an `include` cannot be read and is an error.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column.
    pub fn parse(text: &str, kinds: &[Kind]) -> Result<Self, ConfigErrors> {
        Self::parse_with(text, kinds, &|_| Err(io::ErrorKind::NotFound.into()))
    }

    /// Parses the text of [`FILE`]; `read` gives the text of an included file.
    ///
    /// # Errors
    /// Everything that is wrong, with file, line and column.
    pub fn parse_with(text: &str, kinds: &[Kind], read: ReadFile<'_>) -> Result<Self, ConfigErrors> {
        read::config(text, kinds, read)
    }

    /// The rules of a file that holds a `[page]`, whatever else it holds: rules that are proposed.
    ///
    /// # Errors
    /// Everything that is wrong with it, with line and column.
    pub fn page_rules(file: &str, text: &str) -> Result<PageRules, ConfigErrors> {
        page::proposed(file, text)
    }

    /// The source named `name`.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&SourceConfig> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The `[[slo]]` tables that name `source`, for [`fairlead_connectors::Build::slos`].
    #[must_use]
    pub fn slos_of(&self, source: &str) -> Vec<serde_json::Value> {
        self.slos.iter().filter(|slo| slo.source == source).map(|slo| slo.table.clone()).collect()
    }

    /// What deserves a look in what was configured, for answers about sources.
    #[must_use]
    pub fn remarks(&self) -> Vec<Warning> {
        let worth = self.warnings.iter().filter(|warning| warning.code != "no_source");
        worth.map(|warning| Warning::general(warning.code, warning.to_string())).collect()
    }

    /// Where `path` stands in [`FILE`], as keys (or list indexes) from the source's table on. What is not written there
    /// is placed at the nearest key above it.
    #[must_use]
    pub fn locate<S: AsRef<str>>(&self, source: &str, path: &[S]) -> Option<Position> {
        self.marks.locate(source, path)
    }

    /// What a connector says against a setting or a `[[slo]]`, as an error with its place.
    #[must_use]
    pub fn issue(&self, source: &str, issue: &ConfigIssue) -> ConfigError {
        let first = (0, Position { line: 1, column: 1 });
        let (file, Position { line, column }) = self.marks.locate_issue(source, &issue.path).unwrap_or(first);
        ConfigError {
            file: self.files.get(file).map_or(FILE, String::as_str).to_owned(),
            line,
            column,
            message: format!("source \"{source}\": {}", issue.message),
            hint: issue.hint.clone(),
            code: "bad_value",
        }
    }
}

/// Gives the text of a file named relative to the workspace folder.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> io::Result<String>;

/// The text of a regular file that is not too large to be a configuration.
fn read_capped(path: &Path) -> io::Result<String> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if about.len() > document::MAX_BYTES as u64 {
        return Err(io::Error::other(format!("it is larger than {} KiB", document::MAX_BYTES >> 10)));
    }
    std::fs::read_to_string(path)
}
