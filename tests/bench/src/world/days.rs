//! What happened on one UTC day. A day depends on the seed and its distance from the end alone, so that a short history is
//! the end of a long one.

use std::collections::BTreeMap;

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::incident::{AckSource, Incident, IncidentStatus, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::leave::Leave;
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::person::PersonRef;
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::record::Item;
use fairlead_domain::schedule::{Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::slo::{SliFigures, SliHour};
use fairlead_domain::time::{DAY_MS, MINUTE_MS};
use fairlead_domain::{Record, Timestamp};
use fairlead_testkit::records::incident;

use super::config::{SCHEDULES, TEAMS, person_id, schedule, service_id, service_name, slo_id};
use super::{Extent, NOW};

/// Place among the sources and name of each stream, in the order of [`Day::items`].
pub(super) const STREAMS: &[(usize, &str)] = &[
    (0, "shifts"),
    (0, "log_entries"),
    (0, "incidents"),
    (1, "sli_counts"),
    (1, "alerts"),
    (1, "silences"),
    (2, "action_items"),
    (2, "postmortems"),
    (2, "changes"),
    (3, "leave"),
    (3, "maintenance"),
];

/// Streams whose rows may lie ahead.
pub(super) const LOOKS_AHEAD: &[&str] = &["shifts", "leave", "maintenance"];

/// Of so many incidents one stays open when it is among the last.
const OPEN_OF: u64 = 4;

/// A day.
pub(super) struct Day {
    extent: Extent,
    back: i64,
    start: Timestamp,
    dice: Dice,
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    fn minutes(&mut self, bound: u64) -> i64 {
        i64::try_from(self.below(bound)).unwrap_or(0) * MINUTE_MS
    }

    fn pick(&mut self, of: u32) -> u32 {
        u32::try_from(self.below(u64::from(of))).unwrap_or(0)
    }
}

fn person(n: u32) -> PersonRef {
    PersonRef { ext_id: Some(person_id(n)), ..PersonRef::default() }
}

impl Day {
    /// The day that begins so many days before the one of [`NOW`].
    pub(super) fn of(seed: u64, extent: Extent, back: i64) -> Self {
        let dice = Dice(seed.wrapping_mul(1_000_003).wrapping_add_signed(back.wrapping_mul(7_919)));
        Self { extent, back, start: NOW.floor_day().plus_millis(-back * DAY_MS), dice }
    }

    /// What each stream of [`STREAMS`] brings of it, as it stood at `known`.
    pub(super) fn items(mut self, known: Timestamp) -> Vec<Vec<Item>> {
        let (log, incidents) = self.incidents(known);
        vec![
            self.shifts(),
            log,
            incidents,
            self.hours(known),
            self.alerts(known),
            self.silences(known),
            self.actions(known),
            self.postmortems(known),
            self.changes(known),
            self.leave(),
            self.maintenance(),
        ]
    }

    fn shifts(&self) -> Vec<Item> {
        let shift = |team: u32, nth: u32| {
            let turn = u32::try_from((self.start.as_millis() / DAY_MS).rem_euclid(1 << 20)).unwrap_or(0) / 7;
            let crew = (self.extent.people / TEAMS).max(1);
            let who = ((turn + nth) % crew) * TEAMS + team;
            Item::from(Shift {
                schedule: schedule(team, nth),
                ext_key: format!("{}/{}", schedule(team, nth), self.start.as_secs()),
                person: Some(person(who % self.extent.people)),
                withheld: false,
                start: self.start,
                end: self.start.plus_days(1),
                end_open: false,
                level: Some(nth % 2 + 1),
                role: if nth.is_multiple_of(2) { ShiftRole::Primary } else { ShiftRole::Secondary },
                origin: ShiftOrigin::Rotation,
                replaced: None,
                rotation: None,
            })
        };
        (0..TEAMS).flat_map(|team| (0..SCHEDULES).map(move |nth| shift(team, nth))).collect()
    }

    /// Entries of the log with the pages, and the incidents.
    fn incidents(&mut self, known: Timestamp) -> (Vec<Item>, Vec<Item>) {
        let (mut log, mut incidents) = (Vec::new(), Vec::new());
        if self.back < 0 {
            return (log, incidents);
        }
        let count = (u64::from(self.extent.services) * 137 / 1_000).max(1);
        for nth in 0..count {
            let id = format!("I{:06}{nth:04}", 100_000 - self.back);
            let created = self.start.plus_millis(i64::try_from(nth * 86_400_000 / count).unwrap_or(0));
            let who = person(self.dice.pick(self.extent.people));
            let service = service_id(self.dice.pick(self.extent.services));
            let acked = created.plus_millis(MINUTE_MS + self.dice.minutes(9));
            let resolved = acked.plus_millis(MINUTE_MS + self.dice.minutes(60));
            let severity = match self.dice.below(2_000) {
                0 => Some(1),
                1..12 => Some(2),
                12..600 => Some(3),
                600..1_400 => Some(4),
                1_400..1_998 => Some(5),
                _ => None,
            };
            let lasts = self.back == 0 && nth.is_multiple_of(OPEN_OF);
            if created > known {
                break;
            }
            let over = resolved <= known && !lasts;
            let taken = acked <= known;
            let made = Incident {
                number: Some(format!("{}", 1_000_000 - self.back * 300 + i64::try_from(nth).unwrap_or(0))),
                title: format!("{} latency above target in zone {}", service, self.dice.below(9)),
                status: match (over, taken) {
                    (true, _) => IncidentStatus::Resolved,
                    (false, true) => IncidentStatus::Acked,
                    (false, false) => IncidentStatus::Open,
                },
                severity,
                severity_raw: Some(severity.map_or_else(|| "P9".to_owned(), |n| format!("P{n}"))),
                urgency: Some("high".to_owned()),
                service: Some(service),
                acked_at: taken.then_some(acked),
                ack_source: taken.then_some(AckSource::Field),
                resolved_at: over.then_some(resolved),
                updated_at: Some(if over { resolved } else { created }),
                url: Some(format!("https://pager.example.com/incidents/{id}")),
                responders: vec![Responder { person: who.clone(), role: None, assigned_at: Some(created) }],
                ..incident(&id, created)
            };
            if taken {
                log.push(Item::from(TimelineEvent {
                    ext_id: format!("{id}-a"),
                    incident: Some(id.clone()),
                    at: acked,
                    kind: TimelineKind::Ack,
                    actor: Some(who.clone()),
                    raw_type: Some("acknowledge_log_entry".to_owned()),
                    text: None,
                }));
            }
            log.push(Item::from(Page {
                ext_id: format!("{id}-p"),
                person: Some(who),
                party: None,
                incident: Some(id),
                sent_at: created,
                channel: PageChannel::Push,
                status: Some("success".to_owned()),
                answered_at: taken.then_some(acked),
                service: None,
            }));
            incidents.push(Item::from(made));
        }
        (log, incidents)
    }

    fn hours(&mut self, known: Timestamp) -> Vec<Item> {
        if self.back < 0 {
            return Vec::new();
        }
        let ended = known.floor_hour();
        let mut items = Vec::new();
        for slo in 0..self.extent.slos {
            for hour in (0..24).map(|hour| self.start.plus_hours(hour)).filter(|hour| *hour < ended) {
                let total = 10_000 + self.dice.below(2_000);
                let bad = if self.dice.below(200) == 0 { total / 20 } else { self.dice.below(4) };
                #[expect(clippy::cast_precision_loss, reason = "counts of an hour are far below 2^53")]
                let figures =
                    SliFigures { good: Some((total - bad) as f64), total: Some(total as f64), ..SliFigures::default() };
                items.push(Item::from(SliHour { slo: slo_id(slo), hour, figures }));
            }
        }
        items
    }

    fn alerts(&mut self, known: Timestamp) -> Vec<Item> {
        let mut items = Vec::new();
        for nth in 0..if self.back < 0 { 0 } else { 10_u32 } {
            let start = self.start.plus_millis(self.dice.minutes(1_400));
            let end = start.plus_millis(5 * MINUTE_MS + self.dice.minutes(60));
            let name = format!("HighLatency{}", self.dice.below(40));
            if start > known {
                continue;
            }
            let over = end <= known && !(self.back == 0 && nth < 2);
            let service = service_name(self.dice.pick(self.extent.services));
            items.push(Item::from(Alert {
                fingerprint: format!("print-{}-{nth}", self.back),
                labels: BTreeMap::from([
                    ("alertname".to_owned(), name.clone()),
                    ("service".to_owned(), service.clone()),
                ]),
                name,
                start,
                end: over.then_some(end),
                resolution_secs: 60,
                status: if over { AlertStatus::Resolved } else { AlertStatus::Firing },
                severity_raw: Some("critical".to_owned()),
                service: Some(service),
            }));
        }
        items
    }

    fn silences(&mut self, known: Timestamp) -> Vec<Item> {
        let start = self.start.plus_hours(1);
        if self.back < 0 || start > known {
            return Vec::new();
        }
        let end = start.plus_hours(40);
        vec![Item::from(Silence {
            ext_id: format!("silence-{}", self.back),
            start,
            end,
            creator: None,
            comment: Some("planned work".to_owned()),
            matchers: format!("{{alertname=\"HighLatency{}\"}}", self.dice.below(40)),
            state: if end <= known { SilenceState::Expired } else { SilenceState::Active },
        })]
    }

    fn actions(&mut self, known: Timestamp) -> Vec<Item> {
        let created = self.start.plus_hours(2);
        if self.back < 0 || self.back % 2 == 1 || created > known {
            return Vec::new();
        }
        let due = created.plus_days(14);
        let done = due.plus_days(-1);
        let open = done > known || (self.back < 100 && self.back % 20 == 0);
        vec![Item::from(ActionItem {
            ext_id: format!("A{}", 100_000 - self.back),
            incident: Some(format!("I{:06}0000", 100_000 - self.back)),
            title: "Add a limit".to_owned(),
            status: if open { ActionStatus::Open } else { ActionStatus::Done },
            owner: None,
            created_at: created,
            due_at: Some(due),
            completed_at: (!open).then_some(done),
            priority: None,
            url: None,
        })]
    }

    fn postmortems(&mut self, known: Timestamp) -> Vec<Item> {
        let published = self.start.plus_hours(3);
        if self.back < 0 || self.back % 3 != 0 || published > known {
            return Vec::new();
        }
        vec![Item::from(Postmortem {
            ext_id: format!("R{}", 100_000 - self.back),
            incident: Some(format!("I{:06}0001", 100_000 - self.back)),
            title: "What happened".to_owned(),
            status: Some("published".to_owned()),
            published_at: Some(published),
            url: None,
        })]
    }

    fn changes(&mut self, known: Timestamp) -> Vec<Item> {
        let mut items = Vec::new();
        for nth in 0..if self.back < 0 { 0 } else { 20_u32 } {
            let at = self.start.plus_millis(self.dice.minutes(1_440));
            let service = service_name(self.dice.pick(self.extent.services));
            if at > known {
                continue;
            }
            items.push(Item::from(Change {
                ext_id: format!("C{}-{nth}", 100_000 - self.back),
                kind: ChangeKind::Deploy,
                service: Some(service),
                title: format!("Deploy {nth}"),
                at,
                finished_at: None,
                outcome: None,
                author: None,
                url: None,
            }));
        }
        items
    }

    fn leave(&mut self) -> Vec<Item> {
        if self.back.rem_euclid(3) != 0 {
            return Vec::new();
        }
        let who = self.dice.pick(self.extent.people);
        vec![Item::from(Leave {
            ext_key: format!("L{}", 100_000 - self.back),
            person: Some(PersonRef::by_email(&super::config::email(who))),
            start: self.start,
            end: self.start.plus_days(2),
        })]
    }

    fn maintenance(&mut self) -> Vec<Item> {
        if self.back.rem_euclid(7) != 0 {
            return Vec::new();
        }
        let service = self.dice.pick(self.extent.services);
        vec![Item::from(Record::from(Maintenance {
            ext_key: format!("M{}", 100_000 - self.back),
            kind: MaintenanceKind::Maintenance,
            title: "Upgrade".to_owned(),
            start: self.start.plus_hours(4),
            end: self.start.plus_hours(5),
            services: vec![service_name(service)],
        }))]
    }
}
