//! What a running sync tells whoever waits for it.

use std::sync::Arc;

use fairlead_domain::DataTag;
use serde::Serialize;
use specta::Type;

/// One step of a running sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Progress {
    /// A stream was read further.
    Reading {
        /// The source.
        source: String,
        /// The stream.
        stream: String,
        /// Records read of this walk so far.
        done: u32,
        /// Records of this walk, where the upstream says so.
        total: Option<u32>,
        /// Whether it is the past that is read.
        backfill: bool,
    },
    /// Rows of these areas changed.
    Changed {
        /// Words of [`DataTag`].
        tags: Vec<String>,
    },
    /// A source is done.
    Finished {
        /// The source.
        source: String,
        /// `ok`, `partial`, `failed` or `skipped`.
        state: String,
        /// Why it failed, in words.
        error: Option<String>,
    },
}

impl Progress {
    /// The step that says that rows of `tags` changed.
    #[must_use]
    pub fn changed(tags: &[DataTag]) -> Self {
        Self::Changed { tags: tags.iter().map(|tag| tag.word().to_owned()).collect() }
    }
}

/// Where the steps go. Called from several tasks at once; must not block.
pub type Listener = Arc<dyn Fn(Progress) + Send + Sync>;

/// A listener for nobody.
#[must_use]
pub fn nobody() -> Listener {
    Arc::new(|_| {})
}
