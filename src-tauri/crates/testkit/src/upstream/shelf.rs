//! One stream of a scripted upstream: its rows, and how it answers for them.

use fairlead_connectors::{Backfill, Batch, ConnectorError, Mode, Note, Request, Stream};
use fairlead_domain::record::{Item, Record, RecordKind, ReplaceSet};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};

/// A stream and its manners. Built once, handed to [`super::Upstream::new`].
#[derive(Debug, Clone)]
pub struct Shelf {
    pub(super) stream: Stream,
    rows: Vec<Row>,
    page_rows: usize,
    totals: bool,
    remembers_from: Option<Timestamp>,
    widest_millis: Option<i64>,
    incomplete: bool,
    shuffle: u64,
}

/// A record with the time by which windows find it.
#[derive(Debug, Clone)]
struct Row {
    at: Timestamp,
    until: Timestamp,
    record: Record,
}

impl Shelf {
    /// An empty stream that is read every minute in pages of 100 rows and has a past in windows of 7 days, where its
    /// mode has one.
    #[must_use]
    pub fn new(name: &'static str, mode: Mode, kinds: &'static [RecordKind]) -> Self {
        let timeless = matches!(mode, Mode::Snapshot | Mode::Observed);
        let backfill = (!timeless).then_some(Backfill { chunk_days: 7, slo_depth: false });
        Self {
            stream: Stream { name, mode, kinds, interval_secs: 60, backfill },
            rows: Vec::new(),
            page_rows: 100,
            totals: false,
            remembers_from: None,
            widest_millis: None,
            incomplete: false,
            shuffle: 0,
        }
    }

    /// Rows of one page.
    #[must_use]
    pub const fn pages_of(mut self, rows: usize) -> Self {
        self.page_rows = rows;
        self
    }

    /// Says with each page how many rows the walk has.
    #[must_use]
    pub const fn telling_totals(mut self) -> Self {
        self.totals = true;
        self
    }

    /// Seconds between reads.
    #[must_use]
    pub const fn every_secs(mut self, secs: u32) -> Self {
        self.stream.interval_secs = secs;
        self
    }

    /// Has no past to read, or one in windows of other length.
    #[must_use]
    pub const fn with_backfill(mut self, backfill: Option<Backfill>) -> Self {
        self.stream.backfill = backfill;
        self
    }

    /// Refuses windows of more days as too large.
    #[must_use]
    pub const fn refusing_beyond_days(mut self, days: i64) -> Self {
        self.widest_millis = Some(days * DAY_MS);
        self
    }

    /// Remembers nothing older.
    #[must_use]
    pub const fn remembering_from(mut self, from: Timestamp) -> Self {
        self.remembers_from = Some(from);
        self
    }

    /// Yields its rows in another order: the same for the same `seed`.
    #[must_use]
    pub const fn shuffled(mut self, seed: u64) -> Self {
        self.shuffle = seed;
        self
    }

    /// Holds a record that is found by `at`.
    #[must_use]
    pub fn with(mut self, at: Timestamp, record: impl Into<Record>) -> Self {
        self.put(at, at.plus_millis(1), record.into());
        self
    }

    /// Holds a record that is found by the time it spans.
    #[must_use]
    pub fn with_span(mut self, span: Window, record: impl Into<Record>) -> Self {
        self.put(span.start, span.end, record.into());
        self
    }

    /// Replaces the record of the same key.
    pub(super) fn put(&mut self, at: Timestamp, until: Timestamp, record: Record) {
        let (kind, key) = (record.kind(), record.key());
        self.rows.retain(|row| row.record.kind() != kind || row.record.key() != key);
        self.rows.push(Row { at, until, record });
        self.rows.sort_by_key(|row| (row.at, row.record.key()));
    }

    pub(super) fn keep_only(&mut self, keep: impl Fn(&Record) -> bool) {
        self.rows.retain(|row| keep(&row.record));
    }

    pub(super) const fn set_incomplete(&mut self, incomplete: bool) {
        self.incomplete = incomplete;
    }

    pub(super) const fn set_memory(&mut self, from: Option<Timestamp>) {
        self.remembers_from = from;
    }

    /// The page that is asked for.
    pub(super) fn page(&self, host: &str, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let asked = request.window;
        let timeless = matches!(self.stream.mode, Mode::Snapshot | Mode::Observed);
        if self.widest_millis.is_some_and(|widest| !timeless && asked.millis() > widest) {
            return Err(ConnectorError::TooLarge { host: host.to_owned(), reason: "narrow the window".to_owned() });
        }
        let known = self.remembers_from.filter(|from| !timeless && *from > asked.start);
        let window = known.map_or(asked, |from| Window::new(from.min(asked.end), asked.end));
        let mut rows: Vec<&Row> = self.rows.iter().filter(|row| self.lies_in(row, window)).collect();
        if self.shuffle != 0 {
            rows.sort_by_key(|row| mix(self.shuffle, &row.record.key()));
        }
        let begin: usize = request.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let end = begin.saturating_add(self.page_rows.max(1)).min(rows.len());
        let last = end == rows.len();
        let items = rows.get(begin..end).unwrap_or_default().iter().map(|row| Item::from(row.record.clone()));
        Ok(Batch {
            items: items.collect(),
            next: (!last).then(|| end.to_string()),
            total: self.totals.then_some(rows.len() as u64),
            complete: if last { self.complete(window) } else { Vec::new() },
            covered: known.map(|_| window),
            exhausted: known.is_some(),
            state: None,
            notes: if self.incomplete { vec![half()] } else { Vec::new() },
        })
    }

    fn lies_in(&self, row: &Row, window: Window) -> bool {
        match self.stream.mode {
            Mode::Snapshot => true,
            Mode::Observed => row.at <= window.end && window.end < row.until,
            Mode::ReplaceWindow { .. } => Window::new(row.at, row.until).overlaps(window),
            Mode::Updated { .. } | Mode::Feed { .. } | Mode::Created { .. } => window.contains(row.at),
        }
    }

    /// A window that is replaced is stated complete for every schedule that ever had a shift.
    fn complete(&self, window: Window) -> Vec<ReplaceSet> {
        if !matches!(self.stream.mode, Mode::ReplaceWindow { .. }) {
            return Vec::new();
        }
        let mut parents: Vec<String> = self
            .rows
            .iter()
            .filter_map(|row| match &row.record {
                Record::Shift(shift) => Some(shift.schedule.clone()),
                _ => None,
            })
            .collect();
        parents.sort();
        parents.dedup();
        parents.into_iter().map(|parent| ReplaceSet { kind: RecordKind::Shift, parent, window }).collect()
    }
}

fn half() -> Note {
    Note { code: "answer_incomplete", message: "one of two stores did not answer".to_owned(), incomplete: true }
}

/// FNV-1a over the seed and the key: an order that has nothing to do with the rows.
fn mix(seed: u64, key: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed;
    key.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
