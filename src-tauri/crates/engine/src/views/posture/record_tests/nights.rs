//! Who was woken.

use fairlead_domain::Timestamp;
use fairlead_domain::page::Page;
use fairlead_domain::time::{HOUR_MS, MINUTE_MS};
use rstest::rstest;

use super::records::page;
use super::world::{TEAM, World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, network};

/// Today's midnight: the last night ends at 08:00.
const MIDNIGHT: Timestamp = Timestamp::from_secs(1_794_960_000);

/// Pages of somebody, in minutes from midnight.
fn paged(name: &str, minutes: &[i64]) -> World {
    let at = |minute: &i64| NOW.since(MIDNIGHT.plus_millis(minute * MINUTE_MS));
    let pages = minutes.iter().map(|minute| Page { incident: None, ..page(name, at(minute)) });
    World::quiet().tell_all(pages)
}

#[rstest]
#[case::twice("ines", &[3 * 60, 5 * 60], "Primary woken twice | 2 wakes last night; on call tonight | 2 count")]
#[case::from_the_evening_to_the_morning("ines", &[-2 * 60, 8 * 60 - 1], "Primary woken twice | 2 wakes last night; on call tonight | 2 count")]
#[case::two_nights_running("ines", &[-20 * 60, 3 * 60], "Primary woken two nights running | 1 wake last night; on call tonight | 1 count")]
#[case::too_often("ines", &[-20 * 60, 60, 3 * 60, 5 * 60], "Primary woken 3 times | 3 wakes last night, and the night before; on call tonight | 3 count")]
#[case::not_on_call_now("yuki", &[3 * 60, 5 * 60], "Somebody on the rota woken twice | 2 wakes last night; not on call tonight | 2 count")]
#[tokio::test]
async fn somebody_was_woken(#[case] name: &str, #[case] minutes: &[i64], #[case] words: &str) {
    let answer = paged(name, minutes).look().await;
    assert_eq!(told(&answer, "woken"), [format!("today | {words} | Copy relief offer")]);
    assert_eq!(kinds(&answer), ["woken"]);
}

#[rstest]
#[case::once(&[3 * 60])]
#[case::the_morning_has_come(&[3 * 60, 8 * 60])]
#[case::the_night_has_not(&[-2 * 60 - 1, 3 * 60])]
#[case::the_night_before(&[-21 * 60, -19 * 60])]
#[tokio::test]
async fn one_wake_is_bearable(#[case] minutes: &[i64]) {
    assert_eq!(kinds(&paged("ines", minutes).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn three_who_were_woken_are_one_line() {
    let pages = |name: &'static str| [6, 8].map(|hours| Page { incident: None, ..page(name, hours * HOUR_MS) });
    let answer = World::quiet().tell_all(["yuki", "devon", "li"].into_iter().flat_map(pages)).look().await;
    let line = "today | Somebody on the rota woken twice, and 2 more like it | 2 wakes last night; not on call tonight | 2 count | Copy relief offer";
    assert_eq!(told(&answer, "woken"), [line]);
}

#[tokio::test]
async fn what_has_happened_stays_beside_a_blind_pager() {
    let world = paged("ines", &[3 * 60, 5 * 60]).read().await;
    world.cut("pd", &network());
    world.read_again(MINUTE_MS).await;
    assert_eq!(kinds(&world.look().await), ["blind", "woken"]);
}

#[tokio::test]
async fn without_pages_of_persons_nobody_is_watched() {
    let answer = World::quiet().without("pd").look().await;
    assert_eq!(unwatched(&answer, "woken"), Some("no source of pages is connected"));
    let answer = World::quiet().said(&TEAM.replace("individual", "team")).look().await;
    let withheld = Some("who was paged is not stored: no team has people = \"individual\"");
    assert_eq!(unwatched(&answer, "woken"), withheld);
}
