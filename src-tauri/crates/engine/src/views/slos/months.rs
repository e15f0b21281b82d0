//! Attainment per calendar month of the workspace's zone, from days and the hours at the months' edges.

use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::slo::burn::BurnRates;
use fairlead_metrics::slo::state::state_of;
use fairlead_metrics::slo::{DayRows, Objective, SliDay, SliRow, SloState, Tally, months_back};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SliDayRow, SloRow};
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::few::TooFew;
use super::round::{budget, share, sli};
use super::row::{hours_of, sli_day};

/// The running month and the twelve before it.
const MONTHS: usize = 13;
/// A month that is known to less than this is not called well.
const WHOLE: f64 = 0.95;

/// A calendar month.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Month {
    /// `2026-11`.
    pub month: String,
    /// Start by the workspace's wall clock.
    #[specta(type = String)]
    pub starts_at: Timestamp,
    /// Its end, or that of the newest whole hour.
    #[specta(type = String)]
    pub ends_at: Timestamp,
    /// It is not over.
    pub running: bool,
    /// Target ratio of the definition that held at its end.
    #[specta(type = Finite)]
    pub objective: f64,
    /// How that definition counts.
    pub method: String,
    /// Good share.
    pub sli: Option<f64>,
    /// Good events or slices; null for the other methods.
    pub good: Option<f64>,
    /// All events or slices.
    pub total: Option<f64>,
    /// What is left of the month's own budget, to date.
    pub budget_remaining: Option<f64>,
    /// So few events that what is left is no finding.
    pub too_few_events: Option<TooFew>,
    /// `ok`, `warn`, `critical`, `spent`, `no_traffic` or `unknown`, by what is left alone.
    pub state: String,
    /// Known hours over hours.
    pub coverage: Option<f64>,
    /// Versions of the definition that held in it, the oldest first; more than one: its sums mix them.
    pub versions: Vec<u32>,
}

/// The months of an SLO, the newest first, back to the first of which anything is known.
pub(super) fn months(
    reader: &Reader<'_>,
    versions: &[SloRow],
    zone: Tz,
    end: Timestamp,
    as_of: Timestamp,
) -> Result<Vec<Month>, StoreError> {
    let Some(slo) = versions.first().map(|row| row.id) else { return Ok(Vec::new()) };
    let windows = months_back(zone, as_of, MONTHS);
    let Some(oldest) = windows.last() else { return Ok(Vec::new()) };
    let days = reader.slo_days(slo, Window::new(oldest.start.floor_day(), end))?;
    let mut months = Vec::new();
    for window in windows {
        let over = Window::new(window.start, window.end.min(end));
        let (held, numbers) = held(versions, over);
        if let Some(row) = held {
            let hours = edges(reader, slo, over)?;
            months.push(month(row, numbers, &days, &hours, (window, over), zone));
        }
    }
    let known = months.iter().rposition(|month| month.coverage.is_some_and(|share| share > 0.0));
    months.truncate(known.map_or(0, |last| last + 1));
    Ok(months)
}

/// The hours of a month that are not those of whole UTC days.
fn edges(reader: &Reader<'_>, slo: i64, month: Window) -> Result<Vec<SliRow>, StoreError> {
    let next_day = month.start.plus_millis(fairlead_domain::time::DAY_MS - 1).floor_day();
    let first = Window::new(month.start, next_day.min(month.end));
    let last = Window::new(month.end.floor_day().max(first.end), month.end);
    let mut hours = Vec::new();
    for edge in [first, last].into_iter().filter(|edge| !edge.is_empty()) {
        hours.extend(hours_of(reader, slo, edge)?);
    }
    Ok(hours)
}

/// The version that held last in a window, and the numbers of all that did.
fn held(versions: &[SloRow], window: Window) -> (Option<&SloRow>, Vec<u32>) {
    // A month that has only begun is judged by what holds.
    let window = Window::new(window.start, window.end.max(window.start.plus_millis(1)));
    let holds = |row: &&SloRow| Window::new(row.valid_from, row.valid_to.unwrap_or(Timestamp::LATEST)).overlaps(window);
    let numbers = versions.iter().zip(1..).filter(|(row, _)| holds(row)).map(|(_, number)| number).collect();
    (versions.iter().rfind(|row| holds(row)), numbers)
}

fn month(
    row: &SloRow,
    versions: Vec<u32>,
    days: &[SliDayRow],
    hours: &[SliRow],
    (window, over): (Window, Window),
    zone: Tz,
) -> Month {
    let method = row.slo.method;
    let inside = |day: &&SliDayRow| day.day >= over.start && day.day < over.end;
    let days: Vec<SliDay> = days.iter().filter(inside).map(|day| sli_day(method, day)).collect();
    let tally = DayRows { method, days: &days, hours }.between(over);
    let left = Objective::new(row.slo.objective).ok().and_then(|o| o.remaining_after(tally.bad, tally.total));
    let countable = super::hours::unit(method) != "samples" && tally.known() > 0;
    Month {
        month: window.start.to_utc().with_timezone(&zone).format("%Y-%m").to_string(),
        starts_at: window.start,
        ends_at: over.end,
        running: window.end > over.end,
        objective: row.slo.objective,
        method: method.word().to_owned(),
        sli: tally.sli().map(sli),
        good: countable.then(|| (tally.total - tally.bad).round()),
        total: countable.then(|| tally.total.round()),
        budget_remaining: left.map(budget),
        too_few_events: TooFew::of(row.slo.objective, method, countable.then_some(tally.total)),
        state: state(left, &tally).word().to_owned(),
        coverage: tally.coverage().map(share),
        versions,
    }
}

/// By what is left: a month that is over does not burn.
fn state(left: Option<f64>, tally: &Tally) -> SloState {
    let thin = tally.coverage().is_none_or(|share| share < WHOLE);
    match state_of(left, &BurnRates::default(), 1.0) {
        SloState::Ok | SloState::NoTraffic if thin => SloState::Unknown,
        state => state,
    }
}
