//! What is known of how long sources remember, and of their keys.

use fairlead_domain::Timestamp;

/// The terms of a source, as far as anybody states them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsFact {
    /// The source.
    pub source: String,
    /// When its key ends.
    pub key_expires_at: Option<Timestamp>,
    /// What of its history is kept there, and what is read.
    pub kept: Option<KeptFact>,
}

/// How far back a source remembers, and how far back it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFact {
    /// The source keeps so many milliseconds.
    pub kept_millis: i64,
    /// From here on it was read without a hole, by each of its streams.
    pub read_from: Timestamp,
}
