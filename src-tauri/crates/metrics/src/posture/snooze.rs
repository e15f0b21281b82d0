//! Snoozing: a row may rest until a time, or until it is worse. It is counted in sight meanwhile.
//!
//! - until a time: at most 7 days;
//! - until worse: until its class rises, or its number is 20 % worse than when it was snoozed, or becomes unknown;
//! - a blind source rests at most 24 hours in either way;
//! - SEV1 and nobody on call never rest, also when a snooze was made before they became so.

use fairlead_domain::Timestamp;
use fairlead_domain::time::{DAY_MS, HOUR_MS};

use super::row::{Class, Entry, Row, SnoozeLimit};
use crate::error::MetricsError;
use crate::registry::Better;

/// By which share of itself a number must be worse.
const WORSE_BY: f64 = 0.2;

/// Until when a row rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnoozeUntil {
    /// Until this instant.
    Time(Timestamp),
    /// Until it is worse.
    Worse,
}

/// A row that was set aside, and how bad it was then.
#[derive(Debug, Clone, PartialEq)]
pub struct Snooze {
    /// [`Row::id`].
    pub row: String,
    /// When it was set aside.
    pub at: Timestamp,
    /// Until when.
    pub until: SnoozeUntil,
    /// Its class then, promotions included.
    pub class: Class,
    /// Its number then.
    pub value: Option<f64>,
}

impl SnoozeLimit {
    /// The longest rest in milliseconds.
    const fn millis(self) -> i64 {
        match self {
            Self::Week => 7 * DAY_MS,
            Self::Day => DAY_MS,
            Self::Never => 0,
        }
    }
}

/// Whether `row` may be set aside at `now`.
///
/// # Errors
/// [`MetricsError::NotSnoozable`] for a row that may never rest, [`MetricsError::SnoozeLength`] for an end that has
/// passed or lies beyond what the row allows.
pub fn check_snooze(row: &Row, until: SnoozeUntil, now: Timestamp) -> Result<(), MetricsError> {
    match (row.snooze, until) {
        (SnoozeLimit::Never, _) => Err(MetricsError::NotSnoozable(row.id.clone())),
        (limit, SnoozeUntil::Time(end)) if end <= now || end > now.plus_millis(limit.millis()) => {
            Err(MetricsError::SnoozeLength { row: row.id.clone(), hours: limit.millis() / HOUR_MS })
        }
        _ => Ok(()),
    }
}

impl Snooze {
    /// Whether the line still rests at `now`. A line that stands for a row that may never rest does not.
    #[must_use]
    pub fn hides(&self, line: &Entry, now: Timestamp) -> bool {
        let limit = line.row.snooze;
        let may_rest = std::iter::once(&line.row).chain(&line.absorbed).all(|row| row.snooze != SnoozeLimit::Never);
        let latest = self.at.plus_millis(limit.millis());
        let resting = match self.until {
            SnoozeUntil::Time(end) => now < end.min(latest),
            SnoozeUntil::Worse => !self.is_worse(line) && (limit == SnoozeLimit::Week || now < latest),
        };
        self.row == line.row.id && self.at <= now && may_rest && resting
    }

    /// Whether the line is worse than when it was set aside.
    fn is_worse(&self, line: &Entry) -> bool {
        let class_up = line.class < self.class;
        let number_worse = match (self.value, line.row.value) {
            (Some(then), Some(now)) => worse_by_a_fifth(line.row.better, then, now),
            (Some(_), None) => true,
            (None, _) => false,
        };
        class_up || number_worse
    }
}

/// Whether `now` is at least 20 % of `then` worse than `then`. A number without a good direction never worsens.
fn worse_by_a_fifth(better: Better, then: f64, now: f64) -> bool {
    let loss = match better {
        Better::Lower => now - then,
        Better::Higher => then - now,
        Better::Neither => 0.0,
    };
    loss > 0.0 && loss >= WORSE_BY * then.abs() * (1.0 - crate::slo::budget::TOLERANCE)
}
