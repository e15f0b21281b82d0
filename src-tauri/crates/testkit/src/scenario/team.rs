//! Two teams of ours and one that is nobody's business.

use super::person::{BOT, OLGA, PIET};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squad {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// Display name.
    pub name: String,
    /// People by number, with the vendor's usual words for roles.
    pub members: Vec<(u32, &'static str)>,
    /// Out of the scope of a workspace that names the other two.
    pub foreign: bool,
}

/// Runs search, edge and, until it moved, the mailer.
pub const PLATFORM: u32 = 0;
/// Runs checkout, the ledger and, since it moved, the mailer.
pub const PAYMENTS: u32 = 1;
/// The foreign one.
pub const MARKETING: u32 = 2;

pub(super) fn squads(people: u32) -> Vec<Squad> {
    let squad = |number, name: &str, members, foreign| Squad { number, name: name.to_owned(), members, foreign };
    let mut strangers = vec![(OLGA, "manager"), (PIET, "responder")];
    strangers.extend((PIET + 1..people).map(|number| (number, "observer")));
    vec![
        squad(
            PLATFORM,
            "Platform",
            vec![(0, "manager"), (1, "responder"), (2, "responder"), (3, "responder"), (BOT, "observer")],
            false,
        ),
        squad(
            PAYMENTS,
            "Payments",
            vec![(0, "manager"), (4, "responder"), (5, "responder"), (6, "manager"), (7, "responder")],
            false,
        ),
        squad(MARKETING, "Marketing", strangers, true),
    ]
}
