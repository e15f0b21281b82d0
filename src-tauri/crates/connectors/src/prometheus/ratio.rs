//! Hours by the mean of ratios, as Sloth's own rules count.
//!
//! Ranges are one millisecond short of an hour: a range selector of older servers includes both its ends, and a sample
//! on the hour would belong to two hours.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::slo::{SliFigures, SliHour, Slo, SloOrigin};

use super::api::{Api, Asked, Grid};
use super::definition::{belongs, upstream_id};
use super::hours::hour_before;
use super::pyrra::quoted;
use super::sloth::RATIO;
use super::wire::{Labels, Series};
use crate::ConnectorError;

/// Label that parts the answers to questions sent as one.
pub(super) const PART: &str = "fairlead_id";

/// Hours, or why there are none.
#[derive(Debug, Default)]
pub(super) struct Hourly {
    /// The hours.
    pub hours: Vec<SliHour>,
    /// Why the answer is not whole.
    pub warning: Option<String>,
    /// What could not be read, as sentences.
    pub faults: Vec<String>,
}

/// The shortest recorded window of each of Sloth's SLOs.
pub(super) type Shortest = BTreeMap<String, String>;

/// Reads the hours of Sloth's SLOs: one request, and one more for hours that hold NaN.
pub(super) async fn read(api: &Api, slos: &[Slo], shortest: &Shortest, grid: Grid) -> Result<Hourly, ConnectorError> {
    let wanted = Wanted::of(slos, shortest);
    let Some(selector) = wanted.selector(None) else { return Ok(Hourly::default()) };
    let query = packed(&[
        ("sum", format!("sum_over_time({selector}[59m59s999ms])")),
        ("count", format!("count_over_time({selector}[59m59s999ms])")),
    ]);
    let raw = match api.range(&query, grid).await? {
        Asked::Answered { warning: Some(warning), .. } => {
            return Ok(Hourly { warning: Some(warning), ..Hourly::default() });
        }
        Asked::Refused(refusal) => return Err(api.failed(refusal)),
        Asked::Answered { rows, .. } => wanted.table(rows),
    };
    let mut found = Hourly::default();
    let mut poisoned: Vec<(&Slo, i64, f64)> = Vec::new();
    for (slo, at) in raw.keys() {
        let cell = |part: &str| raw.get(&(*slo, *at)).and_then(|cells| cells.get(part)).copied();
        let Some(count) = cell("count").filter(|count| *count > 0.0) else { continue };
        match (wanted.slos.get(*slo), cell("sum").filter(|sum| sum.is_finite())) {
            (Some(slo), Some(sum)) => found.hours.push(hour(slo, *at, sum, count)),
            (Some(slo), None) => poisoned.push((slo, *at, count)),
            (None, _) => {}
        }
    }
    if !poisoned.is_empty() {
        let (hours, warning) = filtered(api, &wanted, &poisoned).await?;
        found.hours.extend(hours);
        found.warning = warning;
        if found.warning.is_some() {
            found.hours.clear();
        }
    }
    Ok(found)
}

/// Questions as one, each marked by its name.
pub(super) fn packed(parts: &[(&str, String)]) -> String {
    let mark = |(name, query): &(&str, String)| format!("label_replace({query},\"{PART}\",\"{name}\",\"\",\"\")");
    parts.iter().map(mark).collect::<Vec<_>>().join(" or ")
}

/// Hours in which a ratio was NaN because nothing came in for a while: the mean of those that were numbers. The grid
/// of a subquery is one minute; only samples of that minute count, because a value looked back at would leak into a
/// silent hour. The figures are scaled to the rule's own interval, so that all hours weigh alike. An hour without any
/// number is quiet.
async fn filtered(
    api: &Api,
    wanted: &Wanted<'_>,
    poisoned: &[(&Slo, i64, f64)],
) -> Result<(Vec<SliHour>, Option<String>), ConnectorError> {
    let ids: BTreeSet<&str> = poisoned.iter().map(|(slo, ..)| upstream_id(slo)).collect();
    let times = || poisoned.iter().map(|(_, at, _)| *at);
    let (Some(from), Some(to)) = (times().min(), times().max()) else { return Ok((Vec::new(), None)) };
    let Some(selector) = wanted.selector(Some(&ids)) else { return Ok((Vec::new(), None)) };
    let fresh = format!("(timestamp({selector}) > time() - 60)");
    let query = packed(&[
        ("sum", format!("sum_over_time((({selector} >= 0) and {fresh})[3599s:1m])")),
        ("count", format!("count_over_time((({selector} >= 0) and {fresh})[3599s:1m])")),
        ("slots", format!("count_over_time({fresh}[3599s:1m])")),
    ]);
    let table = match api.range(&query, Grid { from, to, step: 3600 }).await? {
        Asked::Answered { warning: Some(warning), .. } => return Ok((Vec::new(), Some(warning))),
        Asked::Refused(refusal) => return Err(api.failed(refusal)),
        Asked::Answered { rows, .. } => wanted.table(rows),
    };
    let hours = poisoned.iter().map(|(slo, at, samples)| {
        let index = wanted.slos.iter().position(|s| s.ext_id == slo.ext_id).unwrap_or(usize::MAX);
        let cell = |part: &str| {
            let value = table.get(&(index, *at)).and_then(|cells| cells.get(part)).copied();
            value.filter(|value| value.is_finite()).unwrap_or(0.0)
        };
        let weight = if cell("slots") > 0.0 { samples / cell("slots") } else { 1.0 };
        hour(slo, *at, cell("sum") * weight, cell("count") * weight)
    });
    Ok((hours.collect(), None))
}

fn hour(slo: &Slo, at: i64, sum: f64, count: f64) -> SliHour {
    let figures = SliFigures { ratio_sum: Some(sum.max(0.0)), ratio_count: Some(count), ..SliFigures::default() };
    SliHour { slo: slo.ext_id.clone(), hour: hour_before(at), figures }
}

/// Values by SLO's index and instant, then by part.
type Table = BTreeMap<(usize, i64), BTreeMap<String, f64>>;

/// Sloth's SLOs that are asked for.
struct Wanted<'a> {
    slos: Vec<&'a Slo>,
    by_id: BTreeMap<&'a str, Vec<usize>>,
    shortest: &'a Shortest,
}

impl<'a> Wanted<'a> {
    fn of(slos: &'a [Slo], shortest: &'a Shortest) -> Self {
        let slos: Vec<&Slo> = slos.iter().filter(|slo| slo.origin == SloOrigin::Sloth).collect();
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, slo) in slos.iter().enumerate() {
            by_id.entry(upstream_id(slo)).or_default().push(index);
        }
        Self { slos, by_id, shortest }
    }

    /// The series of the shortest windows, of all SLOs or of some.
    fn selector(&self, only: Option<&BTreeSet<&str>>) -> Option<String> {
        let ids = self.by_id.keys().filter(|id| only.is_none_or(|only| only.contains(*id)));
        let windows: BTreeSet<&str> = ids.filter_map(|id| self.shortest.get(*id)).map(String::as_str).collect();
        let ids = match only {
            Some(ids) if ids.len() <= 20 => {
                let names: Vec<String> = ids.iter().map(|id| regex::escape(id)).collect();
                format!("sloth_id=~{}", quoted(&names.join("|")))
            }
            _ => "sloth_id!=\"\"".to_owned(),
        };
        let windows: Vec<&str> = windows.into_iter().collect();
        match windows.as_slice() {
            [] => None,
            [window] => Some(format!("{RATIO}{window}{{{ids}}}")),
            several => Some(format!("{{__name__=~\"{RATIO}({})\",{ids}}}", several.join("|"))),
        }
    }

    /// The SLO that a row is about.
    fn owner(&self, labels: &Labels) -> Option<usize> {
        let id = labels.get("sloth_id")?;
        let window = labels.get("sloth_window");
        if window.is_some() && window != self.shortest.get(id) {
            return None;
        }
        let members = self.by_id.get(id.as_str())?;
        members.iter().copied().find(|index| self.slos.get(*index).is_some_and(|slo| belongs(slo, labels)))
    }

    fn table(&self, rows: Vec<Series>) -> Table {
        let mut table = Table::new();
        for row in rows {
            let (Some(index), Some(part)) = (self.owner(&row.metric), row.metric.get(PART)) else { continue };
            for point in &row.values {
                table.entry((index, point.secs())).or_default().insert(part.clone(), point.number());
            }
        }
        table
    }
}
