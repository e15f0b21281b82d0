//! Who is on call: nobody, soon nobody, somebody who is away, somebody else than before, too few.

use fairlead_connectors::ConnectorError;
use fairlead_domain::schedule::ShiftOrigin;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use fairlead_domain::{Record, Timestamp, Window};
use fairlead_testkit::records::{self as plain, schedule};
use rstest::rstest;

use super::records::{PEOPLE, leave, on_turn, rota, shift, turn};
use super::world::{Connected, TEAM, World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, network};

/// The rota without what lies in some stretches.
fn holed(holes: &[Window]) -> World {
    let cut = |record: Record| -> Vec<Record> {
        let Record::Shift(whole) = record else { return vec![record] };
        let hole = holes.iter().find(|hole| hole.overlaps(whole.window()));
        let Some(hole) = hole else { return vec![whole.into()] };
        let name = whole.person.as_ref().and_then(|person| person.name.clone()).unwrap();
        let parts = [Window::new(whole.start, hole.start), Window::new(hole.end, whole.end)];
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| shift(&name, part)).collect()
    };
    World::empty().tell_all(rota().into_iter().flat_map(cut))
}

fn stretch(from_millis: i64, to_millis: i64) -> Window {
    Window::new(NOW.plus_millis(from_millis), NOW.plus_millis(to_millis))
}

#[tokio::test]
async fn nobody_is_on_call() {
    let answer = holed(&[stretch(-2 * HOUR_MS, 1)]).look().await;
    let line = "now | Nobody on call for primary | Declared coverage is empty; next escalation: secondary | no number | Copy cover request";
    assert_eq!(told(&answer, "nobody_on_call"), [line]);
    assert_eq!(kinds(&answer), ["nobody_on_call"]);
    assert_eq!(answer.attention[0].since, Some(NOW.plus_hours(-2)));
}

#[tokio::test]
async fn three_schedules_that_nobody_covers_are_one_line_that_never_rests() {
    let name = |n: i64| format!("ring-{n}");
    let always = "coverage = \"24x7\"";
    let tables: String = (1..=3).map(|n| format!("[schedule.\"pd:{}\"]\n{always}\n", name(n))).collect();
    let world = World::quiet().said(&format!("{TEAM}{tables}")).tell_all((1..=3).map(|n| schedule(&name(n))));
    // Each was read, because each has had a shift.
    let past = (1..=3).map(|n| plain::shift(&name(n), "ines@harbor.example", NOW.plus_days(-2), NOW.plus_hours(-n)));
    let answer = world.tell_all(past).look().await;
    let line = "now | Nobody on call for ring-3, and 2 more like it | Declared coverage is empty; no backup is declared | no number | Copy cover request";
    assert_eq!(told(&answer, "nobody_on_call"), [line]);
}

#[rstest]
#[case::it_has_just_ended(stretch(-2 * HOUR_MS, 0), "24x7", &[])]
#[case::it_is_about_to_begin(stretch(1, HOUR_MS), "24x7", &["gap_ahead"])]
#[case::outside_the_declared_hours(stretch(-HOUR_MS, HOUR_MS / 4), "Mon-Fri 12:00-18:00 UTC", &[])]
#[tokio::test]
async fn somebody_is_on_call(#[case] hole: Window, #[case] hours: &str, #[case] expected: &[&str]) {
    let tables = TEAM.replace("24x7", hours);
    assert_eq!(kinds(&holed(&[hole]).said(&tables).look().await), expected);
}

#[rstest]
#[case::on_the_edge(72 * HOUR_MS, "today | Gap in primary | Sat 11:06–15:06 UTC, 4 h | 14400 secs | Copy cover request")]
#[case::within_two_hours(2 * HOUR_MS, "now | Gap in primary | Wed 13:06–17:06 UTC, 4 h | 14400 secs | Copy cover request")]
#[tokio::test]
async fn soon_nobody_is_on_call(#[case] from_millis: i64, #[case] line: &str) {
    let answer = holed(&[stretch(from_millis, from_millis + 4 * HOUR_MS)]).look().await;
    assert_eq!(told(&answer, "gap_ahead"), [line]);
    assert_eq!(kinds(&answer), ["gap_ahead"]);
}

#[tokio::test]
async fn a_gap_far_ahead_can_wait() {
    let from = 72 * HOUR_MS + 1;
    assert_eq!(kinds(&holed(&[stretch(from, from + HOUR_MS)]).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn three_gaps_are_one_line() {
    let holes = [30, 54, 70].map(|hours| stretch(hours * HOUR_MS, (hours + 1) * HOUR_MS));
    let line = "today | Gap in primary, and 2 more like it | Thu 17:06–18:06 UTC, 1 h | 3600 secs | Copy cover request";
    assert_eq!(told(&holed(&holes).look().await, "gap_ahead"), [line]);
}

#[rstest]
#[case::a_day(turn(3), "devon is on call during leave | primary on Sat 21 Nov | 86400 secs")]
#[case::an_hour_of_it(Window::new(turn(3).end.plus_hours(-1), turn(9).end), "devon is on call during leave | primary on Sun 22 Nov | 3600 secs")]
#[tokio::test]
async fn somebody_is_on_call_while_away(#[case] away: Window, #[case] words: &str) {
    let answer = World::quiet().tell(leave("devon", away)).look().await;
    assert_eq!(told(&answer, "leave_conflict"), [format!("today | {words} | See cover")]);
    assert_eq!(kinds(&answer), ["leave_conflict"]);
}

#[rstest]
#[case::they_only_touch(Window::new(turn(3).end, turn(9).end))]
#[case::another_week(turn(10))]
#[tokio::test]
async fn leave_off_the_rota_concerns_nobody(#[case] away: Window) {
    assert_eq!(kinds(&World::quiet().tell(leave("devon", away)).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn three_who_are_away_are_one_line() {
    let answer = World::quiet().tell_all((3..=5).map(|day| leave(on_turn(day), turn(day)))).look().await;
    let line =
        "today | devon is on call during leave, and 2 more like it | primary on Sat 21 Nov | 86400 secs | See cover";
    assert_eq!(told(&answer, "leave_conflict"), [line]);
}

/// The rota a minute after the turn of a day was given to Devon.
async fn swapped(day: i64) -> Connected {
    let world = World::quiet().read().await;
    let Record::Shift(mut given) = shift("devon", turn(day)) else { unreachable!("it is a shift") };
    given.origin = ShiftOrigin::Override;
    let old = shift(on_turn(day), turn(day)).key();
    world.upstream("pd").keep_only("shifts", |record| record.key() != old);
    world.upstream("pd").put("shifts", turn(day).start, given);
    world.read_again(MINUTE_MS).await;
    world
}

#[rstest]
#[case::soon(
    2,
    "today | Fri 20 Nov tomasz → devon | override, primary Fri 08:00–Sat 08:00 UTC | 86400 secs | See the difference"
)]
#[case::within_two_weeks(
    13,
    "today | Tue 1 Dec li → devon | override, primary Tue 08:00–Wed 08:00 UTC | 86400 secs | See the difference"
)]
#[tokio::test]
async fn somebody_else_is_on_call_than_before(#[case] day: i64, #[case] line: &str) {
    let answer = swapped(day).await.look_since(NOW).await;
    assert_eq!(told(&answer, "rota_changed"), [line]);
    assert_eq!(kinds(&answer), ["rota_changed"]);
}

#[rstest]
#[case::after_two_weeks(15, NOW)]
#[case::it_was_seen(2, NOW.plus_millis(MINUTE_MS))]
#[tokio::test]
async fn a_change_of_the_rota_is_no_news(#[case] day: i64, #[case] last: Timestamp) {
    assert_eq!(kinds(&swapped(day).await.look_since(last).await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_blind_pager_takes_in_what_it_may_have_changed_again() {
    let world = swapped(2).await;
    world.cut("pd", &network());
    world.read_again(MINUTE_MS).await;
    let answer = world.look_since(NOW).await;
    assert_eq!(kinds(&answer), ["blind"]);
    assert_eq!(answer.attention[0].absorbed, [format!("rota_changed:pd/primary@{}", turn(2).start)]);
    assert!(answer.attention[0].reason.ends_with("; Fri 20 Nov tomasz → devon"), "{}", answer.attention[0].reason);
}

/// Five people with equal turns of the next four weeks, but that the first holds so much of the second's.
fn five(more_millis: i64) -> World {
    let part = 28 * DAY_MS / 5;
    let edges = [0, part + more_millis, 2 * part, 3 * part, 4 * part, 5 * part].map(|at| NOW.plus_millis(at));
    let turns = edges.windows(2).zip(PEOPLE).map(|(pair, name)| shift(name, Window::new(pair[0], pair[1])));
    World::empty().tell(schedule("primary")).tell_all(turns)
}

#[rstest]
#[case::four_people(World::empty().tell(schedule("primary")).tell_all((0..30).map(|day| shift(PEOPLE[day as usize % 4], turn(day)))),
    "Without one person a share is 33\u{a0}%; the largest is 25\u{a0}% | 0.333 ratio")]
#[case::an_hour_too_much(
    five(HOUR_MS),
    "Without one person a share is 25\u{a0}%; the largest is 20\u{a0}% | 0.251 ratio"
)]
#[case::one_alone(World::empty().tell(schedule("primary")).tell(shift("ines", Window::new(turn(0).start, turn(40).end))),
    "Without one person nobody is left; the largest is 100\u{a0}% | 1 ratio")]
#[tokio::test]
async fn too_few_share_the_rota(#[case] world: World, #[case] words: &str) {
    let answer = world.look().await;
    assert_eq!(told(&answer, "rota_thin"), [format!("week | The rota of Platform is thin | {words} | See N−1")]);
    assert_eq!(kinds(&answer), ["rota_thin"]);
}

#[tokio::test]
async fn a_quarter_without_one_is_enough() {
    assert_eq!(kinds(&five(0).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_blind_pager_takes_in_a_thin_rota() {
    let world = five(HOUR_MS).read().await;
    world.cut("pd", &ConnectorError::Auth { host: "pd".to_owned(), status: 401 });
    world.read_again(MINUTE_MS).await;
    let answer = world.look().await;
    assert_eq!(
        (kinds(&answer), answer.attention[0].absorbed.as_slice()),
        (vec!["blind"], ["rota_thin:Platform".to_owned()].as_slice())
    );
}

#[tokio::test]
async fn without_a_rota_nothing_of_it_is_watched() {
    let answer = World::quiet().without("pd").look().await;
    for kind in ["nobody_on_call", "gap_ahead", "leave_conflict", "rota_changed", "rota_thin"] {
        assert_eq!(unwatched(&answer, kind), Some("no source of shifts is connected"), "{kind}");
    }
    let answer = World::quiet().without("leave").look().await;
    assert_eq!(unwatched(&answer, "leave_conflict"), Some("no source of leave is connected"));
}

#[tokio::test]
async fn what_was_not_declared_or_read_is_not_watched() {
    let answer = World::quiet().said(&TEAM.replace("coverage = \"24x7\"", "")).look().await;
    for kind in ["nobody_on_call", "gap_ahead"] {
        assert_eq!(unwatched(&answer, kind), Some("coverage is not declared for any schedule"), "{kind}");
    }
    let late = Some("the rota at your last look is not known: it was first read later");
    assert_eq!(unwatched(&answer, "rota_changed"), late);
}
