//! SLO definitions, and what the metrics system itself says of them.

use std::collections::BTreeMap;

use fairlead_domain::slo::{BudgetMethod, CalendarUnit, Slo, SloOrigin, SloUpstream, SloWindow};
use fairlead_domain::{Item, Timestamp};

use super::plot::{self, Scenario};
use super::{draw, hours};

/// The metrics system samples, so its own figure is off by up to so much of the budget.
const SAMPLING_ERROR: f64 = 0.004;

/// Every definition, then the upstream's figure for each as of the last full hour before `now`.
#[must_use]
pub fn slos(scenario: &Scenario, now: Timestamp) -> Vec<Item> {
    let definitions = scenario.slo.iter().map(|slo| definition(scenario, slo).into());
    let figures = scenario.slo.iter().filter_map(|slo| upstream(scenario, slo, now.floor_hour())).map(Item::from);
    definitions.chain(figures).collect()
}

/// The definition of an SLO.
fn definition(scenario: &Scenario, slo: &plot::Slo) -> Slo {
    let service = scenario.service(&slo.service).map(|service| service.name.clone());
    let selector = format!("{{slo=\"{}\"}}", slo.id);
    let (metric, method) =
        if slo.minutes { ("slo_minutes", BudgetMethod::Timeslices) } else { ("slo_events", BudgetMethod::Occurrences) };
    Slo {
        ext_id: slo.id.clone(),
        name: slo.name.clone(),
        labels: service.iter().map(|name| ("service".to_owned(), name.clone())).collect(),
        service,
        group: BTreeMap::new(),
        origin: SloOrigin::Plain,
        objective: slo.objective,
        window: match (&slo.timezone, slo.window_days) {
            (Some(timezone), 0) => {
                SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, timezone: timezone.clone(), anchor: None }
            }
            (_, days) => SloWindow::Rolling { days: f64::from(days) },
        },
        method,
        good_expr: Some(format!("sum(increase({metric}_good_total{selector}[1h]))")),
        total_expr: Some(format!("sum(increase({metric}_total{selector}[1h]))")),
        description: Some(slo.description.clone()),
    }
}

/// The upstream's own figure.
fn upstream(scenario: &Scenario, slo: &plot::Slo, at: Timestamp) -> Option<SloUpstream> {
    let error = (draw::unit(scenario.seed, ["upstream", &slo.id], at.as_secs()) - 0.5) * 2.0 * SAMPLING_ERROR;
    let counted = hours::budget_remaining(scenario, slo, at)?;
    // Nothing spent is nothing to sample wrongly.
    let budget_remaining = if counted < 1.0 { counted + error } else { counted };
    Some(SloUpstream { slo: slo.id.clone(), at, budget_remaining })
}
