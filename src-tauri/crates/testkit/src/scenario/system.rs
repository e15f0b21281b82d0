//! What breaks.

use fairlead_domain::Timestamp;

use super::team::{MARKETING, PAYMENTS, PLATFORM};

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// Display name.
    pub name: String,
    /// The owning team now.
    pub team: u32,
    /// Its escalation policy now.
    pub policy: u32,
    /// Another team owned it before this instant.
    pub moved: Option<(Timestamp, u32)>,
}

impl Component {
    /// The owning team at an instant.
    #[must_use]
    pub fn team_at(&self, at: Timestamp) -> u32 {
        match self.moved {
            Some((moved, before)) if at < moved => before,
            _ => self.team,
        }
    }
}

/// The service that moved between the teams.
pub const MAILER: u32 = 4;
/// The foreign team's service.
pub const CAMPAIGN: u32 = 5;

pub(super) fn components(moved: Timestamp) -> Vec<Component> {
    let component =
        |number, name: &str, team, moved| Component { number, name: name.to_owned(), team, policy: team, moved };
    vec![
        component(0, "checkout", PAYMENTS, None),
        component(1, "ledger", PAYMENTS, None),
        component(2, "search", PLATFORM, None),
        component(3, "edge", PLATFORM, None),
        component(MAILER, "mailer", PAYMENTS, Some((moved, PLATFORM))),
        component(CAMPAIGN, "campaign", MARKETING, None),
    ]
}
