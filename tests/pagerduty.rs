//! A PagerDuty account from its interface to the rows: what is stored equals the story that the account tells.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod pager;
mod support;

use fairlead_domain::Record;
use fairlead_domain::Window;
use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::run::RunState;
use fairlead_domain::time::MINUTE_MS;
use fairlead_engine::sync::SyncReport;
use fairlead_testkit::pagerduty::PagerDuty;
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
    let again = pager.sync();
    went_well(&pager, &again);
    assert_eq!(changes(&again), 0, "{again:#?}");
    pager.pass(3);
    let later = pager.sync();
    assert_eq!(changes(&later), 0, "{later:#?}");
    pager.equals_the_story();
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
