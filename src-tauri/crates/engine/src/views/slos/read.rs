//! From rows to judged SLOs.

use std::collections::HashMap;

use fairlead_domain::slo::{Slo, SloWindow};
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::slo::{SliRow, SloSpan, SloStatus, StreamHealth, slo_span, slo_status};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SloRow};

use super::answer::{BurnEntry, Definition, HourCounts, SloEntry, WindowEntry};
use super::few::TooFew;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;

/// Streams that bring SLOs and their hours, in every connector. One that cannot read which SLOs there are asks for no
/// hours either, so its failure counts as theirs.
const HOURS: &[&str] = &["slos", "sli_counts", "sli_ratio"];

/// An SLO with where it stands.
pub(crate) struct JudgedSlo {
    pub row: SloRow,
    pub entry: SloEntry,
    pub hours: HourCounts,
    /// Hours of the whole window (D).
    pub window_hours: f64,
    /// The newest hour that is known.
    pub newest_hour: Option<Timestamp>,
    /// The oldest hour that was ever stored, also after the instant.
    pub first_hour: Option<Timestamp>,
    /// The last run of the stream that brings its hours failed.
    pub stream_failed: bool,
    stale: bool,
}

impl JudgedSlo {
    /// Says that a bad state stands on old rows.
    pub(crate) fn warning(&self) -> Option<Warning> {
        self.stale.then(|| super::stale(&self.entry.source, &self.entry.id))
    }
}

/// An instant at which SLOs are judged, and how fresh their sources were then.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub freshness: &'a Freshness,
    pub as_of: Timestamp,
}

/// Judges every SLO that existed at `as_of`, by source and id.
pub(crate) fn judge_slos(
    reader: &Reader<'_>,
    freshness: &Freshness,
    as_of: Timestamp,
) -> Result<Vec<JudgedSlo>, StoreError> {
    let [judged] = judge_slos_at(reader, [Moment { freshness, as_of }])?;
    Ok(judged)
}

/// Judges every SLO that existed at each of some instants, by source and id. The hours are read once for all of them, SLO
/// by SLO, so the cost follows the windows and neither the history nor the number of instants.
pub(crate) fn judge_slos_at<const N: usize>(
    reader: &Reader<'_>,
    moments: [Moment<'_>; N],
) -> Result<[Vec<JudgedSlo>; N], StoreError> {
    let mut sides = Vec::with_capacity(N);
    for moment in moments {
        sides.push(Side::read(reader, moment)?);
    }
    let all = sides.iter().filter_map(|side| side.window);
    let all = all.reduce(|a, b| Window::new(a.start.min(b.start), a.end.max(b.end)));
    if let Some(all) = all {
        let first = reader.sli_bounds()?.into_iter().map(|(slo, first, _)| (slo, first)).collect();
        reader
            .each_slo_hours(all, &mut |slo, hours| sides.iter_mut().for_each(|side| side.judge(slo, hours, &first)))?;
        sides.iter_mut().for_each(|side| side.judge_the_rest(&first));
    }
    let mut judged = sides.into_iter().map(|side| side.slos.into_iter().filter_map(Place::judged).collect());
    Ok(std::array::from_fn(|_| judged.next().unwrap_or_default()))
}

/// An SLO on its way to be judged.
enum Place {
    Waits(Box<SloRow>),
    Judged(Box<JudgedSlo>),
}

impl Place {
    fn judged(self) -> Option<JudgedSlo> {
        match self {
            Self::Judged(judged) => Some(*judged),
            Self::Waits(_) => None,
        }
    }
}

/// The first measured hour of each SLO.
type First = HashMap<i64, Timestamp>;

/// The SLOs of one instant while their hours go by.
struct Side<'a> {
    moment: Moment<'a>,
    slos: Vec<Place>,
    places: HashMap<i64, usize>,
    upstream: HashMap<i64, f64>,
    window: Option<Window>,
}

impl<'a> Side<'a> {
    fn read(reader: &Reader<'_>, moment: Moment<'a>) -> Result<Self, StoreError> {
        let rows = reader.slos(moment.as_of)?;
        let said = reader.slo_upstreams(moment.as_of)?.into_iter().map(|row| (row.slo, row.remaining));
        Ok(Self {
            moment,
            window: widest(&rows, moment.as_of),
            upstream: said.collect(),
            places: rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect(),
            slos: rows.into_iter().map(|row| Place::Waits(Box::new(row))).collect(),
        })
    }

    /// Judges an SLO by those of its hours that lie in what this instant needs.
    fn judge(&mut self, slo: i64, hours: &[SliRow], first: &First) {
        let (Some(place), Some(window)) = (self.places.get(&slo), self.window) else { return };
        let from = hours.partition_point(|(hour, _)| *hour < window.start);
        let to = hours.partition_point(|(hour, _)| *hour < window.end).max(from);
        let mine = &hours[from..to];
        let Moment { freshness, as_of } = self.moment;
        if let Place::Waits(row) = &self.slos[*place] {
            let (said, row) = (self.upstream.get(&slo).copied(), row.as_ref().clone());
            let judged = judge(row, Hours { mine, first: first.get(&slo).copied() }, said, freshness, as_of);
            self.slos[*place] = Place::Judged(Box::new(judged));
        }
    }

    /// Judges the SLOs of which no hour was found.
    fn judge_the_rest(&mut self, first: &First) {
        let waits = |(id, place): (&i64, &usize)| matches!(self.slos[*place], Place::Waits(_)).then_some(*id);
        for slo in self.places.iter().filter_map(waits).collect::<Vec<_>>() {
            self.judge(slo, &[], first);
        }
    }
}

/// The burn of the last whole hour before `at` of one SLO; `None`: without traffic, or there was no such SLO.
pub(crate) fn hour_burn_at(reader: &Reader<'_>, id: &str, at: Timestamp) -> Result<Option<f64>, StoreError> {
    let Some((source, ext_id)) = id.split_once('/') else { return Ok(None) };
    let Some(row) = reader.slo(source, ext_id, at)? else { return Ok(None) };
    let Ok(span) = slo_span(&row.slo.window, at) else { return Ok(None) };
    let hours = reader.slo_hours(row.id, span.reads())?;
    let hours: Vec<SliRow> = hours.into_iter().map(|row| (row.hour, row.figures)).collect();
    let health = StreamHealth { last_run_failed: false, first_row: None };
    Ok(slo_status(&row.slo, &hours, at, &health).ok().and_then(|status| status.burn.h1))
}

/// The time that any of the SLOs needs rows of.
fn widest(rows: &[SloRow], as_of: Timestamp) -> Option<Window> {
    let spans = rows.iter().filter_map(|row| slo_span(&row.slo.window, as_of).ok());
    spans.map(|span| span.reads()).reduce(|a, b| Window::new(a.start.min(b.start), a.end.max(b.end)))
}

/// The rows of one SLO.
#[derive(Clone, Copy)]
struct Hours<'a> {
    mine: &'a [SliRow],
    /// The oldest hour ever stored.
    first: Option<Timestamp>,
}

fn judge(row: SloRow, hours: Hours<'_>, said: Option<f64>, freshness: &Freshness, as_of: Timestamp) -> JudgedSlo {
    let stream_failed = stream_failed(freshness, &row.source);
    let health = StreamHealth { last_run_failed: stream_failed, first_row: hours.first };
    let newest_hour = hours.mine.iter().map(|(hour, _)| *hour).filter(|hour| *hour < as_of.floor_hour()).max();
    let status = slo_status(&row.slo, hours.mine, as_of, &health).ok();
    let tally = status.as_ref().map(|status| &status.tally);
    JudgedSlo {
        entry: entry(&row, status.as_ref(), said, as_of),
        hours: HourCounts {
            measured: tally.map_or(0, |tally| tally.measured),
            quiet: tally.map_or(0, |tally| tally.quiet),
            missing: tally.map_or(0, |tally| tally.missing()),
        },
        window_hours: status.as_ref().map_or(0.0, |status| status.span.window_hours()),
        newest_hour,
        first_hour: hours.first,
        stream_failed,
        stale: status.is_some_and(|status| status.stale),
        row,
    }
}

/// Whether the last run of the stream that brings a source's hours failed.
pub(super) fn stream_failed(freshness: &Freshness, source: &str) -> bool {
    freshness.sources.get(source).is_none_or(|runs| runs.has_failed(HOURS))
}

/// What is shown of an SLO. Without a status, no number can be computed from its definition: everything about it is
/// unknown.
fn entry(row: &SloRow, status: Option<&SloStatus>, said: Option<f64>, as_of: Timestamp) -> SloEntry {
    let burn = status.map(|status| &status.burn);
    SloEntry {
        id: id(row),
        name: row.slo.name.clone(),
        service: row.slo.service.clone(),
        source: row.source.clone(),
        objective: row.slo.objective,
        window: window_entry(&row.slo, status.map(|status| &status.span), as_of),
        method: row.slo.method.word().to_owned(),
        state: status.map_or("unknown", |status| status.state.word()).to_owned(),
        sli: status.and_then(|status| status.sli),
        good: status.and_then(|status| status.good),
        total: status.and_then(|status| status.total),
        budget_remaining: status.and_then(|status| status.budget_remaining),
        too_few_events: TooFew::of(row.slo.objective, row.slo.method, status.and_then(|status| status.total)),
        burn: BurnEntry {
            h1: burn.and_then(|burn| burn.h1),
            h6: burn.and_then(|burn| burn.h6),
            d1: burn.and_then(|burn| burn.d1),
            d3: burn.and_then(|burn| burn.d3),
        },
        coverage: status.and_then(|status| status.coverage),
        exhausts_at: status.and_then(|status| status.exhausts_at),
        recovers_at: status.and_then(|status| status.recovers_at),
        upstream_budget_remaining: said,
    }
}

/// The window as it is told; empty when the definition has none that can be laid out.
pub(super) fn window_entry(slo: &Slo, span: Option<&SloSpan>, as_of: Timestamp) -> WindowEntry {
    let period = span.map_or(Window::new(as_of, as_of), |span| span.period);
    WindowEntry {
        kind: kind(slo).to_owned(),
        days: span.map_or(0.0, |span| span.window_hours() / 24.0),
        starts_at: period.start,
        ends_at: period.end,
    }
}

pub(super) fn id(row: &SloRow) -> String {
    format!("{}/{}", row.source, row.slo.ext_id)
}

const fn kind(slo: &Slo) -> &'static str {
    match slo.window {
        SloWindow::Rolling { .. } => "rolling",
        SloWindow::Calendar { .. } => "calendar",
    }
}

/// Every definition that an SLO ever had, the oldest first.
pub(super) fn definitions(reader: &Reader<'_>, slo: i64) -> Result<Vec<Definition>, StoreError> {
    Ok(reader.slo_versions(slo)?.into_iter().map(definition).collect())
}

pub(super) fn definition(row: SloRow) -> Definition {
    Definition {
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        origin: row.slo.origin.word().to_owned(),
        objective: row.slo.objective,
        method: row.slo.method.word().to_owned(),
        good: row.slo.good_expr,
        total: row.slo.total_expr,
        description: row.slo.description,
    }
}
