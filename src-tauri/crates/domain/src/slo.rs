//! SLO definitions and the hours measured for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::words;

words! {
    /// How the budget is counted (cli.md). Numbers of different methods are never compared silently.
    BudgetMethod {
        /// Good events over all events.
        Occurrences = "occurrences",
        /// Good slices of time over measured slices.
        Timeslices = "timeslices",
        /// Unweighted mean of ratios, as Sloth's default rules count.
        RatioMean = "ratio_mean",
        /// The upstream's own figure; no hours of ours.
        Upstream = "upstream",
    }
}

words! {
    /// What defined an SLO.
    SloOrigin {
        /// Sloth's recording rules.
        Sloth = "sloth",
        /// Pyrra's recording rules.
        Pyrra = "pyrra",
        /// An OpenSLO document.
        OpenSlo = "openslo",
        /// A `[[slo]]` of the configuration.
        Plain = "plain",
    }
}

/// Over which time an objective holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SloWindow {
    /// The last so many days.
    Rolling {
        /// Length in days of 24 hours; may have a fraction (Pyrra takes any duration).
        days: f64,
    },
    /// Periods that follow each other from an anchor, by the wall clock of a zone.
    Calendar {
        /// Unit of the period.
        unit: CalendarUnit,
        /// How many units a period has, at least 1.
        count: u32,
        /// IANA zone whose wall clock bounds the periods.
        timezone: String,
        /// A start of a period, wall-clock text `YYYY-MM-DDTHH:MM:SS`; `None`: the zone's natural start of the unit.
        anchor: Option<String>,
    },
}

words! {
    /// Unit of a calendar window.
    CalendarUnit {
        /// Calendar day.
        Day = "day",
        /// Week from Monday unless anchored.
        Week = "week",
        /// Calendar month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// Calendar year.
        Year = "year",
    }
}

/// An SLO as a source defines it now. A changed definition becomes a new version; the old one stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slo {
    /// The upstream's id; for a member of a group followed by its labels, `id{k="v"}`. See [`group_id`].
    pub ext_id: String,
    /// Display name.
    pub name: String,
    /// The service's id or name in the source.
    pub service: Option<String>,
    /// Labels that part a grouped SLO; empty when it is not grouped.
    #[serde(default)]
    pub group: BTreeMap<String, String>,
    /// What defined it.
    pub origin: SloOrigin,
    /// Target ratio, 0 < objective < 1.
    pub objective: f64,
    /// Over which time.
    pub window: SloWindow,
    /// How the budget is counted.
    pub method: BudgetMethod,
    /// Expression of bad or good events, for the definition page; `None` when it cannot be known.
    pub good_expr: Option<String>,
    /// Expression of all events.
    pub total_expr: Option<String>,
    /// What the upstream says of it.
    pub description: Option<String>,
    /// Further labels (team, tier …).
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// The id of a member of a grouped SLO: the upstream's id plus its labels, sorted, `id{a="1",b="2"}`.
#[must_use]
pub fn group_id(upstream_id: &str, group: &BTreeMap<String, String>) -> String {
    if group.is_empty() {
        return upstream_id.to_owned();
    }
    let labels: Vec<String> = group
        .iter()
        .map(|(key, value)| format!("{key}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!("{upstream_id}{{{}}}", labels.join(","))
}

/// What was measured in one UTC hour `[hour, hour + 1 h)`. All figures add up over hours.
///
/// An hour without a row is missing. An hour whose figures are present and 0 is quiet: the series were there, no
/// traffic was.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct SliFigures {
    /// Good events, 0 ≤ good ≤ total.
    pub good: Option<f64>,
    /// All events.
    pub total: Option<f64>,
    /// Sum of sampled **error** ratios (Sloth parity).
    pub ratio_sum: Option<f64>,
    /// How many ratios were sampled.
    pub ratio_count: Option<f64>,
    /// Good slices.
    pub slices_good: Option<f64>,
    /// Measured slices.
    pub slices: Option<f64>,
}

/// One measured hour of one SLO. Figures that are `None` leave what an earlier read stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliHour {
    /// [`Slo::ext_id`].
    pub slo: String,
    /// Start of the UTC hour.
    #[serde(with = "crate::time::exact")]
    pub hour: Timestamp,
    /// The figures.
    pub figures: SliFigures,
}

/// The upstream's own statement about an SLO at an instant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SloUpstream {
    /// [`Slo::ext_id`].
    pub slo: String,
    /// When the upstream said so.
    #[serde(with = "crate::time::exact")]
    pub at: Timestamp,
    /// Budget remaining, 1 = untouched, < 0 = overspent.
    pub budget_remaining: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_member_is_named_by_its_sorted_labels() {
        let group = BTreeMap::from([("zone".into(), "eu\"1".into()), ("cell".into(), "a".into())]);
        assert_eq!(group_id("checkout", &group), r#"checkout{cell="a",zone="eu\"1"}"#);
        assert_eq!(group_id("checkout", &BTreeMap::new()), "checkout");
    }
}
