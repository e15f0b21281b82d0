//! One SLO as a line of the table, told from days.

use std::collections::HashMap;

use fairlead_domain::slo::{BudgetMethod, Slo};
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::slo::burn::{BurnRates, MONTH_TIERS, exceeds};
use fairlead_metrics::slo::{
    Course, DayReads, DayRows, Objective, SliDay, SliRow, SloSpan, SloState, SloStatus, StreamHealth, day_status,
    day_trend, slo_span,
};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SliDayRow, SloRow};
use serde::Serialize;
use specta::Type;

use super::answer::{BurnEntry, Finite, WindowEntry};
use super::few::TooFew;
use super::read::{id, stream_failed, window_entry};
use super::round::{budget, burn, share};
use crate::config::Config;
use crate::lookup;
use crate::views::freshness::Freshness;

/// Points of a trend at most.
const TREND: usize = 60;

/// An SLO in the table. Ratios 0–1, rounded once; unknown is null, never 0.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SloTableRow {
    /// `source/upstream-id`.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The configured service, else what the source calls it.
    pub service: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// The source.
    pub source: String,
    /// Target ratio.
    #[specta(type = Finite)]
    pub objective: f64,
    /// Over which time.
    pub window: WindowEntry,
    /// `occurrences`, `timeslices`, `ratio_mean` or `upstream`.
    pub method: String,
    /// `ok`, `warn`, `critical`, `spent`, `no_traffic` or `unknown`.
    pub state: String,
    /// How bad the state is: 0 is `ok`, 5 is `spent`.
    pub rank: u8,
    /// The state stands although its rows are old or not whole.
    pub stale: bool,
    /// 1 = untouched, < 0 = overspent; three decimals.
    pub budget_remaining: Option<f64>,
    /// So few events that one failure spends the whole budget: the number is no verdict.
    pub too_few: bool,
    /// How many were seen, and how many it takes, where it is so few.
    pub too_few_events: Option<TooFew>,
    /// Bad events or slices; null for the other methods.
    pub bad: Option<f64>,
    /// All events or slices.
    pub total: Option<f64>,
    /// How many of them may be bad.
    pub allowed_bad: Option<f64>,
    /// Burn rates over the last whole hours; two decimals.
    pub burn: BurnEntry,
    /// The windows whose burn is over their threshold: `1h`, `6h`, `1d`, `3d`.
    pub burning: Vec<String>,
    /// When it runs out at the last day's pace.
    #[specta(type = Option<String>)]
    pub exhausts_at: Option<Timestamp>,
    /// When a spent budget comes back without further errors.
    #[specta(type = Option<String>)]
    pub recovers_at: Option<Timestamp>,
    /// Known hours over hours of the window.
    pub coverage: Option<f64>,
    /// What was left at the end of each day of the window, the last entry now; null where too little is known.
    pub trend: Vec<Option<f64>>,
    /// What the trend tells: `rolling`, `period`, or `spent`, the days of this window in their order.
    pub trend_of: String,
    /// The newest hour that is known.
    #[specta(type = Option<String>)]
    pub newest_hour: Option<Timestamp>,
}

/// A line, and what else the pages ask of it.
pub(super) struct Told {
    pub line: SloTableRow,
    pub status: Option<SloStatus>,
}

/// What the rows of all SLOs have in common.
pub(super) struct Common<'a> {
    pub config: &'a Config,
    pub freshness: &'a Freshness,
    pub as_of: Timestamp,
    first: HashMap<i64, Timestamp>,
}

impl<'a> Common<'a> {
    pub(super) fn read(
        reader: &Reader<'_>,
        config: &'a Config,
        freshness: &'a Freshness,
        as_of: Timestamp,
    ) -> Result<Self, StoreError> {
        let first = reader.sli_bounds()?.into_iter().map(|(slo, first, _)| (slo, first)).collect();
        Ok(Self { config, freshness, as_of, first })
    }

    /// What is known of the stream that brings an SLO's hours.
    pub(super) fn health(&self, row: &SloRow) -> StreamHealth {
        StreamHealth {
            last_run_failed: stream_failed(self.freshness, &row.source),
            first_row: self.first.get(&row.id).copied(),
        }
    }

    /// Where a service belongs: its configured name, tier and team.
    pub(super) fn place(&self, row: &SloRow) -> (Option<String>, Option<u8>, Option<String>) {
        let known =
            lookup::service_of(self.config, &row.source, row.slo.service.as_deref(), row.service_name.as_deref());
        let called = row.service_name.as_ref().or(row.slo.service.as_ref());
        let service = known.map(|(name, _)| name.to_owned()).or_else(|| called.cloned());
        (service, known.and_then(|(_, s)| s.tier), known.and_then(|(_, s)| s.team.clone()))
    }

    /// A row as a line of the table.
    pub(super) fn tell(&self, reader: &Reader<'_>, row: &SloRow) -> Result<Told, StoreError> {
        let laid = Objective::new(row.slo.objective).ok().zip(slo_span(&row.slo.window, self.as_of).ok());
        let Some((objective, span)) = laid else {
            return Ok(Told { line: self.line(row, None, (Course::Spent, Vec::new()), None), status: None });
        };
        let reads = DayReads::of(&span);
        let days = days(reader, row, reads.days)?;
        let mut hours = Vec::new();
        for window in &reads.hours {
            hours.extend(hours_of(reader, row.id, *window)?);
        }
        let rows = DayRows { method: row.slo.method, days: &days, hours: &hours };
        let health = self.health(row);
        let status = day_status(&row.slo, objective, &span, &rows, &health, |window| hours_of(reader, row.id, window))?;
        let (course, mut trend) = day_trend(objective, &span, &rows, TREND);
        trend.push(status.budget_remaining);
        let line = self.line(row, Some(&status), (course, trend), rows.newest(span.end));
        Ok(Told { line, status: Some(status) })
    }

    fn line(
        &self,
        row: &SloRow,
        status: Option<&SloStatus>,
        (course, trend): (Course, Vec<Option<f64>>),
        newest_hour: Option<Timestamp>,
    ) -> SloTableRow {
        let (service, tier, team) = self.place(row);
        let state = status.map_or(SloState::Unknown, |status| status.state);
        let burns = status.map(|status| status.burn).unwrap_or_default();
        let counts = counts(&row.slo, status);
        let too_few_events = TooFew::of(row.slo.objective, row.slo.method, counts.map(|counts| counts.total));
        SloTableRow {
            id: id(row),
            name: row.slo.name.clone(),
            service,
            tier,
            team,
            source: row.source.clone(),
            objective: row.slo.objective,
            window: window_entry(&row.slo, status.map(|status| &status.span), self.as_of),
            method: row.slo.method.word().to_owned(),
            state: state.word().to_owned(),
            rank: state as u8,
            stale: status.is_some_and(|status| status.stale),
            budget_remaining: status.and_then(|status| status.budget_remaining).map(budget),
            too_few: too_few_events.is_some(),
            too_few_events,
            bad: counts.map(|counts| counts.bad.round()),
            total: counts.map(|counts| counts.total.round()),
            allowed_bad: counts.map(|counts| (counts.allowed * 100.0).round() / 100.0),
            burn: rounded(burns),
            burning: status.map_or_else(Vec::new, |status| over(&burns, &status.span)),
            exhausts_at: status.and_then(|status| status.exhausts_at),
            recovers_at: status.and_then(|status| status.recovers_at),
            coverage: status.and_then(|status| status.coverage).map(share),
            trend: trend.into_iter().map(|point| point.map(budget)).collect(),
            trend_of: course.word().to_owned(),
            newest_hour,
        }
    }
}

/// Things that can be counted: events or slices.
#[derive(Clone, Copy)]
struct Counts {
    bad: f64,
    total: f64,
    allowed: f64,
}

fn counts(slo: &Slo, status: Option<&SloStatus>) -> Option<Counts> {
    let (status, objective) = (status?, Objective::new(slo.objective).ok()?);
    let total = status.total?;
    Some(Counts { bad: status.tally.bad, total, allowed: objective.allowed_bad(total) })
}

fn rounded(burns: BurnRates) -> BurnEntry {
    BurnEntry { h1: burns.h1.map(burn), h6: burns.h6.map(burn), d1: burns.d1.map(burn), d3: burns.d3.map(burn) }
}

/// The windows whose burn is over the threshold that judges the state.
fn over(burns: &BurnRates, span: &SloSpan) -> Vec<String> {
    let over = MONTH_TIERS.iter().filter(|tier| {
        burns.over(tier.long_hours).is_some_and(|burn| exceeds(burn, tier.threshold(span.window_hours())))
    });
    over.map(|tier| super::burns::word(tier.long_hours)).collect()
}

fn days(reader: &Reader<'_>, row: &SloRow, window: Window) -> Result<Vec<SliDay>, StoreError> {
    Ok(reader.slo_days(row.id, window)?.iter().map(|day| sli_day(row.slo.method, day)).collect())
}

/// A stored day as its method counts it.
pub(super) fn sli_day(method: BudgetMethod, day: &SliDayRow) -> SliDay {
    let known = match method {
        BudgetMethod::Occurrences => day.event_hours,
        BudgetMethod::Timeslices => day.slice_hours,
        BudgetMethod::RatioMean => day.ratio_hours,
        BudgetMethod::Upstream => (0, 0),
    };
    SliDay::new(method, day.day, &day.figures, known)
}

/// The measured hours of one SLO inside a window.
pub(super) fn hours_of(reader: &Reader<'_>, slo: i64, window: Window) -> Result<Vec<SliRow>, StoreError> {
    Ok(reader.slo_hours(slo, window)?.into_iter().map(|row| (row.hour, row.figures)).collect())
}
