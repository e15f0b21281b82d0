//! The shape of the answers about pages (`pages list`, `pages preview`).

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use crate::views::answer::Warning;
use crate::views::unmapped::Unmapped;

/// The rules that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RulesInForce {
    /// The same for the same rules, however they are written.
    pub version: String,
    /// Since when they were noticed to be in force; `None` when they were not yet, or are only proposed.
    #[specta(type = Option<String>)]
    pub since: Option<Timestamp>,
    /// What they say, as in `[page]`.
    pub text: String,
}

/// Notifications by what became of them. `notifications` is the sum of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct PageTotals {
    /// Everything that was sent.
    pub notifications: u32,
    /// Pages: each is one interruption of one person.
    pub pages: u32,
    /// Notifications that belong to a page which an earlier one began.
    pub merged: u32,
    /// What does not count, by reason.
    pub dropped: Vec<DroppedCount>,
}

/// Notifications that one rule left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DroppedCount {
    /// `test`, `rule`, `maintenance`, `bot`, `urgency` or `channel`.
    pub reason: String,
    /// The drop rule, the urgency or the channel.
    pub rule: Option<String>,
    /// How many.
    pub notifications: u32,
}

/// The pages of a range.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PageList {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Start of the range.
    #[specta(type = String)]
    pub from: Timestamp,
    /// End of the range.
    #[specta(type = String)]
    pub to: Timestamp,
    /// What counts.
    pub rules: RulesInForce,
    /// The pages, by time.
    pub pages: Vec<PageEntry>,
    /// All notifications.
    pub totals: PageTotals,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PageEntry {
    /// `source/external_id` of its first notification.
    pub id: String,
    /// When it began.
    #[specta(type = String)]
    pub at: Timestamp,
    /// The source.
    pub source: String,
    /// Our service, else the source's name for it.
    pub service: Option<String>,
    /// `source/external_id` of the incident.
    pub incident: Option<String>,
    /// The incident's title.
    pub title: Option<String>,
    /// Channels of its notifications, in the order of time.
    pub channels: Vec<String>,
    /// How many notifications it took.
    pub notifications: u32,
    /// Who, where the team's people are `individual`.
    pub person: Option<String>,
}

/// What the rules keep and drop.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PagePreview {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Start of the range.
    #[specta(type = String)]
    pub from: Timestamp,
    /// End of the range.
    #[specta(type = String)]
    pub to: Timestamp,
    /// What counts.
    pub rules: RulesInForce,
    /// All notifications.
    pub totals: PageTotals,
    /// By service, sorted by service and source.
    pub services: Vec<ServicePages>,
    /// What other rules would make of the same notifications.
    pub proposed: Option<ProposedPages>,
    /// What these rows name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

/// Notifications about one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ServicePages {
    /// The source.
    pub source: String,
    /// Our service, else the source's name for it; `None`: none was named.
    pub service: Option<String>,
    /// Its notifications.
    #[serde(flatten)]
    pub totals: PageTotals,
}

/// What proposed rules would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ProposedPages {
    /// The proposed rules.
    pub rules: RulesInForce,
    /// All notifications under them.
    pub totals: PageTotals,
    /// Pages under them minus pages now.
    pub pages_change: i32,
    /// Notifications that would count and now do not.
    pub newly_counted: u32,
    /// Notifications that would not count and now do.
    pub newly_dropped: u32,
    /// Services whose pages would be others in number, sorted by service and source.
    pub services: Vec<ServiceChange>,
}

/// A service whose pages would be others in number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ServiceChange {
    /// The source.
    pub source: String,
    /// Our service, else the source's name for it; `None`: none was named.
    pub service: Option<String>,
    /// Pages now.
    pub pages: u32,
    /// Pages under the proposed rules.
    pub proposed: u32,
}
