//! The Sources page: what is read, and how it is set up.

use std::path::Path;

use fairlead_engine::actions;
use fairlead_engine::actions::catalogue::Catalogue;
use fairlead_engine::actions::check::SourceCheck;
use fairlead_engine::actions::remove_source::Removal;
use fairlead_engine::actions::scope_choice::ScopeChoice;
use fairlead_engine::actions::scope_told::ScopeTold;
use fairlead_engine::sync::tick::PastOf;
use fairlead_engine::views::sources::form::{KindForm, kind_forms};
use fairlead_engine::views::sources::settings::SourceDraft;
use fairlead_engine::views::sources::{RunKind, RunLog, SourcesPage};
use fairlead_engine::{export, views};
use tauri::{AppHandle, State};

use crate::cockpit::{Cockpit, everything_changed, tell};
use crate::commands::moment::at;
use crate::error::CommandError;

/// Every source as of an instant; without one, now.
#[tauri::command]
#[specta::specta]
pub async fn sources_page(cockpit: State<'_, Cockpit>, as_of: Option<String>) -> Result<SourcesPage, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::sources::sources_page(&workspace, at(&workspace, as_of.as_deref())?).await?)
}

/// The page as Markdown, or one source of it.
#[tauri::command]
#[specta::specta]
pub async fn sources_markdown(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    name: Option<String>,
) -> Result<String, CommandError> {
    let workspace = cockpit.workspace().await?;
    let page = views::sources::sources_page(&workspace, at(&workspace, as_of.as_deref())?).await?;
    Ok(export::sources_markdown(&page, name.as_deref(), workspace.config.workspace.timezone))
}

/// The last runs of a source as of an instant.
#[tauri::command]
#[specta::specta]
pub async fn source_runs(
    cockpit: State<'_, Cockpit>,
    as_of: Option<String>,
    name: String,
    kind: RunKind,
) -> Result<RunLog, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(views::sources::source_runs(&workspace, at(&workspace, as_of.as_deref())?, &name, kind).await?)
}

/// The form of every kind of source.
#[tauri::command]
#[specta::specta]
pub async fn source_kinds(cockpit: State<'_, Cockpit>) -> Result<Vec<KindForm>, CommandError> {
    Ok(kind_forms(cockpit.workspace().await?.kinds))
}

/// What is configured of a source; secrets are references.
#[tauri::command]
#[specta::specta]
pub async fn source_settings(cockpit: State<'_, Cockpit>, name: String) -> Result<SourceDraft, CommandError> {
    Ok(views::sources::settings::source_settings(&*cockpit.workspace().await?, &name)?)
}

/// Tries a source as the form was filled in; nothing is kept. With `of` it is a change of that source.
#[tauri::command]
#[specta::specta]
pub async fn check_source(
    cockpit: State<'_, Cockpit>,
    draft: SourceDraft,
    of: Option<String>,
) -> Result<SourceCheck, CommandError> {
    Ok(actions::check::check_draft(&*cockpit.workspace().await?, &draft, of.as_deref()).await?)
}

/// Lists the teams, schedules and services of a source as the form was filled in; nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn source_catalogue(
    cockpit: State<'_, Cockpit>,
    draft: SourceDraft,
    of: Option<String>,
) -> Result<Catalogue, CommandError> {
    Ok(actions::catalogue::catalogue(&*cockpit.workspace().await?, &draft, of.as_deref()).await?)
}

/// Tells what of a source would be read as the form was filled in; nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn source_scope(
    cockpit: State<'_, Cockpit>,
    draft: SourceDraft,
    of: Option<String>,
    scope: Option<ScopeChoice>,
) -> Result<ScopeTold, CommandError> {
    let workspace = cockpit.workspace().await?;
    Ok(actions::scope_told::scope_told(&workspace, &draft, of.as_deref(), scope.as_ref())?)
}

/// Adds a source, or changes the one named `of`. What was typed as a secret goes into the keychain. `scope` narrows what
/// is read of it, before anything is.
#[tauri::command]
#[specta::specta]
pub async fn save_source(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    draft: SourceDraft,
    of: Option<String>,
    scope: Option<ScopeChoice>,
) -> Result<(), CommandError> {
    let workspace = cockpit.workspace().await?;
    let edited = actions::save_source::save_source(&workspace, &draft, of.as_deref(), scope.as_ref()).await?;
    cockpit.edited(edited).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// Stops reading a source and keeps its history.
#[tauri::command]
#[specta::specta]
pub async fn archive_source(app: AppHandle, cockpit: State<'_, Cockpit>, name: String) -> Result<(), CommandError> {
    let edited = actions::archive_source::archive_source(&*cockpit.workspace().await?, &name).await?;
    cockpit.edited(edited).await?;
    tell(&app, everything_changed());
    Ok(())
}

/// What would go with a source.
#[tauri::command]
#[specta::specta]
pub async fn preview_removal(cockpit: State<'_, Cockpit>, name: String) -> Result<Removal, CommandError> {
    Ok(actions::remove_source::preview_removal(&*cockpit.workspace().await?, &name).await?)
}

/// Removes a source and every row of it.
#[tauri::command]
#[specta::specta]
pub async fn remove_source(app: AppHandle, cockpit: State<'_, Cockpit>, name: String) -> Result<(), CommandError> {
    let edited = actions::remove_source::remove_source(&*cockpit.alone().await?, &name).await?;
    if let Some(edited) = edited {
        cockpit.edited(edited).await?;
    }
    tell(&app, everything_changed());
    Ok(())
}

/// Takes back the last edit of the configuration. Answers what it was; nothing when there is none.
#[tauri::command]
#[specta::specta]
pub async fn undo_edit(app: AppHandle, cockpit: State<'_, Cockpit>) -> Result<Option<String>, CommandError> {
    let undone = cockpit.undo_edit().await?;
    tell(&app, everything_changed());
    Ok(undone)
}

/// Reads one source now; answers when it began.
#[tauri::command]
#[specta::specta]
pub async fn sync_source(cockpit: State<'_, Cockpit>, name: String) -> Result<(), CommandError> {
    cockpit.start_sync(vec![name]).await
}

/// Reads the past of a source, so many days back, newest first; answers when it began.
#[tauri::command]
#[specta::specta]
pub async fn backfill_source(cockpit: State<'_, Cockpit>, name: String, days: u32) -> Result<(), CommandError> {
    cockpit.start_past(PastOf { source: name, days }).await
}

/// Takes services out of a catalogue file; with `dry_run` only says what it would change.
#[tauri::command]
#[specta::specta]
pub async fn import_services(
    app: AppHandle,
    cockpit: State<'_, Cockpit>,
    file: String,
    dry_run: bool,
) -> Result<actions::import_services::ServiceImport, CommandError> {
    let workspace = cockpit.workspace().await?;
    let path = workspace.dir.join(Path::new(&file));
    let import = actions::import_services::import_services(&workspace, &path, dry_run).await?;
    if !dry_run {
        tell(&app, everything_changed());
    }
    Ok(import)
}
