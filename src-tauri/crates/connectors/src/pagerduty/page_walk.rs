//! Walking through the pages of a list that may change meanwhile.
//!
//! Pages are counted by offset, so an entry that is added or goes while they are read moves the others. Each walk counts
//! what it saw and watches the upstream's total: when it saw less, or the total shrank, so that others slid onto pages that
//! were read already, it goes through the list again until nothing new comes.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::api::{LIMIT, Page, REACH};
use crate::ConnectorError;

/// Most times that a list is gone through.
const PASSES: u32 = 3;

/// Where a walk is. Its text is the walk's cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Turn {
    /// Which list, of a stream that reads several.
    pub part: u32,
    /// Which time it is gone through.
    pub pass: u32,
    /// Entries before this page.
    pub offset: u64,
}

impl Turn {
    /// The beginning of a part.
    pub const fn part(part: u32) -> Self {
        Self { part, pass: 0, offset: 0 }
    }

    /// Reads a cursor; an unreadable one begins anew.
    pub fn read(cursor: Option<&str>) -> Self {
        let mut numbers = cursor.unwrap_or_default().split('.').map(str::parse::<u64>);
        let mut next = || numbers.next().and_then(Result::ok);
        match (next(), next(), next()) {
            (Some(part), Some(pass), Some(offset)) => {
                Self { part: u32::try_from(part).unwrap_or(0), pass: u32::try_from(pass).unwrap_or(0), offset }
            }
            _ => Self::default(),
        }
    }

    /// The cursor.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.part, self.pass, self.offset)
    }
}

/// What a walk saw so far.
#[derive(Debug, Default)]
struct Seen {
    ids: BTreeSet<String>,
    /// Where it goes on, when this is the same walk.
    at: Option<Turn>,
    new_in_pass: bool,
    /// The total that the page before told.
    total: Option<u64>,
    /// The total became less between two pages of this pass.
    shrank: bool,
    /// From the first page on.
    whole: bool,
    /// Entries without an id were seen: they cannot be counted.
    nameless: bool,
}

/// The walks of all streams, each from its first page to its last.
#[derive(Debug, Default)]
pub(super) struct Walks(Mutex<HashMap<&'static str, Seen>>);

/// What is to be done with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// For each entry, whether this walk sees it for the first time.
    pub new: Vec<bool>,
    /// The next page of the list; `None` after its last.
    pub next: Option<Turn>,
}

impl Walks {
    /// Notes a page of `list` whose entries have these ids.
    ///
    /// # Errors
    /// [`ConnectorError::TooLarge`] when the list cannot be read to its end, [`ConnectorError::Decode`] when its pages
    /// repeat themselves.
    pub fn note(
        &self,
        list: &'static str,
        turn: &Turn,
        ids: &[Option<String>],
        page: &Page,
        host: &str,
    ) -> Result<Step, ConnectorError> {
        let mut walks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = walks.entry(list).or_default();
        if turn.offset == 0 && turn.pass == 0 {
            *seen = Seen { whole: true, ..Seen::default() };
        } else if seen.at.as_ref() != Some(turn) {
            *seen = Seen::default();
        }
        let new: Vec<bool> = ids.iter().map(|id| id.as_ref().is_none_or(|id| seen.ids.insert(id.clone()))).collect();
        let news = new.contains(&true);
        seen.shrank |= page.total.zip(seen.total).is_some_and(|(now, before)| now < before);
        seen.total = page.total;
        seen.nameless |= ids.contains(&None);
        seen.new_in_pass |= news;
        let next_offset = turn.offset + ids.len() as u64;
        let too_large = |reason: String| ConnectorError::TooLarge { host: host.to_owned(), reason };
        if let Some(total) = page.total.filter(|total| *total > REACH) {
            return Err(too_large(format!("it holds {total} entries of {list}, and only {REACH} can be reached")));
        }
        if page.more && ((turn.pass == 0 && seen.whole && !news) || ids.is_empty()) {
            return Err(ConnectorError::Decode {
                host: host.to_owned(),
                expected: format!("pages of {list} that end"),
                reason: "it says that there is more and sends the same again".into(),
            });
        }
        if page.more && next_offset + LIMIT > REACH {
            return Err(too_large(format!("more than {REACH} entries of {list} cannot be reached")));
        }
        let short = !seen.nameless && page.total.is_some_and(|total| (seen.ids.len() as u64) < total);
        let next = if page.more {
            Some(Turn { offset: next_offset, ..turn.clone() })
        } else if (short || seen.shrank) && seen.whole && turn.pass + 1 < PASSES && seen.new_in_pass {
            (seen.new_in_pass, seen.shrank, seen.total) = (false, false, None);
            Some(Turn { part: turn.part, pass: turn.pass + 1, offset: 0 })
        } else {
            None
        };
        seen.at.clone_from(&next);
        Ok(Step { new, next })
    }

    /// The ids that the last walk of a list saw, if it was walked from its first page to its last.
    pub fn whole(&self, list: &'static str) -> Option<BTreeSet<String>> {
        let walks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walks.get(list).filter(|seen| seen.whole && seen.at.is_none()).map(|seen| seen.ids.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(more: bool, total: Option<u64>) -> Page {
        Page { more, total, ..Page::default() }
    }

    fn ids(range: std::ops::Range<u32>) -> Vec<Option<String>> {
        range.map(|id| Some(id.to_string())).collect()
    }

    fn note(walks: &Walks, turn: &Turn, seen: std::ops::Range<u32>, page: &Page) -> Result<Step, ConnectorError> {
        walks.note("things", turn, &ids(seen), page, "h")
    }

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let turn = Turn { part: 1, pass: 2, offset: 300 };
        assert_eq!(Turn::read(Some(&turn.text())), turn);
        assert_eq!(Turn::read(Some("rubbish")), Turn::default());
        assert_eq!(Turn::read(None), Turn::default());
    }

    #[test]
    fn a_quiet_list_is_read_once() {
        let walks = Walks::default();
        let first = note(&walks, &Turn::default(), 0..100, &page(true, Some(150))).unwrap();
        let next = first.next.unwrap();
        assert_eq!(next.offset, 100);
        let last = note(&walks, &next, 100..150, &page(false, Some(150))).unwrap();
        assert_eq!((last.next, last.new.len()), (None, 50));
        assert_eq!(walks.whole("things").unwrap().len(), 150);
    }

    #[test]
    fn a_list_that_shrank_meanwhile_is_read_again_until_nothing_new_comes() {
        let walks = Walks::default();
        let next = note(&walks, &Turn::default(), 0..100, &page(true, Some(150))).unwrap().next.unwrap();
        // Entry 100 slid onto the page before.
        let step = note(&walks, &next, 101..150, &page(false, Some(150))).unwrap();
        let again = step.next.unwrap();
        assert_eq!((again.pass, again.offset), (1, 0));
        let next = note(&walks, &again, 1..101, &page(true, Some(149))).unwrap().next.unwrap();
        assert_eq!(note(&walks, &next, 101..150, &page(false, Some(149))).unwrap().next, None);
        assert_eq!(walks.whole("things").unwrap().len(), 150);
    }

    #[test]
    fn what_went_is_not_counted_for_what_slid_away() {
        let walks = Walks::default();
        let next = note(&walks, &Turn::default(), 0..100, &page(true, Some(150))).unwrap().next.unwrap();
        // Entry 0 went, so 100 slid onto the page before; as many were seen as there are now.
        let again = note(&walks, &next, 101..150, &page(false, Some(149))).unwrap().next.unwrap();
        let next = note(&walks, &again, 1..101, &page(true, Some(149))).unwrap().next.unwrap();
        assert_eq!(note(&walks, &next, 101..150, &page(false, Some(149))).unwrap().next, None);
        assert!(walks.whole("things").unwrap().contains("100"));
    }

    #[test]
    fn a_total_that_is_never_reached_ends_too() {
        let walks = Walks::default();
        let again = note(&walks, &Turn::default(), 0..5, &page(false, Some(9))).unwrap().next.unwrap();
        assert_eq!(note(&walks, &again, 0..5, &page(false, Some(9))).unwrap().next, None);
    }

    #[test]
    fn entries_that_come_twice_are_told() {
        let walks = Walks::default();
        let next = note(&walks, &Turn::default(), 0..100, &page(true, None)).unwrap().next.unwrap();
        let step = note(&walks, &next, 99..110, &page(false, None)).unwrap();
        assert_eq!(step.new.iter().filter(|new| !**new).count(), 1);
    }

    #[test]
    fn more_for_ever_is_an_error() {
        let walks = Walks::default();
        let next = note(&walks, &Turn::default(), 0..100, &page(true, None)).unwrap().next.unwrap();
        let error = note(&walks, &next, 0..100, &page(true, None)).unwrap_err();
        assert_eq!(error.code(), "decode");
        assert!(error.to_string().contains("the same again"), "{error}");
        let error = note(&walks, &Turn::default(), 0..0, &page(true, None)).unwrap_err();
        assert_eq!(error.code(), "decode");
    }

    #[test]
    fn entries_without_an_id_are_read_once() {
        let walks = Walks::default();
        let step = walks.note("things", &Turn::default(), &[None, None], &page(false, Some(9)), "h").unwrap();
        assert_eq!((step.next, step.new), (None, vec![true, true]));
    }

    #[test]
    fn what_cannot_be_reached_asks_for_a_smaller_window() {
        let walks = Walks::default();
        let error = note(&walks, &Turn::default(), 0..100, &page(true, Some(10_001))).unwrap_err();
        assert_eq!(error.code(), "too_large");
        assert!(note(&walks, &Turn::default(), 0..100, &page(true, Some(10_000))).is_ok());
        let last = Turn { offset: 9_900, ..Turn::default() };
        let error = note(&walks, &last, 0..100, &page(true, None)).unwrap_err();
        assert_eq!(error.code(), "too_large", "more behind the last page that can be reached");
        assert_eq!(note(&walks, &last, 0..100, &page(false, None)).unwrap().next, None, "exactly all");
    }

    #[test]
    fn a_walk_that_goes_on_from_the_middle_is_not_taken_for_whole() {
        let walks = Walks::default();
        let middle = Turn { offset: 100, ..Turn::default() };
        assert_eq!(note(&walks, &middle, 100..150, &page(false, Some(150))).unwrap().next, None);
        assert_eq!(walks.whole("things"), None);
    }
}
