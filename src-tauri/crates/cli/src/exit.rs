//! Exit codes, and what makes a command fail.

use std::process::ExitCode;

use fairlead_domain::Timestamp;
use fairlead_engine::EngineError;
use fairlead_engine::views::answer::Warning;
use serde::Serialize;

/// How a command ended (cli.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// Nothing was done.
    Failed,
    /// Wrong usage or configuration.
    Usage,
    /// Done in part: a source failed, the rest is stored.
    Partial,
    /// Another process is writing what this one must write.
    Busy,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Partial => 3,
            Exit::Busy => 4,
        })
    }
}

/// Why a command failed, as it goes out.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// The first and main fault.
    pub fault: Box<Fault>,
    /// Further faults of the same kind, of a configuration.
    pub more: Vec<Fault>,
    /// When, by the clock that the command went by.
    pub as_of: Option<Timestamp>,
    /// What else must be known.
    pub warnings: Vec<Warning>,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// A stable code.
    pub code: String,
    /// What happened, to what.
    pub message: String,
    /// The file, for faults of a configuration.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// What to do.
    pub hint: Option<String>,
}

impl Fault {
    fn plain(code: &str, message: String) -> Self {
        Self { code: code.to_owned(), message, file: None, line: None, column: None, hint: None }
    }
}

impl Failure {
    fn new(exit: Exit, fault: Fault) -> Self {
        Self { exit, fault: Box::new(fault), more: Vec::new(), as_of: None, warnings: Vec::new() }
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, Fault::plain("usage", message.into()))
    }

    /// The operating system refused something.
    pub fn of_system(what: &str, error: &dyn std::fmt::Display) -> Self {
        Self::new(Exit::Failed, Fault::plain("system", format!("{what}: {error}")))
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let exit = match &error {
            EngineError::Busy { .. } => Exit::Busy,
            EngineError::Store(store) if store.code() == "store_busy" => Exit::Busy,
            EngineError::Edit(edit) if edit.code() == "bad_name" => Exit::Usage,
            EngineError::Import(import) if matches!(import.code(), "mapping" | "missing_column") => Exit::Usage,
            EngineError::Config { .. }
            | EngineError::Unknown { .. }
            | EngineError::Export { .. }
            | EngineError::Usage { .. }
            | EngineError::NoWorkspace { .. } => Exit::Usage,
            _ => Exit::Failed,
        };
        let code = error.code().to_owned();
        let EngineError::Config { faults } = error else {
            return Self::new(exit, Fault::plain(&code, error.to_string()));
        };
        let mut faults = faults.into_iter().map(|fault| Fault {
            code: fault.code.to_owned(),
            message: fault.message,
            file: Some(fault.file),
            line: Some(fault.line),
            column: Some(fault.column),
            hint: fault.hint,
        });
        let first = faults.next().unwrap_or_else(|| Fault::plain(&code, "the configuration is not valid".to_owned()));
        Self { more: faults.collect(), ..Self::new(exit, first) }
    }
}
