//! The first start: a folder becomes the demo, or an empty workspace.

use std::path::Path;

use super::{demo, init};
use crate::EngineError;
use crate::config::{Config, FILE, edit, template};
use crate::sync::Listener;

/// Loads the demo team into the folder. An empty workspace that nobody has edited gives way to it.
///
/// # Errors
/// [`EngineError::Usage`] when the folder holds another workspace, and what keeps it from being written.
pub async fn start_demo(dir: &Path, listener: &Listener) -> Result<(), EngineError> {
    let path = dir.join(FILE);
    if is_untouched(&path) {
        std::fs::remove_file(&path).map_err(|source| EngineError::Folder { path, source })?;
    }
    demo::load(dir, listener).await?;
    Ok(())
}

/// Makes an empty workspace of this name, whose days are those of `timezone` (IANA) and whose author is `me`. A
/// configuration that is there stays.
///
/// # Errors
/// [`EngineError::Config`] for a zone or an address that is none, [`EngineError::Usage`] without a name, and what keeps
/// the folder from being written.
pub async fn start_empty(dir: &Path, name: &str, timezone: Option<&str>, me: Option<&str>) -> Result<(), EngineError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(EngineError::Usage { message: "the workspace needs a name".to_owned() });
    }
    let mut text = template(name);
    for (key, value) in [("timezone", timezone), ("me", me)] {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            text = edit::set(&text, &["workspace", key], value)?;
        }
    }
    Config::parse(&text, fairlead_connectors::kinds()).map_err(|faults| EngineError::Config { faults: faults.0 })?;
    init::init_with(dir, &text).await?;
    Ok(())
}

/// Whether the configuration is what `init` or an empty start wrote, but for its name, zone and author.
fn is_untouched(path: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let plain = |text: &str| {
        let own = |line: &&str| !["name = ", "timezone = ", "me = "].iter().any(|key| line.starts_with(key));
        text.lines().filter(own).map(str::to_owned).collect::<Vec<_>>()
    };
    plain(&text) == plain(&template("x"))
}
