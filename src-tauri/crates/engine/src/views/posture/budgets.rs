//! Budgets at risk: the SLOs that are not simply well, the worst first.

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::facts::SloFact;
use crate::views::slos::TooFew;

/// So many are named; the rest is on the page of SLOs.
const NAMED: usize = 5;

/// An SLO whose budget is spent, short, burning or not known.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct BudgetAtRisk {
    /// Id of the SLO.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The service's tier, 1 the most important.
    pub tier: Option<u8>,
    /// The source that measures it.
    pub source: String,
    /// `spent`, `critical`, `warn` or `unknown`.
    pub state: String,
    /// 1 = untouched, < 0 = overspent; null when nothing was measured.
    pub remaining: Option<f64>,
    /// So few events that what is left is no finding.
    pub too_few_events: Option<TooFew>,
    /// Burn over the last hour; 1 spends the budget exactly within the window.
    pub burn_1h: Option<f64>,
    /// When it runs out at the last day's pace.
    #[specta(type = Option<String>)]
    pub exhausts_at: Option<Timestamp>,
    /// When a spent budget comes back without further errors.
    #[specta(type = Option<String>)]
    pub recovers_at: Option<Timestamp>,
}

/// The worst budgets: spent, then critical, then tight, then unknown; inside each the most important service, then the
/// least that is left.
pub(super) fn at_risk(slos: &[SloFact]) -> Vec<BudgetAtRisk> {
    let mut risky: Vec<(usize, &SloFact)> =
        slos.iter().filter_map(|slo| Some((rank(&slo.entry.state)?, slo))).collect();
    risky.sort_by(|(a_rank, a), (b_rank, b)| {
        let key = |rank: usize, slo: &SloFact| (rank, slo.tier.unwrap_or(2));
        let left = |slo: &SloFact| slo.entry.budget_remaining.unwrap_or(f64::INFINITY);
        let order = key(*a_rank, a).cmp(&key(*b_rank, b));
        order.then(left(a).total_cmp(&left(b))).then_with(|| a.entry.id.cmp(&b.entry.id))
    });
    risky.into_iter().take(NAMED).map(|(_, slo)| entry(slo)).collect()
}

fn rank(state: &str) -> Option<usize> {
    ["spent", "critical", "warn", "unknown"].iter().position(|risky| *risky == state)
}

fn entry(slo: &SloFact) -> BudgetAtRisk {
    BudgetAtRisk {
        id: slo.entry.id.clone(),
        name: slo.label(),
        tier: slo.tier,
        source: slo.entry.source.clone(),
        state: slo.entry.state.clone(),
        remaining: slo.entry.budget_remaining,
        too_few_events: slo.entry.too_few_events.clone(),
        burn_1h: slo.entry.burn.h1,
        exhausts_at: slo.entry.exhausts_at,
        recovers_at: slo.entry.recovers_at,
    }
}
