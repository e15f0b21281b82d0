//! What every answer has in common.

use fairlead_domain::Timestamp;
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
    /// When all that it speaks of was last read whole, where that is known. The message leaves it out, so that each
    /// reader is told it by their own clock.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
}

impl Warning {
    /// A warning about a source.
    #[must_use]
    pub fn of_source(code: &str, source: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), source: Some(source.to_owned()), message: message.into(), last_ok_at: None }
    }

    /// A warning about no source in particular.
    #[must_use]
    pub fn general(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), source: None, message: message.into(), last_ok_at: None }
    }

    /// All of it in a sentence, with its instant as `write` tells it.
    #[must_use]
    pub fn words(&self, write: impl FnOnce(Timestamp) -> String) -> String {
        match self.last_ok_at {
            Some(at) => format!("{} (last read whole {})", self.message, write(at)),
            None => self.message.clone(),
        }
    }
}
