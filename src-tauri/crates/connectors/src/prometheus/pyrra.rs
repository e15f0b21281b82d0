//! Pyrra: SLOs out of its rules; without the right to read rules, out of its generic series.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fairlead_domain::slo::{BudgetMethod, SloOrigin, SloWindow};
use promql_parser::parser::{Expr, LabelModifier};

use super::definition::Definition;
use super::expr;
use super::span;
use super::wire::{Labels, Rule, RuleGroup, Sample};

/// Pyrra's own figures. They exist only with its generic rules and never for grouped SLOs.
pub(super) const INVENTORY: &str = r#"{__name__=~"pyrra_(objective|window|availability)",slo!=""}"#;

const OBJECTIVE: &str = "pyrra_objective";
const WINDOW: &str = "pyrra_window";
const AVAILABILITY: &str = "pyrra_availability";

/// What the rules of one SLO say, gathered over its groups.
#[derive(Default)]
struct Gathered<'a> {
    burn: Option<(Duration, &'a Rule)>,
    window: Option<Duration>,
    objective: Option<f64>,
    labels: Labels,
}

/// SLOs out of the rules. Returns also what could not be read, as sentences.
pub(super) fn read_rules(groups: &[RuleGroup]) -> (Vec<Definition>, Vec<String>) {
    let mut by_slo: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
    for rule in groups.iter().flat_map(|g| &g.rules) {
        if let Some(slo) = rule.labels.get("slo").filter(|slo| !slo.is_empty() && !rule.labels.contains_key("sloth_id"))
        {
            gather(by_slo.entry(slo).or_default(), rule);
        }
    }
    let (mut definitions, mut faults) = (Vec::new(), Vec::new());
    for (slo, gathered) in by_slo {
        if gathered.burn.is_none() {
            continue;
        }
        match define(slo, &gathered) {
            Ok((definition, fault)) => {
                definitions.push(definition);
                faults.extend(fault);
            }
            Err(reason) => faults.push(format!("Pyrra's SLO {slo} cannot be read: {reason}")),
        }
    }
    (definitions, faults)
}

fn gather<'a>(gathered: &mut Gathered<'a>, rule: &'a Rule) {
    if let Some(window) = suffix_window(&rule.name, ":burnrate") {
        if gathered.burn.is_none_or(|(shortest, _)| window < shortest) {
            gathered.burn = Some((window, rule));
        }
        gathered.labels.extend(rule.labels.clone());
    }
    for counted in [":increase", ":count", ":sum"] {
        gathered.window = gathered.window.max(suffix_window(&rule.name, counted));
    }
    match rule.name.as_str() {
        OBJECTIVE => gathered.objective = constant(&rule.query).map(span::quiet_ratio).or(gathered.objective),
        WINDOW => {
            let secs = constant(&rule.query).filter(|secs| *secs > 0.0);
            gathered.window = secs.and_then(|secs| Duration::try_from_secs_f64(secs).ok()).or(gathered.window);
        }
        _ if rule.kind == "alerting" => gathered.objective = gathered.objective.or(threshold_objective(&rule.query)),
        _ => {}
    }
}

fn suffix_window(name: &str, separator: &str) -> Option<Duration> {
    name.rsplit_once(separator).and_then(|(_, window)| span::parse(window))
}

/// The number in `0.99` or `vector(0.99)`.
fn constant(query: &str) -> Option<f64> {
    let text = query.trim();
    let text = text.strip_prefix("vector(").and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The objective in `… > (14 * (1-0.99))`.
fn threshold_objective(query: &str) -> Option<f64> {
    query.split("* (1").skip(1).find_map(|rest| {
        let digits = rest.trim_start().strip_prefix('-')?.trim_start();
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        digits.get(..end)?.parse().ok().map(span::quiet_ratio).filter(|value| span::is_objective(*value))
    })
}

fn define(slo: &str, gathered: &Gathered<'_>) -> Result<(Definition, Option<String>), String> {
    let (window, rule) = gathered.burn.ok_or("it has no burn rate")?;
    let objective = gathered.objective.filter(|value| span::is_objective(*value));
    let objective = objective.ok_or("neither its alerts nor its generic rules state the objective")?;
    let length = gathered.window.ok_or("no rule states its window")?;
    let counts = expr::hourly_counts(&rule.query, window);
    let fault = counts
        .as_ref()
        .err()
        .map(|reason| format!("events of Pyrra's SLO {slo} cannot be counted: its rule cannot be read, {reason}"));
    let counts = counts.ok();
    let labels: Labels =
        gathered.labels.iter().filter(|(k, _)| *k != "slo").map(|(k, v)| (k.clone(), v.clone())).collect();
    let definition = Definition {
        id: slo.to_owned(),
        name: slo.to_owned(),
        service: service(&labels),
        origin: SloOrigin::Pyrra,
        objective,
        window: SloWindow::Rolling { days: span::days(length) },
        method: if counts.is_some() { BudgetMethod::Occurrences } else { BudgetMethod::Upstream },
        good: counts.as_ref().map(|c| c.good.clone()),
        total: counts.as_ref().map(|c| c.total.clone()),
        description: labels.get("description").cloned(),
        grouping: grouping(&rule.query),
        member_series: Some(format!("{}{{slo={}}}", rule.name, quoted(slo))),
        labels,
    };
    Ok((definition, fault))
}

/// The service as a label states it; Pyrra itself knows none.
fn service(labels: &Labels) -> Option<String> {
    ["service", "job"].iter().find_map(|key| labels.get(*key)).filter(|value| !value.is_empty()).cloned()
}

/// A label's value as a PromQL string.
pub(super) fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

/// The labels of `sum by (…)` in a burn rate.
fn grouping(query: &str) -> Vec<String> {
    let mut labels = BTreeSet::new();
    if let Ok(expr) = expr::checked_parse(query) {
        collect_grouping(&expr, &mut labels);
    }
    labels.into_iter().collect()
}

fn collect_grouping(expr: &Expr, labels: &mut BTreeSet<String>) {
    match expr {
        Expr::Aggregate(aggregate) => {
            if let Some(LabelModifier::Include(by)) = &aggregate.modifier {
                labels.extend(by.labels.iter().cloned());
            }
            collect_grouping(&aggregate.expr, labels);
        }
        Expr::Binary(binary) => {
            collect_grouping(&binary.lhs, labels);
            collect_grouping(&binary.rhs, labels);
        }
        Expr::Paren(paren) => collect_grouping(&paren.expr, labels),
        Expr::Call(call) => call.args.args.iter().for_each(|argument| collect_grouping(argument, labels)),
        _ => {}
    }
}

/// SLOs out of the generic series alone: their budget is Pyrra's own figure.
pub(super) fn read_series(samples: &[Sample]) -> Vec<Definition> {
    let value = |name: &str, slo: &str| {
        samples.iter().find(|s| s.name() == name && s.label("slo") == Some(slo)).map(Sample::number)
    };
    let objectives = samples.iter().filter(|s| s.name() == OBJECTIVE);
    let definition = |sample: &Sample| {
        let slo = sample.label("slo")?;
        let objective = Some(span::quiet_ratio(sample.number())).filter(|value| span::is_objective(*value))?;
        let window = value(WINDOW, slo).filter(|secs| secs.is_finite() && *secs > 0.0)?;
        let labels: Labels = sample
            .metric
            .iter()
            .filter(|(k, _)| !["__name__", "slo"].contains(&k.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        Some(Definition {
            id: slo.to_owned(),
            name: slo.to_owned(),
            service: service(&labels),
            origin: SloOrigin::Pyrra,
            objective,
            window: SloWindow::Rolling { days: window / 86_400.0 },
            method: BudgetMethod::Upstream,
            good: None,
            total: None,
            description: labels.get("description").cloned(),
            grouping: Vec::new(),
            member_series: None,
            labels,
        })
    };
    objectives.filter_map(definition).collect()
}

/// Budget remaining as Pyrra's availability states it, by SLO.
pub(super) fn remaining(samples: &[Sample], objective: f64, slo: &str) -> Option<f64> {
    let row = samples.iter().find(|s| s.name() == AVAILABILITY && s.label("slo") == Some(slo))?;
    Some((row.number() - objective) / (1.0 - objective)).filter(|value| value.is_finite())
}

#[cfg(test)]
#[path = "pyrra_tests.rs"]
mod tests;
