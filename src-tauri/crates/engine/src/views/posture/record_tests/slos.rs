//! Budgets: burning fast, spent, soon spent, not measured.

use fairlead_domain::Record;
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo};
use fairlead_domain::time::{HOUR_MS, MINUTE_MS};
use rstest::rstest;

use super::records::{hour, incident, measured, slo};
use super::world::{World, kinds, told, unwatched};
use crate::sync::tests::rig::{NOW, network};
use crate::views::posture::{Since, posture};

const NAME: &str = "checkout-availability";

/// Failed requests of each hour of the window, the newest first: these, then `rest` of the 100 that the budget allows.
fn failed(newest: &[f64], rest: f64) -> Vec<Record> {
    let hours: Vec<f64> = newest.iter().copied().chain(std::iter::repeat(rest)).take(720).collect();
    measured(NAME, &hours)
}

/// The last hours of a budget that is nearly whole.
fn lately(newest: &[f64]) -> World {
    World::quiet().tell_all(failed(newest, 10.0))
}

#[rstest]
#[case::an_hour(&[1_450.0], "14.5", "")]
#[case::six_hours(&[610.0; 6], "6.1", ", spent in 16 d 23 h")]
#[tokio::test]
async fn a_budget_burns(#[case] bad: &[f64], #[case] rate: &str, #[case] spent: &str) {
    let answer = lately(bad).look().await;
    let line = format!(
        "now T1 | {NAME} burns {rate}× | Error budget burns {rate}× in the last whole hour{spent} | {rate} x | Open SLO"
    );
    assert_eq!(told(&answer, "fast_burn"), [line]);
    assert_eq!(kinds(&answer), ["fast_burn"]);
}

#[rstest]
#[case::at_the_threshold(&[1_440.0])]
#[case::six_hours_at_the_threshold(&[600.0; 6])]
#[case::six_hours_and_over(&[590.0, 700.0, 700.0, 700.0, 700.0, 700.0])]
#[case::before_the_last_hour(&[10.0, 3_000.0])]
#[tokio::test]
async fn a_budget_smoulders(#[case] bad: &[f64]) {
    assert_eq!(kinds(&lately(bad).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_fast_burn_says_when_the_budget_is_spent() {
    let answer = World::quiet().tell_all(failed(&[1_450.0], 95.0)).look().await;
    let line = format!(
        "now T1 | {NAME} burns 14.5× | Error budget burns 14.5× in the last whole hour, spent in 1 d 15 h | 14.5 x | Open SLO"
    );
    assert_eq!(told(&answer, "fast_burn"), [line]);
    assert_eq!(kinds(&answer), ["fast_burn", "budget_soon"]);
}

#[tokio::test]
async fn an_incident_takes_in_the_burn_of_its_service() {
    let answer = lately(&[1_450.0]).tell(incident(Some(2), HOUR_MS)).look().await;
    assert_eq!(kinds(&answer), ["major_open"]);
    assert_eq!(answer.attention[0].reason, format!("Open for 1 h; {NAME} burns 14.5×"));
    let other = Slo { service: Some("search".to_owned()), ..slo(NAME) };
    let answer = lately(&[1_450.0]).tell(other).tell(incident(Some(2), HOUR_MS)).look().await;
    assert_eq!(kinds(&answer), ["major_open", "fast_burn"], "that of another service it leaves");
}

#[tokio::test]
async fn three_that_burn_are_one_line() {
    let answer =
        World::quiet().tell_all(["a", "b", "c"].into_iter().flat_map(|name| measured(name, &[1_450.0]))).look();
    let line = "now T1 | checkout: a burns 14.5×, and 2 more like it | Error budget burns 14.5× in the last whole hour | 14.5 x | Open SLO";
    assert_eq!(told(&answer.await, "fast_burn"), [line]);
}

#[rstest]
#[case::to_the_last_request(100.0, "0.0\u{a0}% left; recovers Wed 18 Nov without further errors | 0 ratio")]
#[case::over(112.0, "−12.0\u{a0}% left; recovers Sat 21 Nov without further errors | -0.12 ratio")]
#[tokio::test]
async fn a_budget_is_spent(#[case] rest: f64, #[case] words: &str) {
    let answer = World::quiet().tell_all(failed(&[], rest)).look().await;
    assert_eq!(told(&answer, "budget_spent"), [format!("today T1 | {NAME} is out of budget | {words} | Decide")]);
    assert_eq!(kinds(&answer), ["budget_spent"]);
}

#[tokio::test]
async fn a_request_is_left_of_a_budget() {
    assert_eq!(kinds(&World::quiet().tell_all(failed(&[99.0], 100.0)).look().await), [] as [&str; 0]);
}

/// A budget whose last day would spend it in a week: within an hour of 168 hours for 320 failures an hour.
fn lasts(bad: f64) -> World {
    World::quiet().tell_all(failed(&[bad; 24], 20.0))
}

#[tokio::test]
async fn a_budget_is_soon_spent() {
    let answer = lasts(320.0).look().await;
    let line = format!(
        "today T1 | {NAME} runs out soon | 70.0\u{a0}% left; spent Wed 25 Nov at the last day's pace | 0.7 ratio | Open SLO"
    );
    assert_eq!(told(&answer, "budget_soon"), [line]);
    assert_eq!(kinds(&answer), ["budget_soon"]);
}

#[tokio::test]
async fn a_budget_lasts_longer_than_a_week() {
    assert_eq!(kinds(&lasts(319.0).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn three_spent_budgets_are_one_line() {
    let slos = ["a", "b", "c"].into_iter().flat_map(|name| measured(name, &[400.0; 24]));
    let answer = World::quiet().tell_all(slos).look().await;
    let told = told(&answer, "budget_spent");
    assert!(
        told.len() == 1 && told[0].starts_with("today T1 | checkout: a is out of budget, and 2 more like it"),
        "{told:?}"
    );
}

/// An SLO whose newest hours are missing.
fn silent(hours: usize) -> World {
    let all = measured(NAME, &[10.0; 8]);
    World::quiet()
        .tell_all(all.into_iter().enumerate().filter(|(n, _)| *n == 0 || *n > hours).map(|(_, record)| record))
}

#[tokio::test]
async fn an_slo_is_not_measured() {
    let answer = silent(2).look().await;
    let line = format!(
        "today T1 | No data for {NAME} | Nothing since Wed 09:00 UTC: not zero, 2 h 06 min unknown | 7600 secs | Explain"
    );
    assert_eq!(told(&answer, "slo_blind"), [line]);
    assert_eq!(kinds(&answer), ["slo_blind"]);
}

/// An SLO whose only hour began so many hours before the running one.
fn measured_once(ago: i64) -> World {
    World::quiet().tell(slo(NAME)).tell(hour(NAME, ago, 10.0))
}

#[rstest]
#[case::never(World::quiet().tell(slo(NAME)))]
#[case::before_its_window(measured_once(722))]
#[tokio::test]
async fn an_slo_is_not_measured_in_all_of_its_window(#[case] world: World) {
    let answer = world.look().await;
    let line =
        format!("today T1 | No data for {NAME} | Nothing in its 30 days: not zero, unknown | 2592400 secs | Explain");
    assert_eq!(told(&answer, "slo_blind"), [line]);
    assert_eq!(kinds(&answer), ["slo_blind"]);
}

#[tokio::test]
async fn an_slo_that_was_first_measured_later_was_not_blind_before() {
    let world = measured_once(1).read().await;
    let before = posture(&world.rig.workspace, NOW.plus_hours(-3), Since::At(NOW.plus_days(-1))).await.unwrap();
    assert_eq!(kinds(&before), [] as [&str; 0]);
}

/// An hour without a failure, and then one in which a 500th part failed.
fn got_worse(total: f64) -> World {
    let hours = [total * 0.002, 0.0, 0.0].into_iter().zip(1..).map(|(bad, ago)| {
        let figures = SliFigures { good: Some(total - bad), total: Some(total), ..SliFigures::default() };
        Record::from(SliHour { figures, ..hour(NAME, ago, 0.0) })
    });
    World::quiet().tell(slo(NAME)).tell_all(hours)
}

#[rstest]
#[case::judged(1_000.0, &["1 budget moved: checkout-availability −66.7 points"])]
#[case::too_few_events_at_both(300.0, &[])]
#[case::too_few_events_at_first(450.0, &[])]
#[tokio::test]
async fn a_budget_moves_since_one_looked_where_it_can_be_judged(#[case] total: f64, #[case] lines: &[&str]) {
    let world = got_worse(total).read().await;
    let answer = posture(&world.rig.workspace, NOW, Since::At(NOW.plus_hours(-1))).await.unwrap();
    let moved = answer.since_last.lines.iter().filter(|line| line.kind == "budgets_moved");
    assert_eq!(moved.map(|line| line.text.as_str()).collect::<Vec<_>>(), lines);
}

#[tokio::test]
async fn an_slo_that_its_source_measures_itself_has_no_hours() {
    let world = World::quiet().tell(Slo { method: BudgetMethod::Upstream, ..slo(NAME) }).read().await;
    world.read_again(3 * HOUR_MS).await;
    assert_eq!(kinds(&world.look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn an_slo_is_measured_an_hour_late() {
    assert_eq!(kinds(&silent(1).look().await), [] as [&str; 0]);
}

#[tokio::test]
async fn a_blind_source_explains_what_it_does_not_measure() {
    let world = silent(1).read().await;
    world.cut("prom", &network());
    world.read_again(3 * HOUR_MS).await;
    let answer = world.look().await;
    assert_eq!(kinds(&answer), ["blind"]);
    assert!(answer.attention[0].reason.starts_with("5 checks blind: "), "{}", answer.attention[0].reason);
    world.upstream("prom").mend();
    world.read_again(MINUTE_MS).await;
    assert_eq!(kinds(&world.look().await), ["slo_blind"], "now it answers, and has no data");
}

#[tokio::test]
async fn without_a_source_no_slo_is_watched() {
    let answer = World::quiet().without("prom").look().await;
    for kind in ["fast_burn", "budget_spent", "budget_soon", "slo_blind", "hot_change"] {
        assert_eq!(unwatched(&answer, kind), Some("no source of SLOs is connected"), "{kind}");
    }
}
