//! Who is who, and which service is whose, said by hand.

use fairlead_engine::actions::{map_people, map_services};
use fairlead_engine::views;
use fairlead_engine::views::people::People;
use fairlead_engine::views::services::Services;
use tauri::{AppHandle, State};

use crate::cockpit::{Cockpit, everything_changed, tell};
use crate::commands::moment::{at, parsed};
use crate::error::CommandError;

/// Everyone known, the unmapped first.
#[tauri::command]
#[specta::specta]
pub async fn people(cockpit: State<'_, Cockpit>, as_of: Option<String>) -> Result<People, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::people::people(&workspace, at(&workspace, as_of.as_deref())?).await?)
}

/// Every service that a source names, the unmapped first.
#[tauri::command]
#[specta::specta]
pub async fn services(cockpit: State<'_, Cockpit>, as_of: Option<String>) -> Result<Services, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::services::services(&workspace, at(&workspace, as_of.as_deref())?).await?)
}

/// Says that an identity, written `source:id`, is somebody: by e-mail or key.
#[tauri::command]
#[specta::specta]
pub async fn map_person(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    identity: String,
    who: String,
) -> Result<(), CommandError> {
    map_people::map(&*cockpit.workspace().await?, &identity, &who).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Says that one person is the same as another, who stays.
#[tauri::command]
#[specta::specta]
pub async fn merge_people(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    one: String,
    into: String,
) -> Result<(), CommandError> {
    map_people::merge(&*cockpit.workspace().await?, &one, &into).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Takes back that a person was merged, or an identity given to somebody.
#[tauri::command]
#[specta::specta]
pub async fn split_person(app: AppHandle, cockpit: State<'_, Cockpit>, one: String) -> Result<(), CommandError> {
    map_people::split(&*cockpit.workspace().await?, &one).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Says what an account is: `person`, `shared` or `bot`.
#[tauri::command]
#[specta::specta]
pub async fn mark_person(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    who: String,
    kind: String,
) -> Result<(), CommandError> {
    map_people::mark(&*cockpit.workspace().await?, &who, &kind).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Says by which zone and hours (`HH:MM-HH:MM`) somebody lives from an instant (RFC 3339) on; without one, from now.
#[tauri::command]
#[specta::specta]
pub async fn set_person_hours(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    who: String,
    from: Option<String>,
    timezone: Option<String>,
    hours: Option<String>,
) -> Result<(), CommandError> {
    let workspace = cockpit.workspace().await?;
    let from = from.as_deref().map(parsed).transpose()?.unwrap_or_else(|| workspace.clock.now());
    map_people::set_hours(&workspace, &who, timezone.as_deref(), hours.as_deref(), from).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Takes back the last step that was said of people. Answers what it was.
#[tauri::command]
#[specta::specta]
pub async fn undo_people(app: AppHandle, cockpit: State<'_, Cockpit>) -> Result<String, CommandError> {
    let step = map_people::undo(&*cockpit.workspace().await?).await?;
    tell(&app, everything_changed());
    Ok(step.title)
}

/// Says that what a source calls a service, written `source:id` or `source:name`, is ours of this name.
#[tauri::command]
#[specta::specta]
pub async fn map_service(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    place: String,
    name: String,
    tier: Option<u8>,
    team: Option<String>,
) -> Result<(), CommandError> {
    map_services::map(&*cockpit.workspace().await?, &place, &name, tier, team.as_deref()).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Takes back the last step that was said of services. Answers what it was.
#[tauri::command]
#[specta::specta]
pub async fn undo_services(app: AppHandle, cockpit: State<'_, Cockpit>) -> Result<String, CommandError> {
    let step = map_services::undo(&*cockpit.workspace().await?).await?;
    tell(&app, everything_changed());
    Ok(step.title)
}
