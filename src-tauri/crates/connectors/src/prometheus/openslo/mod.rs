//! OpenSLO documents: v1, and what is in use of v1alpha and v2alpha. A document that cannot be used is named and left
//! out; the others count.

mod document;
mod evaluation;

use std::collections::BTreeMap;

use fairlead_domain::slo::{SloOrigin, SloWindow};
use serde::Deserialize;
use serde_json::Value;

use self::document::{Document, Indicator, Objective, SloSpec, TimeWindow};
use super::definition::Definition;
use super::{span, window};

/// What a set of files defines, and what of them could not be used.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The SLOs.
    pub definitions: Vec<Definition>,
    /// What could not be used, as sentences that name file and place.
    pub faults: Vec<String>,
}

/// Kinds that belong to OpenSLO but say nothing about budgets.
const OTHER_KINDS: [&str; 4] = ["Service", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"];

/// Reads files, each with its name. References may cross files.
pub(super) fn read(files: &[(String, String)]) -> Reading {
    let mut reading = Reading::default();
    let mut documents = Vec::new();
    for (file, text) in files {
        for (place, parsed) in document::split(text) {
            let place = format!("{file}:{place}");
            match parsed {
                Ok(values) => documents.extend(values.into_iter().map(|value| (place.clone(), value))),
                Err(reason) => reading.faults.push(format!("{place} is no YAML: {reason}")),
            }
        }
    }
    let (mut slos, mut shelf) = (Vec::new(), Shelf::default());
    for (place, value) in documents {
        match Document::deserialize(&value) {
            Err(reason) => reading.faults.push(format!("{place} is no OpenSLO document: {reason}")),
            Ok(found) if !found.is_openslo() => {
                reading.faults.push(format!("{place} has the unknown apiVersion {:?}", found.api_version));
            }
            Ok(found) => match found.kind.as_str() {
                "SLO" => slos.push((place, found)),
                "SLI" => drop(shelf.indicators.insert(found.metadata.name.clone(), found.spec)),
                "DataSource" => drop(shelf.sources.insert(found.metadata.name.clone(), found.spec)),
                kind if OTHER_KINDS.contains(&kind) => {}
                kind => reading.faults.push(format!("{place} has the unknown kind {kind:?}")),
            },
        }
    }
    for (place, found) in &slos {
        for made in shelf.define(found) {
            match made {
                Ok(definition) => reading.definitions.push(definition),
                Err(reason) => reading.faults.push(format!("{place}, SLO {:?}: {reason}", found.metadata.name)),
            }
        }
    }
    reading
}

/// Documents that others refer to.
#[derive(Debug, Default)]
struct Shelf {
    indicators: BTreeMap<String, Value>,
    sources: BTreeMap<String, Value>,
}

impl Shelf {
    fn define(&self, found: &Document) -> Vec<Result<Definition, String>> {
        let spec = match SloSpec::deserialize(&found.spec) {
            Ok(spec) => spec,
            Err(reason) => return vec![Err(reason.to_string())],
        };
        let windows = spec.windows();
        let [window] = windows.as_slice() else {
            return vec![Err(format!("it has {} time windows, one is needed", windows.len()))];
        };
        let window = match read_window(window) {
            Ok(window) => window,
            Err(reason) => return vec![Err(reason)],
        };
        if spec.objectives.is_empty() {
            return vec![Err("it has no objective".into())];
        }
        let several = spec.objectives.len() > 1;
        let made = spec.objectives.iter().enumerate().map(|(index, objective)| {
            let suffix = objective.display_name.clone().unwrap_or_else(|| (index + 1).to_string());
            let made = self.define_objective(found, &spec, objective, &window);
            made.map(|d| if several { named(d, &suffix) } else { d })
                .map_err(|reason| if several { format!("objective {suffix:?}: {reason}") } else { reason })
        });
        made.collect()
    }

    fn define_objective(
        &self,
        found: &Document,
        spec: &SloSpec,
        objective: &Objective,
        window: &SloWindow,
    ) -> Result<Definition, String> {
        let target = read_target(objective)?;
        let indicator = self.indicator(spec, objective)?;
        let counted = evaluation::evaluate(spec, objective, &indicator, &|name| self.source_kind(name))?;
        Ok(Definition {
            id: found.metadata.name.clone(),
            name: found.metadata.display_name.clone().unwrap_or_else(|| found.metadata.name.clone()),
            service: spec.service.clone(),
            origin: SloOrigin::OpenSlo,
            objective: target,
            window: window.clone(),
            method: counted.method,
            good: Some(counted.good),
            total: Some(counted.total),
            description: spec.description.clone(),
            labels: found.metadata.labels(),
            grouping: Vec::new(),
            member_series: None,
        })
    }

    /// The objective's own indicator, else the SLO's; inline or by reference.
    fn indicator(&self, spec: &SloSpec, objective: &Objective) -> Result<Indicator, String> {
        if let Some(ratio) = &objective.ratio_metrics {
            return Ok(Indicator { ratio_metric: Some(ratio.clone()), ..Indicator::default() });
        }
        let inline = objective.indicator.as_ref().or(spec.indicator.as_ref()).or(spec.sli.as_ref());
        if let Some(inline) = inline {
            return Ok(inline.spec());
        }
        let reference = objective.indicator_ref.as_ref().or(spec.indicator_ref.as_ref()).or(spec.sli_ref.as_ref());
        let name = reference.ok_or("it has no indicator")?;
        let found = self.indicators.get(name).ok_or_else(|| format!("the SLI {name:?} is in none of the files"))?;
        Indicator::deserialize(found).map_err(|reason| format!("the SLI {name:?} cannot be read: {reason}"))
    }

    /// The type of a data source, where its document is among the files.
    fn source_kind(&self, name: &str) -> Option<String> {
        self.sources.get(name).and_then(|spec| spec.get("type")).and_then(Value::as_str).map(str::to_owned)
    }
}

fn named(mut definition: Definition, suffix: &str) -> Definition {
    definition.id = format!("{}:{suffix}", definition.id);
    definition.name = format!("{} ({suffix})", definition.name);
    definition
}

fn read_target(objective: &Objective) -> Result<f64, String> {
    let target = match (objective.target, objective.target_percent) {
        (Some(_), Some(_)) => return Err("it has both target and targetPercent".into()),
        (Some(target), None) => span::quiet_ratio(target),
        (None, Some(percent)) => span::quiet_ratio(percent / 100.0),
        (None, None) => return Err("it has no target".into()),
    };
    if span::is_objective(target) {
        Ok(target)
    } else {
        Err(format!("the target {target} is no ratio between 0 and 1"))
    }
}

fn read_window(written: &TimeWindow) -> Result<SloWindow, String> {
    let length = written.length()?;
    if written.is_rolling.unwrap_or(written.calendar.is_none()) {
        return window::rolling(&length);
    }
    let calendar = written.calendar.as_ref();
    let zone = calendar.and_then(|c| c.time_zone.as_deref()).unwrap_or("UTC");
    window::calendar(&length, zone, calendar.and_then(|c| c.start_time.as_deref()))
}

#[cfg(test)]
mod tests;
