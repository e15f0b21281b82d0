//! What an import gives: records, and what is to be said about single rows.

use std::collections::{BTreeMap, HashMap};

use fairlead_domain::text::clean_line;
use fairlead_domain::{Item, Record, RecordKind};

/// Most issues of a kind that are listed; more are counted.
const MAX_LISTED: usize = 1_000;

/// The outcome of an import.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// The records, each key once: the last row of a schedule, person or service holds, the first of all others.
    pub items: Vec<Item>,
    /// Rows with content, without the header.
    pub rows: u64,
    /// Rows that were left out, and why; at most 1,000 are listed.
    pub skipped: Vec<RowIssue>,
    /// Rows that were left out, all.
    pub skipped_rows: u64,
    /// Rows that were taken although something in them is doubtful; at most 1,000 are listed.
    pub doubtful: Vec<RowIssue>,
    /// How many records there are of each kind.
    pub counts: BTreeMap<RecordKind, u64>,
}

/// Something about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIssue {
    /// Line in the file where the row begins, the first is 1.
    pub line: u64,
    /// The column, as the file calls it.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl RowIssue {
    /// About one column. The line is set where the row is known.
    pub(super) fn at(column: &str, message: impl AsRef<str>) -> Self {
        Self { line: 0, column: Some(clean_line(column)), message: clean_line(message.as_ref()) }
    }

    /// About the row as a whole.
    pub(super) fn whole(message: impl AsRef<str>) -> Self {
        Self { line: 0, column: None, message: clean_line(message.as_ref()) }
    }
}

/// Collects the outcome.
#[derive(Debug, Default)]
pub(super) struct Collected {
    outcome: Imported,
    /// Where the item of a key stands, and on which line it came.
    places: HashMap<(RecordKind, String), (usize, u64)>,
}

impl Collected {
    /// Takes a row's records. The last is the row's own fact: when it was there before, the row is left out.
    pub(super) fn take(&mut self, line: u64, records: Vec<Record>) {
        let own = records.last().map(|record| (record.kind(), record.key()));
        if let Some((_, before)) = own.as_ref().and_then(|key| self.places.get(key))
            && !own.as_ref().is_some_and(|(kind, _)| is_catalogue(*kind))
        {
            let message = format!("the same as line {before}");
            self.skip(line, RowIssue::whole(message));
            return;
        }
        self.outcome.rows += 1;
        for record in records {
            let key = (record.kind(), record.key());
            match self.places.get(&key).and_then(|(place, _)| self.outcome.items.get_mut(*place)) {
                Some(item) => item.record = record,
                None => {
                    *self.outcome.counts.entry(key.0).or_default() += 1;
                    self.places.insert(key, (self.outcome.items.len(), line));
                    self.outcome.items.push(record.into());
                }
            }
        }
    }

    /// Leaves a row out.
    pub(super) fn skip(&mut self, line: u64, issue: RowIssue) {
        self.outcome.rows += 1;
        self.outcome.skipped_rows += 1;
        if self.outcome.skipped.len() < MAX_LISTED {
            self.outcome.skipped.push(RowIssue { line, ..issue });
        }
    }

    /// Says what is doubtful about a row that is taken.
    pub(super) fn doubt(&mut self, line: u64, issues: Vec<RowIssue>) {
        let room = MAX_LISTED.saturating_sub(self.outcome.doubtful.len());
        self.outcome.doubtful.extend(issues.into_iter().take(room).map(|issue| RowIssue { line, ..issue }));
    }

    /// The outcome.
    pub(super) fn finish(self) -> Imported {
        self.outcome
    }
}

/// Kinds that many rows repeat.
const fn is_catalogue(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Schedule | RecordKind::Person | RecordKind::Service | RecordKind::Team | RecordKind::Rotation
    )
}
