//! Instants as the window writes them.

use fairlead_domain::Timestamp;
use fairlead_engine::{EngineError, Workspace};

use crate::error::CommandError;

/// The instant that a page asks about: the one it names (RFC 3339), else now.
///
/// # Errors
/// When it is no instant, or lies ahead: nothing is known of the future.
pub fn at(workspace: &Workspace, as_of: Option<&str>) -> Result<Timestamp, CommandError> {
    let now = workspace.clock.now();
    let Some(asked) = as_of.map(parsed).transpose()? else { return Ok(now) };
    if asked > now {
        let message = format!("{} lies ahead: choose an instant up to {}", asked.to_rfc3339(), now.to_rfc3339());
        return Err(CommandError::from(EngineError::Usage { message }));
    }
    Ok(asked)
}

/// An instant as the window writes it.
///
/// # Errors
/// When it is none.
pub fn parsed(text: &str) -> Result<Timestamp, CommandError> {
    Timestamp::parse_rfc3339(text).map_err(|_| {
        let message = format!("{text:?} is no instant: it is written like 2026-11-16T07:00:00Z");
        CommandError::from(EngineError::Usage { message })
    })
}
