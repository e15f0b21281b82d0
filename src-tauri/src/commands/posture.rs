//! The Posture page.

use fairlead_domain::Window;
use fairlead_engine::views;
use fairlead_engine::views::frame::Frame;
use fairlead_engine::views::oncall::OnCall;
use fairlead_engine::views::posture::{Posture, Since};
use tauri::State;

use crate::cockpit::Cockpit;
use crate::error::CommandError;

/// Days of the rota that the page looks ahead.
const AHEAD_DAYS: i64 = 14;

/// Whose workspace this is, and in which zone times are told.
#[tauri::command]
#[specta::specta]
pub async fn frame(cockpit: State<'_, Cockpit>) -> Result<Frame, CommandError> {
    Ok(views::frame::frame(&*cockpit.workspace().await?))
}

/// What needs the lead.
#[tauri::command]
#[specta::specta]
pub async fn posture(cockpit: State<'_, Cockpit>) -> Result<Posture, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::posture::posture(&workspace, workspace.clock.now(), Since::LastSeen).await?)
}

/// The shifts and gaps of the next two weeks.
#[tauri::command]
#[specta::specta]
pub async fn rota(cockpit: State<'_, Cockpit>) -> Result<OnCall, CommandError> {
    let workspace = cockpit.workspace().await?;
    let now = workspace.clock.now();
    let ahead = Window::new(now, now.plus_days(AHEAD_DAYS));
    Ok(views::oncall::on_call(&workspace, now, Some(ahead)).await?)
}
