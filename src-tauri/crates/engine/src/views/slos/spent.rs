//! What spent the budget, spell by spell, with what happened at the time, and when it comes back.

use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::slo::{SloSpan, SloStatus, Spell};
use serde::Serialize;
use specta::Type;

use super::answer::Finite;
use super::marks::Mark;
use super::round::burn;

/// Spells that are told; the smaller ones go to the rest.
const MOST: usize = 8;
/// A change that went before a spell by at most so many hours may be its cause.
const BEFORE_HOURS: i64 = 2;

/// What spent the budget. Points are hundredths of the budget; rows and rest add up to the total.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Spent {
    /// The spells, oldest first: so they also leave a rolling window.
    pub rows: Vec<SpentRow>,
    /// What the rest of the window spent.
    #[specta(type = Finite)]
    pub rest: f64,
    /// Bad events or slices of the rest; null for the other methods.
    pub rest_bad: Option<f64>,
    /// Spells that are too small to be told, within the rest.
    pub smaller: u32,
    /// What is spent in all.
    #[specta(type = Finite)]
    pub total: f64,
}

/// A spell in which the budget was spent faster than evenly.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SpentRow {
    /// Start of its first hour.
    #[specta(type = String)]
    pub starts_at: Timestamp,
    /// End of its last hour.
    #[specta(type = String)]
    pub ends_at: Timestamp,
    /// Points of the budget that it spent, to a tenth.
    #[specta(type = Finite)]
    pub points: f64,
    /// Its share of all that is spent, 0–1.
    #[specta(type = Finite)]
    pub share: f64,
    /// Bad events or slices; null for the other methods.
    pub bad: Option<f64>,
    /// Burn rate of its worst hour.
    #[specta(type = Finite)]
    pub peak: f64,
    /// When its last hour has left a rolling window.
    #[specta(type = Option<String>)]
    pub leaves_at: Option<Timestamp>,
    /// What is then left if nothing else breaks.
    pub left_then: Option<f64>,
    /// What happened at the time: the likeliest cause, which is no proof.
    pub beside: Option<Beside>,
}

/// What happened at the time of a spell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Beside {
    /// Kind of [`Mark`].
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// 1 (worst) to 5, of incidents.
    pub severity: Option<u8>,
    /// How many other incidents, changes and works overlap too.
    pub others: u32,
}

/// What the spells are told with.
pub(super) struct Ledger<'a> {
    pub span: &'a SloSpan,
    pub status: &'a SloStatus,
    pub marks: &'a [Mark],
    /// What is left in the hours to come if nothing else breaks.
    pub calm: &'a [Option<f64>],
}

impl Ledger<'_> {
    pub(super) fn spent(&self, spells: &[Spell]) -> Option<Spent> {
        let consumed = 1.0 - self.status.budget_remaining?;
        let mut kept: Vec<&Spell> = spells.iter().collect();
        kept.sort_by(|a, b| b.spent.total_cmp(&a.spent));
        kept.truncate(MOST);
        kept.sort_by_key(|spell| spell.window.start);
        let countable = self.status.total.is_some();
        let told: f64 = kept.iter().map(|spell| spell.tally.bad).sum();
        let rows: Vec<SpentRow> = kept.iter().map(|spell| self.row(spell, consumed, countable)).collect();
        // The rest is taken from what is shown, so that the column adds up to its last digit.
        let total = tenths(consumed);
        let rest = total - kept.iter().map(|spell| tenths(spell.spent)).sum::<f64>();
        Some(Spent {
            rows,
            rest: rest / 10.0 + 0.0,
            rest_bad: countable.then(|| (self.status.tally.bad - told).max(0.0).round()),
            smaller: u32::try_from(spells.len() - kept.len()).unwrap_or(u32::MAX),
            total: total / 10.0 + 0.0,
        })
    }

    fn row(&self, spell: &Spell, consumed: f64, countable: bool) -> SpentRow {
        let Window { start, end } = spell.window;
        let leaves_at = self.span.rolling.then(|| end.plus_millis(self.span.period.millis()));
        let ahead = leaves_at.map(|at| at.since(self.span.end) / fairlead_domain::time::HOUR_MS);
        let left_then = ahead.and_then(|hours| self.calm.get(usize::try_from(hours).ok()?).copied().flatten());
        SpentRow {
            starts_at: start,
            ends_at: end,
            points: tenths(spell.spent) / 10.0,
            share: if consumed > 0.0 { super::round::share(spell.spent / consumed) } else { 0.0 },
            bad: countable.then(|| spell.tally.bad.round()),
            peak: burn(spell.peak),
            leaves_at,
            left_then: left_then.map(super::round::budget),
            beside: self.beside(spell.window),
        }
    }

    /// An incident goes before planned work, that before a change; of each the worst, then the longest in common.
    fn beside(&self, spell: Window) -> Option<Beside> {
        let common = |mark: &Mark| {
            let end = mark.ends_at.unwrap_or(if mark.kind == "incident" { self.span.end } else { mark.at });
            let start = if mark.kind == "change" { mark.at } else { mark.at.floor_hour() };
            Window::new(start, end.max(start.plus_millis(1))).intersect(spell).millis()
        };
        let touches = |mark: &&Mark| match mark.kind.as_str() {
            "incident" | "maintenance" => common(mark) > 0,
            "change" => spell.start.plus_hours(-BEFORE_HOURS) <= mark.at && mark.at < spell.end,
            _ => false,
        };
        let mut found: Vec<&Mark> = self.marks.iter().filter(touches).collect();
        let weight = |mark: &Mark| match mark.kind.as_str() {
            "incident" => 0,
            "maintenance" => 1,
            _ => 2,
        };
        found.sort_by_key(|mark| (weight(mark), mark.severity.unwrap_or(u8::MAX), -common(mark), mark.at));
        let others = u32::try_from(found.len().saturating_sub(1)).unwrap_or(u32::MAX);
        found.first().map(|mark| Beside {
            kind: mark.kind.clone(),
            id: mark.id.clone(),
            label: mark.label.clone(),
            title: mark.title.clone(),
            severity: mark.severity,
            others,
        })
    }
}

/// A share of the budget in tenths of a point.
fn tenths(ratio: f64) -> f64 {
    (ratio * 1_000.0).round()
}
