//! The kinds of things that may need the lead, one file each. Each judges [`Facts`] alone.

mod action_overdue;
mod alert_zombie;
mod blind;
mod budget_soon;
mod budget_spent;
mod fast_burn;
mod forgetting;
mod freeze_breach;
mod gap_ahead;
mod hot_change;
mod incident_stale;
mod leave_conflict;
mod major_open;
mod nobody_on_call;
mod page_unacked;
mod review_missing;
mod rota_changed;
mod rota_thin;
mod silence_bad;
mod silence_ends;
mod slo_blind;
#[cfg(test)]
mod tests;
mod unmapped;
mod unwatched;
mod woken;

use fairlead_domain::Timestamp;
use fairlead_metrics::posture::{Class, Part, Row, SnoozeLimit};
use fairlead_metrics::registry::Better;

pub(super) use self::blind::AT_ONCE;
use super::answer::{Action, Why};
use super::facts::Facts;

/// One kind of posture.md.
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What it finds.
    pub judge: fn(&Facts) -> Outcome,
}

/// What a kind finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// So many things; none is a true "nothing".
    Found(Vec<Finding>),
    /// Its data is not there: it says nothing, not even "nothing".
    NotWatched(String),
}

/// One thing found, with its wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What the order is made by.
    pub row: Row,
    /// What, in one line.
    pub title: String,
    /// Why, with its number.
    pub reason: String,
    /// Unit of the row's value.
    pub unit: Option<&'static str>,
    /// The team concerned.
    pub team: Option<String>,
    /// The one thing to do.
    pub action: Action,
    /// What made it fire.
    pub why: Why,
}

/// Every kind, in the order of posture.md.
pub const KINDS: &[Kind] = &[
    page_unacked::KIND,
    major_open::KIND,
    nobody_on_call::KIND,
    fast_burn::KIND,
    blind::KIND,
    gap_ahead::KIND,
    leave_conflict::KIND,
    unwatched::NOT_READY,
    rota_changed::KIND,
    unwatched::HANDOVER_DUE,
    unwatched::HANDOVER_UNACKED,
    silence_ends::KIND,
    woken::KIND,
    budget_spent::KIND,
    budget_soon::KIND,
    slo_blind::KIND,
    incident_stale::KIND,
    alert_zombie::KIND,
    hot_change::KIND,
    freeze_breach::KIND,
    silence_bad::KIND,
    unwatched::NOISY_RULE,
    unwatched::RECURRENCE,
    action_overdue::KIND,
    review_missing::KIND,
    rota_thin::KIND,
    unwatched::PROMISE_DUE,
    unmapped::KIND,
    forgetting::KIND,
];

/// A row of `kind` about `subject`, with nothing special about it.
fn plain_row(kind: &'static str, subject: &str, class: Class, since: Timestamp) -> Row {
    Row {
        id: format!("{kind}:{subject}"),
        kind,
        class,
        tier: None,
        due: None,
        since,
        unknown: false,
        part: Part::Plain,
        service: None,
        sources: Vec::new(),
        value: None,
        better: Better::Lower,
        snooze: SnoozeLimit::Week,
    }
}

fn action(verb: &str, link: impl Into<Option<String>>) -> Action {
    Action { verb: verb.to_owned(), link: link.into() }
}

fn why(trigger: &str, threshold: Option<&str>, rows: Vec<String>, source: Option<&str>) -> Why {
    Why {
        trigger: trigger.to_owned(),
        threshold: threshold.map(str::to_owned),
        rows,
        source: source.map(str::to_owned),
    }
}

/// An age as the number of a row.
fn seconds(millis: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "ages are far below 2^53 ms")]
    let seconds = millis as f64 / 1_000.0;
    seconds
}

/// A count as the number of a row.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
