//! The Posture page.

use fairlead_domain::{Timestamp, Window};
use fairlead_engine::export::{Flavour, posture_text as text_of};
use fairlead_engine::views::oncall::OnCall;
use fairlead_engine::views::posture::{Posture, Since, posture_of};
use fairlead_engine::{actions, views};
use tauri::State;

use crate::cockpit::Cockpit;
use crate::commands::moment::{at, parsed};
use crate::error::CommandError;

/// Days of the rota that the page looks ahead.
const AHEAD_DAYS: i64 = 14;

/// What needs the lead of a team, without one of all, as of an instant; without one, now.
#[tauri::command]
#[specta::specta]
pub async fn posture(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    team: Option<String>,
) -> Result<Posture, CommandError> {
    let workspace = cockpit.workspace().await?;
    let as_of = at(&workspace, as_of.as_deref())?;
    Ok(posture_of(&workspace, as_of, Since::LastSeen, team.as_deref()).await?)
}

/// Posture as text, for documents or chat.
#[tauri::command]
#[specta::specta]
pub async fn posture_text(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    team: Option<String>,
    flavour: Flavour,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let as_of = at(&workspace, as_of.as_deref())?;
    let answer = posture_of(&workspace, as_of, Since::LastSeen, team.as_deref()).await?;
    Ok(text_of(&answer, workspace.config.workspace.timezone, flavour))
}

/// Sets a row aside until an instant (RFC 3339), or without one until it is worse. Answers which rows were.
#[tauri::command]
#[specta::specta]
pub async fn snooze(
    cockpit: State<'_, Cockpit>,
    row: String,
    until: Option<String>,
    reason: String,
) -> Result<Vec<String>, CommandError> {
    let until = until.as_deref().map(parsed).transpose()?;
    Ok(actions::snooze::snooze(&*cockpit.workspace().await?, &row, until, &reason).await?)
}

/// Brings a row back that was set aside.
#[tauri::command]
#[specta::specta]
pub async fn unsnooze(cockpit: State<'_, Cockpit>, row: String) -> Result<(), CommandError> {
    Ok(actions::unsnooze::unsnooze(&*cockpit.workspace().await?, &row).await?)
}

/// Notes that all of it was seen. Answers what was noted before (RFC 3339), to take it back.
#[tauri::command]
#[specta::specta]
pub async fn mark_seen(cockpit: State<'_, Cockpit>) -> Result<Option<String>, CommandError> {
    let before = actions::mark_seen::mark_seen(&*cockpit.workspace().await?).await?;
    Ok(before.map(Timestamp::to_rfc3339))
}

/// Puts back what was noted before as seen.
#[tauri::command]
#[specta::specta]
pub async fn restore_seen(cockpit: State<'_, Cockpit>, before: Option<String>) -> Result<(), CommandError> {
    let before = before.as_deref().map(parsed).transpose()?;
    Ok(actions::mark_seen::restore_seen(&*cockpit.workspace().await?, before).await?)
}

/// The shifts and gaps of the two weeks after an instant; without one, from now.
#[tauri::command]
#[specta::specta]
pub async fn rota(cockpit: State<'_, Cockpit>, as_of: Option<String>) -> Result<OnCall, CommandError> {
    let workspace = cockpit.workspace().await?;
    let now = at(&workspace, as_of.as_deref())?;
    let ahead = Window::new(now, now.plus_days(AHEAD_DAYS));
    Ok(views::oncall::on_call(&workspace, now, Some(ahead)).await?)
}
