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
    let forecast = Forecast::new(objective, &span, &hours);
    let (exhausts_at, recovers_at) = (forecast.exhausts_at(), forecast.recovers_at());
    let sums = StatusSums {
        window: hours.last(span.elapsed_hours()),
        last: [1, 6, 24, 72].map(|count| hours.last(count)),
        newest: hours.newest(),
        first: [health.first_row, hours.oldest()].into_iter().flatten().min(),
        last_run_failed: health.last_run_failed,
    };
    Ok(SloStatus { exhausts_at, recovers_at, ..sums.status(objective, slo.method, span) })
}

/// What a status is told from, however it was summed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StatusSums {
    /// Of the window so far.
    pub window: Tally,
    /// Of the last hour, 6 hours, day and 3 days.
    pub last: [Tally; 4],
    /// Start of the newest hour of which something is known.
    pub newest: Option<Timestamp>,
    /// Start of the first hour ever.
    pub first: Option<Timestamp>,
    /// The stream's last run failed.
    pub last_run_failed: bool,
}

impl StatusSums {
    /// The status, without its forecasts.
    pub(super) fn status(&self, objective: Objective, method: BudgetMethod, span: SloSpan) -> SloStatus {
        let tally = self.window;
        let budget_remaining = objective.remaining_after(tally.bad, tally.total);
        let burn = BurnRates::of_sums(objective, self.last);
        let figures = state_of(budget_remaining, &burn, span.window_hours());
        let (state, stale) = self.freshness(&span).judge(figures);
        let countable = matches!(method, BudgetMethod::Occurrences | BudgetMethod::Timeslices) && tally.known() > 0;
        SloStatus {
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
            exhausts_at: None,
            recovers_at: None,
        }
    }

    /// How fresh and how complete the rows of the window are. No hour is known before the first, so all that is known
    /// in the window is known since then.
    fn freshness(&self, span: &SloSpan) -> Freshness {
        let since = self.first.map(|first| Window::new(first.max(span.elapsed.start), span.end));
        let hours_since_first = since.map_or(0, whole_hours);
        Freshness {
            last_run_failed: self.last_run_failed,
            newest_age_hours: self.newest.map(|newest| span.end.since(newest) / HOUR_MS),
            hours_since_first,
            missing_since_first: hours_since_first.saturating_sub(self.window.known()),
            begun: span.elapsed_hours() > 0,
        }
    }
}

fn whole_hours(window: Window) -> u32 {
    u32::try_from(window.millis() / HOUR_MS).unwrap_or(u32::MAX)
}
