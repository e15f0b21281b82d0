//! What a command answers when it cannot do what was asked.

use fairlead_engine::EngineError;
use serde::Serialize;
use specta::Type;

/// A refusal or failure, as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CommandError {
    /// A stable code.
    pub code: String,
    /// What happened, to what, and what to do.
    pub message: String,
    /// The next step, where the message does not hold it.
    pub hint: Option<String>,
}

impl From<EngineError> for CommandError {
    fn from(error: EngineError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), hint: None }
    }
}
