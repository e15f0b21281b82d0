//! The interface's documents, as far as they are read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::span;

/// Labels of a series.
pub(super) type Labels = BTreeMap<String, String>;

/// What surrounds every answer.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
pub(super) struct Envelope<T> {
    /// `success` or `error`.
    pub status: String,
    /// The answer.
    #[serde(default = "nothing")]
    pub data: Option<T>,
    /// What makes the answer incomplete, for example a store that did not answer.
    #[serde(default)]
    pub warnings: Option<Vec<String>>,
}

const fn nothing<T>() -> Option<T> {
    None
}

/// An error's document.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Fault {
    /// `bad_data`, `execution`, `timeout` …
    pub error_type: Option<String>,
    /// In the server's words.
    pub error: Option<String>,
}

/// The result of a query.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
pub(super) struct QueryResult<T> {
    /// One entry for each series.
    pub result: Vec<T>,
}

/// A series at one instant.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sample {
    /// Its labels, with `__name__` where it has a name.
    pub metric: Labels,
    /// Instant and value; absent for native histograms.
    #[serde(default)]
    pub value: Option<Point>,
}

impl Sample {
    /// The series' name.
    pub fn name(&self) -> &str {
        self.metric.get("__name__").map_or("", String::as_str)
    }

    /// A label's value, `None` when it is absent or empty.
    pub fn label(&self, key: &str) -> Option<&str> {
        self.metric.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value, NaN when there is none.
    pub fn number(&self) -> f64 {
        self.value.as_ref().map_or(f64::NAN, Point::number)
    }
}

/// A series over time.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Series {
    /// Its labels.
    pub metric: Labels,
    /// Its samples on the grid of the query.
    #[serde(default)]
    pub values: Vec<Point>,
}

/// Instant in seconds and value as text.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Point(pub f64, pub String);

impl Point {
    /// The value; `NaN`, `+Inf` and `-Inf` are words.
    pub fn number(&self) -> f64 {
        span::number(&self.1)
    }

    /// The instant in whole seconds, rounded; grids of this connector have whole seconds.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and NaN becomes 0, which is on no grid")]
    pub fn secs(&self) -> i64 {
        self.0.round() as i64
    }
}

/// `/api/v1/rules`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RuleGroups {
    /// The groups of this page.
    pub groups: Vec<RuleGroup>,
    /// Where to go on, on servers that page.
    pub group_next_token: Option<String>,
}

/// A group of rules.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleGroup {
    /// Name, unique within a file.
    pub name: String,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// A recording or an alerting rule.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Rule {
    /// The recorded series, or the alert's name.
    pub name: String,
    /// The expression.
    pub query: String,
    /// Labels that it sets.
    pub labels: Labels,
    /// `recording` or `alerting`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// `/api/v1/status/buildinfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BuildInfo {
    /// Version of the server.
    pub version: String,
}

/// `/api/v1/status/runtimeinfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RuntimeInfo {
    /// For example `60d or 10GiB`.
    pub storage_retention: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_numbers_are_numbers() {
        let text = r#"{"status":"success","warnings":["a store is away"],"data":{"resultType":"matrix","result":[
            {"metric":{"a":"b"},"values":[[1763569200,"NaN"],[1763572800.0004,"+Inf"],[1763576400,"2.5"]]},
            {"metric":{},"histograms":[[1763569200,{}]]}]}}"#;
        let answer: Envelope<QueryResult<Series>> = serde_json::from_str(text).unwrap();
        let series = &answer.data.unwrap().result;
        let values: Vec<f64> = series[0].values.iter().map(Point::number).collect();
        assert!(values[0].is_nan() && values[1] == f64::INFINITY && values[2] == 2.5);
        assert_eq!(series[0].values[1].secs(), 1_763_572_800);
        assert!(series[1].values.is_empty(), "native histograms are no numbers");
        assert_eq!(answer.warnings.unwrap().len(), 1);
    }
}
