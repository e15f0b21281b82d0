//! Brings a row of Posture back that was set aside.

use crate::EngineError;
use crate::workspace::Workspace;

/// Brings the row with id `id` back.
///
/// # Errors
/// [`EngineError::Unknown`] when no such row is set aside, and what the database says.
pub async fn unsnooze(workspace: &Workspace, id: &str) -> Result<(), EngineError> {
    let by = super::by(workspace);
    let (item, now) = (id.to_owned(), by.at);
    let was_set_aside = workspace
        .authored
        .write(move |w| {
            let there = w.snoozes(now)?.iter().any(|row| row.item == item);
            if there {
                w.wake(&item, &by)?;
            }
            Ok(there)
        })
        .await?;
    if was_set_aside {
        return Ok(());
    }
    Err(EngineError::Unknown {
        what: "snoozed row",
        name: id.to_owned(),
        hint: Some("`fairleadctl status --json` lists what is set aside under `snoozed`".to_owned()),
    })
}
