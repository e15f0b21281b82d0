//! The burn windows: how fast the budget is spent over each, and when that is too fast.

use fairlead_metrics::slo::burn::{BurnSeverity, MONTH_TIERS, exceeds};
use fairlead_metrics::slo::{Objective, SloStatus, burn::max_burn_rate};
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::round::burn;

/// A burn window.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct BurnWindow {
    /// `1h`, `6h`, `1d` or `3d`.
    pub window: String,
    /// Burn rate over it; null without traffic.
    pub burn: Option<f64>,
    /// The rate that is too fast.
    #[specta(type = Finite)]
    pub threshold: f64,
    /// Share of the budget that is spent when the threshold is passed.
    #[specta(type = Finite)]
    pub budget_share: f64,
    /// What too fast means: `critical` or `warn`.
    pub severity: String,
    /// It burns too fast.
    pub over: bool,
    /// No error rate can reach the threshold.
    pub unreachable: bool,
}

/// The four windows that judge the state. They end with the newest whole hour, so a pager that looks at minutes speaks
/// first.
pub(super) fn burn_windows(objective: Objective, status: &SloStatus) -> Vec<BurnWindow> {
    let most = max_burn_rate(objective);
    let window = |tier: &fairlead_metrics::slo::burn::BurnTier| {
        let threshold = tier.threshold(status.span.window_hours());
        let rate = status.burn.over(tier.long_hours);
        BurnWindow {
            window: word(tier.long_hours),
            burn: rate.map(burn),
            threshold: burn(threshold),
            budget_share: tier.budget_share,
            severity: match tier.severity {
                BurnSeverity::Page => "critical",
                BurnSeverity::Ticket => "warn",
            }
            .to_owned(),
            over: rate.is_some_and(|rate| exceeds(rate, threshold)),
            unreachable: threshold >= most,
        }
    };
    MONTH_TIERS.iter().map(window).collect()
}

/// How a burn window is called.
pub(super) fn word(hours: u32) -> String {
    if hours < 24 { format!("{hours}h") } else { format!("{}d", hours / 24) }
}
