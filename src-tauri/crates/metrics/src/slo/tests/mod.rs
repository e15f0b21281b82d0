//! Tests of the SLO maths. Builders of rows and definitions are here; each file tests one idea.

mod budget;
mod burn;
mod compare;
mod days;
mod forecast;
mod hours;
mod series;
mod spell;
mod state;
mod status;
mod window;

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{BudgetMethod, SliFigures, Slo, SloOrigin, SloWindow};

use super::hours::SliRow;

/// Monday, 16 November 2026, 07:00 UTC.
fn now() -> Timestamp {
    at("2026-11-16T07:00:00Z")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// Figures of an hour with `bad` of `total` events.
fn events(bad: f64, total: f64) -> SliFigures {
    SliFigures { good: Some(total - bad), total: Some(total), ..SliFigures::default() }
}

/// Rows of consecutive hours that end at `end`, the last of `figures` being the newest. `None` is a missing hour.
fn rows_until(end: Timestamp, figures: &[Option<SliFigures>]) -> Vec<SliRow> {
    let first = end.plus_hours(-(figures.len() as i64));
    let row = |(index, figures): (usize, &Option<SliFigures>)| figures.map(|f| (first.plus_hours(index as i64), f));
    figures.iter().enumerate().filter_map(row).collect()
}

fn slo(objective: f64, window: SloWindow, method: BudgetMethod) -> Slo {
    Slo {
        ext_id: "checkout-availability".into(),
        name: "Checkout availability".into(),
        service: Some("checkout".into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective,
        window,
        method,
        good_expr: None,
        total_expr: None,
        description: None,
        labels: BTreeMap::new(),
    }
}

fn rolling(days: f64) -> SloWindow {
    SloWindow::Rolling { days }
}

#[track_caller]
fn close(actual: f64, expected: f64, within: f64) {
    assert!((actual - expected).abs() <= within, "{actual} is not {expected} ± {within}");
}
