//! Notifications of a range, as the arithmetic wants them.

use std::collections::BTreeMap;

use fairlead_domain::maintenance::MaintenanceKind;
use fairlead_domain::time::{HOUR_MS, SECOND_MS};
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{DropReason, Interruptions, Notification, PageRules, Quiet, interruptions};
use fairlead_store::StoreError;
use fairlead_store::authored::{PersonAliases, PersonKind};
use fairlead_store::synced::{PageRow, Reader};

use super::answer::{DroppedCount, PageTotals};
use crate::config::Config;
use crate::lookup;

/// Notifications of a range and of some time before it, read once for every part of the range that is asked about.
pub(crate) struct Notified {
    rows: Vec<PageRow>,
    notifications: Vec<Notification>,
    quiet: Vec<Quiet>,
    before: i64,
}

/// Notifications of a window and of some time before it, so that a page which reaches into the window is not begun anew.
#[derive(Clone, Copy)]
pub(super) struct Gathered<'n> {
    pub rows: &'n [PageRow],
    pub notifications: &'n [Notification],
    quiet: &'n [Quiet],
    pub window: Window,
}

/// A source, and one of its services.
pub(super) type Place = (Option<String>, String);

impl Notified {
    /// Nothing: nobody tells of notifications.
    pub(crate) const fn nobody() -> Self {
        Self { rows: Vec::new(), notifications: Vec::new(), quiet: Vec::new(), before: 0 }
    }

    /// Reads what was sent inside a window, for rules that merge at most `merge_secs`.
    pub(crate) fn read(
        reader: &Reader<'_>,
        config: &Config,
        aliases: &PersonAliases,
        window: Window,
        merge_secs: u32,
    ) -> Result<Self, StoreError> {
        let before = HOUR_MS + 2 * i64::from(merge_secs) * SECOND_MS;
        let wide = Window::new(window.start.plus_millis(-before), window.end);
        let rows = reader.pages(wide)?;
        let notifications = rows.iter().map(|row| notification(config, aliases, row)).collect();
        let quiet =
            reader.maintenance(wide)?.into_iter().filter(|row| row.maintenance.kind == MaintenanceKind::Maintenance);
        let quiet = quiet.map(|row| Quiet {
            services: row
                .maintenance
                .services
                .iter()
                .flat_map(|called| within(&row.source, lookup::service_names(config, &row.source, Some(called), None)))
                .collect(),
            window: Window::new(row.maintenance.start, row.maintenance.end),
        });
        Ok(Self { quiet: quiet.collect(), rows, notifications, before })
    }

    /// What was sent in a window that lies within the one that was read.
    pub(super) fn within(&self, window: Window) -> Gathered<'_> {
        let start = window.start.plus_millis(-self.before);
        let from = self.rows.partition_point(|row| row.sent_at < start);
        let to = self.rows.partition_point(|row| row.sent_at < window.end).max(from);
        let (rows, notifications) = (&self.rows[from..to], &self.notifications[from..to]);
        Gathered { rows, notifications, quiet: &self.quiet, window }
    }

    /// The notifications of a window that count, oldest first.
    pub(crate) fn counted(&self, rules: &PageRules, window: Window) -> Vec<&PageRow> {
        let gathered = self.within(window);
        let mut counts = vec![true; gathered.rows.len()];
        for (place, _) in interruptions(gathered.notifications, rules, gathered.quiet).dropped {
            counts[place] = false;
        }
        let rows = gathered.rows.iter().enumerate();
        rows.filter(|(place, _)| counts[*place] && gathered.inside(*place)).map(|(_, row)| row).collect()
    }

    /// The pages of a window, oldest first: when each was sent, and its first notification.
    pub(crate) fn pages(&self, rules: &PageRules, window: Window) -> Vec<(Timestamp, &PageRow)> {
        let gathered = self.within(window);
        let found = interruptions(gathered.notifications, rules, gathered.quiet).counted;
        let inside = found.into_iter().filter(|page| window.contains(page.at));
        inside.map(|page| (page.at, &gathered.rows[page.notifications[0]])).collect()
    }
}

/// The names that mean the service of this source or our own: what another source calls the same is another thing.
fn within(source: &str, names: Vec<String>) -> Vec<String> {
    let own = names.iter().skip(2).cloned().collect::<Vec<_>>();
    names.into_iter().filter(|name| name.starts_with(&format!("{source}:"))).chain(own).collect()
}

fn notification(config: &Config, aliases: &PersonAliases, row: &PageRow) -> Notification {
    let person = row.person.as_ref().map(|p| aliases.resolve(&row.source, &p.identity, p.key));
    let token = row.party.map(|party| format!("{}/{}/{party}", row.source, row.sent_at.floor_hour().as_secs()));
    let about = row.incident.as_ref().or(row.service.as_ref()).map_or("", String::as_str);
    Notification {
        who: person.map(|key| key.to_string()).or(token),
        at: row.sent_at,
        channel: row.channel,
        urgency: row.urgency.as_deref().map(str::to_lowercase),
        occasion: format!("{}/{about}", row.source),
        services: lookup::service_names(config, &row.source, row.service.as_deref(), row.service_name.as_deref()),
        title: row.title.clone(),
        is_test: row.is_test,
        is_bot: person.is_some_and(|key| aliases.mark(key) == Some(PersonKind::Bot)),
    }
}

/// Notifications by what became of them, as long as the sums are not asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    notifications: usize,
    pub pages: usize,
    dropped: BTreeMap<(DropReason, Option<String>), usize>,
}

impl Sums {
    pub(super) fn totals(&self) -> PageTotals {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let dropped = self.dropped.iter().map(|((reason, rule), n)| DroppedCount {
            reason: word(*reason).to_owned(),
            rule: rule.clone(),
            notifications: count(*n),
        });
        let all: usize = self.dropped.values().sum();
        PageTotals {
            notifications: count(self.notifications),
            pages: count(self.pages),
            // A page that began before the range holds the first of these back.
            merged: count(self.notifications.saturating_sub(self.pages + all)),
            dropped: dropped.collect(),
        }
    }
}

/// What rules make of the notifications.
pub(super) struct Judged {
    pub found: Interruptions,
    pub all: Sums,
    pub places: BTreeMap<Place, Sums>,
    /// For each notification of the input whether it counts.
    pub counts: Vec<bool>,
}

impl Gathered<'_> {
    /// The service of a notification, as it is shown.
    pub(super) fn place(&self, config: &Config, place: usize) -> Place {
        let row = &self.rows[place];
        let (id, name) = (row.service.as_deref(), row.service_name.as_deref());
        let ours = lookup::service_of(config, &row.source, id, name).map(|(key, _)| key);
        (ours.or(name).or(id).map(str::to_owned), row.source.clone())
    }

    /// Whether a notification was sent inside the range.
    pub(super) fn inside(&self, place: usize) -> bool {
        self.window.contains(self.notifications[place].at)
    }

    pub(super) fn judge(&self, config: &Config, rules: &PageRules) -> Judged {
        let mut found = interruptions(self.notifications, rules, self.quiet);
        found.counted.retain(|page| page.notifications.iter().any(|place| self.inside(*place)));
        let mut judged = Judged {
            all: Sums::default(),
            places: BTreeMap::new(),
            counts: vec![true; self.notifications.len()],
            found,
        };
        for place in (0..self.rows.len()).filter(|place| self.inside(*place)) {
            judged.all.notifications += 1;
            judged.places.entry(self.place(config, place)).or_default().notifications += 1;
        }
        for page in judged.found.counted.iter().filter(|page| self.window.contains(page.at)) {
            judged.all.pages += 1;
            judged.places.entry(self.place(config, page.notifications[0])).or_default().pages += 1;
        }
        for (place, reason) in judged.found.dropped.iter().copied() {
            judged.counts[place] = false;
            if self.inside(place) {
                let key = (reason, self.rule(rules, place, reason));
                let sums = judged.places.entry(self.place(config, place)).or_default();
                *sums.dropped.entry(key.clone()).or_default() += 1;
                *judged.all.dropped.entry(key).or_default() += 1;
            }
        }
        judged
    }

    fn rule(&self, rules: &PageRules, place: usize, reason: DropReason) -> Option<String> {
        let notification = &self.notifications[place];
        match reason {
            DropReason::Rule(rule) => rules.drop.get(rule).map(ToString::to_string),
            DropReason::Urgency => notification.urgency.clone(),
            DropReason::Channel => Some(notification.channel.word().to_owned()),
            DropReason::Test | DropReason::Maintenance | DropReason::Bot => None,
        }
    }
}

const fn word(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Test => "test",
        DropReason::Rule(_) => "rule",
        DropReason::Maintenance => "maintenance",
        DropReason::Bot => "bot",
        DropReason::Urgency => "urgency",
        DropReason::Channel => "channel",
    }
}
