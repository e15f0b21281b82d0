//! The status of one SLO as of an instant: everything a list or a page shows of it, from its definition and its rows.

use fairlead_domain::slo::{BudgetMethod, Slo};
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};

use super::budget::Objective;
use super::burn::BurnRates;
use super::forecast::Forecast;
use super::hours::{SliRow, SloHours, Tally};
use super::state::{Freshness, SloState, state_of};
use super::window::{SloSpan, slo_span};
use crate::error::MetricsError;

/// What is known of the stream that brings the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamHealth {
    /// Its last run up to `as_of` failed.
    pub last_run_failed: bool,
    /// The oldest hour ever stored for the SLO, when that may lie before the rows given; `None`: the rows tell.
    pub first_row: Option<Timestamp>,
}

/// Where an SLO stands. Ratios 0–1 unless said; `None` is unknown, never 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SloStatus {
    /// The time it is judged over.
    pub span: SloSpan,
    /// The one word.
    pub state: SloState,
    /// The state stands although rows are stale; goes out as the warning `stale`.
    pub stale: bool,
    /// Good ÷ total of the window.
    pub sli: Option<f64>,
    /// Good events (occurrences) or slices (timeslices); `None` for the other methods.
    pub good: Option<f64>,
    /// All events (occurrences) or measured slices (timeslices); `None` for the other methods.
    pub total: Option<f64>,
    /// 1 = untouched, < 0 = overspent, not clamped.
    pub budget_remaining: Option<f64>,
    /// Burn rates at `end`.
    pub burn: BurnRates,
    /// Known hours ÷ hours of the window so far; `None` while none is over.
    pub coverage: Option<f64>,
    /// The sums behind it.
    pub tally: Tally,
    /// When the budget runs out at the pace of the last 24 hours.
    pub exhausts_at: Option<Timestamp>,
    /// When a spent budget comes back without further errors.
    pub recovers_at: Option<Timestamp>,
}

/// The status of `slo` as of an instant.
///
/// `rows` are sorted by hour, one per hour, and reach over [`SloSpan::reads`]; rows outside are passed over. O(hours).
///
/// # Errors
/// [`MetricsError`] when the definition has no valid objective or window.
pub fn slo_status(
    slo: &Slo,
    rows: &[SliRow],
    as_of: Timestamp,
    health: &StreamHealth,
) -> Result<SloStatus, MetricsError> {
    let objective = Objective::new(slo.objective)?;
    let span = slo_span(&slo.window, as_of)?;
    let hours = SloHours::new(slo.method, rows, span.end, span.read_hours());
    let tally = hours.last(span.elapsed_hours());
    let budget_remaining = objective.remaining_after(tally.bad, tally.total);
    let burn = BurnRates::of(objective, &hours);
    let figures = state_of(budget_remaining, &burn, span.window_hours());
    let (state, stale) = freshness(&span, &hours, health).judge(figures);
    let countable = matches!(slo.method, BudgetMethod::Occurrences | BudgetMethod::Timeslices) && tally.known() > 0;
    let forecast = Forecast::new(objective, &span, &hours);
    Ok(SloStatus {
        span,
        state,
        stale,
        sli: tally.sli(),
        good: countable.then_some(tally.total - tally.bad),
        total: countable.then_some(tally.total),
        budget_remaining,
        burn,
        coverage: tally.coverage(),
        tally,
        exhausts_at: forecast.exhausts_at(),
        recovers_at: forecast.recovers_at(),
    })
}

/// How fresh and how complete the rows of the window are.
fn freshness(span: &SloSpan, hours: &SloHours, health: &StreamHealth) -> Freshness {
    let first = [health.first_row, hours.oldest()].into_iter().flatten().min();
    let since = first.map(|first| Window::new(first.max(span.elapsed.start), span.end));
    let since_first = since.map_or_else(Tally::default, |since| hours.last(whole_hours(since)));
    Freshness {
        last_run_failed: health.last_run_failed,
        newest_age_hours: hours.newest().map(|newest| span.end.since(newest) / HOUR_MS),
        hours_since_first: since_first.hours,
        missing_since_first: since_first.missing(),
        begun: span.elapsed_hours() > 0,
    }
}

fn whole_hours(window: Window) -> u32 {
    u32::try_from(window.millis() / HOUR_MS).unwrap_or(u32::MAX)
}
