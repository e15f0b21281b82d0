//! Sloth: SLOs out of its recorded series, and their counts out of its rules.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fairlead_domain::slo::{BudgetMethod, SloOrigin, SloWindow};

use super::definition::Definition;
use super::expr::{self, Counts};
use super::span;
use super::wire::{Labels, RuleGroup, Sample};

/// Everything that Sloth records about all SLOs, without the alerts.
pub(super) const INVENTORY: &str = r#"{__name__=~"sloth_slo_info|slo:(objective|current_burn_rate|period_burn_rate|period_error_budget_remaining):ratio|slo:time_period:days|slo:sli_error:ratio_rate.+",sloth_id!=""}"#;

/// Name of the recorded error ratios without their window.
pub(super) const RATIO: &str = "slo:sli_error:ratio_rate";

const INFO: &str = "sloth_slo_info";
const OBJECTIVE: &str = "slo:objective:ratio";
const PERIOD: &str = "slo:time_period:days";
const REMAINING: &str = "slo:period_error_budget_remaining:ratio";

/// Labels that Sloth sets itself.
const OWN_LABELS: [&str; 9] = [
    "__name__",
    "sloth_id",
    "sloth_service",
    "sloth_slo",
    "sloth_window",
    "sloth_version",
    "sloth_mode",
    "sloth_spec",
    "sloth_objective",
];

/// One SLO with what was seen of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    /// The SLO.
    pub definition: Definition,
    /// Its members with Sloth's own budget remaining; one without labels when it is not grouped.
    pub members: BTreeMap<Labels, Option<f64>>,
    /// The shortest window that its ratios are recorded for, as its name says (`5m`).
    pub shortest: Option<String>,
}

/// SLOs out of the inventory. Returns also what could not be read, as sentences.
pub(super) fn read_inventory(samples: &[Sample], counts: &BTreeMap<String, Counts>) -> (Vec<Seen>, Vec<String>) {
    let mut by_id: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        if let Some(id) = sample.label("sloth_id") {
            by_id.entry(id).or_default().push(sample);
        }
    }
    let (mut seen, mut faults) = (Vec::new(), Vec::new());
    for (id, samples) in by_id {
        match read_slo(id, &samples, counts.get(id)) {
            Ok(slo) => seen.push(slo),
            Err(reason) => faults.push(format!("Sloth's SLO {id} cannot be read: {reason}")),
        }
    }
    (seen, faults)
}

fn read_slo(id: &str, samples: &[&Sample], counts: Option<&Counts>) -> Result<Seen, String> {
    let definitions: Vec<&Sample> = [INFO, OBJECTIVE]
        .iter()
        .map(|name| samples.iter().copied().filter(|s| s.name() == *name).collect::<Vec<_>>())
        .find(|rows| !rows.is_empty())
        .ok_or("neither its information nor its objective is recorded")?;
    let objective = read_objective(samples).ok_or("its objective is recorded nowhere, or lies outside 0 to 100 %")?;
    let days = samples.iter().find(|s| s.name() == PERIOD).map(|s| s.number()).filter(|d| d.is_finite() && *d > 0.0);
    let days = days.ok_or("its period is not recorded")?;
    let first = definitions.first().ok_or("no definition")?;
    let varying = varying_labels(&definitions);
    let plain = |labels: &Labels| -> Labels {
        let own = |key: &str| OWN_LABELS.contains(&key) || varying.contains(key);
        labels.iter().filter(|(key, _)| !own(key)).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let service = first.label("sloth_service").map(str::to_owned);
    let definition = Definition {
        id: id.to_owned(),
        name: first.label("sloth_slo").unwrap_or(id).to_owned(),
        service,
        origin: SloOrigin::Sloth,
        objective,
        window: SloWindow::Rolling { days },
        method: if counts.is_some() { BudgetMethod::Occurrences } else { BudgetMethod::RatioMean },
        good: counts.map(|c| c.good.clone()),
        total: counts.map(|c| c.total.clone()),
        description: None,
        labels: plain(&first.metric),
        grouping: Vec::new(),
        member_series: None,
    };
    let base: BTreeSet<&str> = first.metric.keys().map(String::as_str).filter(|key| !varying.contains(*key)).collect();
    Ok(Seen { definition, members: members(samples, &base), shortest: shortest_window(samples) })
}

/// The objective without noise: the percentage text before the computed ratio.
fn read_objective(samples: &[&Sample]) -> Option<f64> {
    let stated = samples.iter().filter(|s| s.name() == INFO).find_map(|s| s.label("sloth_objective"));
    let computed = samples.iter().find(|s| s.name() == OBJECTIVE).map(|s| span::quiet_ratio(s.number()));
    stated.and_then(span::percent_ratio).or(computed).filter(|value| span::is_objective(*value))
}

/// Labels that tell several definitions with one id apart, for example the cluster behind a global view.
fn varying_labels(definitions: &[&Sample]) -> BTreeSet<String> {
    let keys: BTreeSet<&String> = definitions.iter().flat_map(|s| s.metric.keys()).collect();
    let differs = |key: &&String| {
        let values: BTreeSet<Option<&String>> = definitions.iter().map(|s| s.metric.get(*key)).collect();
        values.len() > 1 && !OWN_LABELS.contains(&key.as_str())
    };
    keys.into_iter().filter(differs).cloned().collect()
}

/// Members by the labels that burn rates and ratios have beyond the definition's.
fn members(samples: &[&Sample], base: &BTreeSet<&str>) -> BTreeMap<Labels, Option<f64>> {
    let mut members: BTreeMap<Labels, Option<f64>> = BTreeMap::new();
    let measured = samples.iter().filter(|s| ![INFO, OBJECTIVE, PERIOD].contains(&s.name()));
    for sample in measured {
        let beyond = |key: &str| !OWN_LABELS.contains(&key) && !base.contains(key);
        let group: Labels =
            sample.metric.iter().filter(|(k, _)| beyond(k)).map(|(k, v)| (k.clone(), v.clone())).collect();
        let remaining = Some(sample.number()).filter(|value| sample.name() == REMAINING && value.is_finite());
        let entry = members.entry(group).or_default();
        *entry = entry.or(remaining);
    }
    let grouped = members.keys().any(|group| !group.is_empty());
    members.retain(|group, _| !grouped || !group.is_empty());
    members
}

fn shortest_window(samples: &[&Sample]) -> Option<String> {
    let windows = samples.iter().filter_map(|s| s.name().strip_prefix(RATIO));
    windows.filter_map(|text| span::parse(text).map(|length| (length, text))).min().map(|(_, text)| text.to_owned())
}

/// Counts behind each SLO, out of the rules. Returns also why some cannot be counted, as sentences.
pub(super) fn read_rules(groups: &[RuleGroup]) -> (BTreeMap<String, Counts>, Vec<String>) {
    let mut shortest: BTreeMap<&str, (Duration, &str)> = BTreeMap::new();
    for rule in groups.iter().flat_map(|g| &g.rules) {
        let window = rule.name.strip_prefix(RATIO).and_then(span::parse);
        let (Some(window), Some(id)) = (window, rule.labels.get("sloth_id")) else { continue };
        let entry = shortest.entry(id).or_insert((window, &rule.query));
        if window < entry.0 {
            *entry = (window, &rule.query);
        }
    }
    let (mut counts, mut faults) = (BTreeMap::new(), Vec::new());
    for (id, (window, query)) in shortest {
        match expr::hourly_counts(query, window) {
            Ok(found) => {
                counts.insert(id.to_owned(), found);
            }
            Err(reason) => faults.push(format!(
                "events of Sloth's SLO {id} cannot be counted, the mean of its ratios is used: its rule cannot be read, {reason}"
            )),
        }
    }
    (counts, faults)
}

#[cfg(test)]
#[path = "sloth_tests.rs"]
mod tests;
