//! The frame around every page: whose workspace, and in which zone times are told.

use serde::Serialize;
use specta::Type;

use crate::Workspace;

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Frame {
    /// What people call the workspace.
    pub workspace: String,
    /// IANA zone in which times are told.
    pub timezone: String,
    /// E-mail of the person in front.
    pub me: Option<String>,
    /// Whether this is the demo, with a clock of its own.
    pub demo: bool,
    /// Names of the configured teams, in the order of the file; empty where everything is one team.
    pub teams: Vec<String>,
}

/// The frame of a workspace.
#[must_use]
pub fn frame(workspace: &Workspace) -> Frame {
    let configured = &workspace.config.workspace;
    Frame {
        workspace: configured.name.clone(),
        timezone: configured.timezone.name().to_owned(),
        me: configured.me.clone(),
        demo: workspace.demo_clock.is_some(),
        teams: workspace.config.teams.iter().map(|team| team.name.clone()).collect(),
    }
}
