//! Gaps, who is on call, and hours; also across every change of clocks of a few zones.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fairlead_domain::coverage::Coverage;
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;
use rstest::rstest;

use super::{duty, minutes};
use crate::oncall::{Duty, Spans, cover, on_call_at, on_call_hours};

use ShiftRole::{Info, Manager, Primary, Secondary, Shadow, Unknown};

#[test]
fn a_gap_is_declared_read_and_held_by_nobody() {
    let declared = [minutes(0, 100), minutes(200, 300)];
    let read = [minutes(10, 250)];
    let duties = [
        duty("pay", Some("ines"), Primary, minutes(0, 40)),
        duty("pay", Some("devon"), Unknown, minutes(60, 80)),
        duty("pay", Some("yuki"), Secondary, minutes(80, 100)),
        duty("pay", None, Primary, minutes(200, 220)),
        Duty { withheld: true, ..duty("pay", None, Primary, minutes(220, 230)) },
    ];
    let found = cover(&declared, minutes(5, 280), &read, &duties);
    assert_eq!(found.gaps.as_slice(), [minutes(40, 60), minutes(80, 100), minutes(200, 220), minutes(230, 250)]);
    assert_eq!(found.held.as_slice(), [minutes(10, 40), minutes(60, 80), minutes(220, 230)]);
    assert_eq!(found.not_covered.as_slice(), [minutes(5, 10), minutes(250, 280)]);
}

#[test]
fn without_declared_coverage_there_is_no_gap() {
    assert_eq!(cover(&[], minutes(0, 100), &[minutes(0, 100)], &[]), crate::oncall::Cover::default());
}

#[rstest]
#[case(Primary, true, true)]
#[case(Unknown, true, true)]
#[case(Secondary, false, true)]
#[case(Shadow, false, false)]
#[case(Manager, false, false)]
#[case(Info, false, false)]
fn a_role_covers_or_answers_or_neither(#[case] role: ShiftRole, #[case] covers: bool, #[case] answers: bool) {
    let held = duty("pay", Some("ines"), role, minutes(0, 60));
    assert_eq!((held.covers(), held.answers()), (covers, answers));
    assert!(!Duty { person: None, ..held }.covers(), "nobody covers nothing");
    assert_eq!(on_call_hours(&[held], minutes(0, 60))["ines"], f64::from(u8::from(answers)));
}

#[test]
fn on_call_now_names_everyone_who_is_there_in_order() {
    let duties = [
        duty("search", Some("yuki"), Primary, minutes(0, 60)),
        duty("pay", Some("devon"), Secondary, minutes(0, 60)),
        duty("pay", Some("ines"), Primary, minutes(0, 60)),
        duty("pay", Some("tomasz"), Primary, minutes(60, 90)),
        duty("ops", None, Primary, minutes(0, 60)),
    ];
    let people =
        |at: i64| -> Vec<_> { on_call_at(&duties, Timestamp::from_secs(at * 60)).iter().map(|d| d.person).collect() };
    assert_eq!(people(59), [Some("ines"), Some("devon"), Some("yuki")]);
    assert_eq!(people(60), [Some("tomasz")], "a shift ends where it ends");
}

#[test]
fn two_schedules_at_once_count_once() {
    let duties = [
        duty("pay", Some("ines"), Primary, minutes(-60, 60)),
        duty("search", Some("ines"), Secondary, minutes(30, 120)),
        duty("pay", Some("amara"), Shadow, minutes(0, 60)),
        duty("pay", Some("devon"), Primary, minutes(500, 600)),
        duty("pay", None, Primary, minutes(0, 60)),
    ];
    let hours: Vec<_> = on_call_hours(&duties, minutes(0, 240)).into_iter().collect();
    assert_eq!(hours, [("amara", 0.0), ("devon", 0.0), ("ines", 2.0)]);
}

#[test]
fn a_duty_is_what_its_shift_says() {
    let shift = Shift {
        schedule: "pay".into(),
        ext_key: "1".into(),
        person: Some(PersonRef::by_name("Ines")),
        withheld: false,
        start: Timestamp::from_secs(0),
        end: Timestamp::from_secs(60),
        end_open: false,
        level: Some(1),
        role: Primary,
        origin: ShiftOrigin::Rotation,
        replaced: None,
        rotation: None,
    };
    assert_eq!(Duty::of(&shift, Some("ines")), duty("pay", Some("ines"), Primary, minutes(0, 1)));
    assert!(Duty::of(&Shift { withheld: true, ..shift }, None).covers());
}

/// The instant at which the clocks of `zone` show `wall`; where they skip it, an hour later.
fn instant(zone: Tz, wall: NaiveDateTime) -> Timestamp {
    let shown = zone.from_local_datetime(&wall).earliest();
    let later = || zone.from_local_datetime(&(wall + chrono::TimeDelta::hours(1))).earliest().unwrap();
    shown.unwrap_or_else(later).with_timezone(&Utc).into()
}

/// Days of a zone by its wall clock, each from `hour`:`minute` to the same time of the next day.
fn days(zone: Tz, from: NaiveDate, count: u64, (hour, minute): (u32, u32)) -> Vec<Window> {
    let at = |day: u64| instant(zone, (from + Days::new(day)).and_hms_opt(hour, minute, 0).unwrap());
    (0..count).map(|day| Window::new(at(day), at(day + 1))).collect()
}

/// A weekly rota by the wall clock holds weekly coverage by the same clock, through both changes of the year.
#[rstest]
#[case(Tz::Australia__Lord_Howe)]
#[case(Tz::Europe__Lisbon)]
#[case(Tz::America__New_York)]
#[case(Tz::Pacific__Chatham)]
fn declared_nights_are_held_by_shifts_of_the_same_clock(#[case] zone: Tz) {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let year = Window::new(instant(zone, first.and_hms_opt(0, 0, 0).unwrap()), Timestamp::from_secs(1_798_700_000));
    let nights = Coverage::parse("Mon-Sun 22:00-06:00", zone).unwrap().spans(year);
    let weeks = |days_of: &[Window]| -> Vec<Window> {
        days_of.chunks(7).map(|week| Window::new(week[0].start, week[week.len() - 1].end)).collect()
    };
    let shifts = weeks(&days(zone, first - Days::new(1), 371, (9, 0)));
    let duties: Vec<Duty<'_>> = shifts.iter().map(|week| duty("pay", Some("ines"), Primary, *week)).collect();
    assert!(cover(&nights, year, &[year], &duties).gaps.is_empty());
    let without_march = [&duties[..10], &duties[11..]].concat();
    let gaps = cover(&nights, year, &[year], &without_march).gaps;
    assert_eq!(gaps.as_slice().len(), 7, "seven nights of one week");
    assert!(gaps.as_slice().iter().all(|gap| shifts[10].intersect(*gap) == *gap));
}

/// Daily handovers tile a year exactly, in zones that change clocks by an hour, by half of one, and at odd offsets.
#[rstest]
#[case::lord_howe(Tz::Australia__Lord_Howe)]
#[case::lisbon(Tz::Europe__Lisbon)]
#[case::new_york(Tz::America__New_York)]
#[case::chatham(Tz::Pacific__Chatham)]
fn shifts_and_gaps_tile_every_day_of_a_year(#[case] zone: Tz) {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for handover in [(0, 0), (1, 45), (2, 0), (2, 30), (3, 0), (9, 0)] {
        let declared = days(zone, first, 364, handover);
        let read = Window::new(declared[0].start, declared[363].end);
        let lengths: Vec<i64> = declared.iter().map(|day| day.millis()).collect();
        assert!(lengths.iter().any(|length| *length != lengths[0]), "the year holds a change of clocks");
        let duties: Vec<Duty<'_>> = declared.iter().map(|day| duty("pay", Some("ines"), Primary, *day)).collect();
        let whole = cover(&declared, read, &[read], &duties);
        assert_eq!(whole.held.as_slice(), [read], "no sliver is left at a change of clocks");
        assert!(whole.gaps.is_empty());
        for missing in 0..duties.len() {
            let others = [&duties[..missing], &duties[missing + 1..]].concat();
            assert_eq!(cover(&declared, read, &[read], &others).gaps.as_slice(), [declared[missing]]);
        }
    }
}

proptest! {
    /// Held, gaps and unread time tile declared coverage inside the range, whatever the zone and the rota.
    #[test]
    fn the_parts_tile_declared_coverage(
        zone in prop::sample::select(vec![
            Tz::Australia__Lord_Howe, Tz::Europe__Lisbon, Tz::America__New_York, Tz::Pacific__Chatham,
        ]),
        (day, count) in (0u64..700, 1u64..30),
        shifts in prop::collection::vec((0i64..800, 0i64..40, 0usize..ShiftRole::ALL.len(), 0u8..3), 0..25),
        (read_from, read_hours) in (0i64..800, 0i64..800),
        (range_from, range_hours) in (0i64..400, 0i64..800),
    ) {
        let declared = days(zone, NaiveDate::from_ymd_opt(2025, 3, 1).unwrap() + Days::new(day), count, (2, 30));
        let start = declared[0].start.plus_hours(-20);
        let hours = |from: i64, length: i64| Window::new(start.plus_hours(from), start.plus_hours(from + length));
        let duties: Vec<Duty<'_>> = shifts
            .iter()
            .map(|(from, length, role, person)| Duty {
                withheld: *person == 1,
                ..duty("pay", (*person == 2).then_some("ines"), ShiftRole::ALL[*role], hours(*from, *length))
            })
            .collect();
        let (range, read) = (hours(range_from, range_hours), hours(read_from, read_hours));
        let found = cover(&declared, range, &[read], &duties);

        let watched = Spans::of(declared.iter().map(|window| window.intersect(range)));
        let parts = [&found.held, &found.gaps, &found.not_covered];
        prop_assert_eq!(found.held.union(&found.gaps).union(&found.not_covered), watched.clone());
        prop_assert_eq!(parts.iter().map(|part| part.millis()).sum::<i64>(), watched.millis(), "no part overlaps another");
        for gap in found.gaps.as_slice() {
            prop_assert!(gap.intersect(range) == *gap && gap.intersect(read) == *gap);
            prop_assert!(duties.iter().filter(|duty| duty.covers()).all(|duty| !duty.window.overlaps(*gap)));
        }
    }
}
