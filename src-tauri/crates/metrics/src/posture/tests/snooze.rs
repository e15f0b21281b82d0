//! How long a row may rest, and what wakes it.

use fairlead_domain::Timestamp;
use rstest::rstest;

use super::{in_minutes, now, row};
use crate::posture::{Class, Entry, Row, Snooze, SnoozeLimit, SnoozeUntil, check_snooze};
use crate::registry::Better;

const DAY: i64 = 24 * 60;

fn limited(snooze: SnoozeLimit) -> Row {
    Row { snooze, ..row("a", "budget_soon", Class::Today) }
}

fn line(row: Row) -> Entry {
    Entry { class: row.class, row, absorbed: vec![], folded: vec![] }
}

fn snooze(until: SnoozeUntil, value: Option<f64>) -> Snooze {
    Snooze { row: "a".into(), at: now(), until, class: Class::Today, value }
}

#[rstest]
#[case(SnoozeLimit::Week, SnoozeUntil::Time(in_minutes(7 * DAY)), None)]
#[case(SnoozeLimit::Week, SnoozeUntil::Time(in_minutes(7 * DAY + 1)), Some("snooze_length"))]
#[case(SnoozeLimit::Week, SnoozeUntil::Time(now()), Some("snooze_length"))]
#[case(SnoozeLimit::Week, SnoozeUntil::Worse, None)]
#[case(SnoozeLimit::Day, SnoozeUntil::Time(in_minutes(DAY)), None)]
#[case(SnoozeLimit::Day, SnoozeUntil::Time(in_minutes(DAY + 1)), Some("snooze_length"))]
#[case(SnoozeLimit::Day, SnoozeUntil::Worse, None)]
#[case(SnoozeLimit::Never, SnoozeUntil::Time(in_minutes(1)), Some("not_snoozable"))]
#[case(SnoozeLimit::Never, SnoozeUntil::Worse, Some("not_snoozable"))]
fn a_row_rests_no_longer_than_it_may(
    #[case] limit: SnoozeLimit,
    #[case] until: SnoozeUntil,
    #[case] refused: Option<&str>,
) {
    assert_eq!(check_snooze(&limited(limit), until, now()).err().map(|error| error.code()), refused);
}

#[rstest]
#[case::until_its_time(SnoozeLimit::Week, SnoozeUntil::Time(in_minutes(60)), 59, true)]
#[case::its_time_has_come(SnoozeLimit::Week, SnoozeUntil::Time(in_minutes(60)), 60, false)]
#[case::until_worse(SnoozeLimit::Week, SnoozeUntil::Worse, 30 * DAY, true)]
#[case::blind_for_a_day(SnoozeLimit::Day, SnoozeUntil::Worse, DAY - 1, true)]
#[case::blind_no_longer(SnoozeLimit::Day, SnoozeUntil::Worse, DAY, false)]
#[case::blind_not_until_later(SnoozeLimit::Day, SnoozeUntil::Time(in_minutes(3 * DAY)), DAY, false)]
#[case::became_a_sev1(SnoozeLimit::Never, SnoozeUntil::Time(in_minutes(60)), 1, false)]
#[case::not_before_it_was_made(SnoozeLimit::Week, SnoozeUntil::Time(in_minutes(60)), -1, false)]
fn a_snooze_ends(#[case] limit: SnoozeLimit, #[case] until: SnoozeUntil, #[case] minutes: i64, #[case] hides: bool) {
    assert_eq!(snooze(until, None).hides(&line(limited(limit)), in_minutes(minutes)), hides);
}

#[rstest]
#[case::a_fifth_more_burn(Better::Lower, Some(5.0), Some(6.0), false)]
#[case::less_than_a_fifth_more(Better::Lower, Some(5.0), Some(5.9), true)]
#[case::better(Better::Lower, Some(5.0), Some(1.0), true)]
#[case::a_fifth_less_budget(Better::Higher, Some(0.5), Some(0.4), false)]
#[case::less_than_a_fifth_less(Better::Higher, Some(0.5), Some(0.41), true)]
#[case::below_zero(Better::Higher, Some(-0.5), Some(-0.6), false)]
#[case::from_nothing(Better::Lower, Some(0.0), Some(1.0), false)]
#[case::still_nothing(Better::Lower, Some(0.0), Some(0.0), true)]
#[case::no_direction(Better::Neither, Some(1.0), Some(99.0), true)]
#[case::became_unknown(Better::Lower, Some(1.0), None, false)]
#[case::never_had_a_number(Better::Lower, None, Some(9.0), true)]
fn a_fifth_worse_wakes(
    #[case] better: Better,
    #[case] then: Option<f64>,
    #[case] value: Option<f64>,
    #[case] hides: bool,
) {
    let row = Row { value, better, ..limited(SnoozeLimit::Week) };
    assert_eq!(snooze(SnoozeUntil::Worse, then).hides(&line(row), in_minutes(5)), hides);
}

#[test]
fn a_class_up_wakes_what_rests_until_worse() {
    let urgent = Entry { class: Class::Now, ..line(limited(SnoozeLimit::Week)) };
    let soon: Timestamp = in_minutes(5);
    assert!(!snooze(SnoozeUntil::Worse, None).hides(&urgent, soon));
    assert!(snooze(SnoozeUntil::Time(in_minutes(60)), None).hides(&urgent, soon), "a time is a time");
}

#[test]
fn a_line_that_took_in_what_may_never_rest_does_not_rest() {
    let holds = Entry { absorbed: vec![limited(SnoozeLimit::Never)], ..line(limited(SnoozeLimit::Day)) };
    assert!(!snooze(SnoozeUntil::Worse, None).hides(&holds, in_minutes(5)));
    let other = Entry { row: Row { id: "b".into(), ..limited(SnoozeLimit::Week) }, ..line(limited(SnoozeLimit::Week)) };
    assert!(!snooze(SnoozeUntil::Worse, None).hides(&other, in_minutes(5)), "another row's snooze");
}
