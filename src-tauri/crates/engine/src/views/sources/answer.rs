//! What the Sources page shows.

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use serde::Serialize;
use specta::Type;

use super::Span;
use crate::sync::Failure;
use crate::views::answer::Warning;

/// The Sources page: which systems are read, how fresh, how complete, and what is lost while one does not answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SourcesPage {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The answer in a sentence, for example `5 of 6 sources answer`.
    pub headline: String,
    /// Sources whose last run brought all or part of it.
    pub answering: u32,
    /// Where the ribbons begin; they end at `as_of`.
    #[specta(type = String)]
    pub from: Timestamp,
    /// Configured sources, by name.
    pub sources: Vec<SourceOverview>,
    /// Sources that are not read any more and whose rows are kept, by name.
    pub archived: Vec<ArchivedSource>,
}

/// How a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SourceCondition {
    /// All of it was read within two intervals.
    Fresh,
    /// All of it was read, but longer ago than two intervals.
    Late,
    /// Part of it could not be read, or was not read yet.
    Partial,
    /// Nothing could be read.
    Failed,
    /// It was not read yet.
    Unread,
}

/// A configured source.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SourceOverview {
    /// Its name: its identity.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// What people call the kind.
    pub kind_title: String,
    /// Where it is, without anything that grants access; `None` where no address is configured.
    pub place: Option<String>,
    /// How it is.
    pub condition: SourceCondition,
    /// When all of it was last read.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
    /// Seconds between reads of its quickest stream; `None` without a stream.
    pub every_secs: Option<u32>,
    /// What is wrong, while something is.
    pub trouble: Option<Trouble>,
    /// Its streams, by name.
    pub streams: Vec<StreamOverview>,
}

/// What is wrong with a source, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Trouble {
    /// A stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// The stream that failed first by name; `None` where the source as a whole is late or unread.
    pub stream: Option<String>,
    /// When it last answered; `None`: never.
    #[specta(type = Option<String>)]
    pub since: Option<Timestamp>,
    /// Runs that failed in a row since then, of the stream.
    pub failed_in_a_row: u32,
    /// The next step.
    pub next_step: String,
    /// What cannot be known meanwhile: kinds of posture with their words.
    pub blocks: Vec<Blocked>,
    /// Something that needs the lead at once is among it: there is no "all clear".
    pub blocks_all_clear: bool,
    /// What is kept of it meanwhile, and whether the hole can be filled.
    pub kept: String,
}

/// Something that cannot be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Blocked {
    /// The kind of posture.
    pub kind: String,
    /// In words.
    pub words: String,
}

/// How a stream shows time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StreamReach {
    /// Its past can be read: what was read is a stretch of time.
    Past,
    /// Only its present can be seen: what was seen is sampled, and a hole stays one.
    Present,
    /// It lists what exists, whole each time; it has no time.
    Listing,
}

/// A stream of a source.
#[derive(Debug, Clone, Serialize, Type)]
pub struct StreamOverview {
    /// Its name.
    pub name: String,
    /// How the last run ended; `skipped` before the first.
    pub state: RunState,
    /// When it last succeeded.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
    /// Seconds between reads.
    pub interval_secs: u32,
    /// How it shows time.
    pub reach: StreamReach,
    /// Stretches of the ribbon that are known; empty for listings.
    pub covered: Vec<Span>,
    /// The first instant that is known of it, also before the ribbon.
    #[specta(type = Option<String>)]
    pub first_at: Option<Timestamp>,
    /// Share of the ribbon from `first_at` on that is known, in words; `None` for listings and before the first read.
    pub share: Option<String>,
    /// Holes of the ribbon after `first_at`.
    pub holes: u32,
    /// Why it failed.
    pub error: Option<Failure>,
}

/// A source that is not read any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ArchivedSource {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// When it left the configuration; `None` for what was imported from a file, or left it outside the app.
    #[specta(type = Option<String>)]
    pub archived_at: Option<Timestamp>,
}
