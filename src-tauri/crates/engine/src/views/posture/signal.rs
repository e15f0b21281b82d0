//! Posture in a word, for where there is no room and no privacy: the tray, a notification.

use std::collections::BTreeSet;

use super::answer::{Attention, AttentionClass, Posture};
use super::things;

/// What may be said of Posture in sight of anybody: counts, never names, titles or numbers of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signal {
    /// Things that need the lead now; a line that stands for several is several.
    pub now: usize,
    /// Things that are awake, whatever their class.
    pub rows: usize,
    /// Nothing is claimed quiet: a source that feeds a "now" was not read whole, or none is connected.
    pub blind: bool,
    /// Ids of the things that need the lead now, to tell what is new; never shown.
    pub ids: BTreeSet<String>,
}

impl Signal {
    /// The signal of an answer.
    #[must_use]
    pub fn of(answer: &Posture) -> Self {
        let awake = || answer.attention.iter().filter(|row| row.snoozed.is_none());
        let now = |row: &&Attention| row.class == AttentionClass::Now;
        Self {
            now: things(awake().filter(now)),
            rows: things(awake()),
            blind: answer.sources.is_empty() || answer.sources.iter().any(|source| source.stale || source.hides_now),
            ids: awake().filter(now).flat_map(|row| std::iter::once(&row.id).chain(&row.folded)).cloned().collect(),
        }
    }

    /// One or two words: `2 now`, `3 open`, `unknown` or `quiet`.
    #[must_use]
    pub fn word(&self) -> String {
        match (self.now, self.rows, self.blind) {
            (0, 0, true) => "unknown".to_owned(),
            (0, 0, false) => "quiet".to_owned(),
            (0, rows, _) => format!("{rows} open"),
            (now, ..) => format!("{now} now"),
        }
    }

    /// The same as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let things = |n: usize| if n == 1 { "1 thing needs".to_owned() } else { format!("{n} things need") };
        match (self.now, self.rows, self.blind) {
            (0, 0, true) => "Cannot tell whether anything needs you".to_owned(),
            (0, 0, false) => "Nothing needs you".to_owned(),
            (0, rows, _) => format!("{} you, none of them now", things(rows)),
            (now, ..) => format!("{} you now", things(now)),
        }
    }

    /// How many things need the lead now that did not before.
    #[must_use]
    pub fn new_since(&self, before: &Self) -> usize {
        self.ids.difference(&before.ids).count()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 0, false, "quiet", "Nothing needs you")]
    #[case(0, 0, true, "unknown", "Cannot tell whether anything needs you")]
    #[case(0, 1, true, "1 open", "1 thing needs you, none of them now")]
    #[case(1, 4, false, "1 now", "1 thing needs you now")]
    #[case(2, 4, true, "2 now", "2 things need you now")]
    fn nothing_is_called_quiet_that_was_not_read(
        #[case] now: usize,
        #[case] rows: usize,
        #[case] blind: bool,
        #[case] word: &str,
        #[case] sentence: &str,
    ) {
        let signal = Signal { now, rows, blind, ids: BTreeSet::new() };
        assert_eq!((signal.word().as_str(), signal.sentence().as_str()), (word, sentence));
    }

    #[test]
    fn only_what_was_not_there_before_is_new() {
        let ids = |ids: &[&str]| Signal { ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..Signal::default() };
        assert_eq!(ids(&["a", "b"]).new_since(&ids(&["b", "c"])), 1);
        assert_eq!(ids(&["b"]).new_since(&ids(&["a", "b"])), 0);
    }
}
