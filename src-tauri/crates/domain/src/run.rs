//! How a run of a stream, or of a whole source, ended.

use crate::words;

words! {
    /// What came of a run.
    #[derive(specta::Type)]
    RunState {
        /// All of it.
        Ok = "ok",
        /// Part of it; the rest is missing.
        Partial = "partial",
        /// None.
        Failed = "failed",
        /// Not tried.
        Skipped = "skipped",
    }
}
