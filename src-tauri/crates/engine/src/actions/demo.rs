//! The demo team: loading it, moving its clock, removing every row of it.

use std::path::Path;
use std::sync::Arc;

use fairlead_connectors::scenario;
use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp};
use fairlead_store::authored::By;
use fairlead_store::backup;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::init::{Initialised, init_with};
use crate::EngineError;
use crate::config::{FILE, SourceConfig, edit, template};
use crate::sync::{Listener, SyncReport, SyncRequest, sync};
use crate::workspace::{Access, DEMO_CLOCK, Workspace};

/// The demo's configuration.
const CONFIG: &str = include_str!("../../../../../assets/demo/fairlead.toml");

/// Makes a demo workspace in `dir` and reads its story up to where it opens. A configuration that is there is kept, and
/// must then be the demo's.
///
/// # Errors
/// [`EngineError::Usage`] when `dir` holds another workspace, and what keeps it from being written.
pub async fn load(dir: &Path, listener: &Listener) -> Result<(Initialised, SyncReport), EngineError> {
    let made = init_with(dir, CONFIG).await?;
    let workspace = Workspace::open(dir, Access::Write).await?;
    let Some(source) = workspace.config.sources.iter().find(|source| is_scenario(source)) else {
        let message = format!("{} is a workspace of its own: load the demo into another folder", dir.display());
        return Err(EngineError::Usage { message });
    };
    let story = source.settings.get("scenario").and_then(Value::as_str);
    let opening = scenario::opening(story, dir).map_err(|issue| workspace.config.issue(&source.name, &issue))?;
    set_clock(&workspace, opening.clock).await?;
    workspace.close().await?;
    let workspace = Arc::new(Workspace::open(dir, Access::Write).await?);
    let mut report = None;
    for at in opening.syncs {
        if let Some(clock) = &workspace.demo_clock {
            clock.set(at);
        }
        let everything = SyncRequest::default();
        report = Some(sync(&workspace, &everything, listener, &CancellationToken::new()).await?);
    }
    workspace.close().await?;
    let report = report.ok_or_else(|| EngineError::Usage { message: "the scenario opens at no instant".to_owned() })?;
    Ok((made, report))
}

/// Whether a source tells a story instead of reading a system.
fn is_scenario(source: &SourceConfig) -> bool {
    source.kind == scenario::KIND.name
}

/// Sets the demo's clock. It takes effect at the next sync.
///
/// # Errors
/// [`EngineError::Usage`] when this is no demo, and what the database says.
pub async fn move_clock(workspace: &Workspace, at: Timestamp) -> Result<(), EngineError> {
    let Some(clock) = &workspace.demo_clock else {
        return Err(EngineError::Usage { message: "this workspace is no demo: its clock is the machine's".to_owned() });
    };
    set_clock(workspace, at).await?;
    clock.set(at);
    Ok(())
}

async fn set_clock(workspace: &Workspace, at: Timestamp) -> Result<(), EngineError> {
    write_clock(workspace, Some(Value::String(at.to_rfc3339()))).await
}

async fn write_clock(workspace: &Workspace, at: Option<Value>) -> Result<(), EngineError> {
    // The one thing of the demo that lies in the machine's time: it is read before the demo's is known.
    let by = By { at: SystemClock.now(), ..super::by(workspace) };
    workspace.authored.write(move |w| w.set_setting(DEMO_CLOCK, at.as_ref(), None, &by)).await?;
    Ok(())
}

/// Removes every row of the demo's sources, and their configuration. An unchanged demo configuration becomes the empty
/// one, and what was written while playing with it goes too; a changed one loses its scenario sources and keeps the rest.
///
/// # Errors
/// What keeps the databases or the configuration from being written.
pub async fn clear(workspace: &Workspace) -> Result<(), EngineError> {
    let sources: Vec<String> =
        workspace.config.sources.iter().filter(|s| is_scenario(s)).map(|s| s.name.clone()).collect();
    let path = workspace.dir.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|source| EngineError::Folder { path: path.clone(), source })?;
    let untouched = text == CONFIG;
    let text = if untouched {
        template("My team")
    } else {
        sources.iter().try_fold(text, |text, name| edit::remove_source(&text, name))?
    };
    let rows = sources.clone();
    workspace
        .synced
        .write(move |w| {
            for name in &rows {
                if w.sources()?.iter().any(|source| &source.name == name) {
                    w.delete_source(name)?;
                }
            }
            Ok(())
        })
        .await?;
    if untouched {
        workspace.authored.write(|w| w.clear()).await?;
    } else {
        write_clock(workspace, None).await?;
    }
    edit::write(&path, &text)?;
    if untouched { remove_backups(&workspace.dir) } else { Ok(()) }
}

/// Removes the backups of a workspace that held nothing but the demo.
fn remove_backups(dir: &Path) -> Result<(), EngineError> {
    for backup in backup::list(dir)? {
        std::fs::remove_file(&backup.path).map_err(|source| EngineError::Folder { path: backup.path, source })?;
    }
    Ok(())
}
