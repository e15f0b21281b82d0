//! What happened: services, their traffic, and what went wrong.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;

/// Seconds between two scrapes.
pub const SCRAPE: i64 = 60;

const HOUR: i64 = 3600;

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The same seed gives the same past.
    pub seed: u64,
    /// The past ends at the start of this instant's minute.
    pub end: Timestamp,
    /// How many days it has.
    pub days: u32,
    /// How many services it has.
    pub services: usize,
}

impl Plan {
    /// 35 days of ten services.
    #[must_use]
    pub const fn ending(end: Timestamp) -> Self {
        Self { seed: 7, end, days: 35, services: 10 }
    }
}

/// Which generator made a service's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Sloth, 30 days.
    Sloth,
    /// Pyrra, 28 days.
    Pyrra,
}

/// What is peculiar about a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    /// Nothing.
    None,
    /// Its counters begin anew twice.
    Resets,
    /// It was not scraped for four hours.
    Gap,
    /// Nobody uses it between midnight and five, UTC.
    SilentNights,
    /// The counter of errors appears only after ten days.
    LateErrors,
}

/// What an hour truly held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hour {
    /// Nothing was scraped.
    Missing,
    /// Events; no event at all is a quiet hour.
    Seen {
        /// Good events.
        good: f64,
        /// All events.
        total: f64,
    },
}

/// A service with its SLO and its true past.
#[derive(Debug, Clone)]
pub struct Service {
    /// Value of the label `job`.
    pub name: String,
    /// The SLO's id: `sloth_id`, or Pyrra's `slo`.
    pub slo: String,
    /// Who made the rules.
    pub style: Style,
    /// What is peculiar.
    pub quirk: Quirk,
    /// Objective in percent, as Sloth writes it.
    pub percent: &'static str,
    /// The objective as a ratio.
    pub objective: f64,
    /// Days of the SLO's window.
    pub window_days: u32,
    /// What each hour held, by the seconds of its start. Hours that the past does not cover whole are left out.
    pub hours: BTreeMap<i64, Hour>,
    /// When its alert fired: first and last scrape, in seconds.
    pub firing: Vec<(i64, i64)>,
    /// Both counters at each scrape: seconds, good, bad.
    pub scrapes: Vec<Scrape>,
}

/// Counters at one scrape.
#[derive(Debug, Clone, Copy)]
pub struct Scrape {
    /// When, in seconds.
    pub at: i64,
    /// Counter of good events.
    pub good: u64,
    /// Counter of bad events; `None` while it does not exist.
    pub bad: Option<u64>,
    /// Good and bad events since the scrape before.
    pub news: (u64, u64),
}

/// A small generator of even numbers (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        i64::try_from(self.next() % bound).unwrap_or(0)
    }
}

/// Every service of the plan.
#[must_use]
pub fn services(plan: &Plan) -> Vec<Service> {
    (0..plan.services).map(|index| service(plan, index)).collect()
}

fn service(plan: &Plan, index: usize) -> Service {
    let style = if index.is_multiple_of(2) { Style::Sloth } else { Style::Pyrra };
    let quirk = match index {
        1 | 2 => Quirk::Resets,
        3 | 4 => Quirk::Gap,
        5 | 6 => Quirk::SilentNights,
        7 | 8 => Quirk::LateErrors,
        _ => Quirk::None,
    };
    let (percent, objective) =
        [("99.9", 0.999), ("99.5", 0.995), ("99", 0.99)].get(index % 3).copied().unwrap_or(("99", 0.99));
    let name = format!("svc-{index:03}");
    let slo = match style {
        Style::Sloth => format!("{name}-requests-availability"),
        Style::Pyrra => format!("{name}-availability"),
    };
    let seed = plan.seed.wrapping_mul(1_000_003).wrapping_add(u64::try_from(index).unwrap_or(0));
    let (scrapes, firing) = Traffic::new(plan, quirk, seed).run();
    let window_days = if style == Style::Sloth { 30 } else { 28 };
    let hours = hours(&scrapes, plan);
    Service { name, slo, style, quirk, percent, objective, window_days, hours, firing, scrapes }
}

struct Traffic {
    chance: Chance,
    quirk: Quirk,
    start: i64,
    end: i64,
    outages: Vec<(i64, i64, i64)>,
    resets: Vec<i64>,
    gap: (i64, i64),
}

impl Traffic {
    fn new(plan: &Plan, quirk: Quirk, seed: u64) -> Self {
        let mut chance = Chance(seed);
        let end = plan.end.as_secs().div_euclid(SCRAPE) * SCRAPE;
        let start = (end - i64::from(plan.days) * 86_400).div_euclid(HOUR) * HOUR;
        let span = end - start;
        let mut within = |from: i64, to: i64| start + (span / 100 * from) + chance.below(span / 100 * (to - from));
        let outages = [(30, 45, 70), (55, 65, 30), (80, 95, 100)].map(|(from, to, percent)| {
            let first = within(from, to).div_euclid(SCRAPE) * SCRAPE;
            (first, first + 1_200 + 60 * (percent / 2), percent)
        });
        let resets = vec![within(20, 25), within(70, 75)];
        let gap_start = within(46, 50).div_euclid(HOUR) * HOUR;
        Self { chance, quirk, start, end, outages: outages.to_vec(), resets, gap: (gap_start, gap_start + 4 * HOUR) }
    }

    fn run(mut self) -> (Vec<Scrape>, Vec<(i64, i64)>) {
        let mut scrapes = Vec::new();
        let (mut good, mut bad) = (0_u64, 0_u64);
        let errors_from = if self.quirk == Quirk::LateErrors { self.start + 10 * 86_400 } else { self.start };
        let mut at = self.start;
        while at <= self.end {
            let unscraped = self.quirk == Quirk::Gap && at > self.gap.0 && at < self.gap.1;
            if unscraped {
                at += SCRAPE;
                continue;
            }
            if self.quirk == Quirk::Resets && self.resets.iter().any(|reset| (at - SCRAPE..at).contains(reset)) {
                (good, bad) = (0, 0);
            }
            let after_gap = self.quirk == Quirk::Gap && at == self.gap.1;
            let news = if at == self.start || after_gap { (0, 0) } else { self.news(at, errors_from) };
            (good, bad) = (good + news.0, bad + news.1);
            scrapes.push(Scrape { at, good, bad: (at >= errors_from).then_some(bad), news });
            at += SCRAPE;
        }
        let firing = self.outages.iter().map(|(from, to, _)| (*from + 300, *to)).collect();
        (scrapes, firing)
    }

    /// Good and bad events of the minute before `at`.
    fn news(&mut self, at: i64, errors_from: i64) -> (u64, u64) {
        let hour = at.rem_euclid(86_400) / HOUR;
        if self.quirk == Quirk::SilentNights && hour < 5 {
            return (0, 0);
        }
        let busy = 12 - (hour - 13).abs();
        let total = if self.quirk == Quirk::SilentNights {
            self.chance.below(3)
        } else {
            60 + busy * 20 + self.chance.below(60)
        };
        let outage = self.outages.iter().find(|(from, to, _)| *from <= at && at < *to).map(|(_, _, percent)| *percent);
        let usual = i64::from(self.chance.below(20) == 0);
        let bad = outage.map_or(usual, |percent| total * percent / 100).min(total);
        let bad = if at > errors_from { bad } else { 0 };
        (u64::try_from(total - bad).unwrap_or(0), u64::try_from(bad).unwrap_or(0))
    }
}

/// What each whole hour held. An hour with a single scrape tells nothing.
fn hours(scrapes: &[Scrape], plan: &Plan) -> BTreeMap<i64, Hour> {
    let mut seen: BTreeMap<i64, (u64, u64, u32)> = BTreeMap::new();
    for scrape in scrapes {
        let hour = (scrape.at - 1).div_euclid(HOUR) * HOUR;
        let entry = seen.entry(hour).or_default();
        *entry = (entry.0 + scrape.news.0, entry.1 + scrape.news.1, entry.2 + 1);
    }
    let (Some(first), Some(last)) = (scrapes.first(), scrapes.last()) else { return BTreeMap::new() };
    let end = last.at.min(plan.end.as_secs()).div_euclid(HOUR) * HOUR;
    let mut hours = BTreeMap::new();
    let mut hour = first.at;
    while hour < end {
        let held = seen.get(&hour).filter(|(.., scrapes)| *scrapes > 1);
        #[expect(clippy::cast_precision_loss, reason = "counts of an hour are far below 2^53")]
        let held = held
            .map_or(Hour::Missing, |(good, bad, _)| Hour::Seen { good: *good as f64, total: (*good + *bad) as f64 });
        hours.insert(hour, held);
        hour += HOUR;
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_past() {
        let plan = Plan { days: 12, ..Plan::ending(Timestamp::from_secs(1_795_000_000)) };
        let (a, b) = (services(&plan), services(&plan));
        assert_eq!(a.len(), 10);
        for (a, b) in a.iter().zip(&b) {
            assert_eq!(a.hours, b.hours);
        }
        let other = services(&Plan { seed: 8, ..plan });
        assert_ne!(a[0].hours, other[0].hours);
    }

    #[test]
    fn quirks_show_in_the_truth() {
        let services = services(&Plan::ending(Timestamp::from_secs(1_795_000_000)));
        let missing = |s: &Service| s.hours.values().filter(|h| **h == Hour::Missing).count();
        let quiet =
            |s: &Service| s.hours.values().filter(|h| matches!(h, Hour::Seen { total, .. } if *total == 0.0)).count();
        for service in &services {
            assert_eq!(missing(service), if service.quirk == Quirk::Gap { 4 } else { 0 }, "{}", service.name);
            assert_eq!(quiet(service) > 100, service.quirk == Quirk::SilentNights, "{}", service.name);
        }
        let late = services.iter().find(|s| s.quirk == Quirk::LateErrors).map(|s| s.scrapes[0].bad);
        assert_eq!(late, Some(None));
    }
}
