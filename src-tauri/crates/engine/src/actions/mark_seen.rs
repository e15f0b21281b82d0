//! Notes that the lead has seen Posture, so that "since you last looked" begins now; and takes that back.

use fairlead_domain::Timestamp;

use crate::EngineError;
use crate::views::posture::PLACE;
use crate::workspace::Workspace;

/// Notes that everything up to now was seen. Returns what was noted before, to take it back with [`restore_seen`].
///
/// # Errors
/// What the database says.
pub async fn mark_seen(workspace: &Workspace) -> Result<Option<Timestamp>, EngineError> {
    let by = super::by(workspace);
    let write = move |w: &mut fairlead_store::authored::Writer<'_>| {
        let before = w.seen(PLACE, by.at)?;
        w.mark_seen(PLACE, by.at, &by)?;
        Ok(before)
    };
    Ok(workspace.authored.write(write).await?)
}

/// Puts back what was noted before.
///
/// # Errors
/// What the database says.
pub async fn restore_seen(workspace: &Workspace, before: Option<Timestamp>) -> Result<(), EngineError> {
    let by = super::by(workspace);
    let write = move |w: &mut fairlead_store::authored::Writer<'_>| match before {
        Some(at) => w.mark_seen(PLACE, at, &by),
        None => w.forget_seen(PLACE, &by),
    };
    workspace.authored.write(write).await?;
    Ok(())
}
