//! The built-in scenario tells the story of `story.toml`. No name of it stands in code.

use std::collections::BTreeMap;

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::incident::Incident;
use fairlead_domain::time::{DAY_MS, HOUR_MS};
use fairlead_domain::{Record, Timestamp, Window};
use serde::Deserialize;

use super::super::offset::Offset;
use super::super::part::Part;
use super::super::plot::Slo;
use super::super::{alerts, hours, incidents, pages, rota, work};
use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    primary: String,
    gap_start: Offset,
    gap_end: Offset,
    on_call_now: String,
    on_call_next: String,
    handover: Offset,
    incidents: usize,
    pages_84_days: [usize; 2],
    open_now: Vec<String>,
    resolved_later: Offset,
    firing: Vec<String>,
    silenced: Vec<String>,
    silences: usize,
    silence_ends_first: Offset,
    silent_site: String,
    silent_since: Offset,
    actions: usize,
    overdue: Vec<String>,
    deploy_today: Offset,
    quiet_start: Offset,
    quiet_end: Offset,
    budgets: BTreeMap<String, [f64; 2]>,
    burn_now: BTreeMap<String, [f64; 2]>,
    events: BTreeMap<String, [f64; 2]>,
}

fn story() -> Story {
    toml::from_str(include_str!("story.toml")).expect("the story is sound")
}

fn slo<'a>(scenario: &'a Scenario, id: &str) -> &'a Slo {
    scenario.slo.iter().find(|slo| slo.id == id).expect("an SLO of the story")
}

/// Good and all of a window, by plain sums over what the source yields.
fn sums(scenario: &Scenario, slo: &Slo, window: Window) -> (f64, f64) {
    let figures = hours::hours(scenario, slo, window, window.end).into_iter().map(|hour| hour.figures);
    figures.fold((0.0, 0.0), |(good, total), f| {
        (good + f.good.or(f.slices_good).unwrap(), total + f.total.or(f.slices).unwrap())
    })
}

/// The window that counts at the anchor; the calendar month begins at UTC's midnight in winter Lisbon.
fn counted(scenario: &Scenario, slo: &Slo) -> Window {
    let days = if slo.window_days == 0 { 15 } else { i64::from(slo.window_days) };
    let end = scenario.anchor;
    let start = if slo.window_days == 0 { end.floor_day().plus_days(-days) } else { end.plus_days(-days) };
    Window::new(start, end)
}

#[test]
fn budgets_land_where_the_story_says() {
    let (scenario, story) = (built_in(), story());
    assert_eq!(story.budgets.len(), scenario.slo.len());
    let mut wrong = Vec::new();
    for (id, [least, most]) in &story.budgets {
        let slo = slo(&scenario, id);
        let (good, total) = sums(&scenario, slo, counted(&scenario, slo));
        let remaining = 1.0 - (total - good) / total / (1.0 - slo.objective);
        if !(*least - 1e-9..=*most + 1e-9).contains(&remaining) {
            wrong.push(format!("{id}: {remaining:.4} of {total}, not {least} to {most}"));
        }
        let own = hours::budget_remaining(&scenario, slo, scenario.anchor).unwrap();
        assert!((own - remaining).abs() < 1e-9, "{id}: the upstream counts {own:.4}, the sums {remaining:.4}");
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn burn_and_traffic_are_as_told() {
    let (scenario, story) = (built_in(), story());
    for (id, [least, most]) in &story.burn_now {
        let slo = slo(&scenario, id);
        let (good, total) = sums(&scenario, slo, Window::new(scenario.anchor.plus_hours(-1), scenario.anchor));
        let burn = (total - good) / total / (1.0 - slo.objective);
        assert!((*least..=*most).contains(&burn), "{id}: {burn:.2}");
    }
    for (id, [least, most]) in &story.events {
        let slo = slo(&scenario, id);
        let (_, total) = sums(&scenario, slo, counted(&scenario, slo));
        assert!((*least..=*most).contains(&total), "{id}: {total}");
    }
}

#[tokio::test]
async fn the_upstream_nearly_agrees() {
    let scenario = built_in();
    let mut figures = 0;
    for (_, item) in everything(Part::Metrics, scenario.anchor).await {
        let Record::SloUpstream(upstream) = item.record else { continue };
        let own = hours::budget_remaining(&scenario, slo(&scenario, &upstream.slo), scenario.anchor).unwrap();
        assert!((own - upstream.budget_remaining).abs() <= 0.004);
        figures += 1;
    }
    assert_eq!(figures, scenario.slo.len());
}

#[test]
fn the_primary_rota_has_one_gap_and_follows_the_clock_change() {
    let (scenario, story) = (built_in(), story());
    let schedule = scenario.schedule.iter().find(|s| s.id == story.primary).unwrap();
    let window = Window::new(scenario.begins(), scenario.anchor.plus_days(60));
    let shifts = rota::shifts(&scenario, schedule, window);
    assert!(shifts.first().unwrap().start <= window.start && shifts.last().unwrap().end >= window.end);
    assert!(shifts.windows(2).all(|pair| pair[0].end <= pair[1].start), "two at once");
    let gaps: Vec<Window> =
        shifts.windows(2).map(|pair| Window::new(pair[0].end, pair[1].start)).filter(|gap| !gap.is_empty()).collect();
    assert_eq!(gaps, [scenario.span(story.gap_start, story.gap_end)]);
    let hours: Vec<i64> = shifts.iter().map(|shift| shift.window().millis() / HOUR_MS).collect();
    assert!(hours.contains(&169), "the week of the clock change is an hour longer: {hours:?}");
    let handover = scenario.at(story.handover);
    assert_eq!(rota::holder(&scenario, &story.primary, scenario.anchor), Some(story.on_call_now.as_str()));
    assert_eq!(rota::holder(&scenario, &story.primary, handover), Some(story.on_call_next.as_str()));
    assert!(shifts.iter().any(|shift| shift.start == handover));
}

#[test]
fn incidents_are_there_when_they_happen() {
    let (scenario, story) = (built_in(), story());
    let at = |now: Timestamp| incidents::incidents(&scenario, Window::new(Timestamp::EARLIEST, now), &[], now);
    let open = |incidents: &[Incident]| -> Vec<String> {
        incidents.iter().filter(|i| i.status.is_open()).map(|i| i.ext_id.clone()).collect()
    };
    let now = at(scenario.anchor);
    assert_eq!((now.len(), open(&now)), (story.incidents, story.open_now.clone()));
    let later = scenario.at(story.resolved_later);
    assert_eq!(open(&at(later.plus_millis(-1))), story.open_now);
    assert!(open(&at(later)).is_empty());
    assert!(at(scenario.anchor.plus_days(70)).len() > story.incidents, "the future comes");
}

#[test]
fn the_quiet_month_is_quiet() {
    let (scenario, story) = (built_in(), story());
    let quiet = scenario.span(story.quiet_start, story.quiet_end);
    assert!(incidents::incidents(&scenario, quiet, &[], quiet.end).is_empty());
    assert!(pages::pages(&scenario, quiet, quiet.end).is_empty());
    let days = quiet.millis() / DAY_MS;
    for (slo, day) in scenario.slo.iter().flat_map(|slo| (0..=days).map(move |day| (slo, day))) {
        let left = hours::budget_remaining(&scenario, slo, quiet.start.plus_days(day)).unwrap_or(1.0);
        assert!(left > 0.0, "{} on day {day}: {left:.3}", slo.id);
        assert!(left > 0.5 || day < days, "{}: {left:.3}", slo.id);
    }
}

#[test]
fn pages_are_as_many_as_told_and_reach_whoever_is_on_call() {
    let (scenario, story) = (built_in(), story());
    let window = Window::new(scenario.anchor.plus_days(-84), scenario.anchor);
    let pages = pages::pages(&scenario, window, scenario.anchor);
    let mut wakes: Vec<(Timestamp, String)> = pages
        .iter()
        .filter(|page| page.ext_id.ends_with("-1"))
        .map(|page| (page.sent_at, page.person.as_ref().and_then(|p| p.ext_id.clone()).unwrap()))
        .collect();
    wakes.sort();
    assert!((story.pages_84_days[0]..=story.pages_84_days[1]).contains(&pages.len()), "{}", pages.len());
    for (at, person) in wakes {
        assert_eq!(rota::holder(&scenario, &story.primary, at), Some(person.as_str()));
    }
}

#[test]
fn the_gap_is_paged_through_to_the_second_level() {
    let (scenario, story) = (built_in(), story());
    let at = scenario.at(story.gap_start).plus_hours(1);
    let calls = pages::calls(&scenario, &scenario.service[0].id, at, None);
    let first = calls.first().unwrap();
    assert_eq!((first.level, first.at), (2, at), "the empty level is passed at once");
}

#[test]
fn alerts_and_silences_are_as_told() {
    let (scenario, story) = (built_in(), story());
    let names = |alerts: &[Alert], status: AlertStatus| {
        let mut names: Vec<String> = alerts.iter().filter(|a| a.status == status).map(|a| a.name.clone()).collect();
        names.sort();
        names
    };
    let now = alerts::alerts(&scenario, None, scenario.anchor);
    assert_eq!(names(&now, AlertStatus::Firing), story.firing);
    assert_eq!(names(&now, AlertStatus::Suppressed), story.silenced);
    let silences = alerts::silences(&scenario, None, scenario.anchor);
    assert_eq!(silences.len(), story.silences);
    let ends = scenario.at(story.silence_ends_first);
    assert_eq!(silences.iter().map(|silence| silence.end).min(), Some(ends));
    assert_eq!(silences.iter().filter(|silence| silence.comment.is_none()).count(), 1);
    let after = alerts::alerts(&scenario, None, ends);
    assert_eq!(
        names(&after, AlertStatus::Suppressed).len(),
        story.silenced.len() - 1,
        "it pages when the silence ends"
    );
}

#[tokio::test]
async fn one_source_falls_silent() {
    let (scenario, story) = (built_in(), story());
    let since = scenario.at(story.silent_since);
    assert!(scenario.syncs.iter().any(|&at| scenario.at(at) == since), "a demo must read it while it answers");
    let offset = "0d 03:10";
    assert_eq!(Offset::parse(offset), Ok(story.silent_since));
    let settings = serde_json::json!({ "part": "alerts", "site": story.silent_site, "unreachable_since": offset });
    let source = build(&settings, Path::new("")).unwrap();
    let stream = stream(Part::Alerts, "alerts");
    assert!(!walk(source.as_ref(), &stream, asked(&stream, since), since).await.is_empty());
    let known = Known::default();
    let now = since.plus_millis(1);
    let request = Request { stream: stream.name, cursor: None, window: asked(&stream, now), known: &known, now };
    assert_eq!(source.fetch(request).await.unwrap_err().code(), "network");
    assert_eq!(source.check().await.unwrap_err().code(), "network");
    assert_eq!(source.requests(), 3);
}

#[test]
fn follow_through_is_as_told() {
    let (scenario, story) = (built_in(), story());
    let window = Window::new(Timestamp::EARLIEST, scenario.anchor);
    let items = work::action_items(&scenario, window, scenario.anchor);
    assert_eq!(items.len(), story.actions);
    let late = |item: &&fairlead_domain::action_item::ActionItem| {
        item.completed_at.is_none() && item.due_at.is_some_and(|due| due < scenario.anchor)
    };
    let overdue: Vec<String> = items.iter().filter(late).map(|item| item.ext_id.clone()).collect();
    assert_eq!(overdue, story.overdue);
    let today = Window::new(scenario.anchor.floor_day(), scenario.anchor);
    let deploys: Vec<Timestamp> =
        work::changes(&scenario, today, scenario.anchor).into_iter().map(|change| change.at).collect();
    assert_eq!(deploys, [scenario.at(story.deploy_today)]);
}

#[test]
fn no_code_knows_a_name_of_the_story() {
    let scenario = built_in();
    let names: Vec<&String> = scenario
        .person
        .iter()
        .flat_map(|p| [&p.id, &p.name, &p.email])
        .chain(scenario.service.iter().flat_map(|s| [&s.id, &s.name]))
        .chain(scenario.schedule.iter().map(|s| &s.id))
        .chain(scenario.incident.iter().flat_map(|i| [&i.number, &i.title]))
        .chain(scenario.slo.iter().map(|s| &s.id))
        .chain(scenario.alert.iter().map(|a| &a.name))
        .chain(scenario.action.iter().map(|a| &a.id))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario");
    let files: Vec<_> = [folder.clone(), folder.join("tests")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    assert!(files.len() > 15, "the code was looked at");
    for path in files {
        let code = std::fs::read_to_string(&path).unwrap();
        let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric()).collect();
        for name in &names {
            let single = name.chars().all(char::is_alphanumeric);
            let found = if single { words.contains(&name.as_str()) } else { code.contains(name.as_str()) };
            assert!(!found, "{} knows {name:?}", path.display());
        }
    }
}
