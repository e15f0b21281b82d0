//! What the tracker shows: changes, action items, postmortems.

use chrono::{Datelike, Weekday};
use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::person::PersonRef;
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};

use super::draw;
use super::plot::{self, Release, Scenario};

/// How long a regular deploy takes, in minutes.
const DEPLOY_MINS: i64 = 9;

/// The changes that began in `window`, by time, as they stand at `now`.
#[must_use]
pub fn changes(scenario: &Scenario, window: Window, now: Timestamp) -> Vec<Change> {
    let placed = scenario.change.iter().map(|plot| placed_change(scenario, plot, now));
    let drawn = scenario.release.iter().flat_map(|release| deploys(scenario, release, window, now));
    let mut changes: Vec<Change> = placed.chain(drawn).filter(|change| window.contains(change.at)).collect();
    changes.sort_by(|a, b| (a.at, &a.ext_id).cmp(&(b.at, &b.ext_id)));
    changes
}

/// The action items that changed in `window`, as they stand at `now`.
#[must_use]
pub fn action_items(scenario: &Scenario, window: Window, now: Timestamp) -> Vec<ActionItem> {
    let touched = |plot: &&plot::Action| {
        let ended = plot.ended.map(|at| scenario.at(at));
        window.contains(scenario.at(plot.created)) || ended.is_some_and(|at| window.contains(at))
    };
    let item = |plot: &plot::Action| {
        let completed_at = plot.ended.map(|at| scenario.at(at)).filter(|&at| at <= now);
        ActionItem {
            ext_id: plot.id.clone(),
            incident: plot.incident.clone(),
            title: plot.title.clone(),
            status: if completed_at.is_some() { plot.outcome } else { ActionStatus::Open },
            owner: by_email(scenario, &plot.owner),
            created_at: scenario.at(plot.created),
            due_at: plot.due.map(|at| scenario.at(at)),
            completed_at,
            priority: plot.priority.clone(),
            url: address(scenario, "items", &plot.id),
        }
    };
    scenario.action.iter().filter(touched).map(item).collect()
}

/// The postmortems that changed in `window`, as they stand at `now`.
#[must_use]
pub fn postmortems(scenario: &Scenario, window: Window, now: Timestamp) -> Vec<Postmortem> {
    let touched = |plot: &&plot::Postmortem| {
        let published = plot.published.map(|at| scenario.at(at));
        window.contains(scenario.at(plot.created)) || published.is_some_and(|at| window.contains(at))
    };
    let postmortem = |plot: &plot::Postmortem| {
        let published_at = plot.published.map(|at| scenario.at(at)).filter(|&at| at <= now);
        Postmortem {
            ext_id: plot.id.clone(),
            incident: Some(plot.incident.clone()),
            title: plot.title.clone(),
            status: Some(if published_at.is_some() { "published" } else { "draft" }.to_owned()),
            published_at,
            url: address(scenario, "postmortems", &plot.id),
        }
    };
    scenario.postmortem.iter().filter(touched).map(postmortem).collect()
}

fn placed_change(scenario: &Scenario, plot: &plot::Change, now: Timestamp) -> Change {
    let at = scenario.at(plot.at);
    let finished_at = Some(at.plus_millis(i64::from(plot.took_mins) * MINUTE_MS)).filter(|&end| end <= now);
    Change {
        ext_id: plot.id.clone(),
        kind: plot.kind,
        service: Some(plot.service.clone()),
        title: plot.title.clone(),
        at,
        finished_at,
        outcome: finished_at.map(|_| "success".to_owned()),
        author: by_email(scenario, &plot.person),
        url: address(scenario, "changes", &plot.id),
    }
}

/// The drawn deploys of a service on the working days that `window` touches.
fn deploys(scenario: &Scenario, release: &Release, window: Window, now: Timestamp) -> Vec<Change> {
    let window = window.intersect(Window::new(scenario.begins(), now));
    let first = window.start.as_millis().div_euclid(DAY_MS);
    let last = window.end.as_millis().div_euclid(DAY_MS);
    (first..=last).filter_map(|day| deploy(scenario, release, day, now)).collect()
}

/// The deploy of a day, counted from the epoch, if chance wants one.
fn deploy(scenario: &Scenario, release: &Release, day: i64, now: Timestamp) -> Option<Change> {
    let midnight = Timestamp::from_millis(day * DAY_MS);
    let weekend = matches!(midnight.to_utc().weekday(), Weekday::Sat | Weekday::Sun);
    let draw = |what: &str| draw::unit(scenario.seed, [what, &release.service], day);
    if weekend || draw("deploy") >= release.per_day {
        return None;
    }
    let hours = i64::from(release.to_hour.saturating_sub(release.from_hour));
    let minute = (draw("deploy time") * (hours * HOUR_MS / MINUTE_MS) as f64) as i64;
    let at = midnight.plus_hours(i64::from(release.from_hour)).plus_millis(minute * MINUTE_MS);
    let finished_at = Some(at.plus_millis(DEPLOY_MINS * MINUTE_MS)).filter(|&end| end <= now);
    let person = release.people.get((draw("deploy person") * release.people.len() as f64) as usize)?;
    let service = scenario.service(&release.service)?;
    let ext_id = format!("{}-{day}", release.service);
    Some(Change {
        kind: ChangeKind::Deploy,
        service: Some(service.id.clone()),
        title: format!("Deploy {} {}", service.name, at.to_utc().format("%Y.%-m.%-d")),
        at,
        finished_at,
        outcome: finished_at.map(|_| "success".to_owned()),
        author: by_email(scenario, person),
        url: address(scenario, "changes", &ext_id),
        ext_id,
    })
}

/// Trackers know people by e-mail, not by the pager's id.
fn by_email(scenario: &Scenario, person: &str) -> Option<PersonRef> {
    scenario.person(person).map(|person| PersonRef::by_email(&person.email))
}

fn address(scenario: &Scenario, place: &str, id: &str) -> Option<String> {
    scenario.addresses.tracker.as_ref().map(|base| format!("{base}/{place}/{id}"))
}
