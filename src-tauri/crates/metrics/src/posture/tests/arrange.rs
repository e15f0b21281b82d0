//! Order, promotion, absorption, folding and the cut.

use fairlead_domain::Window;
use proptest::prelude::*;
use rstest::rstest;

use super::{ids, in_minutes, moment, now, row};
use crate::posture::order::compare;
use crate::posture::{Class, Entry, Moment, Part, Posture, Row, Snooze, SnoozeLimit, SnoozeUntil, arrange};
use crate::registry::Better;

use Class::{Now, Today, Week};

fn service(row: Row, part: Part, service: &str) -> Row {
    Row { part, service: Some(service.into()), ..row }
}

#[test]
fn rows_come_by_class_then_knowledge_tier_due_age_and_id() {
    let rows = vec![
        row("9 week", "i", Week),
        Row { unknown: true, tier: Some(1), ..row("8 unknown, before the next class", "h", Today) },
        Row { tier: Some(3), ..row("7 tier 3", "g", Today) },
        row("6 no tier counts as 2, later id", "f", Today),
        row("5 no tier counts as 2", "e", Today),
        Row { since: in_minutes(-90), tier: Some(2), ..row("4 older", "d", Today) },
        Row { due: Some(in_minutes(600)), since: in_minutes(-1), ..row("3 due", "c", Today) },
        Row { tier: Some(1), since: in_minutes(0), ..row("2 tier 1", "b", Today) },
        row("1 now", "a", Now),
    ];
    let Posture { shown, more, .. } = arrange(rows, &[], &moment());
    let order: Vec<char> = [ids(&shown), ids(&more)].concat().iter().map(|id| id.chars().next().unwrap()).collect();
    assert_eq!(order, ['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    assert_eq!((shown.len(), more.len()), (7, 2), "seven rows and 2 more");
}

#[rstest]
#[case::not_due(Week, None, Week)]
#[case::just_now(Week, Some(0), Today)]
#[case::in_two_hours(Today, Some(120), Now)]
#[case::later(Today, Some(121), Today)]
#[case::late(Week, Some(-1), Week)]
#[case::no_higher_than_now(Now, Some(5), Now)]
fn what_is_due_soon_is_one_class_up(#[case] class: Class, #[case] due: Option<i64>, #[case] expected: Class) {
    let due = Row { due: due.map(in_minutes), ..row("a", "handover_due", class) };
    assert_eq!(moment().class_of(&due), expected);
}

#[rstest]
#[case::before_its_end(479, Today)]
#[case::at_its_end(480, Week)]
#[case::since_it_began(-60, Today)]
#[case::before_it_began(-61, Week)]
fn what_is_due_inside_the_shift_is_one_class_up(#[case] due: i64, #[case] expected: Class) {
    let moment = Moment { running_shift: Some(Window::new(in_minutes(-60), in_minutes(480))), ..moment() };
    let due = Row { due: Some(in_minutes(due)), ..row("a", "handover_due", Week) };
    assert_eq!(moment.class_of(&due), expected);
}

#[test]
fn an_incident_takes_in_the_symptoms_of_its_service() {
    let rows = vec![
        service(row("page", "page_unacked", Now), Part::Symptom, "checkout"),
        service(row("burn", "fast_burn", Now), Part::Symptom, "checkout"),
        service(row("other", "fast_burn", Now), Part::Symptom, "search"),
        row("lost", "alert_zombie", Today),
        service(row("inc", "incident_stale", Today), Part::Incident, "checkout"),
    ];
    let shown = arrange(rows, &[], &moment()).shown;
    assert_eq!(ids(&shown), ["inc", "other", "lost"]);
    assert_eq!(shown[0].absorbed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["burn", "page"]);
    assert_eq!(shown[0].class, Now, "what it took in may not wait");
}

#[test]
fn symptoms_without_a_service_are_nobodys() {
    let rows = vec![
        Row { part: Part::Incident, ..row("inc", "major_open", Now) },
        Row { part: Part::Symptom, ..row("page", "page_unacked", Now) },
    ];
    assert_eq!(ids(&arrange(rows, &[], &moment()).shown), ["inc", "page"]);
}

#[test]
fn a_blind_source_takes_in_what_it_makes_unknowable() {
    let rests_on = |row: Row, source: &str| Row { sources: vec![source.into()], ..row };
    let rows = vec![
        rests_on(Row { part: Part::Blind, ..row("blind pd", "blind", Now) }, "pd"),
        rests_on(Row { part: Part::Blind, unknown: true, ..row("blind prom", "blind", Now) }, "pd"),
        rests_on(Row { unknown: true, ..row("nobody", "nobody_on_call", Now) }, "pd"),
        rests_on(Row { unknown: true, ..row("burn", "fast_burn", Now) }, "prom"),
        rests_on(row("known", "page_unacked", Now), "pd"),
    ];
    let shown = arrange(rows, &[], &moment()).shown;
    assert_eq!(ids(&shown), ["blind pd", "known", "blind prom", "burn"]);
    assert_eq!(shown[0].absorbed.len(), 1);
}

#[test]
fn three_of_a_kind_fold_into_the_first() {
    let silence = |id: &str, minutes| Row { due: Some(in_minutes(minutes)), ..row(id, "silence_ends", Today) };
    let unknown = Row { unknown: true, ..row("unknown", "silence_ends", Today) };
    let two = vec![silence("a", 500), silence("b", 400), unknown.clone()];
    assert_eq!(ids(&arrange(two, &[], &moment()).shown), ["b", "a", "unknown"], "an unknown one does not hide");
    let three = vec![silence("a", 500), silence("b", 400), silence("c", 90), unknown, row("x", "woken", Today)];
    let shown = arrange(three, &[], &moment()).shown;
    assert_eq!(ids(&shown), ["c", "x", "unknown"]);
    assert_eq!(shown[0].folded.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(shown[0].class, Now);
}

#[test]
fn what_may_never_be_set_aside_leads_its_fold() {
    let major = |id: &str, minutes| Row { since: in_minutes(minutes), ..row(id, "major_open", Now) };
    let gravest = |id: &str, minutes| Row { snooze: SnoozeLimit::Never, ..major(id, minutes) };
    let rows = vec![major("a", -40), gravest("b", -20), gravest("c", -10), major("d", -5)];
    let shown = arrange(rows, &[], &moment()).shown;
    assert_eq!(ids(&shown), ["b"]);
    assert_eq!(shown[0].folded.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["a", "c", "d"]);
}

#[test]
fn what_rests_is_counted_apart_and_does_not_fold() {
    let rows = vec![row("a", "silence_bad", Week), row("b", "silence_bad", Week), row("c", "silence_bad", Week)];
    let snooze =
        Snooze { row: "b".into(), at: now(), until: SnoozeUntil::Time(in_minutes(60)), class: Week, value: None };
    let posture = arrange(rows, &[snooze], &moment());
    assert_eq!((ids(&posture.shown), ids(&posture.snoozed)), (vec!["a", "c"], vec!["b"]));
}

#[test]
fn a_quiet_team_has_an_empty_list() {
    assert_eq!(arrange(vec![], &[], &moment()), Posture::default());
}

fn any_row() -> impl Strategy<Value = Row> {
    let part = prop::sample::select(vec![Part::Incident, Part::Symptom, Part::Blind, Part::Plain]);
    let kind = prop::sample::select(vec!["major_open", "fast_burn", "blind", "gap_ahead", "silence_bad", "unmapped"]);
    let due = prop::option::of(-300i64..600);
    let place = (prop::option::of(1u8..4), 0i64..3, prop::sample::select(vec!["checkout", "search", ""]));
    (kind, prop::sample::select(Class::ALL.to_vec()), part, due, place, any::<bool>()).prop_map(
        |(kind, class, part, due, (tier, age, service), unknown)| Row {
            tier,
            due: due.map(in_minutes),
            since: in_minutes(-age),
            unknown,
            part,
            service: (!service.is_empty()).then(|| service.to_owned()),
            sources: vec![["pd", "prom"][usize::from(age == 0)].to_owned()],
            value: Some(age as f64),
            better: Better::Lower,
            snooze: SnoozeLimit::Day,
            ..row("", kind, class)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The same instant gives the same list, in whatever order rows arrive; and no row is lost.
    #[test]
    fn the_order_of_arrival_does_not_matter(
        (rows, shuffled) in prop::collection::vec(any_row(), 0..25).prop_flat_map(|mut rows| {
            for (index, row) in rows.iter_mut().enumerate() {
                row.id = format!("row {index:02}");
            }
            (Just(rows.clone()), Just(rows).prop_shuffle())
        }),
        snoozed in 0usize..25,
    ) {
        let until = SnoozeUntil::Time(in_minutes(60));
        let snooze = [Snooze { row: format!("row {snoozed:02}"), at: now(), until, class: Now, value: None }];
        let posture = arrange(rows.clone(), &snooze, &moment());
        prop_assert_eq!(&posture, &arrange(shuffled, &snooze, &moment()));
        let lines = || posture.shown.iter().chain(&posture.more).chain(&posture.snoozed);
        let counted: usize = lines().map(|line| 1 + line.absorbed.len() + line.folded.len()).sum();
        prop_assert_eq!(counted, rows.len());
        let classes: Vec<Class> = posture.shown.iter().chain(&posture.more).map(|line| line.class).collect();
        prop_assert!(classes.is_sorted());
    }

    /// Of two lines one comes first, whoever asks; and what comes before a line comes before all behind it.
    #[test]
    fn the_order_is_total(rows in prop::collection::vec(any_row(), 3)) {
        let line = |(index, row): (usize, Row)| Entry {
            class: moment().class_of(&row),
            row: Row { id: format!("row {index}"), ..row },
            absorbed: vec![],
            folded: vec![],
        };
        let lines: Vec<Entry> = rows.into_iter().enumerate().map(line).collect();
        for a in &lines {
            for b in &lines {
                prop_assert_eq!(compare(a, b), compare(b, a).reverse());
                prop_assert_eq!(compare(a, b).is_eq(), a.row.id == b.row.id);
                for c in lines.iter().filter(|c| compare(a, b).is_lt() && compare(b, c).is_lt()) {
                    prop_assert!(compare(a, c).is_lt());
                }
            }
        }
    }
}
