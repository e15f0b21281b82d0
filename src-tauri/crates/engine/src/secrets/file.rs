//! Secrets in files.

use std::path::Path;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tokio::io::AsyncReadExt;

use super::{MAX_BYTES, Reason};

/// The content without its last line break.
pub(super) async fn read(path: &Path) -> Result<SecretString, Reason> {
    let told = |error: std::io::Error| error.to_string();
    let file = tokio::fs::File::open(path).await.map_err(told)?;
    if !file.metadata().await.map_err(told)?.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if let Some(warning) = exposed(path) {
        tracing::warn!(code = "secret_exposed", "{warning}");
    }
    let mut content = Zeroizing::new(Vec::new());
    let limit = MAX_BYTES as u64 + 1;
    file.take(limit).read_to_end(&mut content).await.map_err(told)?;
    if content.len() > MAX_BYTES {
        return Err(format!("it is larger than {} KiB", MAX_BYTES >> 10));
    }
    let text = std::str::from_utf8(&content).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(SecretString::from(text.strip_suffix('\r').unwrap_or(text)))
}

/// A warning when others than the owner may read the file.
#[cfg(unix)]
pub(super) fn exposed(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let shown = path.display();
    (mode & 0o077 != 0).then(|| format!("{shown} may be read by others: chmod 600 \"{shown}\""))
}

/// A warning when others than the owner may read the file; access lists are not judged here.
#[cfg(not(unix))]
pub(super) fn exposed(_path: &Path) -> Option<String> {
    None
}
