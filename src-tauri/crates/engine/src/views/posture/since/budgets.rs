//! Error budgets that moved by more than two points. One that saw too few events to be judged, then or now, has none to move.

use std::collections::HashMap;

use super::super::answer::ChangeLine;
use super::super::facts::{Facts, SloFact};
use crate::views::wording::{counted, percent};

/// A smaller move is not told, as a share of the whole budget.
const LEAST: f64 = 0.02;

pub(super) fn line(then: &Facts, now: &Facts) -> Option<ChangeLine> {
    let (then, now) = (then.slos.as_ref()?, now.slos.as_ref()?);
    let before: HashMap<&str, &SloFact> = then.iter().rev().map(|slo| (slo.entry.id.as_str(), slo)).collect();
    let left = |slo: &SloFact| slo.entry.budget_remaining.filter(|_| slo.entry.too_few_events.is_none());
    let was = |slo: &SloFact| left(before.get(slo.entry.id.as_str())?);
    let mut moved: Vec<(&SloFact, f64, f64)> =
        now.iter().filter_map(|slo| Some((slo, was(slo)?, left(slo)?))).collect();
    moved.retain(|(_, was, is)| (is - was).abs() > LEAST);
    moved.sort_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)).then_with(|| a.0.entry.id.cmp(&b.0.entry.id)));
    let names: Vec<String> =
        moved.iter().map(|(slo, was, is)| format!("{} {}", slo.label(), points(is - was))).collect();
    let row =
        |(slo, was, is): &(&SloFact, f64, f64)| format!("{}: {} → {} left", slo.label(), percent(*was), percent(*is));
    (!moved.is_empty()).then(|| ChangeLine {
        kind: "budgets_moved".to_owned(),
        text: format!("{} moved: {}", counted(moved.len(), "budget"), super::few(&names)),
        link: Some("/slos".to_owned()),
        rows: moved.iter().map(row).collect(),
    })
}

/// `−23.0 points`.
fn points(move_by: f64) -> String {
    let sign = if move_by < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1} points", move_by.abs() * 100.0)
}
