//! The documents as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::yaml::documents;

/// Largest document that is parsed, in bytes.
const MAX_DOCUMENT: usize = 1024 * 1024;

/// Splits a file into its documents, so that a broken one does not take the others with it. Each comes with the line
/// it begins on, and lists are taken apart.
pub(super) fn split(text: &str) -> Vec<(usize, Result<Vec<Value>, String>)> {
    documents(text).into_iter().map(|(line, part)| (line, parse(&part))).collect()
}

fn parse(text: &str) -> Result<Vec<Value>, String> {
    if text.len() > MAX_DOCUMENT {
        return Err("it is larger than 1 MiB".into());
    }
    match serde_saphyr::from_str::<Value>(text) {
        Ok(Value::Array(values)) => Ok(values),
        Ok(value) => Ok(vec![value]),
        Err(reason) => {
            let place = reason.location().map(|at| format!(" (line {} of the document)", at.line()));
            let said = reason.without_snippet().to_string();
            let said = said.lines().next().unwrap_or_default();
            Err(format!("{}{}", fairlead_domain::text::clean_line(said), place.unwrap_or_default()))
        }
    }
}

/// What every document has.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    /// For example `openslo/v1`.
    pub api_version: String,
    /// For example `SLO`.
    pub kind: String,
    /// Names and labels.
    pub metadata: Metadata,
    /// What it says.
    #[serde(default)]
    pub spec: Value,
}

impl Document {
    /// Whether the version is one that is read.
    pub fn is_openslo(&self) -> bool {
        ["openslo/v1", "openslo/v1alpha", "openslo.com/v2alpha"].contains(&self.api_version.as_str())
    }
}

/// Names and labels.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    /// Unique within its kind.
    pub name: String,
    /// For people.
    #[serde(default)]
    pub display_name: Option<String>,
    #[serde(default)]
    labels: Option<BTreeMap<String, Value>>,
}

impl Metadata {
    /// Labels; several values of one are joined with commas.
    pub fn labels(&self) -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let joined = |value: &Value| match value {
            Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(","),
            other => text(other),
        };
        self.labels.iter().flatten().map(|(key, value)| (key.clone(), joined(value))).collect()
    }
}

/// What an SLO says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SloSpec {
    pub description: Option<String>,
    pub service: Option<String>,
    pub indicator: Option<Inline>,
    pub indicator_ref: Option<String>,
    pub sli: Option<Inline>,
    pub sli_ref: Option<String>,
    #[serde(default)]
    time_window: Option<Vec<TimeWindow>>,
    #[serde(default)]
    time_windows: Option<Vec<TimeWindow>>,
    pub budgeting_method: Option<String>,
    #[serde(default)]
    pub objectives: Vec<Objective>,
}

impl SloSpec {
    /// Its windows, under either name.
    pub fn windows(&self) -> Vec<&TimeWindow> {
        self.time_window.iter().chain(&self.time_windows).flatten().collect()
    }
}

/// A window.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TimeWindow {
    duration: Option<String>,
    count: Option<u32>,
    unit: Option<String>,
    pub is_rolling: Option<bool>,
    pub calendar: Option<Calendar>,
}

impl TimeWindow {
    /// Its length in the form `28d`; older documents have a count and a unit's name.
    pub fn length(&self) -> Result<String, String> {
        if let Some(duration) = &self.duration {
            return Ok(duration.clone());
        }
        let (Some(count), Some(unit)) = (self.count, self.unit.as_deref()) else {
            return Err("its time window has no duration".into());
        };
        let letter = match unit.to_ascii_lowercase().trim_end_matches('s') {
            "hour" => 'h',
            "day" => 'd',
            "week" => 'w',
            "month" => 'M',
            "quarter" => 'Q',
            "year" => 'Y',
            _ => return Err(format!("its time window has the unknown unit {unit:?}")),
        };
        Ok(format!("{count}{letter}"))
    }
}

/// Where calendar periods begin.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Calendar {
    pub start_time: Option<String>,
    pub time_zone: Option<String>,
}

/// One objective.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Objective {
    pub display_name: Option<String>,
    pub op: Option<String>,
    pub value: Option<f64>,
    pub target: Option<f64>,
    pub target_percent: Option<f64>,
    pub time_slice_target: Option<f64>,
    pub time_slice_window: Option<String>,
    pub indicator: Option<Inline>,
    pub indicator_ref: Option<String>,
    pub ratio_metrics: Option<Ratio>,
}

/// An indicator within another document: newer ones wrap it in `spec`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Inline {
    spec: Option<Indicator>,
    #[serde(flatten)]
    direct: Indicator,
}

impl Inline {
    /// What it says.
    pub fn spec(&self) -> Indicator {
        self.spec.clone().unwrap_or_else(|| self.direct.clone())
    }
}

/// What is measured.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Indicator {
    pub ratio_metric: Option<Ratio>,
    pub threshold_metric: Option<Metric>,
}

/// A part of events.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ratio {
    pub counter: Option<bool>,
    /// The older name of `counter`.
    pub incremental: Option<bool>,
    pub good: Option<Metric>,
    pub bad: Option<Metric>,
    pub total: Option<Metric>,
    pub raw: Option<Metric>,
    pub raw_type: Option<String>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metric {
    metric_source: Option<Source>,
    data_source_ref: Option<String>,
    spec: Option<BTreeMap<String, Value>>,
    source: Option<String>,
    query: Option<String>,
}

/// A data source within a metric.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Source {
    #[serde(rename = "type")]
    kind: Option<String>,
    metric_source_ref: Option<String>,
    spec: Option<BTreeMap<String, Value>>,
}

impl Metric {
    /// The query.
    pub fn query(&self) -> Option<&str> {
        let nested = self.metric_source.as_ref().and_then(|source| source.spec.as_ref()).or(self.spec.as_ref());
        let written = nested.and_then(|spec| ["query", "promql"].iter().find_map(|key| spec.get(*key)?.as_str()));
        written.or(self.query.as_deref())
    }

    /// The kind of system as the metric itself states it.
    pub fn kind(&self) -> Option<&str> {
        self.metric_source.as_ref().and_then(|source| source.kind.as_deref()).or(self.source.as_deref())
    }

    /// The name of a data source's document.
    pub fn reference(&self) -> Option<&str> {
        let nested = self.metric_source.as_ref().and_then(|source| source.metric_source_ref.as_deref());
        nested.or(self.data_source_ref.as_deref())
    }
}
