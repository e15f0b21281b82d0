//! One SLO: how its budget went, what spent it, what comes, and how it is defined.

use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::slo::{
    Forecast, Objective, SliRow, SloHours, SloSpan, hour_series, series_hours, slo_status, spells,
};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SloRow};
use serde::Serialize;
use specta::Type;

use super::answer::{Definition, HourCounts};
use super::burns::{BurnWindow, burn_windows};
use super::hours::{ForecastColumns, HourColumns, forecast_columns, hour_columns};
use super::marks::{Marks, marks};
use super::months::{Month, months};
use super::read::{definition, id};
use super::row::{Common, SloTableRow, hours_of};
use super::sentence::{Outlook, PageWords, page_words};
use super::spent::{Ledger, Spent};
use super::stale;
use super::upstream::{Compared, UpstreamSays};
use crate::EngineError;
use crate::config::Config;
use crate::mapping::Mapping;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::posture::SourceFreshness;
use crate::workspace::Workspace;

/// One SLO as of an instant.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SloPage {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Its line of the table.
    pub line: SloTableRow,
    /// The answer in words.
    pub words: PageWords,
    /// Hours of the window by what is known of them.
    pub hours: HourCounts,
    /// The window hour by hour.
    pub columns: HourColumns,
    /// What comes.
    pub forecast: ForecastColumns,
    /// What spent the budget; null when nothing was measured.
    pub spent: Option<Spent>,
    /// The burn windows that judge the state.
    pub burns: Vec<BurnWindow>,
    /// What happened to the service.
    pub marks: Marks,
    /// Calendar months of the workspace's zone, the newest first.
    pub months: Vec<Month>,
    /// The upstream's own number.
    pub upstream: Option<UpstreamSays>,
    /// Its definitions up to the instant, the newest first.
    pub versions: Vec<Version>,
    /// When the definition changed last inside the time that the window and its line rest on: hours before it were
    /// measured by another version and are counted by the one in force.
    #[specta(type = Option<String>)]
    pub changed_at: Option<Timestamp>,
    /// The source.
    pub source: Option<SourceFreshness>,
}

/// A version of the definition.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Version {
    /// 1 is the first.
    pub number: u32,
    /// What it says.
    pub definition: Definition,
}

/// One SLO as of an instant.
///
/// # Errors
/// [`EngineError::Unknown`] when there is none of this id, and what the database says.
pub async fn slo_page(workspace: &Workspace, as_of: Timestamp, wanted: &str) -> Result<SloPage, EngineError> {
    let plan = workspace.plan();
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let asked = wanted.to_owned();
    let page = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            page(reader, &config, &freshness, as_of, &asked)
        })
        .await?;
    page.ok_or_else(|| super::unknown(wanted))
}

fn page(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    as_of: Timestamp,
    wanted: &str,
) -> Result<Option<SloPage>, StoreError> {
    let Some(row) = reader.slos(as_of)?.into_iter().find(|row| id(row) == wanted) else { return Ok(None) };
    let common = Common::read(reader, config, freshness, as_of)?;
    let told = common.tell(reader, &row)?;
    let mut versions = reader.slo_versions(row.id)?;
    versions.retain(|version| version.valid_from <= as_of);
    let laid = told.status.map(|status| status.span).zip(Objective::new(row.slo.objective).ok());
    let Some((span, objective)) = laid else { return Ok(Some(undefined(told.line, versions, freshness, as_of))) };

    let back = span.read_hours().max(series_hours(&span));
    let rows = hours_of(reader, row.id, Window::new(span.end.plus_hours(-i64::from(back)), span.end))?;
    let changed_at = changed(&versions, &span, back);
    let happened = Window::new(span.elapsed.start, as_of);
    let zone = config.workspace.timezone;
    let parts = Parts { row: &row, rows: &rows, objective, span: &span, changed_at };
    let marks = marks(reader, &common, &row, happened)?;
    let said = reader.slo_upstreams(as_of)?.into_iter().find(|said| said.slo == row.id);
    let Some(measured) = parts.measured(&common, &marks, said.as_ref()) else {
        return Ok(Some(undefined(told.line, versions, freshness, as_of)));
    };
    let months = months(reader, &versions, zone, span.end, as_of)?;
    let outlook = Outlook {
        remaining: told.line.budget_remaining,
        exhausts_at: told.line.exhausts_at,
        recovers_at: told.line.recovers_at,
        pace: measured.forecast.pace,
        rolling: span.rolling,
        ends_at: span.period.end,
        too_few: told.line.too_few_events.clone(),
        no_traffic: told.line.state == "no_traffic",
    };
    Ok(Some(SloPage {
        as_of,
        warnings: warnings(freshness, &told.line),
        words: page_words(&outlook, zone),
        hours: measured.hours,
        columns: measured.columns,
        forecast: measured.forecast,
        spent: measured.spent,
        burns: measured.burns,
        marks,
        months,
        upstream: measured.upstream,
        versions: numbered(versions),
        changed_at,
        source: source(freshness, &told.line),
        line: told.line,
    }))
}

/// What the hours of one SLO are judged with.
struct Parts<'a> {
    row: &'a SloRow,
    rows: &'a [SliRow],
    objective: Objective,
    span: &'a SloSpan,
    changed_at: Option<Timestamp>,
}

/// What the hours tell.
struct Measured {
    hours: HourCounts,
    columns: HourColumns,
    forecast: ForecastColumns,
    spent: Option<Spent>,
    burns: Vec<BurnWindow>,
    upstream: Option<UpstreamSays>,
}

impl Parts<'_> {
    fn measured(
        &self,
        common: &Common<'_>,
        marks: &Marks,
        said: Option<&fairlead_store::synced::SloUpstreamRow>,
    ) -> Option<Measured> {
        let (slo, span, objective) = (&self.row.slo, self.span, self.objective);
        let status = slo_status(slo, self.rows, common.as_of, &common.health(self.row)).ok()?;
        let points = hour_series(objective, slo.method, self.rows, span);
        let summed = SloHours::new(slo.method, self.rows, span.end, span.read_hours());
        let forecast = forecast_columns(&Forecast::new(objective, span, &summed), span);
        let ledger = Ledger { span, status: &status, marks: &marks.marks, calm: &forecast.if_calm };
        let compared = Compared {
            row: self.row,
            objective,
            status: &status,
            rows: self.rows,
            changed: self.changed_at,
            zone: common.config.workspace.timezone,
        };
        Some(Measured {
            hours: HourCounts {
                measured: status.tally.measured,
                quiet: status.tally.quiet,
                missing: status.tally.missing(),
            },
            spent: ledger.spent(&spells(objective, &points, &status.tally)),
            columns: hour_columns(objective, &points, slo.method, span),
            burns: burn_windows(objective, &status),
            upstream: said.map(|said| compared.with(said)),
            forecast,
        })
    }
}

/// An SLO whose definition lays out no window: everything about it is unknown but its words.
fn undefined(line: SloTableRow, versions: Vec<SloRow>, freshness: &Freshness, as_of: Timestamp) -> SloPage {
    let nothing = Outlook {
        remaining: None,
        exhausts_at: None,
        recovers_at: None,
        pace: None,
        rolling: line.window.kind == "rolling",
        ends_at: as_of,
        too_few: None,
        no_traffic: false,
    };
    SloPage {
        as_of,
        warnings: warnings(freshness, &line),
        words: page_words(&nothing, chrono_tz::UTC),
        hours: HourCounts { measured: 0, quiet: 0, missing: 0 },
        columns: HourColumns {
            from: as_of.floor_hour(),
            course: "spent".to_owned(),
            remaining: Vec::new(),
            burn: Vec::new(),
            bad: Vec::new(),
            total: Vec::new(),
            unit: "samples".to_owned(),
            whole_from: None,
            fast_burn: 0.0,
        },
        forecast: ForecastColumns { from: as_of.floor_hour(), at_pace: Vec::new(), if_calm: Vec::new(), pace: None },
        spent: None,
        burns: Vec::new(),
        marks: Marks { marks: Vec::new(), more: 0 },
        months: Vec::new(),
        upstream: None,
        versions: numbered(versions),
        changed_at: None,
        source: source(freshness, &line),
        line,
    }
}

/// When the definition changed last within the hours that are read. The first version stands for all time before.
fn changed(versions: &[SloRow], span: &SloSpan, back: u32) -> Option<Timestamp> {
    let read = Window::new(span.end.plus_hours(-i64::from(back)), span.end);
    versions.iter().skip(1).map(|version| version.valid_from).filter(|from| read.contains(*from)).max()
}

fn numbered(versions: Vec<SloRow>) -> Vec<Version> {
    let number = |(number, row)| Version { number, definition: definition(row) };
    let mut numbered: Vec<Version> = (1..).zip(versions).map(number).collect();
    numbered.reverse();
    numbered
}

fn warnings(freshness: &Freshness, line: &SloTableRow) -> Vec<Warning> {
    let mine = |warning: &Warning| warning.source.as_deref() == Some(line.source.as_str());
    let mut warnings: Vec<Warning> = freshness.warnings().into_iter().filter(mine).collect();
    warnings.extend(line.stale.then(|| stale(&line.source, &line.id)));
    warnings
}

fn source(freshness: &Freshness, line: &SloTableRow) -> Option<SourceFreshness> {
    freshness.entries().into_iter().find(|entry| entry.name == line.source)
}
