//! SLOs of the configuration, for teams without Sloth, Pyrra or OpenSLO.

use std::collections::BTreeMap;

use fairlead_domain::slo::{BudgetMethod, SloOrigin};
use serde::Deserialize;

use super::definition::Definition;
use super::{span, window};
use crate::ConfigIssue;

/// One `[[slo]]`.
#[derive(Debug, Deserialize)]
struct Plain {
    name: String,
    #[serde(default)]
    service: Option<String>,
    good: String,
    total: String,
    objective: f64,
    window: String,
    #[serde(default)]
    description: Option<String>,
}

/// Reads the tables.
///
/// # Errors
/// Names the table's key and what to write instead.
pub(super) fn read(tables: &[serde_json::Value], timezone: chrono_tz::Tz) -> Result<Vec<Definition>, ConfigIssue> {
    tables.iter().map(|table| read_one(table, timezone)).collect()
}

fn read_one(table: &serde_json::Value, timezone: chrono_tz::Tz) -> Result<Definition, ConfigIssue> {
    let named = table.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let issue = |key: &str, message: String, hint: &str| ConfigIssue {
        path: vec!["slo".into(), named.clone(), key.into()],
        message,
        hint: Some(hint.to_owned()),
    };
    let plain = Plain::deserialize(table).map_err(|e| {
        issue("", format!("[[slo]] {named:?} cannot be read: {e}"), "it needs name, good, total, objective and window")
    })?;
    if !span::is_objective(plain.objective) {
        let message = format!("the objective {} is no ratio between 0 and 1", plain.objective);
        return Err(issue("objective", message, "99.9 % is written 0.999"));
    }
    let window = window::plain(&plain.window, timezone)
        .map_err(|message| issue("window", message, "write a length such as \"30d\", or \"month\""))?;
    for (key, text) in [("good", &plain.good), ("total", &plain.total)] {
        if text.trim().is_empty() {
            return Err(issue(
                key,
                format!("{key} of [[slo]] {named:?} is empty"),
                "write PromQL that counts the events of [1h]",
            ));
        }
    }
    Ok(Definition {
        id: plain.name.clone(),
        name: plain.name,
        service: plain.service,
        origin: SloOrigin::Plain,
        objective: plain.objective,
        window,
        method: BudgetMethod::Occurrences,
        good: Some(plain.good),
        total: Some(plain.total),
        description: plain.description,
        labels: BTreeMap::new(),
        grouping: Vec::new(),
        member_series: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_table_becomes_an_slo_by_counts() {
        let table =
            json!({ "name": "up", "source": "prom", "good": "g", "total": "t", "objective": 0.99, "window": "month" });
        let slos = read(&[table], chrono_tz::Europe::Berlin).unwrap();
        assert_eq!((slos[0].id.as_str(), slos[0].method), ("up", BudgetMethod::Occurrences));
    }

    #[test]
    fn a_wrong_value_is_named_with_a_hint() {
        let table = |objective: f64, window: &str| json!({ "name": "up", "good": "g", "total": "t", "objective": objective, "window": window });
        let issue = read(&[table(99.9, "30d")], chrono_tz::UTC).unwrap_err();
        assert_eq!(issue.path, ["slo", "up", "objective"]);
        assert!(issue.hint.unwrap().contains("0.999"));
        assert_eq!(read(&[table(0.9, "1m")], chrono_tz::UTC).unwrap_err().path, ["slo", "up", "window"]);
    }
}
