//! A PagerDuty account from its interface to the rows: what is stored equals the story that the account tells.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod pager;
mod support;

use std::collections::BTreeMap;

use fairlead_domain::Record;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::person::PersonRef;
use fairlead_domain::run::RunState;
use fairlead_domain::schedule::ShiftOrigin;
use fairlead_domain::time::MINUTE_MS;
use fairlead_domain::{Timestamp, Window};
use fairlead_engine::sync::{Past, SyncReport, SyncRequest};
use fairlead_testkit::pagerduty::{PagerDuty, Seen, Walk};
use fairlead_testkit::scenario::Extent;
use fairlead_testkit::scenario::case::What;
use fairlead_testkit::scenario::mutation::Mutation;
use fairlead_testkit::scenario::noun::{Noun, Vendor};
use pager::{Pager, SMALL, generous};

/// Facts that a sync changed.
fn changes(report: &SyncReport) -> u32 {
    let streams = report.sources.iter().flat_map(|source| &source.streams);
    streams.map(|stream| stream.inserted + stream.updated + stream.tombstoned).sum()
}

#[track_caller]
fn went_well(pager: &Pager, report: &SyncReport) {
    assert_eq!(report.sources[0].state, RunState::Ok, "{report:#?}");
    assert_eq!(pager.fake.violations(), Vec::<String>::new());
}

#[test]
fn the_first_sync_stores_the_story_and_the_second_changes_nothing() {
    let pager = Pager::of(SMALL, generous());
    went_well(&pager, &pager.sync());
    pager.equals_the_story();
    whom_overrides_replaced_is_known(&pager);
    let again = pager.sync();
    went_well(&pager, &again);
    assert_eq!(changes(&again), 0, "{again:#?}");
    pager.pass(3);
    let later = pager.sync();
    assert_eq!(changes(&later), 0, "{later:#?}");
    pager.equals_the_story();
}

/// Layers tell it by what lies beneath, and not where nobody had the time; shift schedules tell it outright.
fn whom_overrides_replaced_is_known(pager: &Pager) {
    let id = |who: Option<&PersonRef>| who.and_then(|who| who.ext_id.clone());
    let overrides = |records: Vec<Record>| -> BTreeMap<_, _> {
        let shifts = records.into_iter().filter_map(|record| match record {
            Record::Shift(shift) if shift.origin == ShiftOrigin::Override => Some(shift),
            _ => None,
        });
        shifts
            .map(|shift| ((shift.schedule, id(shift.person.as_ref()), shift.start), id(shift.replaced.as_ref())))
            .collect()
    };
    let told = overrides(pager.oracle().records.into_values().collect());
    let found = overrides(pager.stored());
    assert!(told.len() > 20, "{}", told.len());
    for (key, replaced) in told {
        assert_eq!(found.get(&key), Some(&replaced), "{key:?}");
    }
}

#[test]
fn what_happens_after_a_sync_is_there_after_the_next() {
    let pager = Pager::of(SMALL, generous());
    went_well(&pager, &pager.sync());
    let began = pager.fake.story().now();
    let after = |minutes: i64| began.plus_millis(minutes * MINUTE_MS);
    let old = pager.fake.story().lingering().unwrap();
    let check = |what: &str| {
        let report = pager.refresh();
        assert_eq!(report.sources[0].state, RunState::Ok, "{what}: {report:#?}");
        let differences = pager.differences();
        assert!(differences.is_empty(), "{what}: {differences}");
    };

    pager.happen(Mutation::ack(old, 1, after(10))).unwrap();
    check("an incident of forty days ago is taken");
    pager.happen(Mutation::resolve(old, 1, after(40))).unwrap();
    check("it ends");
    pager.happen(Mutation::Happen { case: old, what: What::Trigger, by: None, at: after(70) }).unwrap();
    let new = pager.happen(Mutation::Begin { service: 1, person: 4, at: after(75), priority: Some(0) }).unwrap();
    check("it begins again, and another begins");
    pager.happen(Mutation::Merge { case: new, into: old, by: Some(4), at: after(100) }).unwrap();
    check("the new one is merged into the old one");

    pager.happen(Mutation::Rename(0, "Ines Lopes".to_owned())).unwrap();
    pager.happen(Mutation::Delete(2, after(110))).unwrap();
    pager.happen(Mutation::Move(1, 0, after(115))).unwrap();
    let work = Window::new(after(600), after(660));
    pager.happen(Mutation::Announce("Search reindex".to_owned(), work, vec![2])).unwrap();
    check("a person is called otherwise, another goes, a service moves, and work is announced");

    for rota in [0, 1, 2] {
        pager.happen(Mutation::Cover { rota, person: 7, at: after(150).plus_days(1), hours: 3 }).unwrap();
        pager.happen(Mutation::Swap { rota, at: after(150).plus_days(3) }).unwrap();
    }
    // Of those who are on call together one is replaced, while the shift goes on.
    pager.happen(Mutation::Cover { rota: 3, person: 5, at: after(150).floor_day().plus_hours(36), hours: 2 }).unwrap();
    check("overrides and swaps");
    assert_eq!(pager.fake.violations(), Vec::<String>::new());
}

#[test]
fn what_changes_now_is_there_with_what_is_due_each_minute() {
    let pager = Pager::of(SMALL, generous());
    pager.sync();
    let now = pager.fake.story().now();
    pager.fake.forget();
    for rota in [0, 1, 2] {
        pager.happen(Mutation::Cover { rota, person: 7, at: now, hours: 2 }).unwrap();
    }
    let old = pager.fake.story().lingering().unwrap();
    pager.happen(Mutation::ack(old, 1, now.plus_millis(MINUTE_MS))).unwrap();
    pager.pass(1);
    let due = SyncRequest { due_only: true, past: Past::Leave, ..SyncRequest::default() };
    let report = pager.sync_as(&due);
    went_well(&pager, &report);
    pager.equals_the_story();
    // One question for each list, one for each schedule that changed, and one more for a shift schedule's overrides.
    let sent = pager.fake.log().len();
    assert!(sent <= 7, "{sent} requests");
}

#[test]
fn who_was_deleted_becomes_inactive_and_stays_who_they_were() {
    let pager = Pager::of(SMALL, generous());
    pager.sync();
    let sam = PagerDuty.id(Noun::Person, 2);
    let before = person(&pager, &sam);
    assert!(before.active);
    pager.happen(Mutation::Delete(2, pager.fake.story().now().plus_hours(1))).unwrap();
    pager.refresh();
    pager.pass(70);
    pager.refresh();
    let after = person(&pager, &sam);
    assert!(!after.active);
    assert_eq!((after.name, after.email), (before.name, before.email));
}

fn person(pager: &Pager, id: &str) -> fairlead_domain::person::Person {
    let people = pager.stored().into_iter().filter_map(|record| match record {
        Record::Person(person) => Some(person),
        _ => None,
    });
    people.into_iter().find(|person| person.ext_id == id).unwrap_or_else(|| panic!("{id} is stored"))
}

#[test]
fn an_incident_that_ends_while_nobody_reads_is_followed_to_its_end() {
    let pager = Pager::of(SMALL, generous());
    pager.sync();
    let old = pager.fake.story().lingering().unwrap();
    let at = |days: i64| pager::november().plus_days(days);
    pager.happen(Mutation::ack(old, 1, at(1))).unwrap();
    pager.happen(Mutation::resolve(old, 1, at(2))).unwrap();
    // Its entries are older than an hour, a day and the overlap when the machine wakes.
    pager.pass(30 * 24 * 60);
    went_well(&pager, &pager.sync());
    pager.equals_the_story();
    let id = PagerDuty.id(Noun::Incident, old);
    let found = pager.stored().into_iter().find_map(|record| match record {
        Record::Incident(incident) if incident.ext_id == id => Some(incident),
        _ => None,
    });
    let found = found.unwrap();
    assert_eq!((found.status, found.acked_at), (IncidentStatus::Resolved, Some(at(1))));
}

/// How a backfill spends its requests, by the order in which they came.
struct Spending<'p> {
    pager: &'p Pager,
    log: Vec<Seen>,
}

/// Requests a minute for what is new, and for the past: a quarter and half of what is published.
const SHARES: (f64, f64) = (240.0, 480.0);

impl Spending<'_> {
    fn of(pager: &Pager) -> Spending<'_> {
        Spending { pager, log: pager.fake.log() }
    }

    /// Instants of the bounds of a request, `None` without them.
    fn window(seen: &Seen) -> Option<Window> {
        let bound = |name: &str| {
            let value = seen.query.iter().find(|(key, _)| key == name).map(|(_, value)| value)?;
            Timestamp::parse_rfc3339(value).ok()
        };
        Some(Window::new(bound("since")?, bound("until")?))
    }

    /// Seconds after which a request may be sent at the earliest, counting from the first one.
    fn due_secs(&self, nth: usize) -> f64 {
        let now = self.pager.fake.story().now();
        let (mut new, mut past) = (0.0, 0.0);
        for seen in &self.log[..=nth] {
            if Self::window(seen).is_some_and(|window| window.end < now) { past += 1.0 } else { new += 1.0 }
        }
        new / SHARES.0 * 60.0 + past / SHARES.1 * 60.0
    }

    /// The last request that `wanted` is true of.
    fn last(&self, wanted: impl Fn(&fairlead_testkit::pagerduty::Seen) -> bool) -> usize {
        self.log.iter().rposition(wanted).unwrap()
    }
}

#[test]
fn a_backfill_spends_what_it_must_and_brings_first_what_is_needed_first() {
    let pager = Pager::of(Extent { incidents: 400, days: 90, bystanders: 110 }, generous());
    went_well(&pager, &pager.sync());
    let spending = Spending::of(&pager);
    let now = pager.fake.story().now();

    let on_call = spending.last(|seen| seen.path == "/oncalls");
    assert!(spending.due_secs(on_call) <= 60.0, "{} s", spending.due_secs(on_call));
    let schedules = |seen: &&Seen| seen.path.contains("/schedules/");
    assert!(spending.log[..on_call].iter().filter(schedules).count() >= 6, "the shifts of all are there by then");
    let (recent, month) = (now.plus_days(-28), now.plus_days(-29));
    let reaches =
        |seen: &Seen| Spending::window(seen).is_some_and(|window| window.start >= month && window.end > recent);
    let four_weeks = spending.last(reaches);
    assert!(spending.due_secs(four_weeks) <= 180.0, "{} s", spending.due_secs(four_weeks));
    let older = spending.log.iter().position(|seen| Spending::window(seen).is_some_and(|w| w.start < month)).unwrap();
    assert!(older > four_weeks, "the newest four weeks are whole before anything older is asked for");

    // Who is on call and what is open now is asked for once each, beside the catalogue and the past.
    let at_least = |walk| pager.fake.minimum_requests(walk);
    let whole = Window::new(now.plus_days(-90), now);
    let days = |from: i64, to: i64| Window::new(now.plus_days(from), now.plus_days(to));
    let rota = [days(-14, 60), days(-28, -14), days(-90, -28)].map(|window| at_least(Walk::Shifts(window)));
    let parts = [Walk::Catalogue, Walk::Incidents(whole), Walk::LogEntries(whole), Walk::Maintenance].map(at_least);
    let least = parts.iter().sum::<u64>() + rota.iter().sum::<u64>() + 2;
    let sent = spending.log.len() as u64;
    assert!(sent * 100 <= least * 102, "{sent} requests, and {least} would do: {parts:?} {rota:?}");
}
