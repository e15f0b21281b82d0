//! Double bookings, against a comparison of every pair.

use fairlead_domain::schedule::ShiftRole::{self, Primary, Secondary, Shadow, Unknown};
use proptest::prelude::*;
use rstest::rstest;

use super::{duty, minutes};
use crate::oncall::{Clash, ClashKind, Duty, clashes};

#[rstest]
#[case::same_person_elsewhere("search", Some("ines"), Secondary, 30, Some(ClashKind::Person))]
#[case::same_person_twice("pay", Some("ines"), Primary, 30, Some(ClashKind::Person))]
#[case::two_holders_of_a_post("pay", Some("devon"), Primary, 30, Some(ClashKind::Post))]
#[case::a_withheld_holder("pay", None, Primary, 30, Some(ClashKind::Post))]
#[case::another_role("pay", Some("devon"), Secondary, 30, None)]
#[case::another_schedule("search", Some("devon"), Primary, 30, None)]
#[case::only_learning("pay", Some("ines"), Shadow, 30, None)]
#[case::touching("pay", Some("ines"), Primary, 60, None)]
fn a_clash_shares_the_person_or_the_post(
    #[case] schedule: &str,
    #[case] person: Option<&str>,
    #[case] role: ShiftRole,
    #[case] start: i64,
    #[case] kind: Option<ClashKind>,
) {
    let other = Duty { withheld: person.is_none(), ..duty(schedule, person, role, minutes(start, 90)) };
    let duties = [other, duty("pay", Some("ines"), Primary, minutes(0, 60))];
    let expected = kind.map(|kind| Clash { kind, first: 1, second: 0, window: minutes(30, 60) });
    assert_eq!(clashes(&duties), Vec::from_iter(expected));
}

#[test]
fn nobody_and_two_unknown_holders_do_not_clash() {
    let nobody = duty("pay", None, Primary, minutes(0, 60));
    let withheld = Duty { withheld: true, ..nobody };
    assert_eq!(clashes(&[nobody, duty("pay", Some("ines"), Primary, minutes(0, 60))]), []);
    assert_eq!(clashes(&[withheld, withheld]), [], "they may be the same person");
}

proptest! {
    #[test]
    fn the_sweep_finds_every_pair(
        rows in prop::collection::vec((0usize..2, 0usize..3, 0usize..3, 0i64..100, 0i64..30), 0..20),
    ) {
        let duties: Vec<Duty<'_>> = rows
            .iter()
            .map(|(schedule, person, role, start, length)| {
                let person = [None, Some("ines"), Some("devon")][*person];
                let role = [Primary, Unknown, Shadow][*role];
                Duty {
                    withheld: person.is_none(),
                    ..duty(["pay", "search"][*schedule], person, role, minutes(*start, start + length))
                }
            })
            .collect();
        let mut pairs = 0;
        for (index, a) in duties.iter().enumerate() {
            for b in &duties[index + 1..] {
                let share = a.person.is_some() && a.person == b.person
                    || a.schedule == b.schedule && a.role == b.role && (a.person.is_some() || b.person.is_some());
                pairs += usize::from(a.answers() && b.answers() && share && a.window.overlaps(b.window));
            }
        }
        let found = clashes(&duties);
        prop_assert_eq!(found.len(), pairs);
        for clash in &found {
            let (a, b) = (&duties[clash.first], &duties[clash.second]);
            prop_assert!(a.window.start <= b.window.start && clash.window == a.window.intersect(b.window));
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].window.start <= pair[1].window.start));
    }
}
