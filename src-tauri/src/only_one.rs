//! One window for each workspace: a second start brings the first one forward.

use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Runtime};
use uuid::Uuid;

/// The one window.
pub const WINDOW: &str = "main";

/// Hands a second start on the same folder over to the first. Where the session has no bus, each start is its own.
pub fn guard<R: Runtime>(folder: &Path) -> TauriPlugin<R> {
    tauri_plugin_single_instance::Builder::new().callback(|app, _, _| show(app)).dbus_id(bus_name(folder)).build()
}

/// A name on the bus that two spellings of one folder share and no two folders do.
fn bus_name(folder: &Path) -> String {
    let whole = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned());
    let key = Uuid::new_v5(&Uuid::NAMESPACE_URL, whole.as_os_str().as_encoded_bytes());
    format!("dev.fairlead.desktop.w{}", key.simple())
}

/// Brings the window forward.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(WINDOW) else { return };
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window could not be brought forward");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_a_folder_are_one_and_two_folders_are_two() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::create_dir_all(&a)?;
        std::fs::create_dir_all(&b)?;
        assert_eq!(bus_name(&a), bus_name(&b.join("../a")));
        assert_ne!(bus_name(&a), bus_name(&b));
        Ok(())
    }

    #[test]
    fn a_name_on_the_bus_begins_no_part_with_a_digit() {
        let name = bus_name(Path::new("/anywhere"));
        assert!(name.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())), "{name}");
    }
}
