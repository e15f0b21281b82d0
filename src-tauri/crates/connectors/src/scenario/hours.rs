//! What each hour of an SLO measured: a figure depends on the seed, the SLO and the hour alone.

use chrono::{Datelike, Timelike, Weekday};
use fairlead_domain::slo::{SliFigures, SliHour};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

use super::draw;
use super::plot::{Scenario, Slo, Traffic};

/// Events of an hour scatter by so much around what is due.
const SCATTER: f64 = 0.06;

/// Minutes in an hour, the slices of an SLO that counts minutes.
const SLICES: f64 = 60.0;

/// The hours of `slo` that begin in `window` and have ended by `now`.
#[must_use]
pub fn hours(scenario: &Scenario, slo: &Slo, window: Window, now: Timestamp) -> Vec<SliHour> {
    let mut hours = Vec::new();
    let begins = window.start.max(scenario.begins());
    let mut hour = begins.floor_hour();
    if hour < begins {
        hour = hour.plus_hours(1);
    }
    while hour < window.end && hour.plus_hours(1) <= now {
        if let Some(figures) = figures(scenario, slo, hour) {
            hours.push(SliHour { slo: slo.id.clone(), hour, figures });
        }
        hour = hour.plus_hours(1);
    }
    hours
}

/// What is left of the budget over the window that ends with the hour before `end`, 1 = untouched; `None` without
/// events. Budget as in the Google SRE Workbook, ch. 5.
#[must_use]
pub fn budget_remaining(scenario: &Scenario, slo: &Slo, end: Timestamp) -> Option<f64> {
    let (mut good, mut total) = (0.0, 0.0);
    for hour in hours(scenario, slo, budget_window(slo, end), end) {
        good += hour.figures.good.or(hour.figures.slices_good).unwrap_or_default();
        total += hour.figures.total.or(hour.figures.slices).unwrap_or_default();
    }
    (total > 0.0).then(|| (good / total - slo.objective) / (1.0 - slo.objective))
}

/// The time that counts at `end`: so many days, or the calendar month.
fn budget_window(slo: &Slo, end: Timestamp) -> Window {
    if slo.window_days > 0 {
        return Window::new(end.plus_days(-i64::from(slo.window_days)), end);
    }
    let zone: chrono_tz::Tz = slo.timezone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::Tz::UTC);
    let last = end.plus_millis(-1).to_utc().with_timezone(&zone).date_naive();
    let first = last.with_day(1).unwrap_or(last);
    Window::new(super::wall::instant(first, chrono::NaiveTime::MIN, zone), end)
}

/// What `hour` measured; `None` when nothing did.
fn figures(scenario: &Scenario, slo: &Slo, hour: Timestamp) -> Option<SliFigures> {
    let whole = Window::new(hour, hour.plus_hours(1));
    if slo.hole.iter().any(|hole| scenario.span(hole.start, hole.end).overlaps(whole)) {
        return None;
    }
    let draw = |what: &str| draw::unit(scenario.seed, [what, &slo.id], hour.as_secs());
    let total = if slo.minutes { SLICES } else { draw::whole(due(&slo.traffic, hour, draw("level")), draw("total")) };
    let background = slo.background_burn * (1.0 - slo.objective) * (0.5 + draw("background"));
    let outages = slo.outage.iter().map(|outage| {
        let overlap = scenario.span(outage.start, outage.end).intersect(whole).millis();
        outage.bad * overlap as f64 / HOUR_MS as f64
    });
    let share = (background + outages.sum::<f64>()).clamp(0.0, 1.0);
    // A background that is zero must leave the budget untouched, whatever is drawn.
    let bad = if share > 0.0 { draw::whole(total * share, draw("bad")).min(total) } else { 0.0 };
    let (good, total) = (Some(total - bad), Some(total));
    Some(if slo.minutes {
        SliFigures { slices_good: good, slices: total, ..SliFigures::default() }
    } else {
        SliFigures { good, total, ..SliFigures::default() }
    })
}

/// Events that are due in an hour. Plain arithmetic, so that every machine gets the same.
fn due(traffic: &Traffic, hour: Timestamp, draw: f64) -> f64 {
    let at = hour.to_utc();
    let apart = (f64::from(at.hour()) - f64::from(traffic.peak_hour)).abs();
    // 1 at the peak, −1 twelve hours from it.
    let shape = 1.0 - apart.min(24.0 - apart) / 6.0;
    let weekend = matches!(at.weekday(), Weekday::Sat | Weekday::Sun);
    let week = if weekend { traffic.weekend } else { 1.0 };
    traffic.per_hour * (1.0 + traffic.swing * shape) * week * (1.0 + SCATTER * (2.0 * draw - 1.0))
}
