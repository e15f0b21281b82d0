//! What every answer has in common.

use serde::Serialize;
use specta::Type;

/// Something that limits what an answer says. Codes are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Warning {
    /// A stable code, for example `source_failed`.
    pub code: String,
    /// The source concerned.
    pub source: Option<String>,
    /// What happened, to what, and what to do.
    pub message: String,
}

impl Warning {
    /// A warning about a source.
    #[must_use]
    pub fn of_source(code: &str, source: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), source: Some(source.to_owned()), message: message.into() }
    }

    /// A warning about no source in particular.
    #[must_use]
    pub fn general(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), source: None, message: message.into() }
    }
}
