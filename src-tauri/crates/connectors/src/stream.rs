//! What a stream is and what a page of it holds.

use fairlead_domain::Window;
use fairlead_domain::record::{Item, RecordKind, ReplaceSet};

/// One kind of record in a source, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Name, unique within the source, for example `shifts`.
    pub name: &'static str,
    /// How it is read.
    pub mode: Mode,
    /// Which records it yields.
    pub kinds: &'static [RecordKind],
    /// Seconds between reads when nothing is asked for.
    pub interval_secs: u32,
    /// How far back it can be read; `None` when it has no past.
    pub backfill: Option<Backfill>,
}

/// How a stream is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The upstream filters by time of change: read `[last start − overlap, now)`.
    Updated {
        /// Seconds read again each time.
        overlap_secs: u32,
    },
    /// A feed of events about records: read `[last start − overlap, now)`.
    Feed {
        /// Seconds read again each time.
        overlap_secs: u32,
    },
    /// The upstream filters by time of creation (or the record is its time): read `[covered end − overlap, now)`.
    Created {
        /// Seconds read again each time.
        overlap_secs: u32,
    },
    /// The upstream states all that lies in a window: read `[now − back, now + ahead)` and replace.
    ReplaceWindow {
        /// Days read back.
        back_days: u32,
        /// Days read ahead.
        ahead_days: u32,
    },
    /// The upstream lists everything: what a complete listing lacks has vanished.
    Snapshot,
    /// The upstream shows only the present: what is seen is sampled over time.
    Observed,
}

/// How the past of a stream is read: newest window first, each usable on arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backfill {
    /// Days of one request's window at the start; halved on [`crate::ConnectorError::TooLarge`].
    pub chunk_days: u32,
    /// Whether it must reach the longest SLO window (else 90 days are enough on the command line).
    pub slo_depth: bool,
}

/// One page of a stream.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The records. The scope of the configured teams is applied by the engine before anything is stored.
    pub items: Vec<Item>,
    /// Where to go on; `None` when this was the last page of the walk.
    pub next: Option<String>,
    /// How many records the walk will yield, where the upstream says so.
    pub total: Option<u64>,
    /// What the whole walk states to be complete. Only the last page's statement counts.
    pub complete: Vec<ReplaceSet>,
    /// Which time the walk really covered, when that is less than what was asked for (retention, a feed that begins
    /// today). Only the last page's statement counts.
    pub covered: Option<Window>,
    /// The upstream's memory ends here: reading further back is pointless.
    pub exhausted: bool,
    /// Text to hand back as [`crate::Known::state`] in the next walk.
    pub state: Option<String>,
    /// What the reader of the data must know: limits hit, entries not understood.
    pub notes: Vec<Note>,
}

/// Something that did not stop the walk but limits what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable code, for example `calendar_limit`.
    pub code: &'static str,
    /// What happened, to what, and what to do.
    pub message: String,
    /// The answer is not whole: what it covers must not be taken as read.
    pub incomplete: bool,
}
