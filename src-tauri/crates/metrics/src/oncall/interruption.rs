//! From notifications to pages: what counts, what does not and why, and what is one page.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::page::PageChannel;
use fairlead_domain::time::SECOND_MS;

use super::page_rules::{PageRules, Quiet};
use crate::chain::chains;
use crate::registry::{Better, MetricDef};

/// Definition of [`interruptions`].
pub const PAGES: MetricDef = MetricDef {
    id: "pages",
    title: "Pages",
    unit: "count",
    better: Better::Lower,
    formula: "notifications of a person on a counted channel for a counted urgency, without tests, drop rules, \
              maintenance of the service and bots; those less than merge_secs after the one before of the same person \
              are one page, timed by the first",
    source: "PagerDuty Analytics: notifications within 60 seconds are one interruption, e-mail never counts; the rest \
             is the workspace's [page]",
    pitfalls: "Rules decide the number: compare periods under one version of the rules only. Counting one more channel \
               can join two pages into one. Where persons are withheld and a source was read before their notifications \
               could be told apart, two people who were notified of one incident at once count once.",
};

/// One notification of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Whom: a person's key, or a token that only tells persons apart. `None`: nothing is known of the recipient, and
    /// notifications of one [`occasion`](Self::occasion) are taken as of one person.
    pub who: Option<String>,
    /// When it was sent.
    pub at: Timestamp,
    /// How.
    pub channel: PageChannel,
    /// Urgency of its incident, lower case.
    pub urgency: Option<String>,
    /// What it was about: an incident's id, else a service.
    pub occasion: String,
    /// Every name of its service.
    pub services: Vec<String>,
    /// Title of its incident.
    pub title: Option<String>,
    /// Its incident is a test or a drill.
    pub is_test: bool,
    /// The recipient is no person.
    pub is_bot: bool,
}

/// Why a notification does not count: the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DropReason {
    /// Its incident is a test or a drill.
    Test,
    /// The drop rule with this place, from 0.
    Rule(usize),
    /// Its service was in maintenance.
    Maintenance,
    /// Its recipient is a bot.
    Bot,
    /// Its urgency does not count.
    Urgency,
    /// Its channel does not count.
    Channel,
}

/// One page: a person was interrupted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruption {
    /// When its first notification was sent.
    pub at: Timestamp,
    /// Places of its notifications in the input, by time; never empty.
    pub notifications: Vec<usize>,
}

/// Every notification, each in exactly one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interruptions {
    /// The pages, by time.
    pub counted: Vec<Interruption>,
    /// What does not count, in the order of the input.
    pub dropped: Vec<(usize, DropReason)>,
}

impl Interruptions {
    /// Notifications that are part of a page which another one began.
    #[must_use]
    pub fn merged(&self) -> usize {
        self.counted.iter().map(|page| page.notifications.len() - 1).sum()
    }
}

/// The pages among notifications, and what does not count. The order of the input does not matter.
#[must_use]
pub fn interruptions(notifications: &[Notification], rules: &PageRules, quiet: &[Quiet]) -> Interruptions {
    let mut found = Interruptions::default();
    let mut kept: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (place, notification) in notifications.iter().enumerate() {
        match drop_reason(notification, rules, quiet) {
            Some(reason) => found.dropped.push((place, reason)),
            None => {
                let whom = notification.who.as_deref();
                kept.entry((whom.is_some(), whom.unwrap_or(&notification.occasion))).or_default().push(place);
            }
        }
    }
    for mut places in kept.into_values() {
        places.sort_by_key(|place| order(&notifications[*place]));
        let times: Vec<Timestamp> = places.iter().map(|place| notifications[*place].at).collect();
        found.counted.extend(
            chains(&times, i64::from(rules.merge_secs) * SECOND_MS)
                .into_iter()
                .map(|chain| Interruption { at: times[chain.start], notifications: places[chain].to_vec() }),
        );
    }
    found.counted.sort_by_key(|page| (page.at, page.notifications.first().map(|place| order(&notifications[*place]))));
    found
}

/// What tells notifications apart whatever comes first.
fn order(n: &Notification) -> (Timestamp, Option<&str>, &str, PageChannel) {
    (n.at, n.who.as_deref(), &n.occasion, n.channel)
}

fn drop_reason(notification: &Notification, rules: &PageRules, quiet: &[Quiet]) -> Option<DropReason> {
    let n = notification;
    if n.is_test {
        return Some(DropReason::Test);
    }
    if let Some(rule) = rules.dropped_by(&n.services, n.title.as_deref()) {
        return Some(DropReason::Rule(rule));
    }
    if quiet.iter().any(|quiet| quiet.takes(n.at, &n.services)) {
        return Some(DropReason::Maintenance);
    }
    if n.is_bot {
        return Some(DropReason::Bot);
    }
    if n.urgency.as_ref().is_some_and(|urgency| !rules.urgency.contains(urgency)) {
        return Some(DropReason::Urgency);
    }
    (!rules.channels.contains(&n.channel)).then_some(DropReason::Channel)
}
