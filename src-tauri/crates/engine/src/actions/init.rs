//! Makes a workspace.

use std::path::{Path, PathBuf};

use crate::EngineError;
use crate::config::{FILE, edit, template};
use crate::workspace::{Access, Workspace};

/// What `init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initialised {
    /// The folder.
    pub dir: PathBuf,
    /// The configuration was written; `false`: there was one, and it was left alone.
    pub wrote_config: bool,
}

/// Makes the folder and a commented configuration when they are missing, and both databases. A configuration that is
/// there is never overwritten.
///
/// # Errors
/// When the folder cannot be written, or a configuration that is there has faults.
pub async fn init(dir: &Path) -> Result<Initialised, EngineError> {
    let name = dir.file_name().and_then(|name| name.to_str()).unwrap_or("My team");
    init_with(dir, &template(name)).await
}

/// The same with another configuration.
pub(super) async fn init_with(dir: &Path, config: &str) -> Result<Initialised, EngineError> {
    make_private(dir).map_err(|source| EngineError::Folder { path: dir.to_path_buf(), source })?;
    let file = dir.join(FILE);
    let wrote_config = !file.exists();
    if wrote_config {
        edit::write(&file, config)?;
    }
    let workspace = Workspace::open(dir, Access::Write).await?;
    workspace.close().await?;
    Ok(Initialised { dir: dir.to_path_buf(), wrote_config })
}

/// Makes the folder so that only its owner can enter; a folder that is there is left as it is.
fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
