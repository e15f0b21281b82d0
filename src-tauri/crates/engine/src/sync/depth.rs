//! How far back a sync reads.

use fairlead_connectors::Backfill;
use fairlead_domain::slo::{CalendarUnit, SloWindow};

use super::Past;
use super::plan::DEEPEST_DAYS;

/// How far back `sync` reads without being told, for streams that feed no SLO.
const DEFAULT_DAYS: u32 = 90;

/// How far the past of each stream is to be read, in days before now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// For streams that feed SLOs: the longest SLO window and a day.
    pub slo_days: u32,
    /// For everything else.
    pub other_days: u32,
}

impl Depth {
    /// The depth that is asked for, of a source whose SLOs have these windows.
    #[must_use]
    pub fn asked<'w>(past: Past, windows: impl Iterator<Item = &'w SloWindow>) -> Self {
        let longest = windows.map(slo_days).max().map_or(DEFAULT_DAYS, |days| days + 1);
        match past {
            Past::Days(days) | Past::StepTo(days) => Self { slo_days: days, other_days: days },
            Past::OneStep => Self { slo_days: longest.max(DEEPEST_DAYS), other_days: DEEPEST_DAYS },
            Past::ToDepth | Past::Leave => Self { slo_days: longest, other_days: DEFAULT_DAYS },
        }
    }

    /// The depth of one stream.
    #[must_use]
    pub const fn of(self, backfill: Backfill) -> u32 {
        if backfill.slo_depth { self.slo_days } else { self.other_days }
    }

    /// This depth, but no deeper than `days`.
    #[must_use]
    pub fn capped(self, days: u32) -> Self {
        Self { slo_days: self.slo_days.min(days), other_days: self.other_days.min(days) }
    }
}

/// The length of an SLO's window in whole days, rounded up; of a calendar period the longest that it can have.
fn slo_days(window: &SloWindow) -> u32 {
    match window {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to ten years")]
        SloWindow::Rolling { days } => days.ceil().clamp(1.0, 3_653.0) as u32,
        SloWindow::Calendar { unit, count, .. } => {
            let one = match unit {
                CalendarUnit::Day => 1,
                CalendarUnit::Week => 7,
                CalendarUnit::Month => 31,
                CalendarUnit::Quarter => 92,
                CalendarUnit::Year => 366,
            };
            count.saturating_mul(one).min(3_653)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case::without_slos(Past::ToDepth, &[], (90, 90))]
    #[case::a_day_more_than_the_longest(Past::ToDepth, &[30.0, 7.0], (31, 90))]
    #[case::rounded_up(Past::ToDepth, &[0.5], (2, 90))]
    #[case::by_and_by_to_13_months(Past::OneStep, &[30.0], (DEEPEST_DAYS, DEEPEST_DAYS))]
    #[case::by_and_by_further_for_a_longer_window(Past::OneStep, &[700.0], (701, DEEPEST_DAYS))]
    #[case::as_told(Past::Days(5), &[30.0], (5, 5))]
    fn the_depth_follows_the_longest_window(#[case] past: Past, #[case] days: &[f64], #[case] depth: (u32, u32)) {
        let windows: Vec<SloWindow> = days.iter().map(|days| SloWindow::Rolling { days: *days }).collect();
        let found = Depth::asked(past, windows.iter());
        assert_eq!((found.slo_days, found.other_days), depth);
    }
}
