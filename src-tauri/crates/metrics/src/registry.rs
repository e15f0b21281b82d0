//! The glossary: one definition for every number, declared beside the function that computes it.

use serde::Serialize;

/// Which direction of a number is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither direction is good in itself.
    Neither,
}

/// What a number is. Glossary, tooltips and exports read this; nothing else describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MetricDef {
    /// Stable id, `snake_case`.
    pub id: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// Unit of the value, with its range where it has one.
    pub unit: &'static str,
    /// Which direction is good.
    pub better: Better,
    /// The formula in plain text.
    pub formula: &'static str,
    /// Public source of the formula.
    pub source: &'static str,
    /// How the number misleads, and what then to look at.
    pub pitfalls: &'static str,
}

/// Every metric, in the order of the glossary.
pub const METRICS: &[&MetricDef] = &[
    &crate::slo::method::SLI,
    &crate::slo::budget::BUDGET_REMAINING,
    &crate::slo::budget::ALLOWED_BAD_EVENTS,
    &crate::slo::budget::BUDGET_MINUTES,
    &crate::slo::burn::BURN_RATE,
    &crate::slo::hours::COVERAGE,
    &crate::slo::state::SLO_STATE,
    &crate::slo::forecast::EXHAUSTS_AT,
    &crate::slo::forecast::RECOVERS_AT,
    &crate::slo::spell::SPENT_BY_SPELL,
    &crate::oncall::cover::COVERAGE_GAP_HOURS,
    &crate::oncall::load::ON_CALL_HOURS,
    &crate::oncall::person_load::NIGHT_HOURS,
    &crate::oncall::clash::DOUBLE_BOOKINGS,
    &crate::oncall::thin::ON_CALL_SHARE,
    &crate::pages::hour_class::PAGES_BY_CLASS,
    &crate::pages::nights::WAKE_UPS,
    &crate::oncall::interruption::PAGES,
    &crate::incidents::length::TIME_TO_ACK,
    &crate::incidents::length::TIME_TO_RESOLVE,
    &crate::posture::order::POSTURE_ORDER,
];

/// The definition with this id.
#[must_use]
pub fn metric(id: &str) -> Option<&'static MetricDef> {
    METRICS.iter().copied().find(|def| def.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_metric_has_its_own_id_and_all_its_texts() {
        let mut ids = BTreeSet::new();
        for def in METRICS {
            assert!(ids.insert(def.id), "{} is declared twice", def.id);
            assert!(def.id.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{} is no snake_case id", def.id);
            assert_eq!(metric(def.id), Some(*def));
            for text in [def.id, def.title, def.unit, def.formula, def.source, def.pitfalls] {
                assert!(!text.trim().is_empty(), "{} lacks a text", def.id);
            }
            assert!(def.pitfalls.len() > 20, "{}: say how the number misleads", def.id);
        }
        assert_eq!(metric("no_such_metric"), None);
    }

    /// A definition that is declared but not listed would be missing from the glossary without a trace.
    #[test]
    fn every_declared_metric_is_listed() {
        let sources = [
            include_str!("slo/method.rs"),
            include_str!("slo/budget.rs"),
            include_str!("slo/burn.rs"),
            include_str!("slo/hours.rs"),
            include_str!("slo/state.rs"),
            include_str!("slo/forecast.rs"),
            include_str!("slo/spell.rs"),
            include_str!("oncall/cover.rs"),
            include_str!("oncall/load.rs"),
            include_str!("oncall/person_load.rs"),
            include_str!("oncall/clash.rs"),
            include_str!("oncall/thin.rs"),
            include_str!("pages/hour_class.rs"),
            include_str!("pages/nights.rs"),
            include_str!("oncall/interruption.rs"),
            include_str!("incidents/length.rs"),
            include_str!("posture/order.rs"),
        ];
        let declared: usize = sources.iter().map(|text| text.matches(": MetricDef = MetricDef {").count()).sum();
        assert_eq!(declared, METRICS.len());
    }
}
