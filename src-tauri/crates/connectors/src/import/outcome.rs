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
    /// Records whose line names the source that they belong to, by its name; only of
    /// [`ImportKind::Records`](super::ImportKind::Records).
    pub by_source: BTreeMap<String, Vec<Item>>,
    /// What recognised the columns, when nothing was said about them.
    pub preset: Option<&'static str>,
    /// Name of the source that the mapping or the preset gives.
    pub source: Option<String>,
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
    /// The file's name, where several are read.
    pub file: Option<String>,
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
        Self { file: None, line: 0, column: Some(clean_line(column)), message: clean_line(message.as_ref()) }
    }

    /// About the row as a whole.
    pub(super) fn whole(message: impl AsRef<str>) -> Self {
        Self { file: None, line: 0, column: None, message: clean_line(message.as_ref()) }
    }
}

/// Collects the outcome.
#[derive(Debug, Default)]
pub(super) struct Collected {
    outcome: Imported,
    /// Where the item of a key stands, and on which line it came.
    places: HashMap<Key, (usize, u64)>,
}

/// What makes two records of a file the same fact: the source that its line names, the kind, the key.
type Key = (Option<String>, RecordKind, String);

fn key(source: Option<&str>, record: &Record) -> Key {
    let own = match record {
        // An upstream's figure is kept for each instant at which it was another.
        Record::SloUpstream(said) => format!("{}@{}", said.slo, said.at.as_millis()),
        record => record.key(),
    };
    (source.map(str::to_owned), record.kind(), own)
}

impl Collected {
    /// Takes a row's records. The last is the row's own fact: when it was there before, the row is left out.
    pub(super) fn take(&mut self, line: u64, records: Vec<Record>) {
        self.take_of(None, line, records);
    }

    /// As [`Self::take`], of records that belong to the source that the line names.
    pub(super) fn take_of(&mut self, source: Option<&str>, line: u64, records: Vec<Record>) {
        let own = records.last().map(|record| key(source, record));
        if let Some((_, before)) = own.as_ref().and_then(|key| self.places.get(key))
            && !own.as_ref().is_some_and(|(_, kind, _)| is_catalogue(*kind))
        {
            let message = format!("the same as line {before}");
            self.skip(line, RowIssue::whole(message));
            return;
        }
        self.outcome.rows += 1;
        let items = match source {
            None => &mut self.outcome.items,
            Some(name) => self.outcome.by_source.entry(name.to_owned()).or_default(),
        };
        for record in records {
            let key = key(source, &record);
            match self.places.get(&key).and_then(|(place, _)| items.get_mut(*place)) {
                Some(item) => item.record = record,
                None => {
                    *self.outcome.counts.entry(key.1).or_default() += 1;
                    self.places.insert(key, (items.len(), line));
                    items.push(record.into());
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

    /// Says which preset was recognised in the columns, and which source the mapping names.
    pub(super) fn understood(&mut self, preset: Option<&'static str>, source: Option<String>) {
        self.outcome.preset = preset;
        self.outcome.source = source;
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
