use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::record::{Record, RecordKind};
use fairlead_domain::schedule::ScheduleSystem;
use fairlead_domain::{Timestamp, Window};
use rstest::rstest;

use super::case::What;
use super::difference::compare;
use super::mutation::Mutation;
use super::person::RUTH;
use super::turn::Why;
use super::{Extent, Scenario};
use crate::effort::used;
use crate::pagerduty::PagerDuty;

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-16T08:00:00Z").expect("an instant")
}

fn small() -> Scenario {
    Scenario::of(7, now(), Extent { incidents: 200, ..Extent::default() })
}

#[test]
fn a_seed_tells_one_story() {
    assert_eq!(small(), small());
    assert_ne!(small().cases, Scenario::of(8, now(), Extent { incidents: 200, ..Extent::default() }).cases);
}

#[test]
fn the_story_holds_what_pagers_trip_over() {
    let before = used();
    let story = Scenario::new(7, now());
    let took = used().zip(before).map(|(after, before)| after.saturating_sub(before));
    let moments = || story.cases.iter().flat_map(|case| &case.moments);
    let count = |what: fn(&What) -> bool| moments().filter(|moment| what(&moment.what)).count();
    assert_eq!(story.cases.len(), 2_000);
    assert!((16_000..30_000).contains(&moments().count()), "{} entries", moments().count());
    assert!(took.is_none_or(|took| took.as_secs() < 1), "the story took {took:?}");
    assert!(count(|what| *what == What::Unack) > 100);
    assert!(count(|what| matches!(what, What::Snooze(_))) > 100);
    assert!(count(|what| matches!(what, What::Escalate(_))) > 100);
    assert!(count(|what| *what == What::Exhaust) > 0);
    let again =
        |case: &&super::case::Case| case.moments.iter().filter(|moment| moment.what == What::Trigger).count() > 1;
    assert!(story.cases.iter().filter(again).count() > 20);
    let of = |status| story.cases.iter().filter(|case| case.status() == status).count();
    for (status, least) in [(IncidentStatus::Merged, 10), (IncidentStatus::Open, 2), (IncidentStatus::Acked, 1)] {
        assert!(of(status) >= least, "{} are {status}", of(status));
    }
    assert!(
        story.cases.iter().any(|case| case.priority.is_none())
            && story.cases.iter().any(|case| case.priority == Some(6))
    );
    assert!(story.cases.iter().any(|case| case.title.starts_with("Test page")));
    let names = |name: &str| story.people.iter().filter(|member| member.name == name).count();
    assert_eq!(names("Sam Okafor"), 2);
    assert!(story.lingering().is_some());
    for case in &story.cases {
        assert!(case.moments.is_sorted_by_key(|moment| moment.at), "{case:?}");
        assert_eq!(case.moments.first().map(|moment| &moment.what), Some(&What::Trigger), "{case:?}");
    }
}

#[test]
fn moments_are_numbered_once() {
    let story = small();
    let mut numbers: Vec<u32> = story.cases.iter().flat_map(|case| &case.moments).map(|moment| moment.number).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(0..story.next_moment));
}

#[test]
fn schedules_show_a_leaver_overrides_swaps_gaps_and_company() {
    let story = small();
    let turns = |rota: usize| story.rotas[rota].turns(story.window);
    assert!(turns(1).iter().any(|turn| turn.person == Some(RUTH)), "only the past names her");
    assert!(
        !story.rotas[1].turns(Window::new(now(), now().plus_days(60))).iter().any(|turn| turn.person == Some(RUTH))
    );
    for rota in 0..=3 {
        assert!(turns(rota).iter().any(|turn| matches!(turn.why, Why::Override(_))), "schedule {rota} has an override");
        assert!(turns(rota).iter().any(|turn| matches!(turn.why, Why::Swap(_))), "schedule {rota} has a swap");
    }
    assert!(turns(2).iter().any(|turn| turn.person.is_none()), "nobody, expressly");
    assert!(turns(2).iter().any(|turn| matches!(turn.why, Why::Custom(_))));
    let at = now().floor_day().plus_hours(11);
    assert!(story.rotas[3].on_call(at).len() >= 3, "{:?}", story.rotas[3].on_call(at));
    let watch = turns(5);
    assert!(watch.iter().zip(watch.iter().skip(1)).all(|(a, b)| a.window.end < b.window.start), "gaps between watches");
}

#[rstest]
#[case::new_york(0, 1, 8)]
#[case::sydney(3, 4, 12)]
fn nights_on_which_the_clock_changes_are_longer_or_shorter(
    #[case] rota: usize,
    #[case] strand: u32,
    #[case] hours: i64,
) {
    let story = small();
    let strand = story.rotas[rota].strands.iter().find(|other| other.number == strand).expect("the strand");
    let odd = strand.turns(story.window).iter().filter(|turn| turn.window.millis() != hours * 3_600_000).count();
    assert!((1..=4).contains(&odd), "{odd} odd nights");
}

#[test]
fn layers_tile_and_no_window_changes_a_turn() {
    let story = small();
    let whole = story.rotas[0].turns(story.window);
    assert!(whole.iter().zip(whole.iter().skip(1)).all(|(a, b)| a.window.end == b.window.start), "no gap, no overlap");
    for rota in &story.rotas {
        let whole = rota.turns(story.window);
        for day in 0..60 {
            let window = Window::new(story.window.start.plus_days(day * 3), story.window.start.plus_days(day * 3 + 2));
            let mut part = whole.clone();
            part.retain(|turn| turn.window.overlaps(window));
            assert_eq!(rota.turns(window), part, "{} on day {day}", rota.name);
        }
    }
}

#[test]
fn the_oracle_agrees_with_itself_and_sees_every_kind_of_difference() {
    let oracle = small().records(&PagerDuty);
    let right: Vec<Record> = oracle.records.values().cloned().collect();
    assert!(compare(&oracle, &right).is_empty(), "{}", compare(&oracle, &right));
    for kind in [
        RecordKind::Person,
        RecordKind::Team,
        RecordKind::Service,
        RecordKind::Schedule,
        RecordKind::Rotation,
        RecordKind::EscalationPolicy,
        RecordKind::Shift,
        RecordKind::Incident,
        RecordKind::TimelineEvent,
        RecordKind::Page,
        RecordKind::Maintenance,
    ] {
        assert!(oracle.count(kind) > 0, "{kind}");
        let mut fewer = right.clone();
        let at = fewer.iter().position(|record| record.kind() == kind).expect("one of each kind");
        let lost = fewer.remove(at);
        let differences = compare(&oracle, &fewer);
        assert_eq!(differences.of(kind).len(), 1, "{kind}: {differences}");
        let twice: Vec<Record> = right.iter().cloned().chain([lost]).collect();
        assert!(compare(&oracle, &twice).to_string().contains("not expected"), "{kind} twice");
    }
}

#[test]
fn a_wrong_field_is_named() {
    let oracle = small().records(&PagerDuty);
    let mut wrong: Vec<Record> = oracle.records.values().cloned().collect();
    let mut first = true;
    for record in &mut wrong {
        match record {
            Record::Incident(incident) if first && incident.acked_at.is_some() => {
                first = false;
                incident.acked_at = None;
            }
            Record::Shift(shift) => shift.ext_key = format!("own-{}", shift.ext_key),
            Record::Page(page) => page.answered_at = None,
            _ => {}
        }
    }
    let differences = compare(&oracle, &wrong);
    assert_eq!(differences.of(RecordKind::Incident).len(), 1, "{differences}");
    assert!(differences.of(RecordKind::Incident)[0].contains("acked_at is \"20"), "{differences}");
    assert!(
        differences.of(RecordKind::Shift).is_empty() && differences.of(RecordKind::Page).is_empty(),
        "{differences}"
    );
}

#[test]
fn the_story_goes_on() {
    let mut story = small();
    let old = story.lingering().expect("a lingering incident");
    let at = now().plus_hours(1);
    story.mutate(Mutation::ack(old, 1, at)).expect("it can be taken");
    assert_eq!(story.cases[old as usize].acked(), Some(at));
    assert_eq!(story.now(), at);
    story.mutate(Mutation::resolve(old, 1, at.plus_hours(1))).expect("it can end");
    assert_eq!(story.cases[old as usize].status(), IncidentStatus::Resolved);
    let again = Mutation::Happen { case: old, what: What::Trigger, by: None, at: at.plus_hours(2) };
    story.mutate(again).expect("it can begin again");
    assert_eq!(story.cases[old as usize].resolved(), None);
    let new = story.mutate(Mutation::Begin { service: 1, person: 4, at: at.plus_hours(3), priority: Some(0) });
    assert_eq!(new, Some(200));
    story
        .mutate(Mutation::Merge { case: 200, into: old, by: Some(4), at: at.plus_hours(4) })
        .expect("it can be merged");
    assert_eq!(story.cases[200].status(), IncidentStatus::Merged);
    let layered = story.rotas.iter().find(|rota| rota.system == ScheduleSystem::Layer).expect("one").number;
    let before = story.rotas[layered as usize].turns(Window::new(at, at.plus_days(10)));
    story.mutate(Mutation::Cover { rota: layered, person: 5, at: at.plus_days(2), hours: 3 }).expect("an override");
    assert_ne!(before, story.rotas[layered as usize].turns(Window::new(at, at.plus_days(10))));
    assert!(story.mutate(Mutation::Swap { rota: 2, at: at.plus_days(3) }).is_some());
    story.mutate(Mutation::Rename(0, "Ines Lopes".to_owned()));
    story.mutate(Mutation::Delete(2, at.plus_hours(5)));
    let oracle = story.records(&PagerDuty);
    assert!(oracle.allowed.len() == 2 && oracle.count(RecordKind::Person) == story.people.len() - 2);
    assert_eq!(story.mutate(Mutation::ack(9_999, 1, at)), None);
}
