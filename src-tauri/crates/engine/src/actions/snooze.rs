//! Sets a row of Posture aside: until a time, or until it is worse. It stays counted in sight.

use fairlead_domain::Timestamp;
use fairlead_metrics::posture::{Row, SnoozeUntil, check_snooze};
use fairlead_store::authored::SnoozeRow;

use crate::EngineError;
use crate::views::posture::awake;
use crate::workspace::Workspace;

/// Sets the line with id `id` aside, with every row that is folded into it, and says which rows those are. `until`:
/// `None` means until it is worse.
///
/// # Errors
/// [`EngineError::Usage`] without a reason, for a time that the row does not allow, and for a row that may never rest;
/// [`EngineError::Unknown`] when no such line is awake.
pub async fn snooze(
    workspace: &Workspace,
    id: &str,
    until: Option<Timestamp>,
    reason: &str,
) -> Result<Vec<String>, EngineError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(EngineError::Usage { message: format!("say why {id:?} is set aside: a snooze has a reason") });
    }
    let by = super::by(workspace);
    let lines = awake(workspace, by.at).await?;
    let line = lines.into_iter().find(|line| line.row.id == id).ok_or_else(|| EngineError::Unknown {
        what: "row",
        name: id.to_owned(),
        hint: Some("`fairleadctl status --json` lists the ids of what needs you".to_owned()),
    })?;
    let wanted = until.map_or(SnoozeUntil::Worse, SnoozeUntil::Time);
    let own: Vec<&Row> = std::iter::once(&line.row).chain(&line.folded).collect();
    // A line is as untouchable as the most untouchable row that it stands for.
    for row in own.iter().copied() {
        check_snooze(row, wanted, by.at).map_err(refused)?;
    }
    for row in &line.absorbed {
        check_snooze(row, SnoozeUntil::Worse, by.at).map_err(refused)?;
    }
    let rows: Vec<SnoozeRow> = own
        .into_iter()
        .map(|row| SnoozeRow {
            item: row.id.clone(),
            at: by.at,
            until,
            class: Some(line.class.word().to_owned()),
            value: row.value,
            reason: Some(reason.to_owned()),
        })
        .collect();
    let items = rows.iter().map(|row| row.item.clone()).collect();
    let write = move |w: &mut fairlead_store::authored::Writer<'_>| {
        rows.iter().try_for_each(|row| w.snooze(row, &by).map(|_| ()))
    };
    workspace.authored.write(write).await?;
    Ok(items)
}

fn refused(error: impl std::fmt::Display) -> EngineError {
    EngineError::Usage { message: error.to_string() }
}
